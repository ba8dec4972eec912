//! The loop on the worker thread: hear commands, train, tell.

use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TrySendError};
use std::time::{Duration, Instant};

use super::{Command, Event, EventSender, LossCurves, Pace, Progress, RunState, Start, StartState};
use crate::session::{Change, Finish, Session, StepOutcome};
use crate::threads::panic_text;

/// How long it trains before it looks at its commands and its clock.
const SLICE: Duration = Duration::from_millis(1);

/// Messages come no closer than this, so that up to 60 epochs/s each has one of its own.
const BETWEEN_MESSAGES: Duration = Duration::from_micros(16_600);

/// After a hold-up, epochs that were due longer ago than this are not made up for.
const MOST_BACKLOG: Duration = Duration::from_millis(100);

/// The time over which the speed is measured.
const SPEED_WINDOW: Duration = Duration::from_millis(250);

/// Trains until the other end of `commands` is dropped.
pub(super) fn run(
    session: Session,
    start: Start,
    commands: &Receiver<Command>,
    events: &EventSender,
    wake: &impl Fn(),
) {
    let work = || Worker::new(session, start).work(commands, events, wake);
    if let Err(panic) = panic::catch_unwind(AssertUnwindSafe(work)) {
        let _ = events.send(Event::Panicked(panic_text(&*panic)));
        // `wake` may be what panicked; the event is in the channel all the same.
        let _ = panic::catch_unwind(AssertUnwindSafe(wake));
    }
}

/// What the worker is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Activity {
    Idle(RunState),
    Run,
    /// To the end of the epoch, at any pace.
    FinishEpoch,
    /// One update, and if it is the last of an epoch, the evaluation after it.
    FinishStep,
}

struct Worker {
    session: Session,
    activity: Activity,
    pace: Pace,
    /// The epoch at which the run is finished.
    epochs: u64,
    /// Whether it was told to go on from where its loss had come down to the goal: then that is one no more.
    is_past_goal: bool,
    schedule: Schedule,
    speed: Speedometer,
    /// How many updates fill about a slice of time.
    updates_per_slice: u32,
    /// The losses that no message has carried yet.
    curves: LossCurves,
    /// Whether each message tells what the next step will do.
    looks_ahead: bool,
    /// Why the last change was not made, until that is told.
    refusal: Option<String>,
    /// Whether the screen lacks anything.
    untold: bool,
    last_message: Option<Instant>,
}

impl Worker {
    fn new(session: Session, start: Start) -> Self {
        let now = Instant::now();
        let mut curves = LossCurves::default();
        let epoch = session.position().epoch;
        curves.push(&session);
        let mut worker = Self {
            session,
            activity: Activity::Idle(RunState::Paused),
            pace: start.pace,
            epochs: start.epochs,
            is_past_goal: false,
            schedule: Schedule::from(now),
            speed: Speedometer::start(epoch, now),
            updates_per_slice: 1,
            curves,
            looks_ahead: false,
            refusal: None,
            untold: true,
            last_message: None,
        };
        if epoch >= start.epochs || worker.is_at_goal() {
            worker.activity = Activity::Idle(RunState::Finished);
        } else if start.state == StartState::Running {
            worker.run(now);
        }
        worker
    }

