//! Logs say all that it takes to repeat a run, and `docs/logs.md` explains all that they say.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::shell::{folder, json_lines, nnscope, nnscope_in, stdout, written};

/// The keys of an object and of all objects in it, but for those that are options.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                found.insert(key.clone());
                if key != "configuration" && key != "source" {
                    keys(value, found);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn every_field_and_every_word_is_documented() {
    let documentation = include_str!("../../docs/logs.md");
    let mut found = BTreeSet::new();
    for options in [
        "train --epochs 2",
        "train --epochs 2 --data penguins --test-fraction 0.2 --shuffle",
        "train --epochs 2 --data hills",
        "sweep --seeds 3 --epochs 2 --data penguins --test-fraction 0.2",
        "sweep --seeds 3 --epochs 2 --data hills",
    ] {
        let lines = json_lines(&nnscope(&format!("{options} --seed 1 --format jsonl")));
        lines.iter().for_each(|line| keys(line, &mut found));
    }
    assert!(found.len() > 40, "{found:?}");
    for name in found {
        let is_documented = documentation.contains(&format!("`{name}`"));
        assert!(is_documented, "docs/logs.md does not explain `{name}`");
    }
}

#[test]
fn the_start_says_which_rows_train_and_which_test() {
    let options = "--data penguins --test-fraction 0.25 --seed 4 --epochs 1 --format jsonl";
    let start = &json_lines(&nnscope(&format!("train {options}")))[0];
    let rows = |part: &str| -> Vec<u64> {
        let rows = start[part].as_array().unwrap();
        rows.iter().map(|row| row.as_u64().unwrap()).collect()
    };
    let (training, test) = (rows("training_rows"), rows("test_rows"));
    assert!(training.is_sorted() && test.is_sorted());
    let all: BTreeSet<u64> = training.iter().chain(&test).copied().collect();
    assert_eq!(all.len(), training.len() + test.len());
    assert_eq!(start["samples"], all.len());
    assert_eq!(start["inputs"].as_array().unwrap().len(), 4);
    assert_eq!(start["features"][3]["unit"], "g");
    assert_eq!(start["classes"].as_array().unwrap().len(), 3);
    assert_eq!(start.get("positive"), None);
    assert_eq!(start.get("generator"), None);

    let people = &json_lines(&nnscope("train --epochs 1 --format jsonl"))[0];
    assert_eq!(people["positive"], "F");
    assert_eq!(people["training_rows"], serde_json::json!([1, 2, 3, 4]));
}

/// The orders of the epochs, as `docs/logs.md` describes them.
struct Orders {
    s: [u64; 4],
}

impl Orders {
    fn draw(&mut self) -> u64 {
        let s = &mut self.s;
        let drawn = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        drawn >> 32
    }

    fn below(&mut self, bound: u64) -> u64 {
        let product = self.draw() * bound;
        let (high, low) = (product >> 32, product & 0xffff_ffff);
        if low > (1 << 32) - bound {
            return high + ((low + ((self.draw() * bound) >> 32)) >> 32);
        }
        high
    }

    fn next_order(&mut self, samples: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..samples).collect();
        let (mut chunk, mut left) = (0, 1);
        for (i, count) in (1..=samples as u64).enumerate() {
            if left == 0 {
                let mut bound = count;
                left = 1;
                while bound * (count + left) < 1 << 32 {
                    bound *= count + left;
                    left += 1;
                }
                chunk = self.below(bound);
            }
            left -= 1;
            let j = if left == 0 { chunk } else { chunk % count };
            chunk /= count;
            order.swap(i, usize::try_from(j).unwrap());
        }
        order
    }
}

/// The post's network and its training, as the post has them: w1 … w6, b1 … b3.
struct Post {
    w: [f64; 6],
    b: [f64; 3],
}

impl Post {
    fn of(layers: &Value) -> Self {
        let number = |value: &Value| value.as_f64().unwrap();
        let [hidden, output] = [&layers[0], &layers[1]];
        let weight = |row: usize, column: usize| number(&hidden["weights"][row][column]);
        let out = |column: usize| number(&output["weights"][0][column]);
        Self {
            w: [
                weight(0, 0),
                weight(0, 1),
                weight(1, 0),
                weight(1, 1),
                out(0),
                out(1),
            ],
            b: [
                number(&hidden["biases"][0]),
                number(&hidden["biases"][1]),
                number(&output["biases"][0]),
            ],
        }
    }

