//! `nnscope sweep`, as a shell sees it.

use std::io::{BufRead, BufReader};

use serde_json::Value;

use super::shell::{FOLDER, command, nnscope, send, stderr, written};

fn json(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

#[test]
fn the_summary_counts_the_seeds_and_has_a_command_for_three_of_them() {
    let text = written("sweep --seed 7 --seeds 40");
    assert!(
        text.starts_with("40 seeds from 7\n\nsolved          40 100.00 %   all"),
        "{text}"
    );
    for part in [
        "learning         0   0.00 %",
        "stuck            0   0.00 %",
        "diverged         0   0.00 %",
        "\nfinal loss\nbest ",
        " ########################################\n",
    ] {
        assert!(text.contains(part), "{part:?} in\n{text}");
    }
    let seed = |name: &str| -> u64 {
        let line = text.lines().rfind(|line| line.starts_with(name)).unwrap();
        let (_, seed) = line.split_once(" nnscope --seed ").unwrap();
        seed.parse().unwrap()
    };
    // The command gives exactly the run of the line.
    for name in ["best", "median", "worst"] {
        let log = written(&format!(
            "train --seed {} --format csv --log-every 0",
            seed(name)
        ));
        let (_, loss) = log.trim_end().rsplit_once('\n').unwrap();
        let loss: f64 = loss.split(',').nth(1).unwrap().parse().unwrap();
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        let shown: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        assert!((shown / loss - 1.0).abs() < 1e-3, "{name}: {shown}, {loss}");
    }
}

#[test]
fn generated_data_is_the_same_for_all_seeds_and_the_commands_say_which() {
    let options = "--data xor --samples 20 --epochs 5 --test-fraction 0.2";
    let text = written(&format!("sweep --seed 7 --seeds 3 {options}"));
    let line = text
        .lines()
        .rfind(|line| line.starts_with("worst"))
        .unwrap();
    let (_, command) = line.split_once("nnscope ").unwrap();
    let is_first = command.ends_with(" --seed 7");
    assert!(is_first || command.ends_with(" --data-seed 7"), "{line}");
    assert!(text.contains("median of the test losses "), "{text}");
}

#[test]
fn the_lines_are_in_the_order_of_the_seeds_whatever_the_number_of_threads() {
    for format in ["text", "csv", "jsonl"] {
        let sweep = |threads: u32| {
            written(&format!(
                "sweep --seed 3 --seeds 50 --epochs 60 --shuffle --format {format} --threads {threads}"
            ))
        };
        let one = sweep(1);
        assert_eq!(one, sweep(2));
        assert_eq!(one, sweep(7));
    }
}

#[test]
fn csv_has_the_final_scores_of_every_seed() {
    let csv = written(
        "sweep --seed 3 --seeds 5 --format csv --data gauss --test-fraction 0.2 --epochs 3",
    );
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("seed,verdict,epoch,loss,accuracy,test_loss,test_accuracy")
    );
    for seed in 3..8 {
        let log = written(&format!(
            "train --seed {seed} --data-seed 3 --data gauss --test-fraction 0.2 --epochs 3 --format csv --log-every 0"
        ));
        let scores = log.lines().last().unwrap();
        let line = lines.next().unwrap();
        assert!(line.starts_with(&format!("{seed},")), "{line}");
        assert!(line.ends_with(&format!(",{scores}")), "{line} {scores}");
    }
    assert_eq!(lines.next(), None);
}

#[test]
fn json_lines_have_a_start_every_seed_and_the_summary() {
    let text = written("sweep --seed 3 --seeds 4 --format jsonl --epochs 200");
    let lines: Vec<Value> = text.lines().map(json).collect();
    let types: Vec<&str> = lines
        .iter()
        .map(|line| line["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["start", "seed", "seed", "seed", "seed", "end"]);
    assert_eq!(lines[0]["configuration"]["seed"], 3);
    assert_eq!(lines[0]["seeds"], 4);
    assert_eq!(lines[2]["seed"], 4);
    assert_eq!(lines[2]["epoch"], 200);
    let end = &lines[5];
    assert_eq!(
        (&end["status"], &end["counts"]["diverged"]),
        (&"finished".into(), &0.into())
    );
    let losses = &end["losses"];
    let seeds = 1..5;
    let of = |name: &str| {
        let line = seeds
            .clone()
            .find(|&line| lines[line]["seed"] == losses[name]["seed"])
            .unwrap();
        assert_eq!(lines[line]["loss"], losses[name]["loss"]);
        lines[line]["loss"].as_f64().unwrap()
    };
    assert!(of("best") <= of("median") && of("median") <= of("worst"));
    assert_eq!(end["fan"].as_array().unwrap().len(), 101);
    assert_eq!(end["fan"][100]["worst"], losses["worst"]["loss"]);
}

#[test]
fn diverged_runs_are_counted_and_are_not_an_error() {
    let text = written(
        "sweep --seed 1 --seeds 6 --data plane --samples 20 --hidden none --learning-rate 3",
    );
    assert!(text.contains("diverged         6 100.00 %"), "{text}");
    assert!(!text.contains("final loss"), "{text}");
    assert!(!text.contains("solved"), "{text}");
}

#[test]
fn stderr_says_how_long_it_took_and_stays_in_one_line_without_a_terminal() {
    let output = nnscope("sweep --seed 1 --seeds 300 --threads 2");
    let message = stderr(&output);
    assert_eq!(message.lines().count(), 1, "{message:?}");
    assert!(
        message.starts_with("300 of 300 seeds, ") && message.contains(" 2 threads, "),
        "{message}"
    );
}

#[test]
fn an_invalid_sweep_is_refused_with_exit_code_2() {
    for (arguments, message) in [
        (
            "sweep --seeds 0",
            "the number of seeds must be from 1 to 1000000, got 0",
        ),
        (
            "sweep --seeds 1000001",
            "the number of seeds must be from 1 to 1000000",
        ),
        ("sweep --threads 0", "--threads"),
        ("sweep --epochs 0", "a sweep needs runs that end"),
        ("sweep --load run.json", "--load is for single runs"),
        ("sweep --speed max", "--speed is for single runs"),
        ("sweep --save run.json", "--save"),
    ] {
        let output = nnscope(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_signal_ends_a_sweep_which_still_reports_its_finished_seeds() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let mut child = command(FOLDER, "sweep --seed 1 --seeds 1000000 --format jsonl")
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert_eq!(json(&lines.next().unwrap().unwrap())["type"], "start");
        // The sweep is under way.
        assert_eq!(json(&lines.next().unwrap().unwrap())["seed"], 1);
        send(signal, &child);
        let rest: Vec<String> = lines.map(Result::unwrap).collect();
        assert_eq!(child.wait().unwrap().code(), Some(code));
        let end = json(rest.last().unwrap());
        assert_eq!(end["status"], "interrupted");
        let counts = end["counts"].as_object().unwrap();
        let counted: u64 = counts.values().map(|count| count.as_u64().unwrap()).sum();
        // The rest has the end, but not the first seed.
        assert_eq!(counted, rest.len() as u64);
    }
}

#[test]
fn a_reader_that_stops_reading_is_a_normal_end() {
    let mut child = command(FOLDER, "sweep --seed 1 --seeds 1000000 --format csv")
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}
