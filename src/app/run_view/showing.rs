//! Whose activations are shown: those of a sample, or of typed values.

use super::{RunView, Shown};
use crate::app::turn::Turn;

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

    /// Shows a sample that a step has trained on, unless typed values or one of its samples are shown.
    pub(in crate::app) fn show_trained(&mut self, samples: &[usize]) {
        if let (Shown::Sample(shown), [first, ..]) = (self.shown, samples)
            && !samples.contains(&shown)
        {
            self.show_unasked(Shown::Sample(*first));
            self.chosen_sample = None;
        }
    }

    /// Begins to type values, with that of this feature, and shows them.
    pub(in crate::app) fn begin_to_type(&mut self, feature: usize) {
        self.shown_before = Some(self.shown);
        self.prediction.begin_with(feature);
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
