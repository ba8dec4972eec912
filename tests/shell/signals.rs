//! Signals end the program soon, and a run that is to be saved is saved.

use std::fs;
use std::io::Read;

use serde_json::Value;

use super::shell::{FOLDER, command, folder, send, stderr};

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
