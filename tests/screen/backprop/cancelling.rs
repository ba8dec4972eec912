//! Why ∂L/∂z is so short when the loss is cross-entropy.

use crossterm::event::KeyCode::Char;

use super::{paused, press};
use crate::test_screen::TestScreen;

#[test]
fn cross_entropy_says_with_which_function_its_derivatives_cancel() {
    for (options, said) in [
        (
            "--data penguins --hidden none",
            "softmax with cross-entropy: the derivatives cancel to o − y",
        ),
        (
            "--loss cross-entropy",
            "sigmoid with cross-entropy: the derivatives cancel to ypred − y",
        ),
    ] {
        let mut screen = paused(TestScreen::at_epoch_of(1, options));
        screen.resize(160, 50);
        press(&mut screen, &[Char('n'), Char('n')]);
        let text = screen.text();
        assert!(text.contains(said), "{said}\n{text}");
    }
    let mut screen = paused(TestScreen::at_epoch_of(1, "--loss mse"));
    screen.resize(160, 50);
    press(&mut screen, &[Char('n'), Char('n')]);
    assert!(!screen.text().contains("derivatives cancel"));
}
