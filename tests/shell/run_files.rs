//! Runs that are saved, loaded and predicted with; those of former versions continue as they would have.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::Value;

use super::shell::{assert_refused, folder, json_lines, nnscope_in, stderr, stdout};

/// Three epochs of `--data gauss --noise 20 --samples 20 --test-fraction 0.2 --shuffle --seed 5`, saved by
/// version 0.1.0 when it drew data and weights from one stream.
const VERSION_1: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/golden/run-version-1.json"
);

/// The lines of a JSON log: of the start and of the end.
fn start_and_end(folder: &Path, arguments: &str) -> [Value; 2] {
    let log = "train --format jsonl --log-every 0";
    let output = nnscope_in(folder, &format!("{log} {arguments}"));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    json_lines(&output).try_into().unwrap()
}

fn assert_near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!(
        (found / expected - 1.0).abs() < 1e-9,
        "{found}, expected {expected}"
    );
}

#[test]
fn a_saved_run_goes_on_to_the_bit() {
    let folder = folder("goes_on");
    for options in [
        "--seed 5",
        "--seed 5 --schedule step=4,0.9 --learning-rate 0.5",
        "--seed 5 --schedule warmup=20 --optimizer adam",
        "--seed 5 --data spiral --samples 70 --hidden 5:relu,3 --activation tanh --batch-size 8 --shuffle \
         --optimizer adam --learning-rate 0.01 --test-fraction 0.2 --l2 0.001",
        "--seed 5 --data penguins --hidden 4 --optimizer momentum --batch-size 32 --shuffle",
        "--seed 5 --data hills --samples 40 --optimizer rmsprop --learning-rate 0.001 --l1 0.01",
    ] {
        let log = "--format jsonl --log-every 0";
        let whole = nnscope_in(
            folder.clone(),
            &format!("train {options} --epochs 30 {log}"),
        );
        let save = format!("train {options} --epochs 13 --save run.json --force");
        assert_eq!(
            nnscope_in(&folder, &save).status.code(),
            Some(0),
            "{options}"
        );
        let rest = format!("train --load run.json --epochs 30 {log}");
        let rest = nnscope_in(&folder, &rest);
        let (whole, rest) = (json_lines(&whole), json_lines(&rest));
        assert_eq!(rest[0]["epoch"], 13, "{options}");
        assert_eq!(whole.last(), rest.last(), "{options}");
    }
}

#[test]
fn a_picture_of_a_saved_run_has_the_curves_from_its_start() {
    let folder = folder("picture_of_a_saved_run");
    let run = "--seed 42 --epochs 400";
    nnscope_in(&folder, &format!("train {run} --save run.json"));
    for size in ["80x24", "200x60"] {
        let picture = |of: &str| {
            let arguments = format!("screenshot {of} --size {size} --output -");
            let drawn = nnscope_in(&folder, &arguments);
            assert!(drawn.status.success(), "{}", stderr(&drawn));
            drawn.stdout
        };
        let straight = picture(&format!("{run} --at-epoch 400"));
        assert_eq!(picture("--load run.json"), straight);
    }
}

#[test]
fn predict_says_the_output_and_the_label() {
    let folder = folder("predict");
    nnscope_in(&folder, "train --seed 1 --save run.json");
    let answer = |values: &str| {
        let output = nnscope_in(&folder, &format!("predict run.json {values}"));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let (number, label) = stdout(&output).trim_end().split_once(' ').unwrap();
        (number.parse::<f64>().unwrap(), label.to_owned())
    };
    let (emily, label) = answer("128 63");
    assert!(emily > 0.9 && label == "F");
    assert_eq!(answer("128lb 5'3\""), (emily, label));
    assert_eq!(answer("155 68").1, "M");
    assert!(answer("-5 -5").0.is_finite());

    let refused = |values: &str, words: &str| {
        let output = nnscope_in(&folder, &format!("predict run.json {values}"));
        assert_refused(&output, 2, words);
    };
    refused("128", "expected 2 values, weight (lb), height (in); got 1");
    refused("58,5kg 160cm", "; with a decimal point it is 58.5kg");
    refused("128 abc", "height (in): \"abc\" is not a number");
}

