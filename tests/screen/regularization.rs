//! What the status line says of regularization.

use nnscope::trainer::RunState;

use crate::test_screen::TestScreen;

#[test]
fn regularization_that_pulls_all_weights_to_0_is_named_with_the_key_that_changes_it() {
    let mut screen = TestScreen::at_epoch_of(60, "--l2 5");
    screen.tell(RunState::Paused);
    screen.resize(120, 40);
    let text = screen.text();
    let said = "l2 pulled 3 neurons near 0 – e sets less l2";
    assert!(text.contains(said), "{text}");
    assert!(text.contains("sgd η 0.1 l2 5 "), "{text}");
    screen.resize(80, 24);
    let text = screen.text();
    assert!(text.contains("l2 pulled 3 neurons near 0 (e)"), "{text}");
    let weak = TestScreen::at_epoch_of(60, "--l2 0.0001").text();
    assert!(!weak.contains("pulled"), "{weak}");
}

#[test]
fn a_loss_that_regularization_keeps_from_falling_is_said_to_be_held_by_it() {
    let mut screen = TestScreen::at_epoch_of(2000, "--epochs 5000 --l2 0.02");
    screen.tell(RunState::Paused);
    let text = screen.text();
    assert!(text.contains("loss held up by l2 (e)"), "{text}");
    screen.resize(200, 60);
    let text = screen.text();
    assert!(
        text.contains("l2 holds the weights back – e sets less l2"),
        "{text}"
    );
    // So little of it holds nothing up.
    let mut weak = TestScreen::at_epoch_of(2000, "--epochs 5000 --l2 1e-9");
    weak.tell(RunState::Paused);
    assert!(!weak.text().contains("l2 (e)"), "{}", weak.text());
}
