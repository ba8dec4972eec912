//! The curves of a loaded run from its start, which no file has: it is trained again beside the run, if that is soon done.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::Curves;
use crate::session::{Preparing, Retrace, Session, StepOutcome};

/// The most time that it may take. The chart of a run with a longer past begins where it was loaded.
const MOST: Duration = Duration::from_secs(3);

/// The time after which it is clear how long it will take.
const TRIAL: Duration = Duration::from_millis(100);

/// The most time that the start may take: commands wait for it.
const START: Duration = Duration::from_millis(5);

/// A past that is being trained again.
#[derive(Debug)]
pub(super) struct Retracing {
    retrace: Retrace,
    curves: Curves,
    spent: Duration,
}

impl Retracing {
    /// Begins with the past of a session, if there is one and it may be known soon.
    pub(super) fn of(session: &Session) -> Option<Self> {
        let begun = Instant::now();
        let hear = &mut |_: Preparing| {
            if begun.elapsed() < START {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        };
        let retrace = session.retrace(hear)?;
        let mut curves = Curves::default();
        curves.push(retrace.session());
        Some(Self {
            retrace,
            curves,
            spent: Duration::ZERO,
        })
    }

    /// Goes on for about this long. Breaks with the curves up to the session that it began with; or without, if that
    /// takes too long, or it arrives at other numbers: the run was trained on another processor.
    pub(super) fn go_on(&mut self, slice: Duration) -> ControlFlow<Option<Curves>> {
        let begun = Instant::now();
        loop {
            self.advance()?;
            if let Some(is_same) = self.retrace.has_arrived() {
                let curves = std::mem::take(&mut self.curves);
                return ControlFlow::Break(is_same.then_some(curves));
            }
            let elapsed = begun.elapsed();
            if elapsed >= slice {
                self.spent += elapsed;
                break;
            }
        }
        if self.spent > TRIAL && self.expected() > MOST {
            return ControlFlow::Break(None);
        }
        ControlFlow::Continue(())
    }

    fn advance(&mut self) -> ControlFlow<Option<Curves>> {
        let Self {
            retrace, curves, ..
        } = self;
        let whole = curves.next_whole(retrace.session().position().epoch);
        let outcome = retrace.advance_towards(whole, |epoch, loss| curves.push_loss(epoch, loss));
        match outcome {
            StepOutcome::EpochFinished { .. } => curves.push(retrace.session()),
            StepOutcome::Diverged => return ControlFlow::Break(None),
            StepOutcome::WithinStep | StepOutcome::WithinEpoch | StepOutcome::Evaluating => {}
        }
        ControlFlow::Continue(())
    }

    /// How long the whole way takes, as fast as it goes.
    fn expected(&self) -> Duration {
        let session = self.retrace.session();
        let steps = session.steps_per_epoch() as f64;
        let [done, all] = [session.position(), self.retrace.end()]
            .map(|position| position.epoch as f64 + position.step as f64 / steps);
        let expected = self.spent.as_secs_f64() * all / done;
        Duration::try_from_secs_f64(expected).unwrap_or(Duration::MAX)
    }
}

impl Curves {
    /// The curves up to the last whole epoch of a session: from the start of its run, if that can be trained again soon.
    #[must_use]
    pub fn up_to(session: &Session) -> Self {
        let past = Retracing::of(session).and_then(|mut past| {
            loop {
                if let ControlFlow::Break(curves) = past.go_on(TRIAL) {
                    return curves;
                }
            }
        });
        past.unwrap_or_else(|| {
            let mut curves = Self::default();
            curves.push(session);
            curves
        })
    }
}