#[test]
fn a_run_at_its_end_says_so_and_how_it_continues() {
    let folder = folder("at_its_end");
    for (options, words) in [
        (
            "--epochs 12",
            "nnscope: nothing to train, it has trained its 12 epochs; more --epochs would continue it\n",
        ),
        (
            "--until-loss 0.2",
            "nnscope: nothing to train, its loss is 0.2 or less; a smaller --until-loss would continue it\n",
        ),
    ] {
        let save = format!("train --seed 1 {options} --save run.json --force");
        let saved = nnscope_in(&folder, &save);
        assert!(!stderr(&saved).contains("nothing to train"));
        let loaded = nnscope_in(&folder, "train --load run.json");
        assert_eq!(loaded.status.code(), Some(0));
        assert!(stderr(&loaded).starts_with(words), "{}", stderr(&loaded));
        let further = nnscope_in(
            &folder,
            "train --load run.json --epochs 2000 --until-loss 0.01",
        );
        assert!(!stderr(&further).contains("nothing to train"));
    }
}

#[test]
fn a_file_with_nothing_but_layers_is_the_start_of_a_run() {
    let folder = folder("layers");
    let ones =
        r#"{"layers":[{"weights":[[1,1],[1,1]],"biases":[0,0]},{"weights":[[1,1]],"biases":[0]}]}"#;
    fs::write(folder.join("ones.json"), ones).unwrap();
    let lines = json_lines(&nnscope_in(
        folder.clone(),
        "train --load ones.json --epochs 1 --format jsonl",
    ));
    assert_eq!(lines[0]["epoch"], 0);
    assert_eq!(lines[0]["layers"][0]["weights"][0][0], 1.0);
    // Alice in the post: 0.524.
    let alice = nnscope_in(&folder, "predict ones.json 133 65");
    assert!(stdout(&alice).starts_with("0.52369"), "{}", stdout(&alice));
}

#[test]
fn the_log_can_be_loaded_as_layers() {
    let folder = folder("log_as_layers");
    let output = nnscope_in(&folder, "train --seed 9 --epochs 2 --format jsonl");
    let last_epoch = stdout(&output).lines().nth(2).unwrap();
    let mut file = fs::File::create(folder.join("epoch.json")).unwrap();
    writeln!(file, "{last_epoch}").unwrap();
    let lines = json_lines(&nnscope_in(
        folder,
        "train --load epoch.json --epochs 1 --format jsonl",
    ));
    let logged: Value = serde_json::from_str(last_epoch).unwrap();
    assert_eq!(lines[0]["layers"], logged["layers"]);
    assert_eq!(lines[0]["loss"], logged["loss"]);
}

