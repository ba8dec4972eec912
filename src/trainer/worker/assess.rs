//! What is still to be found out while a run waits: the evaluation of an epoch whose updates are all made, and an
//! assessment of the parameters within an epoch, where that takes longer than the screen can wait.

use super::{Activity, Worker};
use crate::session::{Assessment, Assessor};
use crate::trainer::RunState;

impl Worker {
    /// Whether the run was paused while an epoch was being evaluated: the evaluation goes on, so that the run waits
    /// between two epochs, where there is a loss and a next step.
    pub(super) fn must_evaluate(&self) -> bool {
        let is_paused = self.activity == Activity::Idle(RunState::Paused);
        is_paused && self.resting.is_none() && self.timeline.session().is_evaluating()
    }

    /// Whether the run waits at parameters that have not been assessed yet.
    pub(super) fn must_assess(&self) -> bool {
        let session = self.timeline.session();
        let waits = matches!(self.activity, Activity::Idle(_)) && session.position().step > 0;
        waits
            && !self.must_evaluate()
            && !Assessment::is_cheap(session.network(), session.data())
            && self.assessment().is_none()
    }

    /// Assesses a few more samples, if the run waits for that.
    pub(super) fn assess(&mut self) {
        if !self.must_assess() {
            return;
        }
        let session = self.timeline.session();
        let begun = self.assessor.take().filter(|begun| begun.is_of(session));
        let mut assessor = begun.unwrap_or_else(|| Assessor::new(session));
        assessor.advance(session);
        self.has_news |= assessor.done().is_some();
        self.assessor = Some(assessor);
    }

    /// The assessment of the present parameters, if the run waits and it is made.
    pub(super) fn assessment(&self) -> Option<Assessment> {
        let assessor = self.assessor.as_ref()?;
        let waits = matches!(self.activity, Activity::Idle(_));
        let done = assessor.done().filter(|_| waits)?;
        assessor
            .is_of(self.timeline.session())
            .then(|| done.clone())
    }
}
