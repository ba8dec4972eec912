//! Every option with values that nobody should give: each is read, or refused in one sentence of ours.

use std::fs;

use nnscope::session::setting::settings;

use super::shell::{assert_refused, command, folder, nnscope, nnscope_in, stderr, stdout};

/// What a value could be by mistake, or by malice.
const NASTY: [&str; 34] = [
    "",
    " ",
    "-1",
    "−1",
    "--1",
    "-",
    "0",
    "0.0",
    "-0",
    "1e3",
    "1_000",
    "1e999",
    "1e-999",
    "nan",
    "inf",
    "-inf",
    "NaN",
    "99999999999999999999",
    "1.5",
    "0,1",
    "0x10",
    "abc",
    "true",
    "null",
    "1\r",
    "\u{a0}1\u{a0}",
    "\u{1b}[31m",
    "\u{202e}1",
    "é",
    "体重",
    "1,2,",
    "a=b",
    "step=0,0",
    "{}",
];

/// Words of libraries, which say nothing to a person at a shell.
const FOREIGN: [&str; 24] = [
    "invalid digit",
    "invalid float",
    "digit found",
    "cannot parse",
    "parse error",
    "ParseInt",
    "expected u64",
    "expected struct",
    "expected a borrowed",
    "unknown variant",
    "missing field",
    "unexpected argument",
    "possible values",
    "For more information",
    "error:",
    "tip:",
    "Usage:",
    "number would be zero",
    "too many characters",
    "non-zero type",
    "os error",
    "No such file or directory",
    "at line",
    "panicked",
];

pub(super) fn assert_own_words(words: &str, of: &str) {
    for foreign in FOREIGN {
        assert!(!words.contains(foreign), "{of} answers {words:?}");
    }
    assert!(
        !words.contains('\u{1b}') && !words.contains('\u{202e}'),
        "{of} answers {words:?}"
    );
}

/// Runs a command with one more option, without waiting for what trains for ever.
fn answer(folder: &std::path::Path, command_words: &str, option: &str, value: &str) {
    let of = format!("nnscope {command_words} --{option} {value:?}");
    let mut child = command(folder, command_words);
    let output = child
        .args([&format!("--{option}"), value])
        .output()
        .unwrap();
    let words = stderr(&output);
    let code = output.status.code();
    assert!(matches!(code, Some(0..=2)), "{of}: {code:?} {words}");
    assert_own_words(words, &of);
    if code != Some(0) {
        let last = words.lines().last().unwrap();
        assert!(last.starts_with("nnscope: "), "{of}: {words}");
        assert!(!last.ends_with('.'), "{of}: {words}");
    }
}

#[test]
fn every_setting_reads_any_value_or_refuses_it_in_our_words() {
    let folder = folder("nasty_settings");
    for setting in settings().filter(|setting| !setting.value_name.is_empty()) {
        for value in NASTY {
            // The log of no epoch is short, and the run of none has no end.
            let is_endless = setting.option == "epochs" && value.trim_start_matches('-') == "0";
            let is_long = setting.option == "epochs" && value == "99999999999999999999";
            if !is_endless && !is_long {
                let limit = if setting.option == "epochs" {
                    ""
                } else {
                    "--epochs 1"
                };
                answer(
                    &folder,
                    &format!("train --log-every 0 {limit}"),
                    setting.option,
                    value,
                );
            }
        }
    }
}

#[test]
fn every_other_option_reads_any_value_or_refuses_it_in_our_words() {
    let folder = folder("nasty_options");
    for value in NASTY {
        for option in ["speed", "load", "format", "log-every", "at-epoch"] {
            answer(
                &folder,
                "train --epochs 1 --seed 1 --save run.json --force",
                option,
                value,
            );
        }
        for option in ["seeds", "threads", "format"] {
            answer(&folder, "sweep --epochs 1 --seed 1", option, value);
        }
        for option in ["at-epoch", "size", "view", "color"] {
            answer(
                &folder,
                "screenshot --seed 1 --output x.svg --force",
                option,
                value,
            );
        }
    }
}

#[test]
fn a_number_may_be_written_as_people_write_it() {
    let log = |options: &str| nnscope(&format!("train --seed 1 --format csv {options}")).stdout;
    let plain = log("--epochs 1000 --batch-size 2");
    for options in [
        "--epochs 1e3 --batch-size 2",
        "--epochs 1_000 --batch-size 2.0e0",
    ] {
        let same = log(options) == plain;
        assert_eq!(same, !options.contains("2.0e0"), "{options}");
    }
    let mut with_line_ends = command(super::shell::FOLDER, "train --seed 1 --format csv");
    let options = [
        "--epochs",
        "1000\r",
        "--batch-size",
        "\u{a0}2",
        "--activation",
        "sigmoid\r",
    ];
    let output = with_line_ends.args(options).output().unwrap();
    assert_eq!(stdout(&output).as_bytes(), plain, "{}", stderr(&output));
}

