//! The mouse of a real terminal.

use std::time::Duration;

use vt100::{MouseProtocolEncoding, MouseProtocolMode};

use crate::session::{Session, key, nnscope, reports_mouse};

#[test]
fn a_tab_a_row_a_key_and_the_chart_are_clicked() {
    let mut session = Session::start();
    session.wait_for_progress();
    session.click("space pause");
    session.wait_for("paused at epoch ");
    session.click("2 Backprop");
    session.wait_for("[2 Backprop]");
    session.click("1 Train");
    session.wait_for("[1 Train]");
    session.click("Charlie");
    session.wait_for("Network 2-2-1 sigmoid: Charlie");
    // A place in the chart, and then the same place again.
    let (column, row) = (62, 5);
    session.click_at(column, row);
    session.wait_for("Enter goes there");
    session.click_at(column, row);
    session.wait_for("viewing epoch ");
    session.quit("q");
}

#[test]
fn clicks_in_one_burst_mean_what_is_there_when_they_come() {
    let mut session = Session::start();
    session.restart_paused();
    let click = |column| format!("\x1b[<0;{column};1M\x1b[<0;{column};1m");
    // The second one is outside the settings, which the key has opened meanwhile, and closes them.
    session.type_keys([&*click(22), "e", &click(1)].concat());
    session.wait_for("[2 Backprop]");
    session.wait_for("space run");
    session.quit("q");
}

#[test]
fn it_asks_for_presses_drags_and_the_wheel_and_gives_the_mouse_back() {
    let mut session = Session::start();
    let is_on = |screen: &vt100::Screen| {
        screen.mouse_protocol_mode() == MouseProtocolMode::ButtonMotion
            && screen.mouse_protocol_encoding() == MouseProtocolEncoding::Sgr
    };
    session.wait_until("the mouse", is_on);
    session.type_keys(key::CTRL_Z);
    // Waiting for the shell checks that the mouse is given back.
    session.wait_for_shell(147);
    session.type_keys("fg\n");
    session.wait_until("the mouse again", is_on);
    session.quit("q");
}

#[test]
fn without_the_mouse_the_terminal_is_never_asked_for_it() {
    let mut session = Session::run(nnscope(&["--mouse", "off"]));
    session.type_keys(key::CTRL_Z);
    session.wait_for_shell(147);
    session.type_keys("fg\n");
    session.wait_for_progress();
    session.wait_until("no mouse", |screen| !reports_mouse(screen));
    let output = session.quit("q");
    for mode in [9, 1000, 1001, 1002, 1003, 1005, 1006, 1015, 1016] {
        assert!(!output.contains(&format!("?{mode}h")), "{mode}");
    }
}

#[test]
fn what_old_terminals_report_of_the_mouse_types_nothing() {
    let mut session = Session::start();
    session.restart_paused();
    // At columns and rows that look like q, R and s.
    session.type_keys("\x1b[M qR\x1b[M#qs\x1b[Mqqq\x1b[<0;0;0M\x1b[0;0;0M\x1b[<35;5;5m");
    session.wait_for_silence(Duration::from_millis(300));
    session.wait_for("epoch 0/1,000");
    session.wait_for("seed 42\n");
    session.type_keys("s");
    session.wait_for("sample 1 of 4 done; the step moved ");
    session.quit("q");
}
