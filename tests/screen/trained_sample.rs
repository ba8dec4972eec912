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
