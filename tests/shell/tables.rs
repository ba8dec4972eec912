//! Tables as people have them, from the shell.

use std::fs::{self, File};

use serde_json::Value;

use super::shell::{command, folder, nnscope_in, stderr, stdout};

const PASSENGERS: &str =
    "sex,age,fare,survived\nmale,22,7.25,0\nfemale,38,71.28,1\nfemale,26,7.92,1\nmale,35,8.05,0\n";

#[test]
fn standard_input_is_data() {
    let folder = folder("stdin");
    fs::write(folder.join("x.csv"), PASSENGERS).unwrap();
    let mut train = command(&folder, "train --data - --epochs 1 --seed 1");
    let output = train
        .stdin(File::open(folder.join("x.csv")).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output).starts_with("nnscope: stdin: \"sex\" is a category"),
        "{}",
        stderr(&output)
    );
    let output = command(&folder, "train --data /dev/stdin --epochs 1 --seed 1")
        .stdin(File::open(folder.join("x.csv")).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn a_prediction_takes_words() {
    let folder = folder("words");
    fs::write(folder.join("x.csv"), PASSENGERS).unwrap();
    let trained = nnscope_in(
        &folder,
        "train --data x.csv --epochs 200 --seed 1 --save run.json",
    );
    assert_eq!(trained.status.code(), Some(0), "{}", stderr(&trained));
    for (sex, survived) in [("female", "1"), ("male", "0"), ("Female", "1")] {
        let output = nnscope_in(&folder, &format!("predict run.json {sex} 29 7.25"));
        assert!(
            stdout(&output).trim_end().ends_with(survived),
            "{}",
            stdout(&output)
        );
    }
    let wrong = nnscope_in(&folder, "predict run.json woman 29 7.25");
    assert!(
        stderr(&wrong).contains("sex: \"woman\" is not one of \"male\", \"female\""),
        "{}",
        stderr(&wrong)
    );
}

#[test]
fn what_is_asked_for_comes_back_in_the_command_of_the_run() {
    let folder = folder("command");
    fs::write(
        folder.join("x.csv"),
        "\"price, EUR\",\"a \"\"b\"\"\",id,r\n1,2,3,-9\n4,5,5,7\n6,1,9,2\n8,2,2,3\n",
    )
    .unwrap();
    let options = [
        "--target",
        "\"price, EUR\",\"a \"\"b\"\"\"",
        "--missing",
        "unknown,-9",
        "--exclude",
        "id",
    ];
    let rest = "train --data x.csv --drop-missing --decimal . --thousands , --epochs 1 --seed 1 --save run.json";
    let output = command(&folder, rest).args(options).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let run: Value = serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap();
    assert_eq!(
        run["source"]["target"],
        serde_json::json!(["price, EUR", "a \"b\""])
    );
    assert_eq!(
        run["source"]["missing"],
        serde_json::json!(["unknown", "-9"])
    );
    let line = run["command"].as_str().unwrap();
    for part in [
        "--exclude id",
        "--missing unknown,-9",
        "--drop-missing",
        "--decimal .",
        "--thousands ,",
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert!(
        line.contains(r#"--target '"price, EUR","a ""b"""'"#),
        "{line}"
    );
    let again = nnscope_in(&folder, "train --load run.json --epochs 2");
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
}

#[test]
fn a_run_that_was_saved_when_only_numbers_were_features_keeps_its_columns_and_classes() {
    let folder = folder("before_categories");
    fs::write(
        folder.join("x.csv"),
        "s,x (lb),n,y\nu,1,1,yes\nv,3,2,no\nu,4,3,yes\nv,2,4,no\n",
    )
    .unwrap();
    // The first class that was seen was 1, and n was a feature.
    let options = "--features x,n --positive yes --hidden none";
    let train = format!("train --data x.csv --epochs 1 --seed 1 --save run.json {options}");
    let output = nnscope_in(&folder, &train);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut run: Value =
        serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap();
    let saved_as_before = |run: &mut Value, classes: [&str; 2]| {
        run["version"] = 2.into();
        run["source"]["features"] = serde_json::json!([]);
        run["source"]["positive"] = Value::Null;
        run["target"]["binary"]["classes"] = serde_json::json!(classes);
        fs::write(folder.join("old.json"), run.to_string()).unwrap();
    };
    for classes in [["no", "yes"], ["yes", "no"]] {
        saved_as_before(&mut run, classes);
        let output = nnscope_in(
            &folder,
            "train --load old.json --epochs 2 --save new.json --force",
        );
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let new: Value =
            serde_json::from_slice(&fs::read(folder.join("new.json")).unwrap()).unwrap();
        assert_eq!(new["features"].as_array().map(Vec::len), Some(2));
        assert_eq!(
            new["target"]["binary"]["classes"],
            serde_json::json!(classes)
        );
    }
}
