//! The training of `nnscope train`: at a pace or as fast as possible, until its end or a signal.

use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::log::Log;
use crate::session::Run;
use crate::session::stream::Status;
use crate::session::{Session, StepOutcome, Timeline};
use crate::signals::Ending;
use crate::trainer::Pace;

/// How often a paced run looks up from its waiting.
const NAP: Duration = Duration::from_millis(20);

/// Why training stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// At its end.
    Reached,
    Diverged,
    /// By this signal.
    Interrupted(i32),
}

/// A run that is trained, logged and perhaps saved.
pub(super) struct Training<W> {
    log: Log<W>,
    is_saved: bool,
    pace: Pace,
    ending: Ending,
    timeline: Timeline,
    first_epoch: u64,
    /// The time that was spent on steps.
    time: Duration,
}

impl<W: Write> Training<W> {
    pub(super) fn new(
        timeline: Timeline,
        pace: Pace,
        log: Log<W>,
        is_saved: bool,
        ending: Ending,
    ) -> Self {
        Self {
            first_epoch: timeline.session().position().epoch,
            log,
            is_saved,
            pace,
            ending,
            timeline,
            time: Duration::ZERO,
        }
    }

    pub(super) fn session(&self) -> &Session {
        self.timeline.session()
    }

    pub(super) fn ending(&self) -> &Ending {
        &self.ending
    }

    pub(super) fn epoch(&self) -> u64 {
        self.session().position().epoch
    }

    /// How many epochs were trained.
    pub(super) fn epochs(&self) -> u64 {
        self.epoch() - self.first_epoch
    }

    pub(super) fn time(&self) -> Duration {
        self.time
    }

    /// Trains to the end of the run, and logs. The session then has finite numbers only.
    pub(super) fn train(&mut self, run: &Run) -> Result<Stop> {
        let trained = self.train_and_log(run);
        if self.timeline.keep_finite() {
            trained
        } else {
            Ok(Stop::Diverged)
        }
    }

    fn train_and_log(&mut self, run: &Run) -> Result<Stop> {
        let begun = Instant::now();
        let mut last_logged = self.first_epoch;
        let mut stop = Stop::Reached;
        while stop == Stop::Reached && self.session().finish().is_none() && self.is_wanted() {
            let next_logged = self.log.next_after(last_logged);
            stop = self.advance(begun, next_logged);
            if stop == Stop::Reached && self.epoch() == next_logged {
                self.log.epoch(self.timeline.session())?;
                last_logged = next_logged;
            }
        }
        // It may have come during the check before training, or while the log was written.
        if let (Stop::Reached, Some(signal)) = (stop, self.ending.notice()) {
            stop = Stop::Interrupted(signal);
        }
        let status = match stop {
            Stop::Reached => Status::Finished,
            Stop::Diverged => Status::Diverged,
            Stop::Interrupted(_) => Status::Interrupted,
        };
        let session = self.timeline.session();
        self.log.end(status, last_logged, run, session)?;
        Ok(stop)
    }

    /// Whether anybody wants to know how it continues.
    fn is_wanted(&self) -> bool {
        self.log.is_read() || self.is_saved
    }

    /// Trains to the next epoch that is logged; at a pace, one epoch as soon as it is due.
    fn advance(&mut self, begun: Instant, next_logged: u64) -> Stop {
        let Pace::EpochsPerSecond(rate) = self.pace else {
            let last_epoch = self.session().config().last_epoch();
            return self.train_to(last_epoch.min(next_logged));
        };
        let due = Duration::from_secs_f64(self.epochs() as f64 / f64::from(rate));
        match self.wait_until(begun + due) {
            Some(signal) => Stop::Interrupted(signal),
            None => self.train_to(self.epoch() + 1),
        }
    }

    /// The hot loop: to this epoch, or to the end of the run if that comes first.
    fn train_to(&mut self, goal: u64) -> Stop {
        let begun = Instant::now();
        let mut stop = Stop::Reached;
        while self.epoch() < goal {
            match self.timeline.advance_towards(goal, |_, _| {}) {
                StepOutcome::EpochFinished { .. } if self.session().finish().is_some() => break,
                StepOutcome::WithinStep
                | StepOutcome::WithinEpoch
                | StepOutcome::Evaluating
                | StepOutcome::EpochFinished { .. } => {}
                StepOutcome::Diverged => {
                    stop = Stop::Diverged;
                    break;
                }
            }
            if let Some(signal) = self.ending.notice() {
                stop = Stop::Interrupted(signal);
                break;
            }
        }
        self.time += begun.elapsed();
        stop
    }

    /// Goes back to an epoch, or as far as the run has come, so that it can be saved. Returns the signal that
    /// came meanwhile, if any.
    pub(super) fn go_to(&mut self, epoch: u64) -> Result<Option<i32>> {
        self.timeline.seek(epoch)?;
        while !self.timeline.seek_on() {
            if let Some(signal) = self.ending.notice() {
                self.timeline.cancel_seek();
                return Ok(Some(signal));
            }
        }
        Ok(None)
    }

    /// Waits; returns the signal that came meanwhile, if any.
    fn wait_until(&self, due: Instant) -> Option<i32> {
        loop {
            if let Some(signal) = self.ending.notice() {
                return Some(signal);
            }
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            thread::sleep(left.min(NAP));
        }
    }
}
