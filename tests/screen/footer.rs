//! The footer is true: each key that it offers does something, in every state and at every size.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nnscope::app::keymap::{self, Key};
use nnscope::app::{App, Message};
use nnscope::session::Seeking;
use nnscope::trainer::RunState;
use nnscope::ui;

use crate::test_screen::TestScreen;

/// What is done before the footer is tried, one key after the other; `|` is Enter, `<` Esc.
const STATES: &[&str] = &[
    "", "2", "i", "?", "?p", "e", "c", ":", "w", "o", "v", "rv", "rvd", "S", "z", "fz", "2z",
    "2fz", "t", "tt", "m", "l", ",", "2n", "2nn", "2nnn", "2g", "2|", "2|5|", "2m", "[", "{", "s",
    "2s", "e5", "a", "y",
];

pub(crate) fn event(c: char) -> KeyEvent {
    let code = match c {
        '|' => KeyCode::Enter,
        '<' => KeyCode::Esc,
        c => KeyCode::Char(c),
    };
    KeyEvent::new(code, KeyModifiers::NONE)
}

pub(crate) fn pressed(key: Key) -> KeyEvent {
    match key {
        Key::Char(c) => event(c),
        Key::Ctrl(c) => KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL),
        Key::Code(code) => KeyEvent::new(code, KeyModifiers::NONE),
    }
}

/// The keys that the footer offers, apart from those that only move in a list, at whose ends they do nothing.
fn offered(app: &App) -> Vec<Key> {
    let rows = keymap::heard_in(app.context());
    let rows = rows.filter(|row| !row.footer.text.is_empty() && app.footer_text(row).is_some());
    rows.map(|row| row.keys[0]).collect()
}

/// Whether a key is one of two that go opposite ways, of which one may be at its end.
fn moves(key: Key) -> bool {
    matches!(
        key,
        Key::Code(
            KeyCode::Up
                | KeyCode::Down
                | KeyCode::PageUp
                | KeyCode::PageDown
                | KeyCode::Left
                | KeyCode::Right
        )
    )
}

#[test]
fn every_key_that_the_footer_offers_does_something_in_every_state() {
    for state in [
        RunState::Running,
        RunState::Paused,
        RunState::Finished,
        RunState::Diverged { epoch: 4 },
        RunState::TrainingTo(Seeking {
            from: 0,
            at: 3,
            goal: 9,
        }),
    ] {
        for keys in STATES {
            let mut screen = TestScreen::at_epoch(3);
            screen.tell(state);
            for c in keys.chars() {
                screen.update(Message::Key(event(c)));
            }
            let seen = ui::screen(&screen.app, (80, 24));
            for key in offered(&screen.app) {
                let mut app = screen.app.clone();
                let effects = app.update(Message::Key(pressed(key)));
                let is_changed = ui::screen(&app, (80, 24)) != seen;
                assert!(
                    is_changed || !effects.is_empty() || moves(key),
                    "{key} does nothing after {keys:?} while {state:?}"
                );
            }
        }
    }
}

#[test]
fn the_footer_of_every_state_fits_and_ends_with_the_way_out() {
    for keys in STATES {
        for size in [(80, 24), (80, 23), (120, 40), (200, 60), (40, 12)] {
            let mut screen = TestScreen::at_epoch(3);
            screen.resize(size.0, size.1);
            screen.tell(RunState::Paused);
            for c in keys.chars() {
                screen.update(Message::Key(event(c)));
            }
            let text = screen.text();
            let footer = text.lines().last().unwrap().trim_end();
            let ways_out = [
                "q quit",
                "close",
                "cancel",
                "no",
                "restore",
                "keep the old value",
                "done",
            ];
            assert!(
                ways_out.iter().any(|way| footer.contains(way)),
                "{keys:?} at {size:?}: {footer:?}"
            );
        }
    }
}

#[test]
fn at_80_columns_the_footer_of_every_view_has_what_a_newcomer_needs() {
    for view in ["1", "2", "3", "3t"] {
        for (state, first) in [
            (RunState::Running, "space pause"),
            (RunState::Paused, "space run"),
        ] {
            let mut screen = TestScreen::at_epoch(3);
            screen.tell(state);
            for c in view.chars() {
                screen.press(c);
            }
            let text = screen.text();
            let footer = text.lines().last().unwrap().to_owned();
            let next = match (view, state) {
                ("2", RunState::Paused) => "n stage 2",
                ("2", _) => "n stage",
                _ => "n epoch",
            };
            for entry in [
                first, "s step", next, "[ ] time", "Tab view", "i try", "e setup", "? help",
                "q quit",
            ] {
                assert!(
                    footer.contains(entry),
                    "{entry} in {view} while {state:?}: {footer}"
                );
            }
        }
    }
}

#[test]
fn the_key_of_the_labels_says_what_it_labels_the_edges_with_next() {
    let mut screen = TestScreen::at_epoch(3);
    screen.resize(200, 60);
    for next in ["names", "values", "names, values", "names"] {
        let text = screen.text();
        let footer = text.lines().last().unwrap();
        assert!(footer.contains(&format!("  a {next}  ")), "{next}\n{text}");
        screen.press('a');
    }
}
