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
use std::sync::mpsc::{self, Receiver, Sender, SyncSender, TryRecvError};
use std::time::Duration;

pub use loss_curve::{Bucket, LossCurve};
pub use pace::Pace;

use crate::nn::OptimizerKind;
use crate::session::{
    Change, Confusion, Evaluation, Farthest, NextStep, Past, PlacedChange, Position, Seeking,
    Session, Timeline,
};
use crate::threads::{Name, Worker};

/// How many messages may wait for the screen.
const EVENTS_IN_FLIGHT: usize = 4;

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
    Leave(Sender<Left>),
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
pub struct Left {
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
    /// The worker has panicked with this text, and is gone.
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
    /// The learning rate of the next step.
    pub learning_rate: f64,
    /// The optimizer of the next step.
    pub optimizer: OptimizerKind,
    /// What was changed on the way, where it is behind that too.
    pub changes: Arc<Vec<PlacedChange>>,
    /// The futures that were given up since the last message, each for a change where it had been before.
    pub left: Vec<Left>,
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
    pub fn of(session: &Session, state: RunState, curves: LossCurves) -> Self {
        Self {
            state,
            position: session.position(),
            farthest: Farthest {
                position: session.position(),
                evaluation: session.evaluation(),
            },
            learning_rate: session.learning_rate(),
            optimizer: session.optimizer(),
            changes: Arc::default(),
            left: Vec::new(),
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

/// The handle of a training thread. Dropping it ends the thread.
#[derive(Debug)]
pub struct Trainer {
    // Both channels are closed before the thread is joined: fields drop in this order.
    commands: Sender<Command>,
    events: Receiver<Event>,
    _thread: Worker,
}

impl Trainer {
    /// Starts a worker thread for a session, or for a timeline, whose newest epoch it goes to first. It calls
    /// `wake` after each event that it has put into the channel.
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub fn spawn(
        run: impl Into<Timeline>,
        start: Start,
        wake: impl Fn() + Send + 'static,
    ) -> io::Result<Self> {
        let (commands, command_receiver) = mpsc::channel();
        let (event_sender, events) = mpsc::sync_channel(EVENTS_IN_FLIGHT);
        let timeline = run.into();
        let thread = Worker::spawn(Name::Trainer, move || {
            worker::run(timeline, start, &command_receiver, &event_sender, &wake);
        })?;
        Ok(Self {
            commands,
            events,
            _thread: thread,
        })
    }

    /// Gives a command. A worker that has panicked hears nothing any more; its panic is among the
    /// events.
    pub fn send(&self, command: Command) {
        let _ = self.commands.send(command);
    }

    /// The next event that is waiting.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] if there is none now, [`TryRecvError::Disconnected`] if there will be none.
    pub fn try_event(&self) -> Result<Event, TryRecvError> {
        self.events.try_recv()
    }

    /// A copy of the session as it is between two updates; nothing if the worker is gone or does not answer
    /// within a second.
    #[must_use]
    pub fn checkpoint(&self) -> Option<Session> {
        self.ask(Command::Checkpoint)
    }

    /// What it takes to come back to the run, which is dropped next: no event is left to be heard. Nothing if the
    /// worker is gone or does not answer within a second.
    #[must_use]
    pub fn leave(&self) -> Option<Left> {
        let Left { past, curves } = self.ask(Command::Leave)?;
        // What was sent and not heard comes before; what was sent since the answer is no part of it.
        let mut unheard = LossCurves::default();
        while let Ok(event) = self.try_event() {
            if let Event::Progress(progress) = event {
                unheard.append(&progress.curves);
            }
        }
        unheard.append(&curves);
        unheard.cut_from(past.farthest.position.epoch + 1);
        let curves = unheard;
        Some(Left { past, curves })
    }

    fn ask<T>(&self, command: impl FnOnce(Sender<T>) -> Command) -> Option<T> {
        let (reply, answer) = mpsc::channel();
        self.send(command(reply));
        answer.recv_timeout(Duration::from_secs(1)).ok()
    }
}

type EventSender = SyncSender<Event>;
