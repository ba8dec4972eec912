//! What the status line says of regularization, and of a learning rate that is too high.

use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

#[test]
fn regularization_that_pulls_all_weights_to_0_is_named_with_the_key_that_changes_it() {
    let mut screen = TestScreen::at_epoch_of(60, "--l2 5");
    screen.tell(RunState::Paused);
    screen.resize(120, 40);
    let text = screen.text();
    let said = "l2 pulled h1 and h2 near 0: e sets less l2";
    assert!(text.contains(said), "{text}");
    assert!(text.contains("sgd η 0.1 l2 5 "), "{text}");
    // Beside what a pause says there is no room for the key.
    screen.resize(80, 24);
    let text = screen.text();
    assert!(text.contains("– l2 pulled h1 and h2 near 0 "), "{text}");
    screen.tell(RunState::Running);
    let text = screen.text();
    assert!(text.contains(said), "{text}");
    let weak = TestScreen::at_epoch_of(60, "--l2 0.0001").text();
    assert!(!weak.contains("pulled"), "{weak}");
}

#[test]
fn a_loss_that_regularization_keeps_from_falling_is_said_to_be_held_by_it() {
    let mut screen = TestScreen::at_epoch_of(2000, "--epochs 5000 --l2 0.02");
    screen.tell(RunState::Paused);
    let text = screen.text();
    assert!(text.contains("– loss held up by l2 "), "{text}");
    screen.tell(RunState::Running);
    let text = screen.text();
    assert!(
        text.contains("loss held up by l2: e sets less l2"),
        "{text}"
    );
    screen.tell(RunState::Paused);
    screen.resize(200, 60);
    let text = screen.text();
    assert!(
        text.contains("l2 holds the weights back: e sets less l2"),
        "{text}"
    );
    // So little of it holds nothing up.
    let mut weak = TestScreen::at_epoch_of(2000, "--epochs 5000 --l2 1e-9");
    weak.tell(RunState::Paused);
    assert!(!weak.text().contains("by l2"), "{}", weak.text());
}

#[test]
fn a_learning_rate_that_is_too_high_is_named_with_the_key_that_lowers_it() {
    let circle = "--data circle --hidden 8 --activation relu --epochs 60";
    let mut screen = TestScreen::at_epoch_of(60, &format!("{circle} --learning-rate 50"));
    let text = screen.text();
    let said = "finished; rate too high, o1 saturated: e lowers it ";
    assert!(text.contains(said), "{text}");
    screen.resize(120, 40);
    let text = screen.text();
    let said = "rate too high, o1 saturated: e lowers it, r restarts";
    assert!(text.contains(said), "{text}");
}

#[test]
fn a_finished_run_whose_loss_jumps_up_and_down_is_still_said_to() {
    let spiral = "--data spiral --hidden 8 --activation relu --epochs 400";
    let mut screen = TestScreen::at_epoch_of(400, spiral);
    let text = screen.text();
    let said = "finished; loss jumps up and down: e lowers the rate";
    assert!(text.contains(said), "{text}");
}
