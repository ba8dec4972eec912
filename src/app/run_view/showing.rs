//! Whose activations are shown: those of a sample, or of typed values.

use std::sync::Arc;

use super::{RunView, Shown};
use crate::app::turn::Turn;
use crate::trainer::Progress;

impl RunView {
    /// Shows the sample this many places before or after; the typed values come after the last one.
    pub(in crate::app) fn turn_shown(&mut self, turn: Turn, places: usize) {
        let samples = self.dataset().len();
        let index = match self.shown {
            Shown::Sample(sample) => sample,
            Shown::Prediction => samples,
        };
        let index = turn.index_by(places, index, samples);
        let sample = Some(index).filter(|index| *index < samples);
        self.show(sample.map_or(Shown::Prediction, Shown::Sample));
    }

    /// Shows a sample, or the typed values, that a person has chosen.
    pub(in crate::app) fn show(&mut self, shown: Shown) {
        self.show_unasked(shown);
        self.own_sample = None;
        if let Shown::Sample(sample) = shown {
            self.chosen_sample = Some(sample);
        }
    }

    fn show_unasked(&mut self, shown: Shown) {
        if let Shown::Sample(sample) = shown {
            self.last_sample = sample;
        }
        self.shown = shown;
    }

    /// Shows a sample that a step has trained on which is reported, and the reader's own again when training goes on otherwise.
    pub(in crate::app) fn show_of(&mut self, report: &Progress) {
        let has_moved = report.position != self.training.position;
        if !report.trained_on.is_empty() {
            self.show_trained(&report.trained_on);
        } else if has_moved && !self.is_evaluating() {
            self.show_own();
        }
    }

    /// Shows one of these samples, unless typed values are shown: the reader's own, if it is one of them.
    fn show_trained(&mut self, samples: &[usize]) {
        let (Shown::Sample(shown), [first, ..]) = (self.shown, samples) else {
            return;
        };
        let own = self.own_sample.unwrap_or(shown);
        let mut wanted = [own, shown].into_iter();
        let trained = wanted.find(|sample| samples.contains(sample));
        let trained = trained.unwrap_or(*first);
        if trained != shown {
            self.show_unasked(Shown::Sample(trained));
            self.chosen_sample = None;
        }
        self.own_sample = Some(own).filter(|own| *own != trained);
    }

    /// Shows the reader's own sample again, instead of one that a step has trained on.
    pub(super) fn show_own(&mut self) {
        self.show_unasked(self.own_shown());
        self.own_sample = None;
    }

    /// What is shown, or the reader's own sample if a step shows another one.
    pub(super) fn own_shown(&self) -> Shown {
        self.own_sample.map_or(self.shown, Shown::Sample)
    }

    /// Begins to type values, with that of this feature, and shows them.
    pub(in crate::app) fn begin_to_type(&mut self, feature: usize) {
        self.shown_before = Some(self.shown);
        self.prediction.begin_with(feature);
        self.show(Shown::Prediction);
    }

    /// Types the values of the next or previous sample.
    pub(in crate::app) fn turn_known(&mut self, turn: Turn) {
        let run = Arc::clone(&self.run);
        self.prediction.turn_known(&run.dataset, turn);
        self.show(Shown::Prediction);
    }

    /// Restores the values as they were before, and what was shown then; unless something else has been chosen since.
    pub(in crate::app) fn cancel_typing(&mut self) {
        self.prediction.cancel();
        let before = self.shown_before.take();
        if let (Shown::Prediction, Some(before)) = (self.shown, before) {
            self.show_unasked(before);
        }
    }
}
