//! Assessing the parameters at which a run waits within an epoch, where that takes longer than the screen can.

use super::{Activity, Worker};
use crate::session::{Assessment, Assessor};

impl Worker {
    /// Whether the run waits at parameters that have not been assessed yet.
    pub(super) fn must_assess(&self) -> bool {
        let session = self.timeline.session();
        let waits = matches!(self.activity, Activity::Idle(_)) && session.position().step > 0;
        waits
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
