//! `predict --grid`: the function that a saved run has learned, as a table.

use serde_json::Value;

use crate::shell::{assert_refused, folder, json_lines, nnscope_in, stderr, stdout};

/// The forward pass of the post's network as plain loops, from the parameters in its file.
fn forward(run: &Value, inputs: &[f64]) -> f64 {
    let numbers = |value: &Value| -> Vec<f64> {
        let list = value.as_array().unwrap();
        list.iter().map(|number| number.as_f64().unwrap()).collect()
    };
    let mut activations = inputs.to_vec();
    for layer in run["layers"].as_array().unwrap() {
        let rows = layer["weights"].as_array().unwrap();
        let mut next = Vec::new();
        for (row, bias) in rows.iter().zip(numbers(&layer["biases"])) {
            let mut z = bias;
            for (weight, activation) in numbers(row).iter().zip(&activations) {
                z += weight * activation;
            }
            next.push(1.0 / (1.0 + (-z).exp()));
        }
        activations = next;
    }
    activations[0]
}

#[test]
fn every_point_of_a_grid_is_a_forward_pass() {
    let folder = folder("grid");
    nnscope_in(&folder, "train --seed 1 --save run.json");
    let run = std::fs::read_to_string(folder.join("run.json")).unwrap();
    let run: Value = serde_json::from_str(&run).unwrap();
    let grid = "predict run.json --grid weight=110:170:61,height=58:76:37 --format";
    let table = nnscope_in(&folder, &format!("{grid} csv"));
    let mut rows = stdout(&table).lines();
    assert_eq!(rows.next(), Some("weight,height,P(F),prediction"));
    let rows: Vec<&str> = rows.collect();
    assert_eq!(rows.len(), 61 * 37);
    let jsonl = json_lines(&nnscope_in(&folder, &format!("{grid} jsonl")));
    let points = (110..=170).flat_map(|weight| {
        (58..=76).flat_map(move |height| {
            let heights = [f64::from(height), f64::from(height) + 0.5];
            heights.map(|height| (f64::from(weight), height))
        })
    });
    let points = points.filter(|(_, height)| *height <= 76.0);
    for (((weight, height), row), object) in points.zip(rows).zip(jsonl) {
        let cells: Vec<&str> = row.split(',').collect();
        let [first, second, p, class] = cells[..] else {
            panic!("{row}")
        };
        assert_eq!(
            [first, second].map(|cell| cell.parse::<f64>().unwrap()),
            [weight, height]
        );
        let p: f64 = p.parse().unwrap();
        let expected = forward(&run, &[weight - 135.0, height - 66.0]);
        assert!((p - expected).abs() < 1e-12, "{row} {expected}");
        assert_eq!(class, if p >= 0.5 { "F" } else { "M" });
        assert_eq!(object["inputs"]["weight"], weight);
        assert_eq!(object["inputs"]["height"], height);
        assert_eq!(
            (&object["outputs"][0], &object["prediction"]),
            (&p.into(), &class.into())
        );
    }
}

#[test]
fn a_single_sample_has_the_same_formats() {
    let folder = folder("grid_of_one");
    nnscope_in(
        &folder,
        "train --data penguins --epochs 5 --seed 1 --save run.json",
    );
    let of = |format: &str| {
        let values = "predict run.json 39.1 18.7 181 3750 --format";
        let output = nnscope_in(&folder, &format!("{values} {format}"));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output).to_owned()
    };
    let text = of("text");
    let words: Vec<&str> = text.split_whitespace().collect();
    let csv = of("csv");
    let (header, row) = csv.trim_end().split_once('\n').unwrap();
    assert_eq!(
        header,
        "bill_length,bill_depth,flipper_length,body_mass,P(Adelie),P(Gentoo),P(Chinstrap),prediction"
    );
    assert_eq!(row, format!("39.1,18.7,181,3750,{}", words.join(",")));
    let object: Value = serde_json::from_str(&of("jsonl")).unwrap();
    assert_eq!(object["inputs"]["body_mass"], 3750.0);
    assert_eq!(object["prediction"], words[3]);
}

#[test]
fn what_is_no_grid_is_refused_in_one_sentence() {
    let folder = folder("no_grid");
    nnscope_in(&folder, "train --seed 1 --epochs 1 --save run.json");
    for (arguments, words) in [
        (
            "--grid weight=110:170:61",
            "nnscope: --grid: height is missing, expected height=FROM:TO:COUNT, such as 0:10:21, or one value\n",
        ),
        (
            "--grid weight=110:170:61,height=58:76",
            "nnscope: --grid: expected height=FROM:TO:COUNT, such as 0:10:21, or one value, found \"58:76\"\n",
        ),
        ("--grid weight=1,height=2 3", "nnscope: "),
    ] {
        let output = nnscope_in(&folder, &format!("predict run.json {arguments}"));
        assert_refused(&output, 2, words);
    }
}
