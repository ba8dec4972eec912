//! Which sample is marked after a single step.

use crossterm::event::KeyCode;
use nnscope::app::Shown;
use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

#[test]
fn after_a_step_the_sample_that_was_trained_on_is_marked_in_table_and_diagram() {
    let mut screen = TestScreen::at_epoch_of(3, "--shuffle true");
    screen.tell(RunState::Paused);
    for _ in 0..9 {
        let next = screen.session().next_samples();
        screen.press_and_obey(KeyCode::Char('s'));
        assert_eq!(screen.app.run().shown, Shown::Sample(next[0]));
        let name = screen.app.run().dataset().sample_name(next[0]);
        let text = screen.text();
        assert!(text.contains(&format!("›{name} ")), "{name}\n{text}");
        assert!(text.contains(&format!("sigmoid: {name} ")), "{text}");
    }
}

#[test]
fn a_step_leaves_a_sample_of_its_batch_and_typed_values_as_they_are() {
    let mut screen = TestScreen::at_epoch_of(3, "--batch-size 4");
    screen.tell(RunState::Paused);
    screen.press('j');
    assert_eq!(screen.app.run().shown, Shown::Sample(1));
    screen.press_and_obey(KeyCode::Char('s'));
    assert_eq!(screen.app.run().shown, Shown::Sample(1));
    let mut screen = TestScreen::at_epoch(3);
    screen.tell(RunState::Paused);
    for _ in 0..4 {
        screen.press('j');
    }
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    screen.press_and_obey(KeyCode::Char('s'));
    assert_eq!(screen.app.run().shown, Shown::Prediction);
}

#[test]
fn after_the_steps_the_sample_that_the_reader_chose_is_shown_again() {
    let chosen = |screen: &TestScreen| screen.app.run().shown;
    for (goes_on, code) in [
        ("an epoch", None),
        ("a travel", Some(KeyCode::Char('['))),
        ("a restart", Some(KeyCode::Char('r'))),
    ] {
        let mut screen = TestScreen::at_epoch(3);
        screen.tell(RunState::Paused);
        screen.press('j');
        screen.press('j');
        for trained in [0, 1] {
            screen.press_and_obey(KeyCode::Char('s'));
            assert_eq!(chosen(&screen), Shown::Sample(trained));
        }
        // A report of the same state changes nothing.
        screen.tell(RunState::Paused);
        assert_eq!(chosen(&screen), Shown::Sample(1));
        match code {
            None => screen.train_epoch(),
            Some(code) => drop(screen.press_code(code)),
        }
        screen.tell(RunState::Paused);
        assert_eq!(chosen(&screen), Shown::Sample(2), "{goes_on}");
    }
    // What is chosen between two steps is the reader's own.
    let mut screen = TestScreen::at_epoch(3);
    screen.tell(RunState::Paused);
    screen.press_and_obey(KeyCode::Char('s'));
    screen.press_and_obey(KeyCode::Char('s'));
    screen.press('j');
    screen.press_and_obey(KeyCode::Char('s'));
    screen.train_epoch();
    screen.tell(RunState::Paused);
    assert_eq!(chosen(&screen), Shown::Sample(2));
}

#[test]
fn a_batch_that_has_the_sample_of_the_reader_shows_that_and_not_its_first() {
    let mut screen = TestScreen::at_epoch_of(3, "--batch-size 2");
    screen.tell(RunState::Paused);
    (0..3).for_each(|_| drop(screen.press('j')));
    for shown in [0, 3, 0, 3] {
        screen.press_and_obey(KeyCode::Char('s'));
        assert_eq!(screen.app.run().shown, Shown::Sample(shown));
    }
}
