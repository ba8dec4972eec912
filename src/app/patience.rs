//! How long the answer to a key is shown: it gives way to what matters more, and ends after a few seconds of training.
//!
//! The reports of the trainer are the clock: while nothing trains, nothing is reported, and a notice stays.

use std::mem::{Discriminant, discriminant};

use super::{App, Observation, TrainingState};
use crate::trainer::RunState;

/// How long a notice is shown while the run trains, in seconds.
const LONGEST: f64 = 5.0;

/// The end of a run says little: before that, a notice stays in its place.
const SHORTEST: f64 = 1.0;

/// The most reports in a second.
const REPORTS_PER_SECOND: f64 = 30.0;

/// How long a notice has been shown, and what was worth saying about the run then.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Patience {
    seconds: f64,
    known: Option<Discriminant<Observation>>,
}

impl App {
    /// Takes the notice away, after a report, if something that matters more stands in its place or it has been there
    /// long enough.
    pub(super) fn age_notice(&mut self, before: &TrainingState) {
        if self.notice.is_none() {
            return;
        }
        let was_training = matches!(before, TrainingState::Alive(state) if state.is_training());
        let TrainingState::Alive(state) = self.run.training.state else {
            return;
        };
        let seconds = self.patience.seconds;
        let gives_way = match state {
            _ if !was_training => false,
            RunState::Diverged { .. } => true,
            RunState::Finished => seconds >= SHORTEST || Observation::of(&self.run).matters(),
            _ if state.is_training() => seconds >= LONGEST || self.has_new_observation(),
            _ => false,
        };
        if gives_way {
            self.notice = None;
        }
        if state.is_training() {
            let rate = self.run.training.epochs_per_second;
            // A run that goes slowly is reported epoch by epoch.
            let rate = if rate > 0.0 { rate } else { REPORTS_PER_SECOND };
            self.patience.seconds += 1.0 / rate.clamp(1.0, REPORTS_PER_SECOND);
        }
    }

    /// Whether something of another kind is worth saying than when the notice came.
    fn has_new_observation(&mut self) -> bool {
        let observation = Observation::of(&self.run);
        let kind = discriminant(&observation);
        let known = *self.patience.known.get_or_insert(kind);
        observation.matters() && kind != known
    }
}