#[test]
fn files_that_cannot_be_loaded_are_refused_in_one_sentence() {
    let folder = folder("refused");
    let saved = nnscope_in(&folder, "train --epochs 1 --save good.json");
    assert_eq!(saved.status.code(), Some(0));
    let good = fs::read_to_string(folder.join("good.json")).unwrap();
    let layers =
        |first: &str| format!(r#"{{"layers":[{first},{{"weights":[[1,1]],"biases":[0]}}]}}"#);
    for (content, words) in [
        (good[..good.len() / 2].to_owned(), ": it ends in the middle"),
        (String::new(), "bad.json: it is empty"),
        ("hello".to_owned(), "line 1, column 1: this is not JSON"),
        ("{}".to_owned(), "\"layers\" is missing"),
        (
            r#"{"layers":[]}"#.to_owned(),
            "expected 1 layers for a 2-1 network, found 0",
        ),
        (
            layers(r#"{"weights":[[1],[1]],"biases":[0,0]}"#),
            "layer 1, neuron 1: expected 2 weights, found 1",
        ),
        (
            layers(r#"{"weights":[[1,1]],"biases":[0,0]}"#),
            "layer 1: expected weights for 2 neurons, found 1",
        ),
        (
            layers(r#"{"weights":[[1,NaN],[1,1]],"biases":[0,0]}"#),
            "line 1, column 27: this is not JSON",
        ),
        (
            layers(r#"{"weights":[[1,1e999],[1,1]],"biases":[0,0]}"#),
            ": a number is too large",
        ),
        (
            layers(r#"{"weights":[[1e308,-1e308],[1,1]],"biases":[0,0]}"#),
            "the loss overflows",
        ),
        (
            good.replace("nnscope-run", "else"),
            "expected the format \"nnscope-run\", found \"else\"",
        ),
        (
            good.replace("\"version\": 3", "\"version\": 99"),
            "version 99 of the format",
        ),
        (
            good.replace("\"learning_rate\": 0.1", "\"learning_rate\": -1"),
            "learning rate must be positive",
        ),
        (
            good.replace("135.0,", ""),
            "the scaling does not fit the features",
        ),
        (good.replace("sigmoid", "step"), "found \"step\""),
    ] {
        fs::write(folder.join("bad.json"), content).unwrap();
        for command in ["train --load bad.json", "predict bad.json 128 63"] {
            let output = nnscope_in(&folder, command);
            assert_refused(&output, 1, words);
            assert!(stderr(&output).contains("bad.json"), "{}", stderr(&output));
        }
    }
    // To predict, the place in the epoch does not matter.
    let bad_step = good.replace("\"step\": 0", "\"step\": 5");
    fs::write(folder.join("bad.json"), bad_step).unwrap();
    let output = nnscope_in(&folder, "train --load bad.json");
    assert_refused(&output, 1, "step 5 is past the 4 steps");
    assert_refused(
        &nnscope_in(&folder, "train --load none.json"),
        1,
        "none.json",
    );
    assert_refused(
        &nnscope_in(&folder, "train --load ."),
        1,
        "reading .: it is a folder",
    );
}

#[test]
fn a_run_of_version_1_goes_on_with_the_data_that_it_began_with() {
    let folder = folder("version_1");
    let load = format!("--load {VERSION_1}");
    let [start, end] = start_and_end(&folder, &format!("{load} --epochs 6"));
    assert_near(&start["loss"], 0.249_410_008_238_896_47);
    // As that version went on.
    assert_near(&end["loss"], 0.136_583_869_608_083_16);
    assert_near(&end["test_loss"], 0.179_916_909_014_546_13);
    assert_eq!(
        (&end["accuracy"], &end["test_accuracy"]),
        (&1.0.into(), &1.0.into())
    );

    // Saved again, it is of the present version, and still knows its data.
    start_and_end(&folder, &format!("{load} --epochs 4 --save run.json"));
    let saved: Value = serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap();
    assert_eq!(
        (&saved["version"], &saved["source"]["stream"]),
        (&3.into(), &"weights".into())
    );
    let [_, again] = start_and_end(&folder, "--load run.json --epochs 6");
    assert_eq!(again, end);
}

#[test]
fn a_new_run_of_the_same_seed_has_other_data_and_the_same_weights() {
    let folder = folder("version_2");
    let options = "--data gauss --noise 20 --samples 20 --test-fraction 0.2 --shuffle --seed 5";
    let [start, _] = start_and_end(&folder, &format!("{options} --epochs 1"));
    assert_eq!(start["source"].get("stream"), None);
    let [people, _] = start_and_end(&folder, "--seed 5 --epochs 1");
    assert_eq!(start["layers"], people["layers"]);
    // Version 1 began with the same first weight, and with this loss.
    assert_near(
        &start["layers"][0]["weights"][0][0],
        -1.009_384_126_325_996_2,
    );
    assert!((start["loss"].as_f64().unwrap() - 0.357_072_314_647_015_05).abs() > 1e-6);
}
