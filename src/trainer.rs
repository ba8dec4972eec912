//! Floor 2: the training loop on a thread of its own.
//!
//! [`Command`]s go in by one channel, [`Event`]s come out by another, which is bounded: a screen that
//! does not keep up makes the worker fold more epochs into its next message, never grow. Dropping the
//! [`Trainer`] ends the thread, whatever it is doing. Knows no screen.

mod loss_curve;
mod pace;
mod schedule;
mod worker;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::Duration;

use anyhow::Result;

pub use loss_curve::{Bucket, LossCurve};
pub use pace::Pace;

use crate::session::{
    Change, Confusion, Evaluation, Farthest, NextStep, Past, PlacedChange, Position, Run, Seeking,
    Session, Timeline,
};
use crate::threads::{Job, Name};

/// How many messages may wait for the screen.
const EVENTS_IN_FLIGHT: usize = 4;

/// How often waiting events are taken while an answer is awaited.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// What a person can ask of the training loop. Each takes effect between two updates.
#[derive(Debug)]
pub enum Command {
    /// Train at the pace that is set.
    Run,
    /// Stop before the next update.
    Pause,
    /// Make one update, then pause.
    StepSample,
    /// Train to the end of the epoch, then pause.
    StepEpoch,
    /// Train faster or slower from now on.
    SetPace(Pace),
    /// Change the run as it stands. One that has diverged may go on from there.
    Change(Change),
    /// Go to another epoch that has been trained, and pause there. What is asked meanwhile waits until then,
    /// but for another destination, which takes the place of this one.
    Seek(Destination),
    /// If a seek is under way, pause where it set out.
    CancelSeek,
    /// From now on, tell with each progress what the next step will do, or do not.
    LookAhead(bool),
    /// Send a copy of the session as it is.
    Checkpoint(Sender<Session>),
    /// Send what it takes to come back to this run, which is about to be dropped.
    Leave(Sender<DepartedRun>),
}

/// Where a seek goes: to the end of an epoch, no farther than what has been trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// This epoch.
    Epoch(u64),
    /// So many epochs back, from where the run is or is about to be.
    Back(u64),
    /// So many epochs forward.
    Forward(u64),
    /// The last epoch that has been trained.
    Newest,
}

/// A run that was left, or the future of one.
#[derive(Debug, Clone, PartialEq)]
pub struct DepartedRun {
    /// The run, changes on the way included.
    pub run: Arc<Run>,
    /// What it takes to come back to it.
    pub past: Past,
    /// The last losses of it, which no message has carried.
    pub curves: LossCurves,
}

/// What the training loop is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// Training.
    Running,
    /// Waiting to be told to go on.
    Paused,
    /// Under way to another epoch; all else is told as it was before.
    Seeking(Seeking),
    /// At the epoch or the loss where the run was to end. It can go on.
    Finished,
    /// In this epoch, the loss or a parameter was not finite any more. It cannot go on; the state is the last
    /// finite one, the end of the epoch before.
    Diverged {
        /// The epoch that was under way.
        epoch: u64,
    },
}

/// What the worker tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The state of training now, with all that has happened since the last such message.
    Progress(Box<Progress>),
    /// A change could not be made, for this reason; the run is as it was.
    Refused(Change, String),
    /// A seek could not be made, for this reason; the run is where it was.
    NoWayBack(String),
    /// The run cannot begin, for this reason; the worker has ended.
    NotBegun(String),
    /// The worker has panicked with this text, and has ended.
    Panicked(String),
}

/// The newest state of training, and the losses since the last message.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// What the worker is doing.
    pub state: RunState,
    /// How far it has come; behind [`Self::farthest`] if it has gone back.
    pub position: Position,
    /// The farthest that it has been.
    pub farthest: Farthest,
    /// The run, changes on the way to where it is included.
    pub run: Arc<Run>,
    /// What was changed on the way, where it is behind that too.
    pub changes: Arc<Vec<PlacedChange>>,
    /// The futures that were given up since the last message, each for a change where it had been before.
    pub departed: Vec<DepartedRun>,
    /// All weights and biases, in the order of [`crate::nn::Network::parameters`].
    pub parameters: Vec<f64>,
    /// How good the network was at the end of the last whole epoch; finite.
    pub evaluation: Evaluation,
    /// How the training samples were classed then.
    pub confusion: Confusion,
    /// The loss of every epoch that was finished for the first time since the last message; in the first message also that
    /// of the state at the start, and after a change once more that of the last whole epoch.
    pub curves: LossCurves,
    /// What the next update will do; nothing unless asked for by [`Command::LookAhead`], and nothing while an
    /// epoch is being evaluated.
    pub next_step: Option<Box<NextStep>>,
    /// Epochs a second, measured over the last quarter of a second or more; 0 until then and while
    /// nothing is trained.
    pub epochs_per_second: f64,
}

impl Progress {
    /// The state of a session that has been nowhere else, and the losses that led to it.
    #[must_use]
    pub fn of(run: Arc<Run>, session: &Session, state: RunState, curves: LossCurves) -> Self {
        Self {
            run,
            state,
            position: session.position(),
            farthest: Farthest {
                position: session.position(),
                evaluation: session.evaluation(),
            },
            changes: Arc::default(),
            departed: Vec::new(),
            parameters: session.network().parameters().to_vec(),
            evaluation: session.evaluation(),
            confusion: session.confusion().clone(),
            curves,
            next_step: None,
            epochs_per_second: 0.0,
        }
    }
}

