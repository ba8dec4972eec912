//! What is said of a guess.

use crate::app::Page;
use crate::ui::style::number::figure;

/// Returns why there is no answer yet.
pub(super) fn pending(page: &Page) -> &'static str {
    if page.sweeps {
        "They are still training."
    } else {
        "The run is still on its way."
    }
}

/// Returns how near a guess was.
pub(super) fn verdict(guessed: f64, answer: f64) -> String {
    let (off, text) = ((guessed - answer).abs(), figure(answer, 3));
    if off <= 0.005 * answer.abs() || off == 0.0 {
        format!("It is {text}: right.")
    } else if off <= 0.1 * answer.abs().max(0.01) {
        format!("It is {text}: very near.")
    } else {
        format!("It is {text}: {} off.", figure(off, 2))
    }
}
