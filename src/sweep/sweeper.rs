//! A sweep in the background.

use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::{Duration, Instant};

use super::{Findings, News, Plan, Summary, run};
use crate::threads::{Job, Name, Outbox};

/// The least time between two messages.
const BETWEEN_MESSAGES: Duration = Duration::from_millis(100);

/// An event of a sweep in the background.
#[derive(Debug, Clone, PartialEq)]
pub enum SweepEvent {
    /// How far the sweep is, and its results so far.
    Progress(Box<Progress>),
    /// The sweep failed, for this reason, and has ended.
    Failed(String),
}

/// How far a sweep is, and its results so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// The results so far.
    pub summary: Summary,
    /// How much of the work is done, from 0 to 1.
    pub done: f64,
    /// The time since the start.
    pub elapsed: Duration,
    /// Whether this is the last message: all seeds have finished, or the sweep was cancelled.
    pub is_over: bool,
}

/// The handle of a sweep in the background. Dropping it ends the sweep.
#[derive(Debug)]
pub struct Sweeper(Job<Cancel, SweepEvent>);

/// Asks a sweep to stop and report its results.
#[derive(Debug, Clone, Copy)]
struct Cancel;

impl Sweeper {
    /// Starts a sweep on this many threads. It calls `wake` after each event that it has put into the channel.
    ///
    /// # Errors
    ///
    /// If the system cannot start a thread.
    pub fn spawn(
        plan: Plan,
        threads: NonZeroUsize,
        wake: impl Fn() + Send + 'static,
    ) -> io::Result<Self> {
        let panicked = |text| SweepEvent::Failed(format!("internal error: {text}"));
        let work = move |commands: &_, events: &Outbox<_>| {
            if let Err(error) = sweep(&plan, threads, commands, events) {
                events.send(SweepEvent::Failed(error.to_string()));
            }
        };
        // At most one event waits in the channel; only the last one waits for room.
        Job::spawn(Name::Sweep, 1, wake, panicked, work).map(Self)
    }

    /// Asks the sweep to stop and report its results.
    pub fn cancel(&self) {
        self.0.send(Cancel);
    }

    /// Returns the next waiting event.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] if there is none yet, [`TryRecvError::Disconnected`] if there will be none.
    pub fn try_event(&self) -> Result<SweepEvent, TryRecvError> {
        self.0.try_event()
    }
}

fn sweep(
    plan: &Plan,
    threads: NonZeroUsize,
    commands: &Receiver<Cancel>,
    events: &Outbox<SweepEvent>,
) -> io::Result<()> {
    let begun = Instant::now();
    let mut findings = Findings::new(plan);
    let progress = |findings: &mut Findings, done, is_over| {
        let progress = Progress {
            summary: findings.summary(),
            done,
            elapsed: begun.elapsed(),
            is_over,
        };
        SweepEvent::Progress(Box::new(progress))
    };
    let mut last_message = begun;
    let mut last_done = 0.0;
    run(plan, threads, |News { finished, done }| {
        if let Some(seed_run) = finished {
            findings.add(&seed_run);
        }
        last_done = done;
        if last_message.elapsed() >= BETWEEN_MESSAGES {
            // If the screen has not taken the last one yet, it will get a later one.
            let _ = events.try_send(progress(&mut findings, done, false));
            last_message = Instant::now();
        }
        match commands.try_recv() {
            Err(TryRecvError::Empty) => ControlFlow::Continue(()),
            Ok(Cancel) | Err(TryRecvError::Disconnected) => ControlFlow::Break(()),
        }
    })?;
    events.send(progress(&mut findings, last_done, true));
    Ok(())
}
