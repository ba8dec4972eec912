//! Where the features that are not on the axes of a map are held.

use crate::app::{Held, RunView, Shown};

/// Returns the features that are not on the axes.
pub(super) fn features(run: &RunView) -> Vec<usize> {
    let shown = run.surface.features.unwrap_or_default();
    let all = 0..run.dataset().features().len();
    all.filter(|feature| !shown.contains(feature)).collect()
}

/// Returns "at their mean"; `None` if there are no others.
pub(super) fn text(run: &RunView) -> Option<String> {
    let others = features(run);
    if others.is_empty() {
        return None;
    }
    let has_words = |&feature: &usize| !run.dataset().features()[feature].words().is_empty();
    // A word has no mean: the most frequent one is taken.
    let words = if others.iter().any(has_words) {
        " or mode"
    } else {
        ""
    };
    Some(match (run.surface.held, run.shown) {
        (Held::Mean, _) => format!("at their mean{words}"),
        (Held::Median, _) => format!("at their median{words}"),
        (Held::Sample, Shown::Sample(sample)) => {
            format!("as {}", run.dataset().sample_name(sample))
        }
        (Held::Sample, Shown::Prediction) => "as typed".to_owned(),
    })
}
