//! A sweep in the background.

use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender, TryRecvError};
use std::time::{Duration, Instant};

use super::{Findings, News, Plan, Summary, run};
use crate::threads::{Name, Worker, panic_text};

/// Messages come no closer than this.
const BETWEEN_MESSAGES: Duration = Duration::from_millis(100);

/// What a sweep in the background tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// How far it is, and what it has found out.
    Progress(Box<Progress>),
    /// It cannot go on, for this reason, and is gone.
    Failed(String),
}

/// How far a sweep is, and what it has found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// What it has found out.
    pub summary: Summary,
    /// How much of the work is done: from 0 to 1.
    pub done: f64,
    /// How long it has taken.
    pub elapsed: Duration,
    /// Whether this is the last message: all seeds are finished, or it was cancelled.
    pub is_over: bool,
}

/// The handle of a sweep in the background. Dropping it ends the sweep.
#[derive(Debug)]
pub struct Sweeper {
    is_cancelled: Arc<AtomicBool>,
    // Closed before the thread is joined: fields drop in this order.
    events: Receiver<Event>,
    _thread: Worker,
}

impl Sweeper {
    /// Starts a sweep on so many threads. It calls `wake` after each event that it has put into the channel.
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub fn spawn(
        plan: Plan,
        threads: NonZeroUsize,
        wake: impl Fn() + Send + 'static,
    ) -> io::Result<Self> {
        // One that waits, and one for the end.
        let (sender, events) = mpsc::sync_channel(1);
        let is_cancelled = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&is_cancelled);
        let thread = Worker::spawn(Name::Sweep, move || {
            let work = || sweep(&plan, threads, &heard, &sender, &wake);
            let failed = match panic::catch_unwind(AssertUnwindSafe(work)) {
                Ok(Ok(())) => return,
                Ok(Err(error)) => error.to_string(),
                Err(panic) => format!("a bug: {}", panic_text(&*panic)),
            };
            if sender.send(Event::Failed(failed)).is_ok() {
                wake();
            }
        })?;
        Ok(Self {
            is_cancelled,
            events,
            _thread: thread,
        })
    }

    /// Asks the sweep to end with what it has found out.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// The next event that is waiting.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] if there is none now, [`TryRecvError::Disconnected`] if there will be none.
    pub fn try_event(&self) -> Result<Event, TryRecvError> {
        self.events.try_recv()
    }
}

impl Drop for Sweeper {
    fn drop(&mut self) {
        self.cancel();
    }
}

fn sweep(
    plan: &Plan,
    threads: NonZeroUsize,
    is_cancelled: &AtomicBool,
    events: &SyncSender<Event>,
    wake: &impl Fn(),
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
        Event::Progress(Box::new(progress))
    };
    let mut last_message = begun;
    let mut last_done = 0.0;
    run(plan, threads, |News { finished, done }| {
        if let Some(seed_run) = finished {
            findings.add(&seed_run);
        }
        last_done = done;
        if last_message.elapsed() >= BETWEEN_MESSAGES {
            // A screen that has not taken the last one yet gets the next one.
            if events
                .try_send(progress(&mut findings, done, false))
                .is_ok()
            {
                wake();
            }
            last_message = Instant::now();
        }
        if is_cancelled.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    if events
        .send(progress(&mut findings, last_done, true))
        .is_ok()
    {
        wake();
    }
    Ok(())
}
