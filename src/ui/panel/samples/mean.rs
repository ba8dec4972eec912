//! The mean of the samples' losses, which is the loss that training makes small.

use crate::app::RunView;
use crate::ui::style::Theme;
use crate::ui::style::number::{self, grouped};

/// Of which moment the numbers of a run are that has diverged.
pub(super) const BEFORE_DIVERGENCE: &str = "before it diverged";

/// Returns " mean = 0.0233 after epoch 140 ", with that of the test samples if there are any; `None` while it is not known.
pub(super) fn text(theme: Theme, run: &RunView) -> Option<String> {
    let scores = run.training.scores.as_ref()?;
    let position = run.training.position;
    let evaluation = scores.assessment.evaluation;
    let loss = |value: f64| theme.written(&number::loss(value));
    let training = loss(evaluation.training.loss);
    let test = evaluation
        .test
        .map_or_else(String::new, |test| format!(", test {}", loss(test.loss)));
    // In the middle of an epoch, it is that of the present parameters.
    let whole = (position.step == 0).then_some(position.epoch);
    let epoch = scores.at_epoch.or(whole).map(grouped);
    let after = match epoch {
        // What has overflowed is not there to show: these are the last finite numbers.
        _ if run.training.has_diverged() => format!(" {BEFORE_DIVERGENCE}"),
        Some(epoch) => format!(" after epoch {epoch}"),
        None => String::new(),
    };
    Some(format!(" mean = {training}{test}{after} "))
}
