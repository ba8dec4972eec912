//! `nnscope train` and `nnscope screenshot`: logs, and what options change in them.

use std::fs;

use serde_json::Value;

use super::shell::{
    FOLDER, assert_refused, command, folder, json_lines, nnscope, nnscope_in, stderr, stdout,
};

#[test]
fn train_prints_the_lines_of_the_post() {
    let output = nnscope("train --seed 1");
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<&str> = stdout(&output).lines().collect();
    assert_eq!(lines.len(), 102);
    for (line, epoch) in lines[..100].iter().zip((0..1000).step_by(10)) {
        let loss = line.strip_prefix(&format!("Epoch {epoch} loss: ")).unwrap();
        assert_eq!(loss.len(), "0.352".len());
        loss.parse::<f64>().unwrap();
    }
    assert!(lines[100].starts_with("Emily: 0.9") && lines[100].ends_with(" - F"));
    assert!(lines[101].starts_with("Frank: 0.0") && lines[101].ends_with(" - M"));
    let words = stderr(&output);
    assert_eq!(words.lines().count(), 1);
    assert!(
        words.starts_with("1000 epochs, 4000 samples, ") && words.contains(" samples/s"),
        "{words}"
    );
}

#[test]
fn other_data_ends_with_its_scores() {
    let output = nnscope("train --data gauss --test-fraction 0.2 --seed 1 --epochs 30");
    let lines: Vec<&str> = stdout(&output).lines().collect();
    let [.., training, test, constant] = lines[..] else {
        panic!("{lines:?}")
    };
    assert!(
        training.starts_with("Training loss: 0.0") && training.ends_with(" % right"),
        "{training}"
    );
    assert!(
        test.starts_with("Test loss: 0.0") && test.ends_with(" % right"),
        "{test}"
    );
    assert_eq!(
        constant,
        "Always answering orange: 50.5 % right, test 48.0 % right"
    );
}

#[test]
fn the_same_seed_prints_the_same_bytes() {
    let run = || nnscope("train --seed 7 --epochs 50 --format jsonl").stdout;
    assert_eq!(run(), run());
}

