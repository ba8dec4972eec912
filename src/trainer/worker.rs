//! The loop on the worker thread: hear commands, train, tell.

mod seek;
mod tell;

use std::mem;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::schedule::{Schedule, Speedometer};
use super::{
    Command, DepartedRun, Destination, Event, LossCurves, Origin, Pace, RunState, Start, StartState,
};
use crate::session::{Change, Finish, Past, Run, StepOutcome, Timeline};
use crate::threads::Outbox;

/// How long it trains before it looks at its commands and its clock.
const SLICE: Duration = Duration::from_millis(1);

/// Messages come no closer than this, so that up to 60 epochs/s each has one of its own.
const BETWEEN_MESSAGES: Duration = Duration::from_micros(16_600);

/// Trains until the other end of `commands` is dropped.
pub(super) fn run(
    origin: Origin,
    start: Start,
    commands: &Receiver<Command>,
    events: &Outbox<Event>,
) {
    match origin.timeline() {
        Ok((run, timeline)) => Worker::new(run, timeline, start).work(commands, events),
        Err(reason) => events.send(Event::NotBegun(reason.to_string())),
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
    /// To another epoch, since then.
    Seek(Instant),
}

struct Worker {
    /// The run as it is configured where it stands.
    run: Arc<Run>,
    timeline: Timeline,
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
    /// What was asked while a seek is under way.
    waiting: Vec<Command>,
    /// The losses that no message has carried yet.
    curves: LossCurves,
    /// The last epoch of which a message has carried the loss, or will.
    newest_loss: u64,
    /// The futures that were given up, until that is told.
    departed: Vec<DepartedRun>,
    /// Whether each message tells what the next step will do.
    looks_ahead: bool,
    /// Why the last change or seek was not made, until that is told.
    refusal: Option<Event>,
    /// Whether the screen lacks anything.
    untold: bool,
    last_message: Option<Instant>,
}

impl Worker {
    fn new(run: Arc<Run>, timeline: Timeline, start: Start) -> Self {
        let now = Instant::now();
        let epoch = timeline.session().position().epoch;
        let mut worker = Self {
            activity: Activity::Idle(RunState::Paused),
            pace: start.pace,
            epochs: timeline.session().config().last_epoch(),
            is_past_goal: false,
            schedule: Schedule::from(now),
            speed: Speedometer::start(epoch, now),
            updates_per_slice: 1,
            waiting: Vec::new(),
            curves: LossCurves::default(),
            newest_loss: timeline.farthest().position.epoch,
            departed: Vec::new(),
            looks_ahead: start.looks_ahead,
            refusal: None,
            untold: true,
            last_message: None,
            run,
            timeline,
        };
        if worker.timeline.is_behind() {
            // It was left, and the screen knows its losses.
            worker.seek(Destination::Newest, now);
            return worker;
        }
        worker.curves.push(worker.timeline.session());
        if epoch >= worker.epochs || worker.is_at_goal() {
            worker.activity = Activity::Idle(RunState::Finished);
        } else if start.state == StartState::Running {
            worker.run(now);
        }
        worker
    }

    fn work(mut self, commands: &Receiver<Command>, events: &Outbox<Event>) {
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
                Activity::Seek(_) => self.seek_slice(),
                Activity::FinishEpoch | Activity::FinishStep => self.train_slice(1),
                Activity::Run => {
                    let first_epoch = self.epoch();
                    let due = self.schedule.epochs_due(self.pace, Instant::now());
                    self.train_slice(due);
                    self.schedule.done(self.pace, self.epoch() - first_epoch);
                }
            }
            self.tell(events);
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
            Activity::FinishEpoch | Activity::FinishStep | Activity::Seek(_) => {
                Some(Duration::ZERO)
            }
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
            Command::LookAhead(looks_ahead) => self.looks_ahead = looks_ahead,
            Command::Checkpoint(reply) => {
                self.keep_finite();
                // Whoever asked may have given up waiting.
                let _ = reply.send(self.timeline.session().clone());
            }
            Command::Leave(reply) => {
                // The run may go on after all.
                let _ = reply.send(self.departed(self.timeline.past(), self.curves.clone()));
            }
            Command::CancelSeek => self.cancel_seek(),
            Command::Seek(destination) if self.waiting.is_empty() => self.seek(destination, now),
            // In the order in which it was asked.
            _ if matches!(self.activity, Activity::Seek(_)) => self.waiting.push(command),
            Command::Seek(destination) => self.seek(destination, now),
            Command::Change(change) => self.change(&change),
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
        !self.is_past_goal && self.timeline.session().finish() == Some(Finish::Loss)
    }

    fn go_on(&mut self) {
        self.is_past_goal = self.timeline.session().finish() == Some(Finish::Loss);
    }

    fn change(&mut self, change: &Change) {
        match self.timeline.change(change) {
            Ok(past) => {
                self.note_config();
                if let Some(past) = past {
                    let curves = mem::take(&mut self.curves);
                    self.departed.push(self.departed(past, curves));
                    // Nobody wants more of them.
                    let surplus = self.departed.len().saturating_sub(Past::MOST);
                    self.departed.drain(..surplus);
                }
                self.curves.replace(self.timeline.session());
                self.newest_loss = self.epoch();
                if matches!(self.activity, Activity::Idle(RunState::Diverged { .. })) {
                    self.activity = Activity::Idle(RunState::Paused);
                }
            }
            Err(reason) => self.refusal = Some(Event::Refused(*change, reason.to_string())),
        }
    }

    /// After a change, or at another epoch, the run may be configured otherwise.
    fn note_config(&mut self) {
        let config = self.timeline.session().config();
        if config != self.run.config {
            Arc::make_mut(&mut self.run).config = config;
        }
    }

    fn epoch(&self) -> u64 {
        self.timeline.session().position().epoch
    }

    fn run(&mut self, now: Instant) {
        self.activity = Activity::Run;
        self.set_off(now);
    }

    /// Lets pace and speed count from now.
    fn set_off(&mut self, now: Instant) {
        self.schedule = Schedule::from(now);
        self.speed = Speedometer::start(self.epoch(), now);
    }

    /// Trains for up to a slice of time and up to so many epochs.
    fn train_slice(&mut self, epochs: u64) {
        let started = Instant::now();
        let last_epoch = self.epoch().saturating_add(epochs);
        while self.epoch() < last_epoch {
            let chunk_started = Instant::now();
            for _ in 0..self.updates_per_slice {
                let outcome = self.update();
                if matches!(self.activity, Activity::Idle(_)) || self.epoch() == last_epoch {
                    return;
                }
                if outcome == StepOutcome::Evaluating {
                    // A piece of it may take as long as many updates.
                    break;
                }
            }
            if !self.timeline.session().is_evaluating() {
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
        let outcome = self.timeline.step();
        match outcome {
            StepOutcome::WithinEpoch => {
                if self.activity == Activity::FinishStep {
                    self.activity = Activity::Idle(RunState::Paused);
                }
            }
            StepOutcome::Evaluating => {}
            StepOutcome::EpochFinished { .. } => {
                let epoch = self.epoch();
                // Where it has been before, the screen knows it.
                if epoch > self.newest_loss {
                    self.newest_loss = epoch;
                    self.curves.push(self.timeline.session());
                }
                if epoch == self.epochs || self.is_at_goal() {
                    self.activity = Activity::Idle(RunState::Finished);
                } else if self.activity != Activity::Run {
                    self.activity = Activity::Idle(RunState::Paused);
                }
            }
            StepOutcome::Diverged => {
                let epoch = self.epoch() + 1;
                self.activity = Activity::Idle(RunState::Diverged { epoch });
            }
        }
        outcome
    }

    /// Nothing that is not finite leaves the thread, in the middle of an epoch either.
    fn keep_finite(&mut self) {
        if !self.timeline.keep_finite() {
            let epoch = self.epoch() + 1;
            self.activity = Activity::Idle(RunState::Diverged { epoch });
        }
    }
}
