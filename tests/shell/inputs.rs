//! Engineered inputs: what a shell sees of them, against an independent forward pass.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::shell::{assert_refused, folder, json_lines, nnscope_in, stderr, stdout};

/// All formulas, in another order than usual.
const ALL: &str = "x2,sin(x1),x1^2,x1*x2,x1,x2²,sin(x2)";

/// Their values by hand.
fn by_hand(x1: f64, x2: f64) -> Vec<f64> {
    vec![x2, x1.sin(), x1 * x1, x1 * x2, x1, x2 * x2, x2.sin()]
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().unwrap();
    list.iter().map(|number| number.as_f64().unwrap()).collect()
}

/// The forward pass of hidden tanh layers and a sigmoid output as plain loops, from layers in a file.
fn forward(layers: &Value, inputs: &[f64]) -> f64 {
    let layers = layers.as_array().unwrap();
    let mut activations = inputs.to_vec();
    for (index, layer) in layers.iter().enumerate() {
        let rows = layer["weights"].as_array().unwrap();
        let mut next = Vec::new();
        for (row, bias) in rows.iter().zip(numbers(&layer["biases"])) {
            let row = numbers(row);
            assert_eq!(row.len(), activations.len());
            let mut z = bias;
            for (weight, activation) in row.iter().zip(&activations) {
                z += weight * activation;
            }
            next.push(if index + 1 < layers.len() {
                z.tanh()
            } else {
                1.0 / (1.0 + (-z).exp())
            });
        }
        activations = next;
    }
    activations[0]
}

fn ok(folder: &Path, arguments: &str) -> String {
    let output = nnscope_in(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).to_owned()
}

