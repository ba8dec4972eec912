//! The lessons in a real terminal: the first start points to them, and the place is remembered.

use std::fs;
use std::path::Path;

use crate::session::{Session, empty_directory, key, nnscope};

/// Starts with this folder for the state of programs.
fn start(state: &Path, arguments: &[&str]) -> Session {
    let mut command = nnscope(arguments);
    command.env("XDG_STATE_HOME", state);
    Session::run(command)
}

#[test]
fn a_place_is_remembered_between_starts_and_the_own_run_is_back() {
    let state = empty_directory("lessons");
    let session = start(&state, &["--epochs", "0"]);
    session.wait_for("press 4 for short lessons");
    session.quit("q");
    let mut session = start(&state, &["--paused"]);
    session.type_keys("s");
    session.wait_for("sample 1 of 4 done");
    session.type_keys("4");
    session.wait_for("Lesson 1: A neuron");
    session.type_keys(key::ENTER);
    session.type_keys("hhh");
    session.wait_for("✓ exactly 0.5: where is z then?");
    session.type_keys(key::ESC);
    session.wait_for("sample 1 of 4 done");
    session.quit("q");
    let saved = fs::read_to_string(state.join("nnscope/lessons.json")).unwrap();
    assert!(
        saved.contains("\"page\": \"neuron\"") && saved.contains("\"done\""),
        "{saved}"
    );

    let mut session = start(&state, &["--paused"]);
    session.type_keys("4");
    session.wait_for("Lesson 1: A neuron");
    session.type_keys(key::ENTER);
    session.type_keys("l");
    session.wait_for("› ✓ 1       A neuron");
    session.type_keys(["j", key::ENTER].concat());
    session.wait_for("Lesson 2: A network");
    session.quit(&[key::ENTER, "q"].concat());
}

#[test]
fn a_home_that_cannot_be_written_is_no_error() {
    let mut session = start(Path::new("/dev/null"), &["--paused"]);
    session.type_keys("4");
    session.wait_for("Lesson 1: A neuron");
    session.type_keys(["\u{1b}[C", key::ENTER].concat());
    session.wait_for("Lesson 2: A network");
    session.quit("q");
}