    fn learn(&mut self, x: [f64; 2], y: f64, rate: f64) {
        let sigmoid = |z: f64| 1.0 / (1.0 + (-z).exp());
        let Self { w, b } = self;
        let h = [
            sigmoid(w[0] * x[0] + w[1] * x[1] + b[0]),
            sigmoid(w[2] * x[0] + w[3] * x[1] + b[1]),
        ];
        let out = sigmoid(w[4] * h[0] + w[5] * h[1] + b[2]);
        let d = -2.0 * (y - out) * out * (1.0 - out);
        let dh = [0, 1].map(|i| d * w[4 + i] * h[i] * (1.0 - h[i]));
        for i in 0..2 {
            w[4 + i] -= rate * d * h[i];
            for j in 0..2 {
                w[2 * i + j] -= rate * dh[i] * x[j];
            }
            b[i] -= rate * dh[i];
        }
        b[2] -= rate * d;
    }
}

#[test]
fn another_implementation_comes_to_the_same_weights_by_what_the_log_says() {
    // Weight and height in the post's table, less 135 and 66, and whether it is F.
    let rows = [
        ([-2.0, -1.0], 1.0),
        ([25.0, 6.0], 0.0),
        ([17.0, 4.0], 0.0),
        ([-15.0, -6.0], 1.0),
    ];
    for seed in 0..20 {
        let options = format!("--seed {seed} --shuffle --test-fraction 0.25 --epochs 30");
        let lines = json_lines(&nnscope(&format!("train {options} --format jsonl")));
        let start = &lines[0];
        let training = start["training_rows"].as_array().unwrap();
        let s = serde_json::from_value(start["generator"]["s"].clone()).unwrap();
        let mut orders = Orders { s };
        let mut post = Post::of(&start["layers"]);
        for line in &lines[1..=30] {
            for index in orders.next_order(training.len()) {
                let row = training[index].as_u64().unwrap();
                let (x, y) = rows[usize::try_from(row).unwrap() - 1];
                post.learn(x, y, 0.1);
            }
            let found = Post::of(&line["layers"]);
            let pairs = post
                .w
                .iter()
                .zip(&found.w)
                .chain(post.b.iter().zip(&found.b));
            for (ours, theirs) in pairs {
                assert!((ours - theirs).abs() < 1e-12, "{options}: {ours} {theirs}");
            }
        }
    }
}

#[test]
fn the_order_of_many_samples_is_as_documented_too() {
    let folder = folder("order");
    let options = "--data gauss --samples 3000 --seed 3 --shuffle --epochs 2 --format jsonl";
    let output = nnscope_in(&folder, &format!("train {options} --save run.json"));
    let s = json_lines(&output)[0]["generator"]["s"].clone();
    let mut orders = Orders {
        s: serde_json::from_value(s).unwrap(),
    };
    for _ in 0..2 {
        let mut order = orders.next_order(3000);
        order.sort_unstable();
        assert!(order.into_iter().eq(0..3000));
    }
    // As many numbers were drawn as it takes, and no more.
    let saved = fs::read(folder.join("run.json")).unwrap();
    let saved: Value = serde_json::from_slice(&saved).unwrap();
    assert_eq!(saved["generator"]["s"], serde_json::json!(orders.s));
}

#[test]
fn no_number_of_a_csv_log_has_hundreds_of_digits() {
    for options in [
        // Losses of 1e200 and of 1e-20.
        "train --data plane --hidden none --weights b1=1e100 --learning-rate 0.001 --epochs 3 --format csv",
        "train --data plane --samples 20 --hidden none --learning-rate 0.02 --epochs 3000 --format csv",
        "sweep --data plane --samples 20 --hidden none --learning-rate 0.02 --seeds 3 --epochs 3000 --format csv",
    ] {
        let log = written(&format!("{options} --seed 1"));
        for number in log.lines().skip(1).flat_map(|line| line.split(',')) {
            assert!(number.len() < 25, "{options}: {number}");
        }
        assert!(log.contains("e-") || log.contains("e1"), "{log}");
    }
    let output = nnscope("train --format csv --epochs 1 --seed 1 --data xor --samples 4");
    assert!(stdout(&output).lines().nth(1).unwrap().starts_with("1,0."));
}
