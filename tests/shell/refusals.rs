//! What cannot be done is refused in one sentence, with an exit code that says whose fault it is.

use std::fs;

use super::shell::{assert_refused, folder, nnscope, nnscope_in, stderr, stdout};

#[test]
fn a_command_line_that_cannot_be_is_refused_with_exit_code_2() {
    for (arguments, words) in [
        (
            "train --learning-rate -1",
            "learning rate must be positive and finite, got -1",
        ),
        (
            "train --learning-rate nan",
            "learning rate must be positive and finite, got NaN",
        ),
        (
            "train --until-loss 0",
            "the loss to train until must be positive and finite, got 0",
        ),
        ("train --until-loss inf", "positive and finite, got inf"),
        (
            "train --schedule cosine --epochs 0",
            "a cosine schedule ends with the run: --epochs must be above 0",
        ),
        (
            "train --schedule linear",
            "expected constant, step=EVERY,FACTOR, cosine or warmup=EPOCHS",
        ),
        ("train --hidden 2,x", "\"x\" is not a number of units"),
        (
            "train --hidden 0",
            "a hidden layer has 1 to 1024 units, got 0",
        ),
        (
            "train --hidden 1,1,1,1,1,1,1,1,1",
            "at most 8 hidden layers are possible, got 9",
        ),
        (
            "train --speed 7",
            "the speed must be one of 1, 10, 50, 200, 1000, max",
        ),
        ("train --format xml", "expected one of text, csv, jsonl"),
        ("train --force", "--save"),
        (
            "screenshot --size 80 --output x.svg",
            "expected a size like 80x24",
        ),
        (
            "train --data xor --noise 51",
            "noise must be 0 to 50 percent, got 51",
        ),
        (
            "train --data xor --samples 1000001",
            "samples must be 1 to 1000000, got 1000001",
        ),
        (
            "train --data xor --target x1",
            "--target is for files and penguins, not for xor",
        ),
        (
            "train --data x.csv --noise 5",
            "--noise is for generated data, not for x.csv",
        ),
        (
            "train --weight-decay 0.1",
            "--weight-decay is for adamw, not for sgd",
        ),
        (
            "train --optimizer adam --weight-decay 0",
            "--weight-decay is for adamw, not for adam",
        ),
        (
            "train --data x.csv --delimiter ;;",
            "expected one character",
        ),
        ("fly", "fly"),
        (
            "sweep --seed 18446744073709551610 --seeds 7",
            "7 seeds from 18446744073709551610 go past the largest one, 18446744073709551615",
        ),
    ] {
        let output = nnscope(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert!(
            stderr(&output).contains(words),
            "{arguments}: {}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn without_a_terminal_the_screen_is_refused_before_a_single_escape() {
    assert_refused(&nnscope("--seed 1"), 2, "needs a terminal");
}

#[test]
fn weights_that_cannot_be_are_refused() {
    for (weights, words) in [
        ("w7=1", "the network has w1 to w6 and b1 to b3, not \"w7\""),
        ("w1=1,w1=2", "w1 is given twice"),
        ("w1=nan", "w1: \"nan\" is not a number"),
        ("w1", "expected ones, or w1=0.5,b1=0, found \"w1\""),
    ] {
        let output = nnscope(&format!("train --weights {weights}"));
        assert_eq!(output.status.code(), Some(2), "{weights}");
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
}

#[test]
fn files_are_trained_on_or_refused_in_one_sentence() {
    let folder = folder("files");
    fs::write(
        folder.join("semicolons.csv"),
        "name;x;y\nA;1;no\nB;2;yes\nC;;no\n",
    )
    .unwrap();
    let train = |options: &str| {
        let arguments = format!("train --data semicolons.csv --epochs 1 {options}");
        nnscope_in(&folder, &arguments)
    };
    assert_refused(
        &train(""),
        1,
        "reading dataset semicolons.csv: line 4, column \"x\": a value is missing (--drop-missing leaves such rows out",
    );
    assert_refused(
        &train("--delimiter ;"),
        1,
        "line 4, column \"x\": a value is missing",
    );
    let output = train("--delimiter ; --drop-missing --save run.json");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output)
            .starts_with("nnscope: semicolons: skipped 1 of 3 rows with missing values: \"x\" 1\n")
    );
    let answer = nnscope_in(&folder, "predict run.json 1.5");
    assert_eq!(answer.status.code(), Some(0), "{}", stderr(&answer));
    assert_refused(
        &nnscope_in(&folder, "train --data none.csv"),
        1,
        "reading dataset none.csv: there is no such file",
    );
}
