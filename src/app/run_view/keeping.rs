//! What a run takes over from the one before: what was typed, and what was looked at.

use super::{RunView, Shown};
use crate::app::PredictionForm;

impl RunView {
    /// Keeps what was typed into the prediction box of the run before, as long as it has the same features, and of the same
    /// data what is shown.
    pub(in crate::app) fn keep_asking(&mut self, before: &Self) {
        if self.dataset().features() != before.dataset().features() {
            return;
        }
        let usual = PredictionForm::new(&before.run);
        if before.prediction.values() != usual.values() {
            self.prediction.take_texts(&before.prediction);
        }
        if self.sees(before) {
            self.shown = before.shown;
            self.last_sample = before.last_sample;
            self.shown_before = before.shown_before;
        } else if before.shown == Shown::Prediction {
            self.shown = Shown::Prediction;
        }
    }
}