    fn work(mut self, commands: &Receiver<Command>, events: &EventSender, wake: &impl Fn()) {
        loop {
            match self.next_command(commands) {
                Ok(command) => {
                    self.obey(command);
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            match self.activity {
                Activity::Idle(_) => {}
                Activity::FinishEpoch | Activity::FinishStep => self.train_slice(1),
                Activity::Run => {
                    let first_epoch = self.session.position().epoch;
                    let due = self.schedule.epochs_due(self.pace, Instant::now());
                    self.train_slice(due);
                    self.schedule
                        .done(self.pace, self.session.position().epoch - first_epoch);
                }
            }
            self.tell(events, wake);
        }
    }

    /// Waits for a command for as long as there is nothing else to do.
    fn next_command(&self, commands: &Receiver<Command>) -> Result<Command, RecvTimeoutError> {
        let now = Instant::now();
        let until_message = self.untold.then(|| {
            self.last_message.map_or(Duration::ZERO, |last| {
                (last + BETWEEN_MESSAGES).saturating_duration_since(now)
            })
        });
        let until_work = match self.activity {
            Activity::Idle(_) => None,
            Activity::FinishEpoch | Activity::FinishStep => Some(Duration::ZERO),
            Activity::Run => Some(self.schedule.until_due(self.pace, now)),
        };
        match until_message.into_iter().chain(until_work).min() {
            Some(wait) => commands.recv_timeout(wait),
            None => commands.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    fn obey(&mut self, command: Command) {
        let now = Instant::now();
        match command {
            Command::SetPace(pace) => {
                self.pace = pace;
                self.set_off(now);
            }
            Command::Change(change) => self.change(&change),
            Command::LookAhead(looks_ahead) => self.looks_ahead = looks_ahead,
            Command::Checkpoint(reply) => {
                self.keep_finite();
                // Whoever asked may have given up waiting.
                let _ = reply.send(self.session.clone());
            }
            // A new run is what helps; but say so again.
            _ if matches!(self.activity, Activity::Idle(RunState::Diverged { .. })) => {}
            Command::Run => {
                self.go_on();
                self.run(now);
            }
            Command::Pause if matches!(self.activity, Activity::Idle(_)) => {}
            Command::Pause => self.activity = Activity::Idle(RunState::Paused),
            Command::StepEpoch => {
                self.go_on();
                self.activity = Activity::FinishEpoch;
            }
            Command::StepSample => {
                self.go_on();
                self.activity = Activity::FinishStep;
                self.update();
            }
        }
        self.untold = true;
        // What was asked for is told at once.
        self.last_message = None;
    }

    /// Whether the loss has come down to where the run was to end.
    fn is_at_goal(&self) -> bool {
        !self.is_past_goal && self.session.finish() == Some(Finish::Loss)
    }

    fn go_on(&mut self) {
        self.is_past_goal = self.session.finish() == Some(Finish::Loss);
    }

    fn change(&mut self, change: &Change) {
        self.keep_finite();
        match self.session.apply(change) {
            Ok(()) => {
                self.curves.replace(&self.session);
                if matches!(self.activity, Activity::Idle(RunState::Diverged { .. })) {
                    self.activity = Activity::Idle(RunState::Paused);
                }
            }
            Err(reason) => self.refusal = Some(reason.to_string()),
        }
    }

    fn run(&mut self, now: Instant) {
        self.activity = Activity::Run;
        self.set_off(now);
    }

    /// Lets pace and speed count from now.
    fn set_off(&mut self, now: Instant) {
        self.schedule = Schedule::from(now);
        self.speed = Speedometer::start(self.session.position().epoch, now);
    }

    /// Trains for up to a slice of time and up to so many epochs.
    fn train_slice(&mut self, epochs: u64) {
        let started = Instant::now();
        let last_epoch = self.session.position().epoch.saturating_add(epochs);
        while self.session.position().epoch < last_epoch {
            let chunk_started = Instant::now();
            for _ in 0..self.updates_per_slice {
                let outcome = self.update();
                if matches!(self.activity, Activity::Idle(_))
                    || self.session.position().epoch == last_epoch
                {
                    return;
                }
                if outcome == StepOutcome::Evaluating {
                    // A piece of it may take as long as many updates.
                    break;
                }
            }
            if !self.session.is_evaluating() {
                self.adapt(chunk_started.elapsed());
            }
            if started.elapsed() >= SLICE {
                return;
            }
        }
    }

    /// Looks at the clock about once in half a slice, however long an update takes.
    fn adapt(&mut self, chunk: Duration) {
        self.updates_per_slice = if chunk < SLICE / 2 {
            self.updates_per_slice.saturating_mul(2)
        } else {
            (self.updates_per_slice / 2).max(1)
        };
    }

    /// One update, and what follows from it.
    #[inline]
    fn update(&mut self) -> StepOutcome {
        self.untold = true;
        let outcome = self.session.step();
        match outcome {
            StepOutcome::WithinEpoch => {
                if self.activity == Activity::FinishStep {
                    self.activity = Activity::Idle(RunState::Paused);
                }
            }
            StepOutcome::Evaluating => {}
            StepOutcome::EpochFinished { .. } => {
                let epoch = self.session.position().epoch;
                self.curves.push(&self.session);
                if epoch == self.epochs || self.is_at_goal() {
                    self.activity = Activity::Idle(RunState::Finished);
                } else if self.activity != Activity::Run {
                    self.activity = Activity::Idle(RunState::Paused);
                }
            }
            StepOutcome::Diverged => {
                let epoch = self.session.position().epoch + 1;
                self.activity = Activity::Idle(RunState::Diverged { epoch });
            }
        }
        outcome
    }

    /// Nothing that is not finite leaves the thread, in the middle of an epoch either.
    fn keep_finite(&mut self) {
        if !self.session.keep_finite() {
            let epoch = self.session.position().epoch + 1;
            self.activity = Activity::Idle(RunState::Diverged { epoch });
        }
    }

    /// Tells the newest state, if there is news, it is time, and the channel has room; else the news stay and
    /// the next message has them too.
    fn tell(&mut self, events: &EventSender, wake: &impl Fn()) {
        let now = Instant::now();
        let too_soon = self
            .last_message
            .is_some_and(|last| now < last + BETWEEN_MESSAGES);
        if !self.untold || (too_soon && !matches!(self.activity, Activity::Idle(_))) {
            return;
        }
        self.last_message = Some(now);
        if let Some(reason) = self.refusal.take() {
            match events.try_send(Event::Refused(reason)) {
                Ok(()) => wake(),
                Err(TrySendError::Full(Event::Refused(reason))) => self.refusal = Some(reason),
                Err(_) => {}
            }
        }
        self.keep_finite();
        let epoch = self.session.position().epoch;
        let (state, epochs_per_second) = match self.activity {
            Activity::Idle(state) => (state, 0.0),
            _ => (RunState::Running, self.speed.measure(epoch, now)),
        };
        let curves = mem::take(&mut self.curves);
        let next_step = self.looks_ahead.then(|| self.session.next_step()).flatten();
        let progress = Progress {
            epochs_per_second,
            next_step: next_step.map(Box::new),
            ..Progress::of(&self.session, state, curves)
        };
        match events.try_send(Event::Progress(Box::new(progress))) {
            Ok(()) => {
                self.untold = false;
                wake();
            }
            Err(TrySendError::Full(Event::Progress(unsent))) => self.curves = unsent.curves,
            // The other end is gone; so the channel of the commands is closed too.
            Err(_) => {}
        }
    }
}

/// When the next epoch is due.
#[derive(Debug, Clone, Copy)]
struct Schedule {
    next_epoch: Instant,
}

impl Schedule {
    /// The first epoch is due at once.
    fn from(now: Instant) -> Self {
        Self { next_epoch: now }
    }

    fn until_due(self, pace: Pace, now: Instant) -> Duration {
        match pace {
            Pace::EpochsPerSecond(_) => self.next_epoch.saturating_duration_since(now),
            Pace::Max => Duration::ZERO,
        }
    }

    fn epochs_due(&mut self, pace: Pace, now: Instant) -> u64 {
        let Pace::EpochsPerSecond(rate) = pace else {
            return u64::MAX;
        };
        if let Some(earliest) = now.checked_sub(MOST_BACKLOG) {
            self.next_epoch = self.next_epoch.max(earliest);
        }
        let Some(late) = now.checked_duration_since(self.next_epoch) else {
            return 0;
        };
        1 + late.as_secs() * u64::from(rate)
            + u64::from(late.subsec_nanos()) * u64::from(rate) / 1_000_000_000
    }

    fn done(&mut self, pace: Pace, epochs: u64) {
        if let Pace::EpochsPerSecond(rate) = pace {
            self.next_epoch += Duration::from_nanos(epochs * 1_000_000_000 / u64::from(rate));
        }
    }
}

/// Measures epochs a second.
#[derive(Debug, Clone, Copy)]
struct Speedometer {
    since: Instant,
    epoch: u64,
    epochs_per_second: f64,
}

impl Speedometer {
    fn start(epoch: u64, now: Instant) -> Self {
        Self {
            since: now,
            epoch,
            epochs_per_second: 0.0,
        }
    }

    fn measure(&mut self, epoch: u64, now: Instant) -> f64 {
        let elapsed = now.duration_since(self.since);
        if elapsed >= SPEED_WINDOW && epoch > self.epoch {
            let epochs_per_second = (epoch - self.epoch) as f64 / elapsed.as_secs_f64();
            *self = Self {
                since: now,
                epoch,
                epochs_per_second,
            };
        }
        self.epochs_per_second
    }
}
