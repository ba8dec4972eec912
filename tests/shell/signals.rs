//! Signals end the program soon, and a run that is to be saved is saved.

use std::fs;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

use super::shell::{FOLDER, command, folder, nnscope_in, send, stderr};

#[test]
fn a_signal_ends_training_and_the_run_is_saved_whole() {
    let folder = folder("interrupted");
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let run = "train --epochs 0 --log-every 1000 --save run.json --force";
        let mut child = command(&folder, run).spawn().unwrap();
        // Once it logs, it trains, and hears signals.
        let mut first = [0];
        child
            .stdout
            .as_mut()
            .unwrap()
            .read_exact(&mut first)
            .unwrap();
        send(signal, &child);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        let saved: Value =
            serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap();
        assert!(saved["epoch"].as_u64().unwrap() >= 1);
    }
}

#[test]
fn a_signal_ends_a_program_that_hangs_in_a_write() {
    let run = "train --epochs 18446744073709551615 --format jsonl";
    let mut child = command(FOLDER, run).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    // It has begun to write, and nobody reads on.
    out.read_exact(&mut [0; 10]).unwrap();
    send("TERM", &child);
    assert_eq!(child.wait().unwrap().code(), Some(143));
    drop(out);
}

/// Interrupts a command once it has written its first byte. Returns its exit code and what it said.
fn interrupted(folder: &Path, arguments: &str) -> (Option<i32>, String) {
    let mut child = command(folder, arguments).spawn().unwrap();
    let out = child.stdout.as_mut().unwrap();
    out.read_exact(&mut [0]).unwrap();
    send("INT", &child);
    let output = child.wait_with_output().unwrap();
    (output.status.code(), stderr(&output).to_owned())
}

fn saved(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap()
}

#[test]
fn a_run_is_saved_however_long_the_step_or_the_check_takes_that_is_interrupted() {
    let folder = folder("long_step");
    let save = "--epochs 0 --format jsonl --save run.json --force";
    for options in [
        // A step of about a second.
        "--data spiral --samples 20000 --batch-size 20000 --hidden 256,256",
        // The check before training takes several.
        "--data spiral --samples 2000 --batch-size 2000 --hidden 64,64 --check-gradients",
    ] {
        let (code, words) = interrupted(&folder, &format!("train {save} {options}"));
        assert_eq!(code, Some(130), "{options}: {words}");
        assert_eq!(saved(&folder)["format"], "nnscope-run");
        fs::remove_file(folder.join("run.json")).unwrap();
    }
}

#[test]
fn a_run_is_saved_although_nobody_reads_its_log() {
    let folder = folder("unread");
    let run = "train --epochs 0 --format jsonl --save run.json";
    let mut child = command(&folder, run).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 10]).unwrap();
    send("TERM", &child);
    assert_eq!(child.wait().unwrap().code(), Some(143));
    drop(out);
    assert_eq!(saved(&folder)["format"], "nnscope-run");
}

#[test]
fn a_run_that_does_not_come_to_the_epoch_to_save_is_saved_as_it_is() {
    let folder = folder("missed");
    let save = "--epochs 0 --save run.json --force --format csv --log-every 1000";
    let (code, words) = interrupted(&folder, &format!("train {save} --at-epoch 1e15"));
    assert_eq!(code, Some(130), "{words}");
    let epoch = saved(&folder)["epoch"].as_u64().unwrap();
    let said = format!(
        "--at-epoch 1000000000000000 was not reached: the run is saved as it was at epoch {epoch}\n"
    );
    assert!(words.ends_with(&said), "{words}");

    let ended =
        "train --seed 1 --until-loss 0.1 --at-epoch 900 --log-every 0 --save run.json --force";
    let output = nnscope_in(&folder, ended);
    let epoch = saved(&folder)["epoch"].as_u64().unwrap();
    assert!(epoch < 900);
    assert_eq!(output.status.code(), Some(1));
    let said =
        format!("--at-epoch 900 was not reached: the run is saved as it was at epoch {epoch}\n");
    assert!(stderr(&output).ends_with(&said), "{}", stderr(&output));
}
