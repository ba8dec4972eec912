//! A run that has ended a moment ago: a key that was meant to pause it does not start it again.

use std::mem;

use super::{App, TrainingState};
use crate::trainer::RunState;

impl App {
    /// Notes whether a report says that the run has come to its end by itself. It was in another state before.
    pub(super) fn note_end(&mut self, before: &TrainingState) {
        let training = &self.run.training;
        let (TrainingState::Alive(before), TrainingState::Alive(after)) = (before, &training.state)
        else {
            return;
        };
        if before == after {
            return;
        }
        self.has_just_ended = match (before, after) {
            (before, RunState::Finished) => before.is_training(),
            (RunState::TrainingTo(seeking), RunState::Paused) => {
                training.position.epoch >= seeking.goal
            }
            _ => false,
        };
    }

    /// Notes that the end has been there long enough to be seen.
    pub(super) fn note_settled(&mut self) {
        self.has_just_ended = false;
    }

    /// Says that a key would start a run that has just ended; it is said once, and the next key does it.
    pub(super) fn warns_of_end(&mut self) -> bool {
        let warns = mem::take(&mut self.has_just_ended) && !self.run.training.is_running();
        if warns {
            self.notice = Some("it had just ended – space again trains on".to_owned());
        }
        warns
    }
}
