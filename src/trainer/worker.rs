//! The loop on the worker thread: obey commands, train, report.

mod assess;
mod change;
mod inbox;
mod loaded;
mod long_step;
mod obey;
mod seek;
mod tell;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use inbox::Inbox;
use loaded::Loaded;

use super::clocks::{Speedometer, StepClock, Timetable};
use super::{
    Command, Curves, DepartedRun, Destination, Event, Origin, Pace, Report, RunState, Start,
    StartState,
};
use crate::nn::Network;
use crate::session::{Assessor, Finish, Run, StepOutcome, Timeline, TrainingConfig};
use crate::threads::{Cores, Outbox};

/// How long the worker trains before it looks at its commands and its clock.
const SLICE: Duration = Duration::from_millis(1);

/// The least time between two messages. Up to 60 epochs per second, every epoch has its own message.
const BETWEEN_MESSAGES: Duration = Duration::from_micros(16_600);

/// Trains a run until the other end of `commands` is dropped.
pub(super) fn run(
    origin: Origin,
    start: Start,
    commands: &Receiver<Command>,
    events: &Outbox<Report>,
) {
    let mut inbox = Inbox::new(commands);
    let earlier = origin.earlier();
    match origin.timeline(&mut |_| inbox.hear()) {
        Ok((run, timeline)) => {
            drop(earlier);
            Worker::new(run, timeline.on(Cores::all()), start).work(inbox, events);
        }
        Err(reason) => {
            if let Some((reply, earlier)) = inbox.leaving().zip(earlier) {
                // The caller may have stopped waiting.
                let _ = reply.send(earlier);
            }
            events.send(Report {
                event: Event::NotBegun(reason.to_string()),
                obeyed: 0,
            });
        }
    }
}

/// What the worker is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Activity {
    Idle(RunState),
    Run,
    /// Trains to the end of the epoch, at any pace.
    FinishEpoch,
    /// Makes one update and, if that is the last of an epoch, the evaluation after it.
    FinishStep,
    /// Trains from one epoch to another, at the highest pace.
    TrainTo {
        from: u64,
        goal: u64,
    },
    /// Goes to another epoch; began at this time.
    Seek(Instant),
}

struct Worker {
    /// The run, as it is configured at the current position.
    run: Arc<Run>,
    /// The configuration of the session that the run was given last.
    noted_config: Option<Arc<TrainingConfig>>,
    timeline: Timeline,
    activity: Activity,
    pace: Pace,
    /// Whether the run was continued after its loss had reached the goal. The goal then no longer counts.
    is_past_goal: bool,
    timetable: Timetable,
    speed: Speedometer,
    /// The number of updates that take about half a slice.
    updates_per_slice: u32,
    /// How many commands have been obeyed, or wait.
    obeyed: u64,
    /// The commands that wait for the end of a seek.
    waiting: Vec<Command>,
    /// The losses that have not been reported yet.
    curves: Curves,
    /// The first epoch whose loss this worker reports: the screen has all from there on.
    first_told: u64,
    /// The last epoch whose loss has been reported, or is in [`Self::curves`].
    newest_loss: u64,
    /// The curves from where it was loaded, if it was.
    loaded: Option<Loaded>,
    /// The futures that were replaced and have not been reported yet.
    departed: Vec<DepartedRun>,
    /// The samples of the step that was asked for last, until they are reported.
    trained_on: Vec<usize>,
    /// Whether each message reports what the next step will do.
    looks_ahead: bool,
    /// Why the last change or seek was refused, until that is reported.
    refusal: Option<Event>,
    /// The assessment of the parameters at which the run waits within an epoch.
    assessor: Option<Assessor>,
    step_clock: StepClock,
    /// What was under way when a rest began, if the worker rests.
    resting: Option<Activity>,
    /// The network of the last message, and that of the one before: if nobody has it any more, the next small one is
    /// written in its place.
    reported: [Arc<Network>; 2],
    /// Whether there is anything to report.
    has_news: bool,
    last_message: Option<Instant>,
}

