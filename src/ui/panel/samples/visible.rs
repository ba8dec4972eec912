//! Which samples are visible.

use std::ops::Range;

use crate::app::{RunView, Shown};

/// Returns as many samples as there are lines, around the one that is shown, or was last.
pub(super) fn visible(run: &RunView, lines: usize) -> Range<usize> {
    let samples = run.dataset().len();
    let shown = match run.shown {
        Shown::Sample(sample) => sample,
        Shown::Prediction => run.last_sample,
    };
    let start = shown
        .saturating_sub(lines / 2)
        .min(samples.saturating_sub(lines));
    start..(start + lines).min(samples)
}
