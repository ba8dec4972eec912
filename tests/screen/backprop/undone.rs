//! A weight that was set by hand and undone: nothing of it is left.

use crossterm::event::KeyCode::{Char, Enter};
use nnscope::trainer::RunState;

use super::paused;
use crate::test_screen::TestScreen;

/// Sets the selected weight to 9, and undoes it.
fn set_and_undo(screen: &mut TestScreen) {
    for code in [Char('2'), Enter, Char('9'), Enter] {
        screen.press_and_obey(code);
    }
    screen.tell(RunState::Paused);
    assert!(!screen.app.run().training.changes.is_empty());
    screen.press_and_obey(Char('u'));
    let text = screen.text();
    assert!(text.contains("w1 has its former value again"), "{text}");
    screen.press_and_obey(Char('1'));
    screen.tell(RunState::Paused);
}

#[test]
fn a_weight_set_and_undone_leaves_no_mark_on_the_chart() {
    let mut screen = paused(TestScreen::at_epoch(154));
    screen.press_and_obey(Char('1'));
    let before = screen.text();
    set_and_undo(&mut screen);
    assert_eq!(screen.text(), before);
}

#[test]
fn what_a_run_leaves_for_a_weight_that_is_undone_is_identical_to_it() {
    let mut screen = paused(TestScreen::at_epoch(154));
    for _ in 0..50 {
        screen.press_and_obey(Char('['));
    }
    set_and_undo(&mut screen);
    let text = screen.text();
    assert!(text.contains("A identical"), "{text}");
    assert!(!text.contains('◆') && !text.contains("w1="), "{text}");
}
