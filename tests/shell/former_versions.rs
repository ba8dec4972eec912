//! Runs that former versions saved: they load, and continue to the numbers that those came to themselves.
//!
//! `golden/runs/NAME.json` is a run file of version 1 (or only layers), one of `golden/runs-2` of version 2, and
//! `NAME-after.json` what the program that wrote it saved after it had continued the run.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::shell::{folder, nnscope_in, stderr};

const RUNS: [Run; 9] = [
    // The post's run, finished.
    Run {
        name: "post",
        options: "",
        between: 1200,
        last: 1500,
    },
    // Interrupted in the middle of an epoch: adam, shuffled, with held-out samples.
    Run {
        name: "penguins",
        options: "",
        between: 80,
        last: 100,
    },
    // Generated data, two hidden layers, batches, momentum, l2.
    Run {
        name: "l2",
        options: "",
        between: 150,
        last: 300,
    },
    // Numbers are predicted, some initial weights were given, a loss ended it: rmsprop, l1.
    Run {
        name: "regression",
        options: "--until-loss 5",
        between: 150,
        last: 200,
    },
    // Only layers: the start of a run.
    Run {
        name: "layers",
        options: "--seed 5",
        between: 90,
        last: 200,
    },
    // Of version 2: the post's run, finished.
    Run {
        name: "2/post",
        options: "",
        between: 1100,
        last: 1500,
    },
    // Own layers' activations, adamw, a schedule, shuffled, generated data with held-out samples.
    Run {
        name: "2/spiral",
        options: "",
        between: 70,
        last: 100,
    },
    // A file beside the run, of which numbers are predicted: nesterov, some initial weights were given. Soon after, a
    // difference in a last digit has grown to one in the first.
    Run {
        name: "2/houses",
        options: "",
        between: 60,
        last: 70,
    },
    // Interrupted in the middle of an epoch: rmsprop, shuffled, with held-out samples.
    Run {
        name: "2/penguins",
        options: "",
        between: 509,
        last: 528,
    },
];

struct Run {
    name: &'static str,
    /// What is given besides the file and the epochs.
    options: &'static str,
    /// An epoch on the way.
    between: u64,
    /// The epoch at which it was saved again.
    last: u64,
}

impl Run {
    fn saved(&self) -> PathBuf {
        golden(&format!("{}.json", self.name))
    }

    /// What the program that wrote it came to.
    fn expected(&self) -> PathBuf {
        golden(&format!("{}-after.json", self.name))
    }
}

fn golden(name: &str) -> PathBuf {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    match name.strip_prefix("2/") {
        Some(name) => golden.join("runs-2").join(name),
        None => golden.join("runs").join(name),
    }
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// What the present program saves after it has continued a file.
fn continued(folder: &Path, file: &Path, options: &str, save: &str) -> Value {
    let (file, save) = (file.display(), save.replace('/', "-"));
    let train = format!("train --load {file} {options} --log-every 0 --save {save}");
    let output = nnscope_in(folder, &train);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{train}: {}",
        stderr(&output)
    );
    read(&folder.join(save))
}

/// Everything in `expected` is in `found`, but for the last digits: eˣ and tanh have become more exact since.
fn assert_same(found: &Value, expected: &Value, at: &str) {
    match expected {
        Value::Object(fields) => {
            for (key, expected) in fields {
                assert_same(&found[key], expected, &format!("{at}.{key}"));
            }
        }
        Value::Array(items) => {
            assert_eq!(found.as_array().map(Vec::len), Some(items.len()), "{at}");
            for (index, expected) in items.iter().enumerate() {
                assert_same(&found[index], expected, &format!("{at}[{index}]"));
            }
        }
        Value::Number(number) if number.is_f64() => {
            let (found, expected) = (found.as_f64().unwrap(), number.as_f64().unwrap());
            let scale = expected.abs().max(1e-6);
            assert!(
                (found - expected).abs() < 1e-9 * scale,
                "{at}: {found}, expected {expected}"
            );
        }
        _ => assert_eq!(found, expected, "{at}"),
    }
}

/// All but what names the version, and the optimizer's memory, which has other names in files of version 1.
fn but_for_names(mut file: Value) -> Value {
    let fields = file.as_object_mut().unwrap();
    for key in ["version", "command", "optimizer"] {
        fields.remove(key).unwrap();
    }
    // Loaded from elsewhere, the file beside it has another path.
    let source = file["source"].as_object_mut().unwrap();
    source.retain(|key, value| key != "data" || !value.as_str().unwrap().contains('.'));
    file
}

#[test]
fn each_continues_as_it_did_in_the_program_that_saved_it() {
    let folder = folder("former_versions_continue");
    for run in RUNS {
        let Run {
            name,
            options,
            last,
            ..
        } = run;
        let options = format!("{options} --epochs {last}");
        let found = continued(&folder, &run.saved(), &options, name);
        assert_same(&found, &but_for_names(read(&run.expected())), name);

        // The optimizer's memory too: the program comes to what it reads in the other file.
        let resaved = continued(&folder, &run.expected(), "", &format!("{name}-resaved"));
        assert_same(&found["optimizer"], &resaved["optimizer"], name);
        assert_eq!(
            found["optimizer"]["kind"],
            read(&run.expected())["optimizer"]["kind"]
        );
    }
}

#[test]
fn each_continues_in_the_same_way_by_way_of_a_file_of_the_present_version() {
    let folder = folder("former_versions_by_way_of_the_present");
    for run in RUNS {
        let Run {
            name,
            options,
            between,
            last,
            ..
        } = run;
        let halfway = format!("{}-halfway", name.replace('/', "-"));
        let to = format!("{options} --epochs {between}");
        let file = continued(&folder, &run.saved(), &to, &halfway);
        assert_eq!(
            (&file["version"], &file["epoch"]),
            (&3.into(), &between.into())
        );
        let to = format!("--epochs {last}");
        let found = continued(&folder, &folder.join(&halfway), &to, name);
        assert_same(&found, &but_for_names(read(&run.expected())), name);
    }
}