#[test]
fn what_is_wrong_with_a_command_line_is_said_in_one_sentence() {
    for (arguments, words) in [
        (
            "train --epochs 1e3x",
            "--epochs: expected a whole number such as 1000, found \"1e3x\"",
        ),
        (
            "train --epochs -1",
            "--epochs: expected a whole number of 0 or more, found \"-1\"",
        ),
        ("train --epochs", "--epochs needs a value"),
        (
            "train --learning-rate 0,1",
            "--learning-rate: expected a number such as 0.1, found \"0,1\"; with a decimal point it is 0.1",
        ),
        ("train --seed 1 --seed 2", "--seed is given twice"),
        (
            "train --epoch 3",
            "there is no option \"--epoch\" here; did you mean --epochs?",
        ),
        ("train --zzz", "there is no option \"--zzz\" here"),
        (
            "train --target -x",
            "there is no option \"-x\" here; a value that begins with - is given as --option=-x",
        ),
        ("train a.csv b.csv", "\"b.csv\" is one argument too many"),
        ("train --force", "also needed: --save FILE"),
        ("screenshot", "also needed: --output FILE"),
        ("predict run.json", "also needed: VALUES"),
        (
            "train --format xml",
            "--format: expected one of text, csv, jsonl, found \"xml\"",
        ),
        (
            "train --activation sigmod",
            "--activation: expected one of auto, sigmoid, tanh, relu, leaky-relu, linear, found \"sigmod\"",
        ),
        (
            "sweep --threads 0",
            "--threads: expected a whole number of 1 or more, found \"0\"",
        ),
        (
            "sweep --seeds 1e7",
            "the number of seeds must be from 1 to 1000000, got 10000000",
        ),
        (
            "screenshot --size 80 --output x",
            "--size: expected a size like 80x24, found \"80\"",
        ),
        (
            "--seed 1 train",
            "the command comes before its options: nnscope train ...",
        ),
        (
            "trian",
            "there is no command, no file and no built-in data called \"trian\"; did you mean train?",
        ),
        (
            "peeple",
            "there is no command, no file and no built-in data called \"peeple\"; did you mean people?",
        ),
        (
            "fly",
            "there is no command, no file and no built-in data called \"fly\"",
        ),
        (
            "train a.csv --data b.csv",
            "data is given twice, a.csv and --data b.csv",
        ),
        (
            "train a.json --load b.json",
            "two runs are given, a.json and --load b.json",
        ),
    ] {
        assert_refused(&nnscope(arguments), 2, &format!("nnscope: {words}\n"));
    }
}

#[test]
fn a_file_without_an_option_is_data_or_a_run() {
    let folder = folder("positional");
    fs::write(folder.join("mine.csv"), "x,y\n1,2\n2,4\n3,6\n").unwrap();
    let log = |arguments: &str| {
        let output = nnscope_in(&folder, &format!("{arguments} --format csv"));
        assert_eq!(
            output.status.code(),
            Some(0),
            "{arguments}: {}",
            stderr(&output)
        );
        stdout(&output).to_owned()
    };
    for of in ["mine.csv", "xor", "./mine.csv"] {
        let options = "--seed 1 --epochs 5";
        assert_eq!(
            log(&format!("train {of} {options}")),
            log(&format!("train --data {of} {options}"))
        );
        assert_eq!(
            log(&format!("sweep {of} {options} --seeds 2")),
            log(&format!("sweep --data {of} {options} --seeds 2"))
        );
    }
    log("train mine.csv --seed 1 --epochs 5 --save run.json");
    assert_eq!(
        log("train run.json --epochs 9"),
        log("train --load run.json --epochs 9")
    );
    let picture = |file: &str| nnscope_in(&folder, &format!("screenshot {file} --output -")).stdout;
    assert_eq!(picture("run.json"), picture("--load run.json"));
}

#[test]
fn data_that_is_not_there_is_said_with_what_there_is() {
    let folder = folder("no_data");
    fs::write(folder.join("houses.csv"), "x,y\n1,2\n").unwrap();
    let built_in = "the built-in data is called people, and, or, xor4, penguins, xor, ";
    for (name, meant) in [
        ("nope", ""),
        ("peeple", "; did you mean people?"),
        ("house.csv", "; did you mean houses.csv?"),
        ("none/houses.csv", ""),
    ] {
        let output = nnscope_in(&folder, &format!("train --data {name}"));
        assert_refused(
            &output,
            1,
            &format!("reading dataset {name}: there is no such file; {built_in}"),
        );
        assert!(
            stderr(&output).ends_with(&format!("hills{meant}\n")),
            "{}",
            stderr(&output)
        );
    }
}