#[test]
fn json_lines_have_every_epoch_with_its_parameters() {
    let lines = json_lines(&nnscope("train --seed 3 --epochs 5 --format jsonl"));
    let types: Vec<&str> = lines
        .iter()
        .map(|line| line["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        types,
        ["start", "epoch", "epoch", "epoch", "epoch", "epoch", "end"]
    );
    for (index, line) in lines[..6].iter().enumerate() {
        assert_eq!(line["epoch"], index);
        assert!(line["loss"].as_f64().unwrap() > 0.0);
        assert_eq!(line["layers"][0]["weights"][1].as_array().unwrap().len(), 2);
        assert_eq!(line["layers"][1]["biases"].as_array().unwrap().len(), 1);
    }
    assert_eq!(lines[6]["status"], "finished");
    assert_eq!(lines[6]["layers"], lines[5]["layers"]);
    assert_eq!(lines[6]["predictions"][0]["name"], "Emily");
}

#[test]
fn csv_has_a_header_and_the_epochs_that_are_asked_for() {
    let epochs = |arguments: &str| -> Vec<String> {
        let output = nnscope(arguments);
        let lines = stdout(&output).lines();
        lines
            .map(|line| line.split_once(',').unwrap().0.to_owned())
            .collect()
    };
    assert_eq!(
        epochs("train --format csv --epochs 3"),
        ["epoch", "1", "2", "3"]
    );
    assert_eq!(
        epochs("train --format csv --epochs 7 --log-every 3"),
        ["epoch", "3", "6", "7"]
    );
    assert_eq!(
        epochs("train --format csv --epochs 7 --log-every 0"),
        ["epoch", "7"]
    );
}

#[test]
fn a_run_ends_with_the_first_epoch_that_comes_down_to_the_loss() {
    let folder = folder("until_loss");
    let losses = |lines: &[Value]| -> Vec<f64> {
        let epochs = lines.iter().filter(|line| line["type"] == "epoch");
        epochs.map(|line| line["loss"].as_f64().unwrap()).collect()
    };
    let whole = losses(&json_lines(&nnscope("train --seed 1 --format jsonl")));
    let last = whole.iter().position(|&loss| loss <= 0.01).unwrap();
    for options in ["", "--epochs 0", "--epochs 2000 --log-every 1"] {
        let output = nnscope_in(
            folder.clone(),
            &format!(
                "train --seed 1 --until-loss 0.01 {options} --format jsonl --save run.json --force"
            ),
        );
        assert_eq!(output.status.code(), Some(0));
        assert!(stderr(&output).ends_with(", finished: loss 0.01 or less\n"));
        let lines = json_lines(&output);
        assert_eq!(losses(&lines), whole[..=last], "{options}");
        let end = lines.last().unwrap();
        assert_eq!(
            (&end["status"], &end["finished_by"]),
            (&Value::from("finished"), &Value::from("loss"))
        );
        // The file knows where the run ends, and it is there.
        let again = nnscope_in(
            folder.clone(),
            "train --load run.json --epochs 0 --format jsonl",
        );
        assert_eq!(json_lines(&again)[1]["epoch"], last + 1);
    }
}

const POSTS_EXAMPLE: &str = "--weights w1=1,w2=1,w3=1,w4=1,w5=1,w6=1,b1=0,b2=0,b3=0";

#[test]
fn weights_are_given_by_their_names() {
    let output = nnscope(&format!(
        "train --epochs 1 --seed 1 --format jsonl {POSTS_EXAMPLE}"
    ));
    let start = &json_lines(&output)[0];
    let expected = serde_json::json!([
        {"weights": [[1.0, 1.0], [1.0, 1.0]], "biases": [0.0, 0.0]},
        {"weights": [[1.0, 1.0]], "biases": [0.0]},
    ]);
    assert_eq!(start["layers"], expected);
    // The others are as the seed draws them.
    let layers = |options: &str| json_lines(&nnscope(options))[0]["layers"].clone();
    let drawn = layers("train --epochs 1 --seed 1 --format jsonl");
    let mut one_given = layers("train --epochs 1 --seed 1 --format jsonl --weights b3=0.5");
    assert_eq!(one_given[1]["biases"][0], 0.5);
    one_given[1]["biases"][0] = drawn[1]["biases"][0].clone();
    assert_eq!(one_given, drawn);
}

#[test]
fn penguins_are_told_apart() {
    let output = nnscope(
        "train --data penguins --seed 1 --hidden 8 --batch-size 16 --scaling standardize --epochs 200 \
         --test-fraction 0.2 --format jsonl --log-every 0",
    );
    let end = json_lines(&output).pop().unwrap();
    for part in ["accuracy", "test_accuracy"] {
        assert!(end[part].as_f64().unwrap() > 0.95, "{part}: {}", end[part]);
    }
    assert!(
        stderr(&output).starts_with(
            "nnscope: penguins: skipped 2 of 344 rows with missing values: \"bill_length_mm\" 2"
        ),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_gradients_are_checked_before_and_after_training() {
    let options = "--epochs 50 --seed 1 --log-every 0 --check-gradients";
    for network in [
        "",
        "--data penguins --hidden 4,3 --activation tanh --batch-size 16",
        "--data hills --hidden 5 --activation relu --l2 0.01",
    ] {
        let output = nnscope(&format!("train {options} {network} --learning-rate 0.001"));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        for epoch in [0, 50] {
            let words = format!("gradient check at epoch {epoch}: all ");
            assert!(stderr(&output).contains(&words), "{}", stderr(&output));
        }
    }
}

#[test]
fn a_reader_that_has_had_enough_is_a_normal_end() {
    let mut child = command(FOLDER, "train --epochs 100000000 --format csv")
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn a_screenshot_is_the_same_to_the_byte() {
    let folder = folder("screenshot");
    let picture = |name: &str| {
        let arguments = format!("screenshot --seed 42 --at-epoch 140 --size 80x24 --output {name}");
        let output = nnscope_in(&folder, &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read_to_string(folder.join(name)).unwrap()
    };
    let first = picture("one.svg");
    assert!(
        !first.contains('⣿') && !first.contains('─'),
        "shapes need no font"
    );
    assert_eq!(first, picture("two.svg"));
    assert!(first.starts_with("<svg ") && first.ends_with("</svg>\n"));
}

#[test]
fn an_animation_writes_what_does_not_change_once_and_is_small() {
    let folder = folder("animation");
    let draw = |options: &str| {
        nnscope_in(
            &folder,
            &format!("screenshot --seed 42 {options} --output learn.svg"),
        )
    };
    let output = draw("--epochs 0..200 --every 5");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let svg = fs::read_to_string(folder.join("learn.svg")).unwrap();
    assert!(svg.len() < 500_000, "{}", svg.len());
    assert!(svg.contains("animation-delay:") && svg.ends_with("</svg>\n"));
    // 41 frames, all of them with these words.
    for words in [">nnscope", ">Charlie"] {
        assert_eq!(svg.matches(words).count(), 1, "{words}");
    }
    for (options, words) in [
        (
            "--every 5",
            "--every is for an animation: --epochs 0..200 --every 5",
        ),
        ("--epochs 9..3", "an animation goes forward"),
        (
            "--epochs 0..200 --at-epoch 3",
            "only one of them is possible",
        ),
        (
            "--epochs 0..x",
            "expected a whole number such as 1000, found \"x\"",
        ),
        ("--epochs 0..1000000", "--every 1002 would do"),
    ] {
        assert_refused(&draw(options), 2, words);
    }
}
