//! Taking any sample, also typed values, through the forward pass of the step's network.

use std::mem;

use super::{Edges, Followed, Probe, TracedStep};
use crate::app::dismiss::Open;
use crate::app::keymap::Action;
use crate::app::turn::Turn;
use crate::app::{App, RunView, Shown, View};

impl RunView {
    /// Whether something is followed that is not in the step's batch.
    #[must_use]
    pub fn is_probing(&self) -> bool {
        self.backprop.probe.is_some()
    }

    /// Who is followed, and whose step it is, if these are two.
    pub(in crate::app) fn followed_beside_step(&self) -> Option<[String; 2]> {
        let shown = self.backprop.shown.as_ref()?;
        shown.probe.as_ref()?;
        Some([shown.followed_name(self), shown.whose(self.dataset())])
    }

    /// The numbers that label the edges: gradients only with a sample of the step, whose they are.
    #[must_use]
    pub fn labelled_with(&self) -> Edges {
        if self.is_probing() {
            return Edges::Weights;
        }
        self.backprop.edges
    }

    /// Why there are no gradients of what is followed; `None` if there are.
    pub(in crate::app) fn lacks_gradients(&self) -> Option<String> {
        let probe = self.backprop.probe.as_ref()?;
        let name = self.backprop.shown.as_ref()?.followed_name(self);
        let why = probe.why_untrained(self.dataset());
        Some(format!("no gradients for {name}, {why} – Esc goes back"))
    }

    /// Follows a sample of the batch again.
    pub(in crate::app) fn leave_probe(&mut self) {
        self.backprop.coming = None;
        match &self.backprop.shown {
            Some(shown) if shown.probe.is_some() => {
                let index = shown.index_in_batch;
                self.follow(Followed::InBatch(index));
            }
            _ => self.backprop.probe = None,
        }
    }

    /// Follows the typed values, if they are valid.
    pub(in crate::app) fn probe_typed(&mut self) {
        if let Some(raw) = self.prediction.values() {
            let probe = Probe::Typed(raw);
            // The step may not be there yet.
            self.backprop.probe = Some(probe.clone());
            self.follow(Followed::Outside(probe));
        }
    }

    /// Follows the sample that was chosen elsewhere, once: then a person may have gone on to the step itself. Returns who is
    /// followed and whose step it is, if these are two.
    fn follow_chosen(&mut self) -> Option<[String; 2]> {
        let (Shown::Sample(_), Some(chosen)) = (self.shown, self.chosen_sample.take()) else {
            return None;
        };
        let is_in = |shown: &TracedStep| shown.step.samples.contains(&chosen);
        if !self.backprop.shown.as_deref().is_some_and(is_in) {
            // It has the parameters of the next step, not those before the one that was made.
            self.backprop.leave_step();
        }
        if let Some(shown) = &self.backprop.shown {
            let mut samples = shown.step.samples.iter();
            let index = samples.position(|sample| *sample == chosen);
            let outside = Followed::Outside(Probe::Sample(chosen));
            self.follow(index.map_or(outside, Followed::InBatch));
        }
        self.followed_beside_step()
    }

    /// Follows something else in the shown step: at once, or as soon as a job has computed its passes.
    fn follow(&mut self, followed: Followed) {
        let Some(shown) = &self.backprop.shown else {
            return;
        };
        let passes = followed.passes(&shown.step, self.dataset());
        let trace = self.trace(&shown.network, passes);
        let Self { backprop, .. } = self;
        match (trace, &mut backprop.shown) {
            (Some(trace), Some(shown)) => {
                shown.follow(followed, trace);
                backprop.probe.clone_from(&shown.probe);
                backprop.coming = None;
            }
            _ => backprop.coming = Some(followed),
        }
    }

    /// Follows what its passes were not known of; asks for them again if they still are not.
    pub(in crate::app) fn follow_coming(&mut self) {
        if let Some(followed) = self.backprop.coming.take() {
            self.follow(followed);
        }
    }
}

/// All samples but those of a batch, in order, from one of them on and around the end. Of a million there is no list.
struct Others {
    is_in_batch: Vec<bool>,
    len: usize,
    /// How many are before the first one.
    first: usize,
}

