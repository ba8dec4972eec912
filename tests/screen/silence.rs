//! No key is silent: what it cannot do any further, it says.

use nnscope::app::keymap::{self, Action, Binding};
use nnscope::app::{App, Draw, Message};
use nnscope::trainer::RunState;
use nnscope::ui;

use crate::footer::{event, pressed};
use crate::test_screen::TestScreen;

/// What is pressed before every key is tried; `|` is Enter, `<` Esc.
const STATES: &[&str] = &[
    "", "t", "tt", "m", "l", ",", "2", "2n", "3", "3t", "3t,", "3h", "3p",
];

/// More presses than there are samples, points of the path, or steps of a zoom.
const MANY: usize = 40;

/// What is pressed to open each overlay, and to come to what it can show.
const OVERLAYS: &[&str] = &[
    "?", "v", "rv", "rRv", "rRvd", "S", "S|", "e", "e5", "o", "w", "c", ":", ":7", "2|", "2|5",
    "2g", "4l", "i", "i5", "3p", "3p ",
];

/// Whether a key may do nothing in silence: it moves in a text whose end is seen or counted, or makes what is there
/// already.
fn may_be_silent(row: &Binding) -> bool {
    matches!(
        row.action,
        Action::ScrollFormulas(_) | Action::Draw(Draw::Data)
    )
}

/// Presses a key many times, as long as it is the same command; returns whether the last press did or said something.
fn is_heard(app: &mut App, row: &Binding) -> bool {
    for _ in 0..MANY {
        app.update(Message::Key(pressed(row.keys[0])));
        if !app.rows().any(|other| other.action == row.action) {
            return true;
        }
    }
    let before = ui::screen(app, (80, 24));
    let effects = app.update(Message::Key(pressed(row.keys[0])));
    app.notice().is_some() || !effects.is_empty() || ui::screen(app, (80, 24)) != before
}

/// The screen of a paused run after these keys.
fn after(keys: &str, options: &str) -> TestScreen {
    let mut screen = TestScreen::at_epoch_of(3, options);
    screen.tell(RunState::Paused);
    for c in keys.chars() {
        screen.update(Message::Key(event(c)));
        screen.compute_slice(4);
    }
    screen
}

/// The keys that are silent in these states of the screen, with what was pressed before.
fn silent(states: &[&str], options: &str) -> Vec<String> {
    let mut silent = Vec::new();
    for keys in states {
        let screen = after(keys, options);
        let rows: Vec<&Binding> = screen.app.rows().collect();
        for row in rows.into_iter().filter(|row| !may_be_silent(row)) {
            let mut app = screen.app.clone();
            if !is_heard(&mut app, row) {
                silent.push(format!("{} after {keys:?} with {options:?}", row.keys[0]));
            }
        }
    }
    silent
}

#[test]
fn every_key_does_something_or_says_why_not() {
    let options = [
        "",
        "--data penguins",
        "--data spiral --samples 8 --hidden none",
    ];
    let silent: Vec<_> = options
        .iter()
        .flat_map(|options| silent(STATES, options))
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn every_key_of_an_overlay_does_something_or_says_why_not() {
    let silent = silent(OVERLAYS, "");
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

/// The answers to keys that have no room in a window of 80 columns.
fn cut(states: &[&str], options: &str) -> Vec<String> {
    let mut cut = Vec::new();
    for keys in states {
        let mut screen = after(keys, options);
        let start = screen.app.clone();
        for row in keymap::BINDINGS {
            screen.app = start.clone();
            screen.update(Message::Key(pressed(row.keys[0])));
            if let Some(notice) = screen.app.notice().map(str::to_owned)
                && !screen.text().contains(&notice)
            {
                cut.push(format!(
                    "{} after {keys:?} with {options:?}: {notice}",
                    row.keys[0]
                ));
            }
        }
    }
    cut
}

#[test]
fn no_answer_to_a_key_is_cut_in_a_window_of_80_columns() {
    let options = ["", "--data penguins", "--epochs 0 --hidden none"];
    let states = [STATES, OVERLAYS].concat();
    let cut: Vec<_> = options
        .iter()
        .flat_map(|options| cut(&states, options))
        .collect();
    assert!(cut.is_empty(), "{}", cut.join("\n"));
}
