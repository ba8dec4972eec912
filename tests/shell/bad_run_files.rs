//! Run files that somebody has edited, damaged or made up: each is refused in one sentence of ours, or loads.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};

use nnscope::session::RunFile;

use super::options::assert_own_words;
use super::shell::{assert_refused, folder, nnscope_in, stderr, stdout};

/// A run of every part: several layers, an optimizer with memory, test samples, in the middle of nothing.
const FULL: &str = "train --data penguins --test-fraction 0.25 --hidden 3,2 --optimizer adam --seed 1 --epochs 2 \
                    --weights b1=0.5 --until-loss 0.001 --batch-size 32";

fn saved(folder: &Path, options: &str) -> Value {
    let output = nnscope_in(
        folder,
        &format!("{options} --log-every 0 --save good.json --force"),
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_slice(&fs::read(folder.join("good.json")).unwrap()).unwrap()
}

/// A file with another value, or without one.
fn with(file: &Value, pointer: &str, value: Option<Value>) -> Value {
    let mut file = file.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match (file.pointer_mut(parent).unwrap(), value) {
        (Value::Object(fields), Some(value)) => drop(fields.insert(key.to_owned(), value)),
        (Value::Object(fields), None) => drop(fields.remove(key).unwrap()),
        (Value::Array(items), Some(value)) => items[key.parse::<usize>().unwrap()] = value,
        (other, _) => panic!("{other}"),
    }
    file
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_is_wrong_in_a_run_file_is_said_with_its_place() {
    let folder = folder("bad_run_files");
    let good = saved(&folder, FULL);
    let set = |pointer: &str, value: Value| with(&good, pointer, Some(value));
    for (file, words) in [
        // A shape that does not fit: it loaded, and a restart ended the program.
        (
            set("/configuration/initial_layers/0/weights", json!([[1.0]])),
            "initial_layers: layer 1: expected weights for 3 neurons, found 1",
        ),
        (
            set("/configuration/initial_layers", json!([])),
            "initial_layers: expected 3 layers",
        ),
        (
            set("/configuration/initial_layers/0/weights/0/0", Value::Null),
            "expected a number, found null",
        ),
        // What would be ignored.
        (
            set("/configuration/dropout", json!(0.5)),
            "configuration: the key \"dropout\" is not known here",
        ),
        (
            set("/configuration/learning_rat", json!(0.5)),
            "; did you mean learning_rate?",
        ),
        (
            set("/source/tset_fraction", json!(0.5)),
            "source: the key \"tset_fraction\" is not known here; did you mean test_fraction?",
        ),
        (
            set("/momentum", json!(0.5)),
            "the key \"momentum\" is not known here",
        ),
        (
            set("/layers/1/activation", json!("tanh")),
            "layers: the key \"activation\" is not known here",
        ),
        (
            with(&good, "/format", None),
            "\"format\" is missing, which a saved run has",
        ),
        (with(&good, "/version", None), "\"version\" is missing"),
        (with(&good, "/generator", None), "\"generator\" is missing"),
        (
            set("/version", json!(4)),
            "version 4 of the format, this program knows 1 to 3",
        ),
        (
            set("/format", json!("else")),
            "expected the format \"nnscope-run\", found \"else\"",
        ),
        // What typed input could not be either.
        (
            set("/configuration/learning_rate", json!(-1)),
            "learning rate must be positive and finite, got -1",
        ),
        (
            set("/configuration/batch_size", json!(0)),
            "a batch has at least 1 sample, got 0",
        ),
        (
            set("/configuration/hidden", json!([0])),
            "a hidden layer has 1 to 1024 units, got 0",
        ),
        (set("/configuration/hidden", json!([3])), "layers"),
        (
            set("/configuration/activation", json!("softmax")),
            "softmax is for output layers",
        ),
        (
            set("/configuration/activation", json!("\u{1b}[31m")),
            "found",
        ),
        (
            set("/configuration/schedule", json!("linear")),
            "expected constant, step=EVERY,FACTOR, cosine or warmup=EPOCHS",
        ),
        (
            set("/configuration/epochs", json!(1.5)),
            "expected a whole number of 0 or more, found 1.5",
        ),
        (
            set("/configuration/shuffle", json!("yes")),
            "expected true or false, found the text \"yes\"",
        ),
        (
            set("/source/test_fraction", json!(1)),
            "the test fraction is at least 0 and less than 1, got 1",
        ),
        (
            set("/source/noise", json!(5)),
            "--noise is for generated data, not for penguins",
        ),
        (
            set("/features", json!([])),
            "the scaling does not fit the features",
        ),
        (
            set("/inputs/0", json!("x")),
            "the inputs are not those of the features",
        ),
        (
            set(
                "/target",
                json!({"classes": {"name": "y", "classes": ["a"]}}),
            ),
            "softmax needs two outputs or more, the target has one",
        ),
        (
            set("/scaling/divisor/0", json!(0)),
            "the scaling does not fit the features",
        ),
        (
            set("/optimizer/m", json!([1.0])),
            "the optimizer's memory does not fit",
        ),
        (
            set("/generator/s", json!([0, 0, 0, 0])),
            "the state of the generator is all zeros",
        ),
        (set("/generator/s", json!([1, 2])), "list"),
        (set("/loss", Value::Null), "expected a number, found null"),
        (
            set("/layers", json!("none")),
            "expected a list, found the text \"none\"",
        ),
        (json!([1]), ""),
        (
            json!({"layers": [], "activation": "tanh"}),
            "\"activation\" beside the layers would be ignored: the settings of a file with only layers are options, such as --activation",
        ),
        (
            json!({"layers": [], "note": "mine"}),
            "the key \"note\" is not known here",
        ),
        (
            json!({"layers": [{"weights": [[1, 1]], "biases": [0], "activation": "relu"}]}),
            "layers: the key \"activation\" is not known here",
        ),
    ] {
        fs::write(
            folder.join("bad.json"),
            serde_json::to_vec_pretty(&file).unwrap(),
        )
        .unwrap();
        let output = nnscope_in(&folder, "train --load bad.json");
        assert_refused(&output, 1, words);
        assert_own_words(stderr(&output), words);
        assert!(
            stderr(&output).contains("bad.json: "),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let folder = folder("byte_order_mark");
    saved(&folder, "train --seed 1 --epochs 3");
    let run = fs::read(folder.join("good.json")).unwrap();
    fs::write(folder.join("bom.json"), [b"\xEF\xBB\xBF", &*run].concat()).unwrap();
    let answer = |file: &str| nnscope_in(&folder, &format!("predict {file} 128 63")).stdout;
    assert_eq!(answer("bom.json"), answer("good.json"));
    assert!(!answer("bom.json").is_empty());
}

#[test]
fn texts_of_a_run_file_do_not_disturb_the_terminal() {
    let folder = folder("scrubbed");
    let good = saved(&folder, "train --seed 1 --epochs 3");
    let mut file = with(
        &good,
        "/target/binary/classes",
        Some(json!(["M\u{1b}[2J", "F\u{202e}"])),
    );
    file = with(&file, "/features/0/name", Some(json!("weight\u{7}")));
    file = with(&file, "/inputs/0", Some(json!("weight\u{7}")));
    fs::write(folder.join("odd.json"), file.to_string()).unwrap();
    for arguments in [
        "predict odd.json 128 63",
        "predict odd.json abc 63",
        "train --load odd.json",
    ] {
        let output = nnscope_in(&folder, arguments);
        let words = format!("{}{}", stdout(&output), stderr(&output));
        let is_disturbing = |c: char| matches!(c, '\u{1b}' | '\u{202e}' | '\u{7}');
        assert!(!words.contains(is_disturbing), "{arguments}: {words:?}");
    }
}

fn read(folder: &Path, bytes: &[u8]) -> Result<RunFile, String> {
    let path = folder.join("mutated.json");
    fs::write(&path, bytes).unwrap();
    RunFile::read(&path).map_err(|error| format!("{error:#}"))
}

/// Every place in a file, as a pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (key, value) in inside {
        let place = format!("{at}/{key}");
        found.push(place.clone());
        places(value, &place, found);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_damaged_run_file_never_ends_the_program_and_is_refused_in_our_words(
        cut in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        place in any::<prop::sample::Index>(),
        value in prop::sample::select(vec![
            json!(null), json!(true), json!(-1), json!(0), json!(1.5), json!(1e308), json!(u64::MAX), json!(""),
            json!("x\u{1b}"), json!([]), json!([1]), json!([[1]]), json!({}), json!({"a": 1}),
        ]),
    ) {
        use std::sync::LazyLock;
        static GOOD: LazyLock<Value> = LazyLock::new(|| saved(&folder("mutated_good"), FULL));
        let folder = Path::new(super::shell::FOLDER);
        let text = GOOD.to_string().into_bytes();
        let mut changed = text.clone();
        *at.get_mut(&mut changed) = byte;
        let mut all = Vec::new();
        places(&GOOD, "", &mut all);
        let pointer = place.get(&all);
        let other = with(&GOOD, pointer, Some(value)).to_string().into_bytes();
        for bytes in [&text[..cut.index(text.len())], &changed, &other] {
            if let Err(words) = read(folder, bytes) {
                assert_own_words(&words, pointer);
            }
        }
    }
}