fn saved(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

#[test]
fn predictions_and_grids_are_a_forward_pass_of_inputs_computed_by_hand() {
    let folder = folder("inputs");
    let run = format!(
        "train --data circle --samples 40 --seed 3 --activation tanh --hidden 3,2 --epochs 7 --inputs {ALL} --save run.json"
    );
    ok(&folder, &run);
    let run = saved(&folder, "run.json");
    let names = ["x2", "sin(x1)", "x1^2", "x1*x2", "x1", "x2^2", "sin(x2)"];
    assert_eq!(run["inputs"], serde_json::json!(names));
    assert_eq!(run["source"]["inputs"], serde_json::json!(names));
    let single = ok(&folder, "predict run.json --format csv -- -1.5 2.25");
    let row = single.lines().last().unwrap();
    let p: f64 = row.split(',').nth(2).unwrap().parse().unwrap();
    assert!((p - forward(&run["layers"], &by_hand(-1.5, 2.25))).abs() < 1e-12);
    let grid = ok(
        &folder,
        "predict run.json --format csv --grid x1=-6:6:13,x2=-3:3:13",
    );
    let mut rows = grid.lines();
    assert_eq!(rows.next(), Some("x1,x2,P(blue),prediction"));
    let mut points = 0;
    for row in rows {
        let cells: Vec<f64> = row
            .split(',')
            .take(3)
            .map(|cell| cell.parse().unwrap())
            .collect();
        let expected = forward(&run["layers"], &by_hand(cells[0], cells[1]));
        assert!((cells[2] - expected).abs() < 1e-12, "{row}");
        points += 1;
    }
    assert_eq!(points, 13 * 13);
}

#[test]
fn inputs_are_of_the_scaled_features_for_training_and_test_samples_alike() {
    let folder = folder("inputs_scaled");
    let rows = [
        [3.0, 100.0],
        [5.0, 140.0],
        [4.0, 90.0],
        [8.0, 70.0],
        [6.0, 120.0],
        [1.0, 95.0],
    ];
    let classes = ["no", "yes", "no", "yes", "yes", "no"];
    let lines = rows.iter().zip(classes);
    let lines = lines.map(|([age, price], class)| format!("{age},{price},{class}\n"));
    let table = "age,price,sold\n".to_owned() + &lines.collect::<String>();
    fs::write(folder.join("own.csv"), table).unwrap();
    let log = nnscope_in(
        &folder,
        "train --data own.csv --inputs age*price,price^2,sin(age) --test-fraction 0.34 --seed 5 --activation tanh \
         --hidden 2 --loss cross-entropy --epochs 3 --format jsonl --save run.json",
    );
    assert_eq!(log.status.code(), Some(0), "{}", stderr(&log));
    let lines = json_lines(&log);
    let start = &lines[0];
    assert_eq!(
        start["inputs"],
        serde_json::json!(["age*price", "price^2", "sin(age)"])
    );
    let (shift, divisor) = (
        numbers(&start["scaling"]["shift"]),
        numbers(&start["scaling"]["divisor"]),
    );
    assert_eq!(shift.len(), 2);
    // Rows are lines of the file: the header is the first.
    let loss_of = |layers: &Value, lines: &Value| {
        let lines: Vec<usize> = serde_json::from_value(lines.clone()).unwrap();
        let losses = lines.iter().map(|line| {
            let index = line - 2;
            let [x1, x2] = [0, 1].map(|at: usize| (rows[index][at] - shift[at]) / divisor[at]);
            let p = forward(layers, &[x1 * x2, x2 * x2, x1.sin()]);
            -if classes[index] == "yes" { p } else { 1.0 - p }.ln()
        });
        losses.sum::<f64>() / lines.len() as f64
    };
    let epochs: Vec<&Value> = lines
        .iter()
        .filter(|line| line["type"] == "epoch")
        .collect();
    assert_eq!(epochs.len(), 3);
    for epoch in epochs {
        for (rows, loss) in [("training_rows", "loss"), ("test_rows", "test_loss")] {
            let expected = loss_of(&epoch["layers"], &start[rows]);
            let found = epoch[loss].as_f64().unwrap();
            assert!(
                (found - expected).abs() < 1e-12,
                "{loss}: {found} {expected}"
            );
        }
    }
    let [x1, x2] = [
        (7.0 - shift[0]) / divisor[0],
        (110.0 - shift[1]) / divisor[1],
    ];
    let answer = ok(&folder, "predict run.json 7 110 --format csv");
    let p: f64 = answer
        .lines()
        .last()
        .unwrap()
        .split(',')
        .nth(2)
        .unwrap()
        .parse()
        .unwrap();
    let run = saved(&folder, "run.json");
    let expected = forward(&run["layers"], &[x1 * x2, x2 * x2, x1.sin()]);
    assert!((p - expected).abs() < 1e-12);
}

#[test]
fn every_derivative_agrees_with_the_central_difference() {
    let folder = folder("inputs_gradients");
    let checked = nnscope_in(
        &folder,
        &format!(
            "train --data spiral --seed 2 --hidden 4 --activation tanh --inputs {ALL} --epochs 2 --check-gradients"
        ),
    );
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
    let words = "all 37 derivatives agree with the central difference";
    assert!(stderr(&checked).contains(words), "{}", stderr(&checked));
}

#[test]
fn a_saved_run_continues_bit_for_bit_with_its_inputs() {
    let folder = folder("inputs_continue");
    let run = "--data xor --samples 30 --seed 4 --inputs x1*x2,sin(x2) --epochs";
    ok(&folder, &format!("train {run} 9 --save whole.json"));
    ok(&folder, &format!("train {run} 4 --save half.json"));
    ok(
        &folder,
        "train --load half.json --epochs 9 --save continued.json",
    );
    let [whole, continued] = ["whole.json", "continued.json"].map(|name| saved(&folder, name));
    assert_eq!(whole, continued);
    assert!(
        whole["command"]
            .as_str()
            .unwrap()
            .contains("--inputs 'x1*x2,sin(x2)'")
    );
    // Its own inputs may be named, others are for new runs.
    ok(
        &folder,
        "train --load half.json --inputs x1·x2,sin(x2) --epochs 9 --save same.json",
    );
    assert_eq!(saved(&folder, "same.json"), whole);
    let other = nnscope_in(&folder, "train --load half.json --inputs x1 --epochs 9");
    let words = "a saved run continues as it began: --inputs is for new runs";
    assert_refused(&other, 1, words);
}

#[test]
fn a_file_without_inputs_has_the_features_and_a_bad_one_is_refused() {
    let folder = folder("inputs_files");
    ok(
        &folder,
        "train --data circle --samples 10 --seed 1 --epochs 1 --save plain.json",
    );
    let plain = fs::read_to_string(folder.join("plain.json")).unwrap();
    let plain_run: Value = serde_json::from_str(&plain).unwrap();
    assert!(plain_run["source"].get("inputs").is_none());
    assert_eq!(plain_run["inputs"], serde_json::json!(["x1", "x2"]));
    let with = |inputs: Value| {
        let mut run = plain_run.clone();
        run["source"]["inputs"] = inputs;
        fs::write(folder.join("bad.json"), run.to_string()).unwrap();
        nnscope_in(&folder, "predict bad.json 1 2")
    };
    for (inputs, words) in [
        (
            serde_json::json!(["x1^3"]),
            "\"x1^3\" is not an input: expected x1, x2, x1^2, x2^2, x1*x2, sin(x1) or sin(x2)",
        ),
        (
            serde_json::json!(["x1", "x3"]),
            "\"x3\" is not an input: expected x1",
        ),
        (
            serde_json::json!(["x1", "x1"]),
            "the input x1 is there twice",
        ),
        (serde_json::json!([1]), "expected a text, found 1"),
        (
            serde_json::json!("x1"),
            "expected a list, found the text \"x1\"",
        ),
        (
            serde_json::json!(["x1^2", "x2"]),
            "the inputs are not those of the features",
        ),
    ] {
        assert_refused(&with(inputs), 1, words);
    }
}

#[test]
fn data_with_other_features_than_two_numbers_is_refused_in_one_sentence() {
    let folder = folder("inputs_refused");
    fs::write(
        folder.join("three.csv"),
        "a,b,c,y\n1,2,3,4\n2,3,4,6\n3,5,4,7\n",
    )
    .unwrap();
    fs::write(
        folder.join("words.csv"),
        "a,b,y\n1,red,4\n2,blue,6\n3,red,7\n",
    )
    .unwrap();
    for (arguments, code, words) in [
        (
            "--data penguins --inputs x1^2",
            2,
            "nnscope: --inputs is for data with two features, not for penguins\n",
        ),
        (
            "--data three.csv --inputs x1^2",
            1,
            "formulas of inputs take 2 features, the data has 3; --features chooses them\n",
        ),
        (
            "--data words.csv --inputs x1^2",
            1,
            "formulas of inputs take numbers, \"b\" has words\n",
        ),
        (
            "--inputs x1,x1^2,x1",
            2,
            "nnscope: --inputs: the input x1 is there twice\n",
        ),
        (
            "--inputs x1,,x2",
            2,
            "nnscope: --inputs: \"\" is not an input: expected x1, x2,",
        ),
        (
            "--inputs cos(x1)",
            1,
            "sin(x1) or sin(x2), where x1 is \"weight\" and x2 is \"height\"\n",
        ),
    ] {
        let output = nnscope_in(&folder, &format!("train {arguments} --epochs 1"));
        assert_refused(&output, code, words);
    }
    let chosen = "--data three.csv --features a,c --inputs a*c,c^2 --epochs 1";
    ok(&folder, &format!("train {chosen}"));
    let penguins = "--data penguins --features bill_length_mm,flipper_length_mm --inputs x1,bill_length_mm*x2 --epochs 1";
    ok(&folder, &format!("train {penguins}"));
}

#[test]
fn the_classics_are_learned_without_a_hidden_layer() {
    let folder = folder("inputs_classics");
    for (run, solved) in [
        ("--data circle --inputs x1^2,x2^2", "20"),
        ("--data xor --inputs x1*x2", "20"),
        ("--data circle", "0"),
        ("--data xor", "0"),
    ] {
        let sweep =
            format!("sweep {run} --hidden none --epochs 60 --samples 200 --seed 1 --seeds 20");
        let text = ok(&folder, &sweep);
        let line = text
            .lines()
            .find(|line| line.starts_with("solved"))
            .unwrap();
        assert_eq!(
            line.split_whitespace().nth(1),
            Some(solved),
            "{run}\n{text}"
        );
    }
}