impl Others {
    /// Those of this many samples, from this one on; if it is in the batch, from the first one on.
    fn of(batch: &[usize], samples: usize, first: usize) -> Self {
        let mut is_in_batch = vec![false; samples];
        batch.iter().for_each(|sample| is_in_batch[*sample] = true);
        let mut others = Self {
            is_in_batch,
            len: samples - batch.len(),
            first: 0,
        };
        others.first = others.index_of(first).unwrap_or_default();
        others
    }

    /// Which of them a sample is; `None` if it is in the batch.
    fn index_of(&self, sample: usize) -> Option<usize> {
        let is_other = !self.is_in_batch.get(sample)?;
        let before = self.is_in_batch[..sample].iter().filter(|is_in| !**is_in);
        is_other.then(|| (before.count() + self.len - self.first) % self.len)
    }

    /// The sample with this index among them.
    fn get(&self, index: usize) -> Option<usize> {
        let samples = self.is_in_batch.iter().enumerate();
        let mut others = samples.filter(|(_, is_in)| !**is_in);
        let other = (index < self.len).then(|| (self.first + index) % self.len)?;
        others.nth(other).map(|(sample, _)| sample)
    }
}

impl App {
    /// Once the view has come to a step of a run that is paused: shows the sample that was chosen elsewhere there, and says
    /// whose step it is.
    pub(in crate::app) fn come_to_step(&mut self) {
        let RunView {
            backprop, training, ..
        } = &mut self.run;
        let is_there = self.view == View::Backprop && backprop.shown.is_some();
        if !is_there || !mem::take(&mut backprop.is_opening) || training.is_running() {
            return;
        }
        if let Some([_, step]) = self.run.follow_chosen()
            && let Some(key) = self.offered_key(Action::Dismiss)
        {
            self.notice = Some(format!("next step: {step} – {key} shows it"));
        }
    }

    /// Returns the key that shows the step again instead of what is not in it, and whose step that is.
    #[must_use]
    pub fn way_to_step(&self) -> Option<String> {
        let [_, whose] = self.run.followed_beside_step()?;
        let shown = self.run.backprop.shown.as_ref()?;
        // A zoom is left first.
        let action = match self.open_thing() {
            Some(Open::Probe) => Action::Dismiss,
            _ => Action::NextStage,
        };
        let step = match shown.batch_size() {
            1 => format!("shows {whose}'s step"),
            _ => format!("shows the step of a {whose}"),
        };
        self.key_saying(&[action], &step)
    }

    /// Follows the next or previous sample, around the ends: first those of the batch, then all others, then the typed
    /// values.
    pub(in crate::app) fn turn_sample_of_batch(&mut self, turn: Turn) {
        let (samples, typed) = (self.run.dataset().len(), self.run.prediction.values());
        if let Some(shown) = &self.run.backprop.shown {
            let batch = shown.batch_size();
            // What was chosen elsewhere comes first.
            let others = Others::of(&shown.step.samples, samples, self.run.last_sample);
            let all = batch + others.len + usize::from(typed.is_some());
            let at = match self.run.backprop.followed() {
                Followed::InBatch(index) => index,
                Followed::Outside(Probe::Sample(sample)) => {
                    batch + others.index_of(sample).unwrap_or_default()
                }
                Followed::Outside(Probe::Typed(_)) => batch + others.len,
            };
            let followed = match turn.around(at, all) {
                next if next < batch => Followed::InBatch(next),
                next => Followed::Outside(match others.get(next - batch) {
                    Some(other) => Probe::Sample(other),
                    None => Probe::Typed(typed.unwrap_or_default()),
                }),
            };
            if let Followed::Outside(_) = followed {
                // It has the parameters of the next step, not those before the one that was made.
                self.run.backprop.leave_step();
            }
            self.run.follow(followed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_others_are_those_that_are_not_in_the_batch_from_the_chosen_one_on() {
        for (batch, chosen, expected) in [
            (vec![3, 0], 4, vec![4, 5, 1, 2]),
            (vec![3, 0], 3, vec![1, 2, 4, 5]),
            (vec![], 0, vec![0, 1, 2, 3, 4, 5]),
            (vec![5, 4, 3, 2, 1, 0], 2, vec![]),
        ] {
            let others = Others::of(&batch, 6, chosen);
            let all: Vec<usize> = (0..7).map_while(|index| others.get(index)).collect();
            assert_eq!(all, expected);
            for sample in 0..6 {
                let index = expected.iter().position(|other| *other == sample);
                assert_eq!(others.index_of(sample), index);
            }
        }
    }
}