impl Worker {
    fn new(run: Arc<Run>, timeline: Timeline, start: Start) -> Self {
        let now = Instant::now();
        let epoch = timeline.session().position().epoch;
        let network = timeline.session().network_to_keep();
        let mut worker = Self {
            activity: Activity::Idle(RunState::Paused),
            pace: start.pace,
            is_past_goal: false,
            timetable: Timetable::from(now),
            speed: Speedometer::start(epoch, now),
            updates_per_slice: 1,
            obeyed: 0,
            waiting: Vec::new(),
            curves: Curves::default(),
            first_told: timeline.farthest().position.epoch,
            newest_loss: timeline.farthest().position.epoch,
            loaded: Loaded::of(&timeline, start.retraces),
            departed: Vec::new(),
            trained_on: Vec::new(),
            looks_ahead: start.looks_ahead,
            refusal: None,
            assessor: None,
            step_clock: StepClock::default(),
            resting: None,
            reported: [Arc::clone(&network), network],
            has_news: true,
            last_message: None,
            noted_config: None,
            run,
            timeline,
        };
        if worker.timeline.is_behind() {
            // It is an earlier run, and the screen knows its losses.
            worker.seek(Destination::Farthest, now);
            return worker;
        }
        worker.curves.push(worker.timeline.session());
        if epoch >= worker.run.config.last_epoch() || worker.is_at_goal() {
            worker.activity = Activity::Idle(RunState::Finished);
        } else if start.state == StartState::Running {
            worker.run(now);
        }
        worker
    }

