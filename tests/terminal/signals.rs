//! How it ends and pauses by signals, and what it leaves behind.

use std::fs;
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use crate::session::{
    Session, empty_directory, key, nnscope, nnscope_in_shell, nnscope_without_shell, wait_for_end,
};

#[test]
fn signals_end_it_and_leave_the_terminal_clean() {
    let signals = [
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
        (Signal::USR1, 138),
        (Signal::USR2, 140),
        (Signal::ALARM, 142),
        (Signal::TERM, 143),
        (Signal::XCPU, 152),
    ];
    for (signal, code) in signals {
        let session = Session::start();
        session.send(signal);
        session.wait_for_shell(code);
    }
}

#[test]
fn it_ends_with_its_terminal() {
    let code = Session::run(nnscope_without_shell()).close();
    // It first notices the hang-up, or that reading or writing fails; it does not panic.
    assert!(matches!(code, 129 | 1), "{code}");
}

#[test]
fn a_full_terminal_neither_keeps_it_from_ending_nor_keeps_anything_of_it() {
    for speed in ["max", "1"] {
        for looks_again_after in [None, Some(0), Some(150), Some(1_000)] {
            let arguments = ["--epochs", "1000000000", "--speed", speed];
            let mut session = Session::run(nnscope(&arguments));
            session.look_away();
            session.fill();
            let program = session.program();
            session.send(Signal::TERM);
            if let Some(pause) = looks_again_after {
                thread::sleep(Duration::from_millis(pause));
            } else {
                wait_for_end(program);
                session.assert_modes_as_before();
            }
            session.look();
            session.wait_for_shell(143);
        }
    }
}

#[test]
fn ctrl_z_suspends_it_and_fg_resumes_it() {
    let mut session = Session::start();
    session.type_keys(key::CTRL_Z);
    // 128 plus the number of SIGSTOP.
    session.wait_for_shell(147);
    session.type_keys("fg\n");
    session.wait_for("running 50/s");
    session.wait_for_progress();
    session.wait_until("the alternate screen", vt100::Screen::alternate_screen);
    session.quit("q");
}

#[test]
fn nothing_is_drawn_on_the_screen_of_the_shell() {
    let mut session = Session::run(nnscope(&["--speed", "max", "--epochs", "0"]));
    for suspended in 1..=5 {
        session.type_keys(key::CTRL_Z);
        session.wait_for_count("left with 147\n", suspended);
        assert!(!session.shows("epoch"), "drawn before it was suspended");
        session.type_keys("fg\n");
        session.wait_until("the alternate screen", vt100::Screen::alternate_screen);
    }
    session.type_keys("q");
    session.wait_for_shell(0);
    assert!(!session.shows("epoch"), "drawn on the shell's screen");
}

#[test]
fn a_file_that_may_not_be_written_is_said_and_does_not_end_it() {
    let directory = empty_directory("a_file_that_may_not_be_written_is_said_and_does_not_end_it");
    let mut command = nnscope_in_shell("ulimit -f 0", &[]);
    command.cwd(&directory);
    let mut session = Session::run(command);
    session.type_keys(" ");
    session.wait_for("paused at epoch ");
    session.type_keys(["w", key::ENTER].concat());
    session.wait_for("cannot write nnscope-seed-42.json: the file would be larger");
    session.quit("q");
    assert_eq!(fs::read_dir(directory).unwrap().count(), 0);
}
