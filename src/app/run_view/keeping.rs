//! What a run takes over from the one before: what was typed, and what was looked at.

use std::sync::Arc;

use super::{RunView, Shown};
use crate::app::PredictionForm;

impl RunView {
    /// Keeps the overview of the run before; what was typed into its prediction box, as long as it has the same features;
    /// and of the same data what is shown.
    pub(in crate::app) fn keep_asking(&mut self, before: &Self) {
        self.take_overview(before.overview);
        if self.dataset().features() != before.dataset().features() {
            return;
        }
        let usual = PredictionForm::new(&before.run);
        if before.prediction.values() != usual.values() {
            self.prediction.take_texts(&before.prediction);
        }
        if self.sees(before) {
            self.shown = before.own_shown();
            self.last_sample = before.last_sample;
            self.shown_before = before.shown_before;
        } else if before.shown == Shown::Prediction {
            self.shown = Shown::Prediction;
        }
    }

    /// Shows the same sample and the same typed values as another run, if the data is the same.
    pub(in crate::app) fn look_like(&mut self, other: &Self) {
        self.take_overview(other.overview);
        if Arc::ptr_eq(self.dataset(), other.dataset()) {
            self.shown = other.own_shown();
            self.last_sample = other.last_sample;
            self.chosen_sample = other.chosen_sample;
            self.shown_before = other.shown_before;
            self.prediction = other.prediction.clone();
            self.surface = other.surface.clone();
            self.forget_maps();
        }
        self.neuron = None;
        self.slice = other.slice.of_another_network();
        self.backprop = other.backprop.of_another_network();
    }
}
