//! Taking any sample, also typed values, through the forward pass of the step's network.

use std::mem;

use super::{Edges, Probe, TracedStep};
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
        if self.backprop.probe.take().is_some() {
            self.follow(|shown| Followed::InBatch(shown.index_in_batch));
        }
    }

    /// Follows the typed values, if they are valid.
    pub(in crate::app) fn probe_typed(&mut self) {
        if let Some(raw) = self.prediction.values() {
            let probe = Probe::Typed(raw);
            // The step may not be there yet.
            self.backprop.probe = Some(probe.clone());
            self.follow(|_| Followed::Outside(probe));
        }
    }

    /// Follows the sample that was chosen elsewhere, if the step trains on it; if not, returns its name, and whose step it
    /// is. The first sample may be shown though nobody has chosen it.
    fn follow_chosen(&mut self) -> Option<[String; 2]> {
        let (Shown::Sample(chosen @ 1..), Some(shown)) = (self.shown, &self.backprop.shown) else {
            return None;
        };
        let dataset = self.dataset();
        let texts = [dataset.sample_name(chosen), shown.whose(dataset)];
        let mut samples = shown.step.samples.iter();
        let index = samples.position(|sample| *sample == chosen);
        match index {
            Some(index) => self.follow(|_| Followed::InBatch(index)),
            None => return Some(texts),
        }
        None
    }

    fn follow(&mut self, followed: impl FnOnce(&TracedStep) -> Followed) {
        let Self { run, backprop, .. } = self;
        let Some(shown) = &mut backprop.shown else {
            return;
        };
        match followed(shown) {
            Followed::InBatch(index) => shown.follow(index, &run.config, &run.dataset),
            Followed::Outside(probe) => shown.probe(probe, &run.config, &run.dataset),
        }
        backprop.probe.clone_from(&shown.probe);
    }
}

/// What a step follows.
enum Followed {
    /// The sample with this index in the batch.
    InBatch(usize),
    /// Something else.
    Outside(Probe),
}

impl App {
    /// Once the view has come to a step of a run that is paused: shows the sample that was chosen elsewhere there, or says
    /// how it can be seen.
    pub(in crate::app) fn come_to_step(&mut self) {
        let RunView {
            backprop, training, ..
        } = &mut self.run;
        let is_there = self.view == View::Backprop && backprop.shown.is_some();
        if !is_there || !mem::take(&mut backprop.is_opening) || training.is_running() {
            return;
        }
        let key = self.offered_key(Action::TurnSampleOfBatch(Turn::Forward));
        if let (Some([chosen, step]), Some(key)) = (self.run.follow_chosen(), key) {
            self.notice = Some(format!("next step: {step} – {key} follows {chosen}"));
        }
    }

    /// Follows the next or previous sample, around the ends: first those of the batch, then all others, then the typed
    /// values.
    pub(in crate::app) fn turn_sample_of_batch(&mut self, turn: Turn) {
        let (samples, typed) = (self.run.dataset().len(), self.run.prediction.values());
        if let Some(shown) = &self.run.backprop.shown {
            let batch = shown.batch_size();
            let others = (0..samples).filter(|sample| !shown.step.samples.contains(sample));
            let mut others: Vec<usize> = others.collect();
            // What was chosen elsewhere comes first.
            let chosen = others
                .iter()
                .position(|other| *other == self.run.last_sample);
            others.rotate_left(chosen.unwrap_or_default());
            let all = batch + others.len() + usize::from(typed.is_some());
            let at = match &shown.probe {
                None => shown.index_in_batch,
                Some(Probe::Sample(sample)) => {
                    let other = others.iter().position(|other| other == sample);
                    batch + other.unwrap_or_default()
                }
                Some(Probe::Typed(_)) => batch + others.len(),
            };
            let followed = match turn.around(at, all) {
                next if next < batch => Followed::InBatch(next),
                next => Followed::Outside(match others.get(next - batch) {
                    Some(&other) => Probe::Sample(other),
                    None => Probe::Typed(typed.unwrap_or_default()),
                }),
            };
            if let Followed::Outside(_) = followed {
                // It has the parameters of the next step, not those before the one that was made.
                self.run.backprop.leave_step();
            }
            self.run.follow(|_| followed);
        }
    }
}
