//! The prediction box, and the samples before it.

use crossterm::event::KeyCode;
use nnscope::app::{Focus, Shown};
use nnscope::trainer::RunState;
use ratatui::style::Modifier;

use crate::test_screen::TestScreen;

#[test]
fn arrows_go_through_the_samples_and_end_at_the_typed_values() {
    let mut screen = TestScreen::at_epoch(0);
    screen.press('k');
    assert_eq!(screen.app.run().shown, Shown::Sample(0));
    for expected in [1, 2, 3] {
        screen.press_code(KeyCode::Down);
        assert_eq!(screen.app.run().shown, Shown::Sample(expected));
    }
    screen.press('j');
    screen.press('j');
    assert_eq!(screen.app.run().shown, Shown::Prediction);
    screen.press_code(KeyCode::Up);
    assert_eq!(screen.app.run().shown, Shown::Sample(3));
}

#[test]
fn the_prediction_box_starts_with_emily_and_predicts_her_class() {
    let mut screen = TestScreen::at_epoch(1000);
    let emily = screen.app.run().outputs_for(&[128.0, 63.0])[0];
    let text = screen.text();
    for expected in [
        "weight [128     ] lb → −7",
        "height [63      ] in → −3",
        "│ = 58 kg, 160 cm, 5'3\"",
        &format!("o1 {emily:.3}: P(F) = {emily:.2}"),
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    // The answer changes while the network trains.
    screen.train_epoch();
    screen.tell(RunState::Running);
    assert_ne!(screen.app.run().outputs_for(&[128.0, 63.0])[0], emily);
}

#[test]
fn a_focused_field_owns_every_printable_key() {
    let mut screen = TestScreen::at_epoch(1000);
    screen.press('i');
    assert_eq!(
        (screen.app.focus(), screen.app.run().shown),
        (Focus::Prediction, Shown::Prediction)
    );
    screen.press_ctrl('u');
    for c in "58kgq rs".chars() {
        assert!(screen.press(c).is_empty());
    }
    let problem = screen.app.run().prediction.problem();
    assert_eq!(problem, Some((0, "\"kgq\" is no unit known here")));
    for _ in 0..4 {
        screen.press_code(KeyCode::Backspace);
    }
    assert_eq!(
        screen.app.run().prediction.values()[0],
        58.0 * 1e8 / 45_359_237.0
    );
    screen.press_code(KeyCode::Esc);
    assert_eq!(screen.app.focus(), Focus::Run);
}

#[test]
fn invalid_text_keeps_the_last_answer_dimmed_and_says_why() {
    let mut screen = TestScreen::at_epoch(1000);
    let answer = format!("o1 {:.3}", screen.app.run().outputs_for(&[128.0, 63.0])[0]);
    assert!(
        !screen
            .style_of(&answer)
            .add_modifier
            .contains(Modifier::DIM)
    );
    screen.press('i');
    screen.press('x');
    assert!(
        screen.text().contains("weight: \"x\" is not a number"),
        "{}",
        screen.text()
    );
    assert!(
        screen
            .style_of(&answer)
            .add_modifier
            .contains(Modifier::DIM)
    );
}

#[test]
fn a_value_outside_the_training_data_has_a_warning() {
    let mut screen = TestScreen::at_epoch(1000);
    screen.press('i');
    screen.press_ctrl('u');
    screen.paste("2\u{7}0\n0");
    assert_eq!(screen.app.run().prediction.values()[0], 200.0);
    let text = screen.text();
    assert!(
        text.contains("weight outside the training") && text.contains("data (120–160 lb)"),
        "{text}"
    );
}
