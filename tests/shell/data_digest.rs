//! A saved run knows its data: where it is, whether it has changed, and which rows it was trained on.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use super::shell::{assert_refused, folder, json_lines, nnscope_in, stderr};

const ROWS: [&str; 8] = [
    "61.5,10,210.5",
    "80,3,305",
    "45.25,30,140",
    "120,15,410.75",
    "70,22,228",
    "28,5,99",
    "95.5,40,289",
    "50,12,165",
];

fn write_rows(path: &Path, rows: &[&str]) {
    fs::write(path, format!("area,age,price\n{}\n", rows.join("\n"))).unwrap();
}

fn succeeds(folder: &Path, arguments: &str) -> Output {
    let output = nnscope_in(folder, arguments);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments}: {}",
        stderr(&output)
    );
    output
}

fn loss_at_start(folder: &Path, arguments: &str) -> Value {
    let output = succeeds(
        folder,
        &format!("train {arguments} --format jsonl --log-every 0"),
    );
    json_lines(&output)[0]["loss"].clone()
}

const SAVE: &str =
    "train --data houses.csv --hidden 3 --seed 1 --epochs 5 --log-every 0 --save run.json --force";

#[test]
fn a_file_is_found_beside_the_run_before_the_folder_that_one_is_in() {
    let folder = folder("beside");
    let inside = folder.join("inside");
    fs::create_dir(&inside).unwrap();
    write_rows(&inside.join("houses.csv"), &ROWS);
    succeeds(&inside, SAVE);
    let own = loss_at_start(&inside, "run.json --epochs 6");
    // Another file of the same name is where one is.
    write_rows(&folder.join("houses.csv"), &ROWS[..4]);
    assert_eq!(loss_at_start(&folder, "inside/run.json --epochs 6"), own);
    // Without one beside the run, it is taken, and the change is said.
    fs::remove_file(inside.join("houses.csv")).unwrap();
    let output = succeeds(&folder, "train inside/run.json --epochs 6");
    let words = "the data has changed since the run was saved: 8 samples then, 4 now";
    assert!(stderr(&output).contains(words), "{}", stderr(&output));
}

#[test]
fn a_changed_file_is_said_and_the_same_one_is_not() {
    let folder = folder("changed");
    let file = folder.join("houses.csv");
    write_rows(&file, &ROWS);
    succeeds(&folder, SAVE);
    let said = || {
        stderr(&succeeds(
            &folder,
            "train run.json --epochs 6 --log-every 0",
        ))
        .to_owned()
    };
    assert!(!said().contains("since the run was saved"), "{}", said());
    let mut rows = ROWS;
    rows[3] = "120,15,411";
    write_rows(&file, &rows);
    let words = "the data has changed since the run was saved: 8 samples then, 8 now\n";
    assert!(said().contains(words), "{}", said());
    // The same rows in another order are the same data.
    rows = ROWS;
    rows.rotate_left(3);
    write_rows(&file, &rows);
    let words = "the rows are in another order than when the run was saved\n";
    assert!(said().contains(words), "{}", said());
}

#[test]
fn rows_in_another_order_that_would_test_trained_ones_are_refused() {
    let folder = folder("reordered");
    let file = folder.join("houses.csv");
    write_rows(&file, &ROWS);
    succeeds(&folder, &format!("{SAVE} --test-fraction 0.25"));
    let mut rows = ROWS;
    rows.reverse();
    write_rows(&file, &rows);
    let output = nnscope_in(&folder, "train run.json --epochs 6");
    assert_refused(
        &output,
        1,
        "are in another order than when the run was saved, and other ones are held out for testing: the scaling differs",
    );
}

#[test]
fn other_columns_and_targets_are_refused_with_what_differs() {
    let folder = folder("other_columns");
    let file = folder.join("houses.csv");
    write_rows(&file, &ROWS);
    succeeds(&folder, SAVE);
    fs::write(&file, "area,rooms,price\n1,2,3\n4,5,6\n").unwrap();
    let output = nnscope_in(&folder, "train run.json --epochs 6");
    assert_refused(
        &output,
        1,
        "it predicts from area, age, not from area, rooms",
    );
    fs::write(&file, "area,age,rent\n1,2,3\n4,5,6\n").unwrap();
    let output = nnscope_in(&folder, "train run.json --epochs 6");
    assert_refused(
        &output,
        1,
        "the run predicts another target than houses has: price, not rent",
    );
}

#[test]
fn trained_rows_do_not_become_test_rows() {
    let folder = folder("test_rows");
    write_rows(&folder.join("houses.csv"), &ROWS);
    succeeds(&folder, SAVE);
    for option in ["--test-fraction 0.25", "--test-fraction 0.5 --epochs 9"] {
        let output = nnscope_in(&folder, &format!("train run.json {option}"));
        let words = "a saved run continues as it began: --test-fraction is for new runs";
        assert_refused(&output, 1, words);
    }
    succeeds(&folder, "train run.json --test-fraction 0 --epochs 6");
}

#[test]
fn a_saved_run_knows_its_inputs_and_what_was_said_of_its_data() {
    let folder = folder("knows");
    succeeds(&folder, "train --data penguins --epochs 2 --save run.json");
    let run: Value = serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap();
    assert_eq!(run["version"], 3);
    assert_eq!(run["inputs"].as_array().unwrap().len(), 4);
    assert_eq!(run["data_digest"]["samples"], 342);
    let remarks = run["remarks"].as_array().unwrap();
    assert!(
        remarks
            .iter()
            .any(|remark| remark.as_str().unwrap().contains("skipped 2 of 344")),
        "{remarks:?}"
    );
    assert_eq!(run.get("command_note"), None);
}
