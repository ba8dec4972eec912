//! A run that has ended a moment ago: a key that was meant to pause it does not start it again.

use std::mem;

use super::{App, TrainingState};
use crate::trainer::RunState;

impl App {
    /// Notes whether a report says that the run has come to its end by itself. It was in another state before.
    pub(super) fn note_end(&mut self, before: &TrainingState) {
        let after = &self.run.training.state;
        if before == after {
            return;
        }
        let was_training = matches!(before, TrainingState::Alive(state) if state.is_training());
        // A jump was asked to end where it ends.
        self.has_just_ended = was_training && *after == TrainingState::Alive(RunState::Finished);
    }

    /// Notes that the end has been there long enough to be seen. While the answer to the last key is in its place, it
    /// cannot be: a run that a key has started may be over before anything else is pressed.
    pub(super) fn note_settled(&mut self) {
        self.has_just_ended &= self.notice.is_some();
    }

    /// Notes that another run begins.
    pub(super) fn forget_end(&mut self) {
        self.has_just_ended = false;
    }

    /// Says that a key would start a run that has just ended; it is said once, and the next key does it.
    pub(super) fn warns_of_end(&mut self) -> bool {
        let warns = mem::take(&mut self.has_just_ended) && !self.run.training.is_running();
        if warns {
            self.notice = Some("the run has ended – space again continues it".to_owned());
        }
        warns
    }
}
