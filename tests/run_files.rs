//! Run files of former versions, which must go on as they would have.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// Three epochs of `--data gauss --noise 20 --samples 20 --test-fraction 0.2 --shuffle --seed 5`, saved by
/// version 0.1.0 when it drew data and weights from one stream.
const VERSION_1: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/golden/run-version-1.json"
);

fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The lines of a JSON log: of the start and of the end.
fn start_and_end(folder: &PathBuf, arguments: &str) -> [Value; 2] {
    let output = Command::new(env!("CARGO_BIN_EXE_nnscope"))
        .args("train --format jsonl --log-every 0".split(' '))
        .args(arguments.split(' '))
        .current_dir(folder)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{words}");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    lines.try_into().unwrap()
}

fn assert_near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!(
        (found / expected - 1.0).abs() < 1e-9,
        "{found}, expected {expected}"
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
        (&2.into(), &"weights".into())
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
