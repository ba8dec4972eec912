//! Much input at once, input that is no key, and pastes that do not end.

use std::thread;
use std::time::{Duration, Instant};

use crate::session::{Session, key};

#[test]
fn of_a_burst_of_keys_none_is_lost() {
    let mut session = Session::start();
    session.restart_paused();
    // An odd number of switches of the axis, and seven epochs of four samples each.
    session.type_keys(["jy".repeat(10_001), "s".repeat(28)].concat());
    session.wait_for("epoch 7/1,000");
    session.wait_for("paused at epoch 7");
    session.wait_for("Loss (log)");
    session.quit("q");
}

#[test]
fn ctrl_c_is_heard_behind_any_burst() {
    for burst in [3_000, 60_000] {
        for _ in 0..3 {
            let mut session = Session::start();
            session.type_keys("j".repeat(burst) + key::CTRL_C);
            session.wait_for_shell(0);
        }
    }
}

#[test]
fn a_paste_of_any_size_goes_where_it_belongs_and_keys_are_heard_after_it() {
    let mut session = Session::start();
    session.paste(&"r".repeat(60_000));
    session.type_keys("i");
    session.wait_for("Predict – editing");
    session.paste(&"7".repeat(60_000));
    session.wait_for("weight [77");
    session.type_keys([key::ESC, key::TAB].concat());
    session.quit(key::CTRL_C);
}

#[test]
fn a_paste_without_an_end_does_not_swallow_keys_for_ever() {
    let mut session = Session::start();
    session.type_keys(["\x1b[200~", &"r".repeat(5_000)].concat());
    session.wait_for_progress();
    // Only Ctrl-C may be a part of what looks like a paste and still count.
    session.type_keys(key::CTRL_C);
    session.wait_for_shell(0);

    let mut session = Session::start();
    session.type_keys("\x1b[200~qqq");
    let begun = Instant::now();
    while !session.shows("Help") {
        assert!(begun.elapsed() < Duration::from_secs(20), "no key is heard");
        session.type_keys("?");
        thread::sleep(Duration::from_millis(700));
    }
    session.quit(key::CTRL_C);
}

#[test]
fn a_late_answer_of_the_terminal_is_not_typed() {
    let mut session = Session::start();
    session.restart_paused();
    let answers = [
        "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
        "\x1b]4;1;rgb:cdcd/0000/0000\x07",
        "\x1bP>|XTerm(388)\x1b\\",
        "\x1bP1+r5463=323536\x1b\\",
        "\x1b_Gi=31;error:r\x1b\\",
        "\x1b[?62;22c",
        "\x1b[24;80R",
        "\x1b[?2026;2$y",
    ];
    session.type_keys(answers.concat());
    session.type_keys("n");
    session.wait_for("paused at epoch 1; ");
    session.wait_for("seed 42\n");
    // One that never ends is over after a pause.
    session.type_keys("\x1b]11;rgb:rrrr/rrrr");
    thread::sleep(Duration::from_secs(1));
    session.type_keys("n");
    session.wait_for("paused at epoch 2; ");
    session.quit("q");
}

#[test]
fn a_key_at_the_moment_of_a_resize_is_heard() {
    let mut session = Session::start();
    session.restart_paused();
    for step in 1..=30 {
        session.resize(80 + step % 2, 24);
        session.type_keys("n");
        session.wait_for(&format!("paused at epoch {step}; "));
    }
    session.quit("q");
}

#[test]
fn ctrl_l_repaints_what_something_else_has_drawn_over() {
    let mut session = Session::start();
    session.type_keys(" ");
    session.wait_for("paused at epoch ");
    session.write_from_elsewhere("\x1b[H\x1b[2Jrubbish");
    session.wait_for("rubbish");
    session.type_keys(key::CTRL_L);
    session.wait_for(" nnscope ");
    session.wait_for("paused at epoch ");
    session.wait_until("no rubbish", |screen| {
        !screen.contents().contains("rubbish")
    });
    session.quit("q");
}
