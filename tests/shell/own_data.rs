//! A file is learned from as it is: what is left open suits it, numbers keep their units, and what cannot be learned is
//! said before training.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::shell::{assert_refused, folder, json_lines, nnscope_in, stderr, stdout};

/// A folder with a file of prices from 100,000 on, 5,000 for each size, and 80 rows.
fn prices(test: &str) -> PathBuf {
    let folder = folder(test);
    let mut csv = "size,age,price (k$)\n".to_owned();
    for row in 0..80 {
        let (size, age) = (row % 20 + 3, row * 7 % 31);
        writeln!(csv, "{size}.5,{age},{}", 100 + 5 * size).unwrap();
    }
    fs::write(folder.join("prices.csv"), csv).unwrap();
    folder
}

fn lines(folder: &Path, options: &str) -> (Value, Value) {
    let output = nnscope_in(folder, &format!("train {options} --format jsonl --seed 1"));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut lines = json_lines(&output);
    (lines.remove(0), lines.pop().unwrap())
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn numbers_of_any_size_are_learned_by_default_and_stay_in_their_units() {
    let folder = prices("default-numbers");
    let (start, end) = lines(
        &folder,
        "--data prices.csv --test-fraction 0.25 --epochs 200 --save run.json",
    );
    let config = &start["configuration"];
    for (name, value) in [
        ("activation", "relu"),
        ("init", "he"),
        ("output_activation", "linear"),
        ("loss", "mse"),
    ] {
        assert_eq!(config[name], value, "{name}");
    }
    // A tenth of the 60 training samples.
    assert_eq!(config["batch_size"], 6);
    assert_eq!(config["shuffle"], true);
    assert!(
        number(&end["r2"]) > 0.98 && number(&end["test_r2"]) > 0.95,
        "{end}"
    );
    assert!(number(&end["rmse"]) < 5.0 && number(&end["test_rmse"]) < 7.0);
    // The mean is no answer, and misses by the deviation of the prices.
    let baseline = &start["baseline"];
    assert!(number(&baseline["r2"]).abs() < 1e-12);
    assert_eq!(baseline["rmse"], start["target_scaling"]["divisor"][0]);

    let predicted = nnscope_in(&folder, "predict run.json 10.5 4");
    let (price, label) = stdout(&predicted).trim_end().split_once(' ').unwrap();
    assert!(
        (price.parse::<f64>().unwrap() - 150.0).abs() < 15.0,
        "{price}"
    );
    assert!(label.ends_with(" k$"), "{label}");
}

#[test]
fn a_run_that_is_loaded_scales_its_targets_as_before() {
    let folder = prices("scaled-and-loaded");
    lines(&folder, "--data prices.csv --epochs 3 --save three.json");
    let (_, straight) = lines(&folder, "--data prices.csv --epochs 6");
    let (_, resumed) = lines(&folder, "--load three.json --epochs 6");
    assert_eq!(resumed["layers"], straight["layers"]);
    assert_eq!(resumed["rmse"], straight["rmse"]);
}

#[test]
fn built_in_data_has_the_settings_of_the_post() {
    let folder = folder("built-in-settings");
    for data in ["people", "penguins", "xor", "plane"] {
        let (start, _) = lines(&folder, &format!("--data {data} --epochs 1"));
        let config = &start["configuration"];
        assert_eq!(config["hidden"], serde_json::json!([2]), "{data}");
        assert_eq!(config["activation"], "sigmoid");
        assert_eq!(config["optimizer"], "sgd");
        assert_eq!(config["learning_rate"], 0.1);
        assert_eq!(
            (&config["batch_size"], &config["shuffle"]),
            (&1.into(), &false.into())
        );
        assert_eq!(config["l2"], 0.0);
        assert_eq!(start["target_scaling"]["shift"][0], 0.0);
    }
}

#[test]
fn what_is_asked_for_is_taken() {
    let folder = prices("asked-for");
    let asked = "--hidden 3 --activation tanh --init xavier --optimizer sgd --learning-rate 0.5 --batch-size 7 \
                 --shuffle false --l2 0 --target-scaling none";
    let output = nnscope_in(
        &folder,
        &format!("train --data prices.csv {asked} --epochs 1 --save run.json"),
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let run: Value = serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap();
    let command = run["command"].as_str().unwrap();
    for option in asked.split(" --").skip(1) {
        assert!(command.contains(option), "{command} lacks {option}");
    }
    assert_eq!(run["target_scaling"]["divisor"][0], 1.0);
}

#[test]
fn targets_that_the_loss_cannot_take_are_refused() {
    let folder = prices("refused-targets");
    fs::write(
        folder.join("two.csv"),
        "x,a,b\n1,0.5,0.2\n2,-0.5,0.7\n3,1.5,0.1\n",
    )
    .unwrap();
    for (options, words) in [
        (
            "prices.csv --output-activation sigmoid --loss cross-entropy",
            "cross-entropy takes numbers between 0 and 1, price of ",
        ),
        (
            "two.csv --target b,a --output-activation softmax",
            "cross-entropy takes numbers of 0 or more, a of #3 is -0.5000",
        ),
        (
            "two.csv --target a,b --output-activation sigmoid --loss cross-entropy",
            "cross-entropy takes numbers between 0 and 1, a of #3 is -0.5000",
        ),
    ] {
        let output = nnscope_in(&folder, &format!("train --data {options}"));
        assert_refused(&output, 2, words);
        assert!(stderr(&output).contains("--output-activation linear --loss mse takes all"));
    }
}

#[test]
fn targets_that_the_outputs_cannot_reach_are_said_before_training() {
    let folder = prices("unreachable-targets");
    for (activation, range) in [("sigmoid", "from 0 to 1"), ("tanh", "from -1 to 1")] {
        let options =
            format!("train --data prices.csv --output-activation {activation} --epochs 1");
        let output = nnscope_in(&folder, &options);
        assert_eq!(output.status.code(), Some(0));
        let words = format!(
            "price goes from 115.00 to 210.00, {activation} outputs only {range} (--output-activation linear"
        );
        assert!(stderr(&output).contains(&words), "{}", stderr(&output));
    }
    let linear = nnscope_in(&folder, "train --data prices.csv --epochs 1");
    assert!(
        !stderr(&linear).contains("outputs only"),
        "{}",
        stderr(&linear)
    );
    assert!(stderr(&linear).contains("the loss measures price in standard deviations of "));
}

#[test]
fn soft_targets_have_the_right_gradient() {
    let folder = folder("soft-targets");
    fs::write(
        folder.join("soft.csv"),
        "x,a,b\n1,0.2,0.9\n2,0.5,0.7\n3,0.1,0.3\n",
    )
    .unwrap();
    let options = "train --data soft.csv --target a,b --output-activation softmax --activation tanh --check-gradients --epochs 20";
    let output = nnscope_in(&folder, options);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output).matches("derivatives agree").count(), 2);
}