    fn work(mut self, mut inbox: Inbox<'_>, events: &Outbox<Report>) {
        loop {
            match inbox.next(self.time_to_wait()) {
                Ok(command) => {
                    self.obeyed += 1;
                    self.obey(command);
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            match self.activity {
                Activity::Idle(_) if self.must_evaluate() => self.train_slice(1),
                Activity::Idle(_) => {
                    self.assess();
                    self.look_ahead();
                }
                Activity::Seek(_) => self.seek_slice(),
                Activity::FinishEpoch | Activity::FinishStep => self.train_slice(1),
                Activity::TrainTo { .. } => self.train_slice(u64::MAX),
                Activity::Run => {
                    let first_epoch = self.epoch();
                    let due = self.timetable.epochs_due(self.pace, Instant::now());
                    self.train_slice(due);
                    self.timetable.done(self.pace, self.epoch() - first_epoch);
                }
            }
            self.tell(events);
            self.retrace();
        }
    }

    /// How long there is nothing to do but to wait for a command; `None` for as long as none comes.
    fn time_to_wait(&self) -> Option<Duration> {
        let now = Instant::now();
        let until_message = self.has_news.then(|| {
            self.last_message.map_or(Duration::ZERO, |last| {
                (last + self.between_messages()).saturating_duration_since(now)
            })
        });
        let until_work = match self.activity {
            Activity::Idle(_) => {
                let must_work = self.must_evaluate() || self.must_assess() || self.must_prepare();
                must_work.then_some(Duration::ZERO)
            }
            Activity::FinishEpoch
            | Activity::FinishStep
            | Activity::TrainTo { .. }
            | Activity::Seek(_) => Some(Duration::ZERO),
            Activity::Run => Some(self.timetable.until_due(self.pace, now)),
        };
        let until_past = self.retraces().then_some(Duration::ZERO);
        let waits = until_message.into_iter().chain(until_work);
        waits.chain(until_past).min()
    }

    /// Whether the loss has reached the goal at which the run should end.
    fn is_at_goal(&self) -> bool {
        !self.is_past_goal && self.timeline.session().finish() == Some(Finish::Loss)
    }

    /// Notes, when the run is continued, whether it has already reached its goal.
    fn note_goal(&mut self) {
        self.is_past_goal = self.timeline.session().finish() == Some(Finish::Loss);
    }

    fn epoch(&self) -> u64 {
        self.timeline.session().position().epoch
    }

    fn run(&mut self, now: Instant) {
        self.activity = Activity::Run;
        self.set_off(now);
    }

    /// Restarts the clocks of pace and speed.
    fn set_off(&mut self, now: Instant) {
        self.timetable = Timetable::from(now);
        self.speed = Speedometer::start(self.epoch(), now);
    }

    /// Trains for at most one slice of time and at most this many epochs.
    fn train_slice(&mut self, epochs: u64) {
        let started = Instant::now();
        let last_epoch = self.epoch().saturating_add(epochs);
        while self.epoch() < last_epoch {
            let chunk_started = Instant::now();
            let mut is_part = false;
            for _ in 0..self.updates_per_slice {
                let outcome = self.update(last_epoch);
                if matches!(self.activity, Activity::Idle(_)) || self.epoch() == last_epoch {
                    return;
                }
                is_part = matches!(outcome, StepOutcome::WithinStep | StepOutcome::Evaluating);
                if is_part {
                    // It may take as long as many updates.
                    break;
                }
            }
            if !is_part {
                self.adapt(chunk_started.elapsed());
            }
            if started.elapsed() >= SLICE {
                return;
            }
        }
    }

    /// Adapts the number of updates, so that the clock is read about once in half a slice.
    fn adapt(&mut self, chunk: Duration) {
        self.updates_per_slice = if chunk < SLICE / 2 {
            self.updates_per_slice.saturating_mul(2)
        } else {
            (self.updates_per_slice / 2).max(1)
        };
    }

    /// Makes one update, or those of several epochs as far as this one, and does what follows from it.
    #[inline]
    fn update(&mut self, last_epoch: u64) -> StepOutcome {
        let outcome = match self.activity {
            Activity::FinishStep => self.timeline.step(),
            _ => self.advance(last_epoch),
        };
        self.note_step(outcome);
        match outcome {
            StepOutcome::WithinEpoch => {
                if self.activity == Activity::FinishStep {
                    self.activity = Activity::Idle(RunState::Paused);
                }
            }
            StepOutcome::WithinStep | StepOutcome::Evaluating => {}
            StepOutcome::EpochFinished { .. } => {
                let epoch = self.epoch();
                // The screen already knows the losses of earlier epochs.
                if self.loaded.as_ref().is_some_and(Loaded::is_again) {
                    self.note_again();
                } else if epoch > self.newest_loss {
                    self.newest_loss = epoch;
                    self.curves.push(self.timeline.session());
                }
                self.end_epoch(epoch);
            }
            StepOutcome::Diverged => {
                self.curves.complete_last(self.timeline.session());
                let epoch = self.epoch() + 1;
                self.activity = Activity::Idle(RunState::Diverged { epoch });
            }
        }
        outcome
    }

    /// Makes one update, or those of several epochs of which only the losses are charted.
    #[inline]
    fn advance(&mut self, last_epoch: u64) -> StepOutcome {
        let end = match self.activity {
            Activity::TrainTo { goal, .. } => goal,
            _ => self.run.config.last_epoch(),
        };
        let whole = self.curves.next_whole(self.epoch());
        let Self {
            timeline,
            curves,
            newest_loss,
            ..
        } = self;
        timeline.advance_towards(whole.min(end).min(last_epoch), |epoch, loss| {
            *newest_loss = epoch;
            curves.push_loss(epoch, loss);
        })
    }

    /// Stops at the end of an epoch if it is the last one, or the one that was asked for.
    fn end_epoch(&mut self, epoch: u64) {
        match self.activity {
            // Whoever names an epoch goes past the end of the run to reach it.
            Activity::TrainTo { goal, .. } if epoch < goal => {}
            _ if epoch == self.run.config.last_epoch() || self.is_at_goal() => {
                self.activity = Activity::Idle(RunState::Finished);
            }
            Activity::Run => {}
            _ => self.activity = Activity::Idle(RunState::Paused),
        }
    }

    /// Makes sure that only finite numbers leave the thread, even within an epoch.
    fn keep_finite(&mut self) {
        if !self.timeline.keep_finite() {
            let epoch = self.epoch() + 1;
            self.activity = Activity::Idle(RunState::Diverged { epoch });
        }
    }
}
