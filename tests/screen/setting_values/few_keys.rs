//! The classics of the classroom, and how many keys they take from the first screen on.

use std::fmt::Write;
use std::fs;

use crossterm::event::KeyCode::{self, BackTab, Down, Enter, Home, Right, Tab, Up};
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

impl TestScreen {
    /// Types a text; returns the number of keys.
    fn write(&mut self, text: &str) -> usize {
        self.type_text(text);
        text.chars().count()
    }
}

#[test]
fn the_classics_take_a_few_keys() {
    let mut screen = TestScreen::at_epoch(20);
    let mut keys = screen.press_all(&[KeyCode::Char('e')]);
    keys += screen.write("0.05") + screen.press_all(&[Enter]);
    assert_eq!(keys, 6);
    screen.tell(RunState::Paused);
    assert_eq!(screen.app.run().config().learning_rate, 0.05);

    // Ten times the initial weights.
    let mut screen = TestScreen::at_epoch(20);
    let drawn = screen.app.run().run.initial_network().parameters().to_vec();
    let mut keys = screen.press_all(&[KeyCode::Char('e'), Up, Up, Up, Up]);
    keys += screen.write("10") + screen.press_all(&[Enter]);
    assert_eq!(keys, 8);
    let gained = screen.app.run().run.initial_network();
    let tenfold: Vec<f64> = drawn.iter().map(|weight| weight * 10.0).collect();
    assert_eq!(gained.parameters(), tenfold);

    // xor with momentum, then with adam from the same start.
    let mut screen = TestScreen::at_epoch(20);
    let mut keys = screen.press_all(&[KeyCode::Char('e'), Home]) + screen.write("xor");
    keys += screen.press_all(&[Tab, Tab, Down, Right, Enter]);
    assert_eq!(keys, 10);
    assert_eq!(screen.app.run().config().optimizer.name(), "momentum");
    screen.train_epoch();
    screen.tell(RunState::Paused);
    let begun = screen.app.runs().kept.len();
    let mut keys = screen.press_all(&[Home, KeyCode::Char('e')]) + screen.write("adam");
    keys += screen.press_all(&[Enter]);
    assert_eq!(keys, 7);
    screen.train_epoch();
    screen.tell(RunState::Paused);
    assert_eq!(screen.app.run().config().optimizer.name(), "adam");
    let kept = &screen.app.runs().kept;
    assert_eq!(kept.len(), begun + 1);
    let last = kept.last().unwrap();
    assert_eq!(last.view.config().optimizer.name(), "momentum");
    assert_eq!(screen.app.differences_of(last), ["momentum"]);
}

#[test]
fn an_own_file_with_two_features_and_a_typed_rate_takes_a_few_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut csv = "width,height,colour,kind\n".to_owned();
    for row in 0..20 {
        let kind = if row % 3 == 0 { "a" } else { "b" };
        writeln!(csv, "{},{},{row},{kind}", row % 7, row % 5).unwrap();
    }
    let path = folder.path().join("things.csv");
    fs::write(&path, csv).unwrap();
    let mut screen = TestScreen::at_epoch(20);
    screen.press_all(&[KeyCode::Char('e'), Home]);
    screen.write(&format!("{}/th", folder.path().display()));
    let mut keys = screen.press_all(&[Tab, Down, Down]);
    keys += screen.write("width,height");
    keys += screen.press_all(&[BackTab, Down, Down]) + screen.write("0.05");
    keys += screen.press_all(&[Enter]);
    // Without the path, and `e` and Home before it.
    assert_eq!(keys, 3 + 12 + 3 + 4 + 1);
    let run = screen.app.run();
    assert_eq!(run.source().features, ["width", "height"]);
    assert_eq!(run.dataset().features().len(), 2);
    assert_eq!(run.config().learning_rate, 0.05);
    assert_eq!(run.source().data, path.display().to_string());
}
