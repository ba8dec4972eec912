//! What keys do to a run that is over, and to the one that follows it.

use crossterm::event::KeyCode::{Char, Enter, Home};
use nnscope::app::{Effect, Message};
use nnscope::trainer::{RunState, StartState};

use crate::test_screen::TestScreen;

/// A run that has ended and been seen to.
fn over() -> TestScreen {
    let mut screen = TestScreen::at_epoch(1000);
    screen.tell(RunState::Finished);
    screen.update(Message::Settled);
    screen
}

/// Changes a setting; returns what is said before Enter.
fn set(screen: &mut TestScreen, name: &str, value: &str) -> String {
    screen.open_setting(name);
    screen.type_text(value);
    let said = screen.text();
    screen.press_and_obey(Enter);
    said
}

/// Restarts, and trains for some epochs.
fn retrain(screen: &mut TestScreen, key: char, epochs: usize) {
    screen.press_and_obey(Char(key));
    (0..epochs).for_each(|_| screen.train_epoch());
    screen.tell(RunState::Paused);
}

#[test]
fn a_setting_changed_after_the_end_says_which_keys_train_with_it() {
    let mut screen = over();
    let said = set(&mut screen, "optimizer", "adam");
    let outcome = "The run has ended. Enter sets this; then space continues";
    assert!(said.contains(outcome), "{said}");
    let text = screen.text();
    let notice = "changed – the run had ended: space continues, r restarts";
    assert!(text.contains(notice), "{text}");
    // r trains with it from the start.
    screen.tell(RunState::Finished);
    screen.press_and_obey(Char('r'));
    assert_eq!(screen.app.run().config().optimizer.name(), "adam");
    let mut screen = TestScreen::at_epoch(10);
    screen.tell(RunState::Paused);
    set(&mut screen, "optimizer", "adam");
    assert!(!screen.text().contains("had ended"));
}

fn only_the_second_space_continues(screen: &mut TestScreen) {
    assert!(screen.press(' ').is_empty());
    let text = screen.text();
    assert!(
        text.contains("the run has ended – space again continues it"),
        "{text}"
    );
    assert!(!screen.press(' ').is_empty());
}

#[test]
fn a_key_that_was_to_pause_a_run_does_not_continue_one_that_has_just_finished() {
    let mut screen = TestScreen::at_epoch(1000);
    screen.tell(RunState::Running);
    screen.tell(RunState::Finished);
    only_the_second_space_continues(&mut screen);
    // After a moment, the key means what is seen.
    screen.tell(RunState::Finished);
    screen.update(Message::Settled);
    assert!(!screen.press(' ').is_empty());
}

#[test]
fn a_run_that_was_over_before_the_next_key_is_not_continued_by_it() {
    let mut screen = over();
    set(&mut screen, "initial weights", "xavier");
    assert!(screen.text().contains("restarted with seed 42"));
    screen.tell(RunState::Running);
    screen.tell(RunState::Finished);
    // However long the reader takes: the answer to Enter still hides the end.
    screen.update(Message::Settled);
    only_the_second_space_continues(&mut screen);
}

#[test]
fn a_run_that_is_kept_already_is_called_by_the_letter_that_it_has() {
    let mut screen = TestScreen::at_epoch(30);
    retrain(&mut screen, 'r', 30);
    screen.press_and_obey(Home);
    screen.tell(RunState::Paused);
    set(&mut screen, "learning rate", "0.5");
    screen.tell(RunState::Paused);
    let text = screen.text();
    assert!(
        text.contains("previous run kept as A, this one is B (v to compare)"),
        "{text}"
    );
    assert_eq!(screen.app.runs().kept.len(), 1);
}

#[test]
fn the_legend_says_how_many_runs_and_how_many_differences_are_left_out() {
    let mut screen = TestScreen::at_epoch(5);
    for _ in 0..8 {
        retrain(&mut screen, 'R', 5);
    }
    let text = screen.text();
    // Of each run that is left out, its letter.
    let (before, _) = text.split_once(" (v)").unwrap();
    let (_, letters) = before.rsplit_once('+').unwrap();
    let is_letter = |text: &str| ('A'..='I').any(|letter| text.chars().eq([letter]));
    let says_more = letters.split(", ").all(is_letter);
    assert!(says_more && !text.contains(" more"), "{text}");
    // Of one run, its differences.
    let mut screen = TestScreen::at_epoch(5);
    screen.press('e');
    for (name, value) in [
        ("initial weights", "xavier"),
        ("initial gain", "2"),
        ("batch size", "2"),
    ] {
        screen.select_setting(name);
        screen.type_text(value);
    }
    screen.press_and_obey(Enter);
    retrain(&mut screen, 's', 5);
    let text = screen.text();
    let is_said = text.contains("… (v)") || text.contains("differences (v)");
    assert!(is_said && !text.contains(" more (v)"), "{text}");
}

#[test]
fn a_chart_without_numbers_has_no_tiny_ones_on_its_axis() {
    let mut screen = TestScreen::at_epoch(5);
    retrain(&mut screen, 'r', 0);
    for _ in 0..5 {
        screen.press('t');
        let text = screen.text();
        assert!(!text.contains("e−30") && !text.contains("e−29"), "{text}");
    }
}

#[test]
fn a_restart_among_single_steps_waits_for_the_first_one_and_says_so() {
    for (view, waits) in [('1', false), ('2', true)] {
        let mut screen = over();
        screen.press_and_obey(Char(view));
        screen.tell(RunState::Finished);
        screen.update(Message::Settled);
        let effects = screen.press('r');
        let Some(Effect::Begin { start, .. }) = effects.first() else {
            panic!("{effects:?}");
        };
        assert_eq!(start.state == StartState::Paused, waits);
        let text = screen.text();
        let said = "paused at epoch 0 – space runs; previous run kept as A";
        assert_eq!(text.contains(said), waits, "{text}");
    }
    // One that runs goes on running.
    let mut screen = TestScreen::at_epoch(10);
    screen.press_and_obey(Char('2'));
    screen.tell(RunState::Running);
    let effects = screen.press('r');
    assert!(
        matches!(&effects[..], [Effect::Begin { start, .. }] if start.state == StartState::Running),
        "{effects:?}"
    );
}
