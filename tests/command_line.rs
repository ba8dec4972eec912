//! The program without a screen, as a shell sees it: stdout, stderr, exit codes, files.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of a test's own, empty.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn nnscope(arguments: &str) -> Output {
    nnscope_in(env!("CARGO_TARGET_TMPDIR").into(), arguments)
}

fn nnscope_in(folder: PathBuf, arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nnscope"))
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn json_lines(output: &Output) -> Vec<Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Fails with this exit code and one line that contains these words.
fn assert_refused(output: &Output, code: i32, words: &str) {
    assert_eq!(output.status.code(), Some(code), "{}", stderr(output));
    assert_eq!(stdout(output), "");
    assert_eq!(stderr(output).lines().count(), 1, "{}", stderr(output));
    assert!(
        stderr(output).contains(words),
        "{:?} lacks {words:?}",
        stderr(output)
    );
}

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
    let [.., training, test] = lines[..] else {
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
fn a_saved_run_goes_on_to_the_bit() {
    let folder = folder("goes_on");
    for options in [
        "--seed 5",
        "--seed 5 --data spiral --samples 70 --hidden 5,3 --activation tanh --batch-size 8 --shuffle \
         --optimizer adam --learning-rate 0.01 --test-fraction 0.2 --l2 0.001",
        "--seed 5 --data penguins --hidden 4 --optimizer momentum --batch-size 32 --shuffle",
        "--seed 5 --data hills --samples 40 --optimizer rmsprop --learning-rate 0.001 --l1 0.01",
    ] {
        let log = "--format jsonl --log-every 0";
        let whole = nnscope_in(
            folder.clone(),
            &format!("train {options} --epochs 30 {log}"),
        );
        let save = format!("train {options} --epochs 13 --save run.json --force");
        assert_eq!(
            nnscope_in(folder.clone(), &save).status.code(),
            Some(0),
            "{options}"
        );
        let rest = format!("train --load run.json --epochs 30 {log}");
        let rest = nnscope_in(folder.clone(), &rest);
        let (whole, rest) = (json_lines(&whole), json_lines(&rest));
        assert_eq!(rest[0]["epoch"], 13, "{options}");
        assert_eq!(whole.last(), rest.last(), "{options}");
    }
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

#[test]
fn an_existing_file_is_replaced_only_when_asked_for() {
    let folder = folder("replaced");
    fs::write(folder.join("run.json"), "precious").unwrap();
    let refused = nnscope_in(folder.clone(), "train --epochs 1 --save run.json");
    assert_refused(&refused, 1, "run.json is there already");
    assert_eq!(
        fs::read_to_string(folder.join("run.json")).unwrap(),
        "precious"
    );

    let forced = nnscope_in(folder.clone(), "train --epochs 1 --save run.json --force");
    assert_eq!(forced.status.code(), Some(0));
    let saved: Value = serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap();
    assert_eq!(saved["format"], "nnscope-run");
    let names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["run.json"], "nothing else is left behind");
}

#[test]
fn predict_says_the_output_and_the_label() {
    let folder = folder("predict");
    nnscope_in(folder.clone(), "train --seed 1 --save run.json");
    let answer = |values: &str| {
        let output = nnscope_in(folder.clone(), &format!("predict run.json {values}"));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let (number, label) = stdout(&output).trim_end().split_once(' ').unwrap();
        (number.parse::<f64>().unwrap(), label.to_owned())
    };
    let (emily, label) = answer("128 63");
    assert!(emily > 0.9 && label == "F");
    assert_eq!(answer("128lb 5'3\""), (emily, label));
    assert_eq!(answer("155 68").1, "M");
    assert!(answer("-5 -5").0.is_finite());

    let refused = |values: &str, words: &str| {
        let output = nnscope_in(folder.clone(), &format!("predict run.json {values}"));
        assert_refused(&output, 2, words);
    };
    refused("128", "expected 2 values, weight (lb), height (in); got 1");
    refused("128 abc", "height (in): \"abc\" is not a number");
}

#[test]
fn a_file_with_nothing_but_layers_is_the_start_of_a_run() {
    let folder = folder("layers");
    let ones =
        r#"{"layers":[{"weights":[[1,1],[1,1]],"biases":[0,0]},{"weights":[[1,1]],"biases":[0]}]}"#;
    fs::write(folder.join("ones.json"), ones).unwrap();
    let lines = json_lines(&nnscope_in(
        folder.clone(),
        "train --load ones.json --epochs 1 --format jsonl",
    ));
    assert_eq!(lines[0]["epoch"], 0);
    assert_eq!(lines[0]["layers"][0]["weights"][0][0], 1.0);
    // Alice in the post: 0.524.
    let alice = nnscope_in(folder, "predict ones.json 133 65");
    assert!(stdout(&alice).starts_with("0.52369"), "{}", stdout(&alice));
}

#[test]
fn files_that_cannot_be_loaded_are_refused_in_one_sentence() {
    let folder = folder("refused");
    let saved = nnscope_in(folder.clone(), "train --epochs 1 --save good.json");
    assert_eq!(saved.status.code(), Some(0));
    let good = fs::read_to_string(folder.join("good.json")).unwrap();
    let layers =
        |first: &str| format!(r#"{{"layers":[{first},{{"weights":[[1,1]],"biases":[0]}}]}}"#);
    for (content, words) in [
        (good[..good.len() / 2].to_owned(), "EOF while parsing"),
        (String::new(), "EOF while parsing"),
        ("hello".to_owned(), "not a run that can be read"),
        ("{}".to_owned(), "missing field `layers`"),
        (
            r#"{"layers":[]}"#.to_owned(),
            "expected 1 layers for a 2-1 network, found 0",
        ),
        (
            layers(r#"{"weights":[[1],[1]],"biases":[0,0]}"#),
            "layer 1, neuron 1: expected 2 weights, found 1",
        ),
        (
            layers(r#"{"weights":[[1,1]],"biases":[0,0]}"#),
            "layer 1: expected weights for 2 neurons, found 1",
        ),
        (
            layers(r#"{"weights":[[1,NaN],[1,1]],"biases":[0,0]}"#),
            "not a run that can be read",
        ),
        (
            layers(r#"{"weights":[[1,1e999],[1,1]],"biases":[0,0]}"#),
            "number out of range",
        ),
        (
            layers(r#"{"weights":[[1e308,-1e308],[1,1]],"biases":[0,0]}"#),
            "the loss overflows",
        ),
        (
            good.replace("nnscope-run", "else"),
            "expected the format \"nnscope-run\", found \"else\"",
        ),
        (
            good.replace("\"version\": 2", "\"version\": 99"),
            "version 99 of the format",
        ),
        (
            good.replace("\"learning_rate\": 0.1", "\"learning_rate\": -1"),
            "learning rate must be positive",
        ),
        (
            good.replace("135.0,", ""),
            "the scaling does not fit the features",
        ),
        (good.replace("sigmoid", "step"), "unknown variant `step`"),
    ] {
        fs::write(folder.join("bad.json"), content).unwrap();
        for command in ["train --load bad.json", "predict bad.json 128 63"] {
            let output = nnscope_in(folder.clone(), command);
            assert_refused(&output, 1, words);
            assert!(stderr(&output).contains("bad.json"), "{}", stderr(&output));
        }
    }
    // To predict, the place in the epoch does not matter.
    let bad_step = good.replace("\"step\": 0", "\"step\": 5");
    fs::write(folder.join("bad.json"), bad_step).unwrap();
    let output = nnscope_in(folder.clone(), "train --load bad.json");
    assert_refused(&output, 1, "step 5 is past the 4 steps");
    assert_refused(
        &nnscope_in(folder.clone(), "train --load none.json"),
        1,
        "none.json",
    );
    assert_refused(
        &nnscope_in(folder.clone(), "train --load ."),
        1,
        "not a regular file",
    );
    let fifo = Command::new("mkfifo")
        .arg(folder.join("fifo"))
        .status()
        .unwrap();
    assert!(fifo.success());
    assert_refused(
        &nnscope_in(folder, "train --load fifo"),
        1,
        "not a regular file",
    );
}

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
            "the speed is one of 1, 10, 50, 200, 1000, max",
        ),
        ("train --format xml", "possible values: text, csv, jsonl"),
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
            "train --data x.csv --delimiter ;;",
            "expected one character",
        ),
        ("fly", "fly"),
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
fn a_reader_that_has_had_enough_is_a_normal_end() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nnscope"))
        .args(["train", "--epochs", "100000000", "--format", "csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn a_signal_ends_training_and_the_run_is_saved_whole() {
    let folder = folder("interrupted");
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_nnscope"))
            .args("train --epochs 0 --log-every 1000 --save run.json --force".split(' '))
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Once it logs, it trains, and hears signals.
        let mut first = [0];
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut first).unwrap();
        let kill = Command::new("kill")
            .args(["-s", signal, &child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        let saved: Value =
            serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap();
        assert!(saved["epoch"].as_u64().unwrap() >= 1);
    }
}

#[test]
fn a_signal_ends_a_program_that_hangs_in_a_write() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nnscope"))
        .args("train --epochs 18446744073709551615 --format jsonl".split(' '))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    // It has begun to write, and nobody reads on.
    std::io::Read::read_exact(&mut out, &mut [0; 10]).unwrap();
    let kill = Command::new("kill")
        .args(["-s", "TERM", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(143));
    drop(out);
}

#[test]
fn a_screenshot_is_the_same_to_the_byte() {
    let folder = folder("screenshot");
    let picture = |name: &str| {
        let arguments = format!("screenshot --seed 42 --at-epoch 140 --size 80x24 --output {name}");
        let output = nnscope_in(folder.clone(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read_to_string(folder.join(name)).unwrap()
    };
    let first = picture("one.svg");
    assert_eq!(first, picture("two.svg"));
    assert!(first.starts_with("<svg ") && first.ends_with("</svg>\n"));
}

#[test]
fn the_log_can_be_loaded_as_layers() {
    let folder = folder("log_as_layers");
    let output = nnscope_in(folder.clone(), "train --seed 9 --epochs 2 --format jsonl");
    let last_epoch = stdout(&output).lines().nth(2).unwrap();
    let mut file = fs::File::create(folder.join("epoch.json")).unwrap();
    writeln!(file, "{last_epoch}").unwrap();
    let lines = json_lines(&nnscope_in(
        folder,
        "train --load epoch.json --epochs 1 --format jsonl",
    ));
    let logged: Value = serde_json::from_str(last_epoch).unwrap();
    assert_eq!(lines[0]["layers"], logged["layers"]);
    assert_eq!(lines[0]["loss"], logged["loss"]);
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
        stderr(&output)
            .starts_with("nnscope: penguins: left out 2 of 344 rows: a value is missing\n"),
        "{}",
        stderr(&output)
    );
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
        nnscope_in(folder.clone(), &arguments)
    };
    assert_refused(
        &train(""),
        1,
        "reading dataset semicolons.csv: the header \"name;x;y\" is one column: is --delimiter ';' missing?",
    );
    assert_refused(
        &train("--delimiter ;"),
        1,
        "row 4, column \"x\": a value is missing",
    );
    let output = train("--delimiter ; --drop-missing --save run.json");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output)
            .starts_with("nnscope: semicolons: left out 1 of 3 rows: a value is missing\n")
    );
    let answer = nnscope_in(folder.clone(), "predict run.json 1.5");
    assert_eq!(answer.status.code(), Some(0), "{}", stderr(&answer));
    assert_refused(
        &nnscope_in(folder, "train --data none.csv"),
        1,
        "reading dataset none.csv: no such file",
    );
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
fn weights_that_cannot_be_are_refused() {
    for (weights, words) in [
        ("w7=1", "the network has w1 to w6 and b1 to b3, not \"w7\""),
        ("w1=1,w1=2", "w1 is given twice"),
        ("w1=nan", "w1: \"nan\" is not a number"),
        ("w1", "expected w1=0.5,b1=0, found \"w1\""),
    ] {
        let output = nnscope(&format!("train --weights {weights}"));
        assert_eq!(output.status.code(), Some(2), "{weights}");
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
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
