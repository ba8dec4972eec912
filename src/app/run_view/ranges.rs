//! The ranges of the data that a run is shown with: each is found once, as there may be a million samples.

use std::sync::Arc;

use super::RunView;
use crate::app::memo::{Memo, Same};
use crate::data::{Dataset, Examples};

/// The latest ranges.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct Ranges {
    targets: Memo<Same<Examples>, [f64; 3], 1>,
    /// Of two features on a map, and of two others.
    features: Memo<(Same<Dataset>, usize), (f64, f64), 4>,
}

impl RunView {
    /// Returns the smallest target of the training samples, the mean, and the largest, as the network predicts them; of
    /// several outputs, the first.
    #[must_use]
    pub fn target_numbers(&self) -> Arc<[f64; 3]> {
        let examples = &self.run.data.training;
        self.ranges.targets.get(Same::of(examples), |_| {
            let targets = examples.targets.iter().step_by(examples.target_width);
            let (mut low, mut high, mut sum) = (f64::INFINITY, f64::NEG_INFINITY, 0.0);
            for target in targets {
                (low, high, sum) = (low.min(*target), high.max(*target), sum + target);
            }
            [low, sum / examples.len() as f64, high]
        })
    }

    /// Returns a range of a feature over all samples.
    pub(in crate::app) fn range_of(
        &self,
        feature: usize,
        find: fn(&Dataset, usize) -> (f64, f64),
    ) -> (f64, f64) {
        let key = (Same::of(self.dataset()), feature);
        *self
            .ranges
            .features
            .get(key, |_| find(self.dataset(), feature))
    }
}
