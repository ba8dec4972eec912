//! Networks and batches whose steps take seconds: nobody waits for a step.

use std::fs;

use crate::session::{Session, empty_directory, key, nnscope};

/// A run whose steps take a second or more, from samples that are quick to evaluate.
fn large() -> portable_pty::CommandBuilder {
    let data = ["--data", "spiral", "--samples", "5000"];
    let network = [
        "--hidden",
        "1000,1000",
        "--batch-size",
        "5000",
        "--learning-rate",
        "0.001",
    ];
    nnscope(&[&data[..], &network, &["--speed", "max"]].concat())
}

#[test]
fn a_long_step_is_said_and_every_key_is_answered_within_it() {
    let directory = empty_directory("a_long_step_is_said_and_every_key_is_answered_within_it");
    let mut command = large();
    command.cwd(&directory);
    let mut session = Session::run(command);
    session.wait_for("one step takes ");
    session.type_keys(" ");
    session.wait_for("paused at epoch ");
    session.type_keys(["w", key::ENTER].concat());
    session.wait_for("saved nnscope-seed-42.json");
    session.type_keys("R");
    session.wait_for("seed 43\n");
    session.type_keys(" r R");
    session.wait_for("seed 44\n");
    session.quit("q");
}

#[test]
fn quitting_waits_for_the_file_that_is_being_saved() {
    let directory = empty_directory("quitting_waits_for_the_file_that_is_being_saved");
    let mut command = large();
    command.cwd(&directory);
    let mut session = Session::run(command);
    session.wait_for("one step takes ");
    session.type_keys(["w", key::ENTER].concat());
    session.type_keys("q");
    session.wait_for_shell(0);
    let saved = fs::read_to_string(directory.join("nnscope-seed-42.json")).unwrap();
    assert!(saved.ends_with("}\n"), "not whole");
}

#[test]
fn ctrl_c_ends_it_in_the_middle_of_a_step() {
    let session = Session::run(large());
    session.wait_for("one step takes ");
    session.quit(key::CTRL_C);
}