/// The losses of consecutive epochs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LossCurves {
    /// Over the samples that are trained on.
    pub training: LossCurve,
    /// Over those that are kept for testing; empty if there are none.
    pub test: LossCurve,
}

impl LossCurves {
    /// Adds the losses at the end of a session's last whole epoch; those of this epoch and later ones, if
    /// there are any, are replaced.
    pub fn replace(&mut self, session: &Session) {
        let epoch = session.position().epoch;
        self.training.cut_from(epoch);
        self.test.cut_from(epoch);
        self.push(session);
    }

    /// Adds the losses at the end of a session's last whole epoch, the one after those that are there.
    #[inline]
    pub fn push(&mut self, session: &Session) {
        let (epoch, evaluation) = (session.position().epoch, session.evaluation());
        self.training.push(epoch, evaluation.training.loss);
        if let Some(test) = evaluation.test {
            self.test.push(epoch, test.loss);
        }
    }

    /// Drops the losses of an epoch and of all after it.
    fn cut_from(&mut self, epoch: u64) {
        self.training.cut_from(epoch);
        self.test.cut_from(epoch);
    }

    /// Adds the losses of the epochs that follow, or replaces all from their first one on.
    pub fn append(&mut self, later: &Self) {
        self.training.append(&later.training);
        self.test.append(&later.test);
    }
}

/// How a run begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// Whether it trains at once.
    pub state: StartState,
    /// How fast.
    pub pace: Pace,
    /// Whether it reports what the next step will do, as after [`Command::LookAhead`].
    pub looks_ahead: bool,
}

/// Whether a run trains at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartState {
    /// Train at once.
    Running,
    /// Wait for a command.
    Paused,
}

/// Where a run comes from. What takes long is done on the training thread.
#[derive(Debug, Clone)]
pub enum Origin {
    /// Its start.
    Start(Arc<Run>),
    /// Where this session of it stands.
    Session(Arc<Run>, Box<Session>),
    /// Its farthest point, after it was left; all of its past can be visited.
    Past(Arc<Run>, Box<Past>),
}

impl Origin {
    /// # Errors
    ///
    /// One sentence, if the run cannot begin or there is no way back to it.
    fn timeline(self) -> Result<(Arc<Run>, Timeline)> {
        Ok(match self {
            Self::Start(run) => {
                let session = run.begin()?;
                (run, Timeline::new(session))
            }
            Self::Session(run, session) => (run, Timeline::new(*session)),
            Self::Past(run, past) => (run, Timeline::of(*past)?),
        })
    }
}

/// The handle of a training thread. Dropping it ends the thread.
#[derive(Debug)]
pub struct Trainer(Job<Command, Event>);

impl Trainer {
    /// Starts a thread that trains a run; one that was left goes to its farthest point first. It calls `wake`
    /// after each event that it has put into the channel.
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub fn spawn(
        origin: Origin,
        start: Start,
        wake: impl Fn() + Send + 'static,
    ) -> io::Result<Self> {
        let work = move |commands: &_, events: &_| worker::run(origin, start, commands, events);
        Job::spawn(Name::Trainer, EVENTS_IN_FLIGHT, wake, Event::Panicked, work).map(Self)
    }

    /// Gives a command. A worker that has ended hears nothing any more; the reason is among the events.
    pub fn send(&self, command: Command) {
        self.0.send(command);
    }

    /// The next event that is waiting.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] if there is none now, [`TryRecvError::Disconnected`] if there will be none.
    pub fn try_event(&self) -> Result<Event, TryRecvError> {
        self.0.try_event()
    }

    /// Asks for a copy of the session as it is between two updates: it arrives within the time of an update, or
    /// the channel closes because the worker has ended.
    #[must_use]
    pub fn checkpoint(&self) -> Receiver<Session> {
        self.ask(Command::Checkpoint)
    }

    /// What it takes to come back to the run, with the last losses, which nobody has heard; `None` if the worker
    /// has ended. Waits for as long as an update takes.
    #[must_use]
    pub fn leave(self) -> Option<DepartedRun> {
        let answer = self.ask(Command::Leave);
        let mut unheard = LossCurves::default();
        loop {
            match answer.recv_timeout(BETWEEN_LOOKS) {
                Ok(DepartedRun { run, past, curves }) => {
                    // What was sent before comes first; what was sent since the answer is no part of it.
                    self.hear_out(&mut unheard);
                    unheard.append(&curves);
                    unheard.cut_from(past.farthest.position.epoch + 1);
                    let curves = unheard;
                    return Some(DepartedRun { run, past, curves });
                }
                Err(RecvTimeoutError::Timeout) => self.hear_out(&mut unheard),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Takes the losses of all events that are waiting.
    fn hear_out(&self, unheard: &mut LossCurves) {
        while let Ok(event) = self.try_event() {
            if let Event::Progress(progress) = event {
                unheard.append(&progress.curves);
            }
        }
    }

    fn ask<T>(&self, command: impl FnOnce(Sender<T>) -> Command) -> Receiver<T> {
        let (reply, answer) = mpsc::channel();
        self.send(command(reply));
        answer
    }
}
