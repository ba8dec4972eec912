//! Steps of large networks and batches, which are taken in parts: looked at before they are made, and timed.

use std::time::Instant;

use super::{Activity, Worker};
use crate::session::StepOutcome;

impl Worker {
    /// Whether the next step is reported: while a run trains, only one that takes no time.
    pub(super) fn reports_next_step(&self) -> bool {
        let waits = matches!(self.activity, Activity::Idle(_));
        self.looks_ahead && (waits || !self.timeline.session().is_divided())
    }

    /// Whether the gradient of a large step has to be computed before the step can be reported.
    pub(super) fn must_prepare(&self) -> bool {
        let session = self.timeline.session();
        let is_open = session.is_divided() && !session.is_prepared() && !session.is_evaluating();
        self.reports_next_step() && is_open
    }

    /// Computes a part of the gradient of a step that is looked at while the run waits.
    pub(super) fn look_ahead(&mut self) {
        if self.must_prepare() {
            self.has_news |= self.timeline.prepare_step();
        }
    }

    /// Notes how long a step takes. What has been done is news, except for a part of a step.
    #[inline]
    pub(super) fn note_step(&mut self, outcome: StepOutcome) {
        if outcome == StepOutcome::WithinStep {
            self.has_news |= self.step_clock.within(Instant::now());
        } else {
            self.has_news = true;
            if self.timeline.session().is_divided() {
                self.step_clock.end(Instant::now());
            }
        }
    }
}
