//! Floor 2: the training loop, on its own thread.
//!
//! [`Command`]s go in through one channel, [`Event`]s come out through another, which is bounded. If the screen
//! does not keep up, the worker puts more epochs into its next message and uses no more memory. Dropping the
//! [`Trainer`] ends the thread, whatever it is doing. This floor knows no screen.

mod clocks;
mod curve;
mod curves;
mod pace;
mod retracing;
mod worker;

use std::cell::Cell;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::Duration;

use anyhow::Result;

pub use curve::{Bucket, Curve};
pub use curves::{Curves, LayerCurves, MOST_FOLLOWED};
pub use pace::Pace;

use crate::nn::Network;
use crate::session::{
    Assessment, Change, Confusion, Evaluation, Farthest, Hear, NextStep, Past, PlacedChange,
    Position, Run, Seeking, Session, State, Timeline,
};
use crate::threads::{Job, Name};

/// The number of messages that may wait for the screen.
const EVENTS_IN_FLIGHT: usize = 4;

/// The time between two looks at the events while waiting for an answer.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// What the user can ask of the training loop. Each command takes effect between two updates.
#[derive(Debug)]
pub enum Command {
    /// Train at the current pace.
    Run,
    /// Stop before the next update.
    Pause,
    /// Make one update, then pause.
    StepSample,
    /// Train to the end of the epoch, then pause.
    StepEpoch,
    /// Train faster or slower from now on.
    SetPace(Pace),
    /// Change the run in its current state. A run that has diverged may continue from there.
    Change(Change),
    /// Go to another epoch that has been trained, and pause there. Commands that arrive meanwhile wait until
    /// then, except for another seek, which replaces this one.
    Seek(Destination),
    /// Train to the end of this epoch, which is not trained yet, at the highest pace, then pause.
    TrainTo(u64),
    /// Cancel a seek: pause where it began.
    CancelSeek,
    /// From now on, report with each progress what the next step will do, or stop reporting it.
    LookAhead(bool),
    /// Leave everything as it is, whatever is under way, or continue with it.
    Rest(bool),
    /// Send a copy of the run's state as it is.
    Checkpoint(Sender<State>),
    /// Send the state from which this run can be restored; the run is about to be dropped.
    Leave(Sender<DepartedRun>),
}

/// Where a seek goes: to the end of an epoch that has been trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// This epoch.
    Epoch(u64),
    /// This many epochs back from where the run is or is going.
    Back(u64),
    /// This many epochs forward from there.
    Forward(u64),
    /// The farthest that the run has come, to the step.
    Farthest,
}

/// A run that has been replaced, or a future of a run that a change has replaced.
#[derive(Debug, Clone, PartialEq)]
pub struct DepartedRun {
    /// The run, including changes made since its start.
    pub run: Arc<Run>,
    /// The state from which it can be restored.
    pub past: Past,
    /// Its last epochs, which no message has carried.
    pub curves: Curves,
}

impl DepartedRun {
    /// What the screen needs to keep a run, or a future of one, that has been replaced.
    fn of(run: &Run, past: Past, curves: Curves) -> Self {
        let mut run = Run::clone(run);
        run.config = past.config();
        Self {
            run: Arc::new(run),
            past,
            curves,
        }
    }
}

/// What the training loop is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// Training.
    Running,
    /// Training to an epoch, to pause there.
    TrainingTo(Seeking),
    /// Waiting for a command to continue.
    Paused,
    /// On the way to another epoch. Everything else is still reported as it was before the seek.
    Seeking(Seeking),
    /// At the epoch or the loss where the run should end. It can continue.
    Finished,
    /// The loss or a parameter has overflowed. The run cannot continue; its state is the last finite one, at the
    /// end of the epoch before.
    Diverged {
        /// The epoch in which it overflowed.
        epoch: u64,
    },
}

impl RunState {
    /// Whether the run is training.
    #[must_use]
    pub fn is_training(self) -> bool {
        matches!(self, Self::Running | Self::TrainingTo(_))
    }
}

/// What the worker reports.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The current state of training, with everything that has happened since the last such message.
    Progress(Box<Progress>),
    /// A change was refused, for this reason; the run is unchanged.
    ChangeRefused(Change, String),
    /// A seek was refused, for this reason; the run is where it was.
    SeekRefused(String),
    /// The run cannot begin, for this reason; the worker has ended.
    NotBegun(String),
    /// The worker panicked with this text, and has ended.
    Panicked(String),
}

/// The current state of training, and the losses since the last message.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// What the worker is doing.
    pub state: RunState,
    /// The batch size of the epoch under way; a change within it is for the next one.
    pub batch_size: usize,
    /// The current position; before [`Self::farthest`] if the run has gone back.
    pub position: Position,
    /// The farthest position so far.
    pub farthest: Farthest,
    /// The run, including changes made up to the current position.
    pub run: Arc<Run>,
    /// All changes made up to the farthest position.
    pub changes: Arc<Vec<PlacedChange>>,
    /// The futures that changes have replaced since the last message.
    pub departed: Vec<DepartedRun>,
    /// The network. Two reports of the same parameters share it.
    pub network: Arc<Network>,
    /// The evaluation at the end of the last whole epoch; finite.
    pub evaluation: Evaluation,
    /// How the training samples were classified then.
    pub confusion: Confusion,
    /// The assessment of these parameters within an epoch, where it is not [cheap](Assessment::is_cheap); `None`
    /// while the run trains, and until it is made.
    pub assessment: Option<Assessment>,
    /// What is charted of every epoch that was finished for the first time since the last message. The first message
    /// also has the state before training; after a change, that at the end of the last whole epoch is repeated.
    pub curves: Curves,
    /// What the next update will do; `None` unless [`Command::LookAhead`] asks for it, while an epoch is being
    /// evaluated, and of a [divided](Session::is_divided) step while the run trains and until its gradient is there.
    pub next_step: Option<Arc<NextStep>>,
    /// The samples that [`Command::StepSample`] has trained on since the last message, by their index in the training
    /// samples; those of the latest step.
    pub trained_on: Vec<usize>,
    /// How long a step takes, if that is longer than half a second.
    pub long_step: Option<Duration>,
    /// Whether every command that was sent before this was taken from the channel had been obeyed. If not,
    /// [`Self::state`] may be that of before.
    pub is_latest: bool,
    /// The speed in epochs per second, measured over at least the last quarter of a second; 0 before that and
    /// while the run is not training.
    pub epochs_per_second: f64,
}

impl Progress {
    /// Reports the state of a session that has never gone back, and the losses that led to it.
    #[must_use]
    pub fn of(run: Arc<Run>, session: &Session, state: RunState, curves: Curves) -> Self {
        let network = session.network_to_keep();
        Self::with_network((run, network), session, state, curves)
    }

    /// [`Self::of`] with the session's network, which has been copied already.
    fn with_network(
        (run, network): (Arc<Run>, Arc<Network>),
        session: &Session,
        state: RunState,
        curves: Curves,
    ) -> Self {
        Self {
            run,
            state,
            batch_size: session.batch_size(),
            position: session.position(),
            farthest: Farthest {
                position: session.position(),
                evaluation: session.evaluation(),
            },
            changes: Arc::default(),
            departed: Vec::new(),
            network,
            evaluation: session.evaluation(),
            confusion: session.confusion().clone(),
            assessment: None,
            curves,
            next_step: None,
            trained_on: Vec::new(),
            long_step: None,
            is_latest: true,
            epochs_per_second: 0.0,
        }
    }
}

/// How a run begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// Whether it trains at once.
    pub state: StartState,
    /// How fast it trains.
    pub pace: Pace,
    /// Whether it reports what the next step will do, as after `LookAhead(true)`.
    pub looks_ahead: bool,
    /// Whether a run that was loaded is trained again from its start beside the rest, if that is soon done, so that
    /// its curves are whole.
    pub retraces: bool,
}

/// Whether a run trains at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartState {
    /// Train at once.
    Running,
    /// Wait for a command.
    Paused,
}

/// What a trainer starts from. Anything slow is done on the training thread.
#[derive(Debug, Clone)]
pub enum Origin {
    /// The start of a run.
    Start(Arc<Run>),
    /// A run, and a session of it to continue.
    Session(Arc<Run>, Box<Session>),
    /// An earlier run, at its farthest position; its whole past can be visited.
    Past(Arc<Run>, Box<Past>),
}

impl Origin {
    /// What is left of an earlier run if it is not even begun again; `None` of another one.
    fn earlier(&self) -> Option<DepartedRun> {
        match self {
            Self::Start(_) | Self::Session(..) => None,
            Self::Past(run, past) => {
                Some(DepartedRun::of(run, Past::clone(past), Curves::default()))
            }
        }
    }

    /// Creates the run's timeline, and hears how far the evaluation at its start is.
    ///
    /// # Errors
    ///
    /// If the run cannot begin, can no longer be restored, or is not to go on. The message is one sentence.
    fn timeline(self, hear: &mut Hear<'_>) -> Result<(Arc<Run>, Timeline)> {
        Ok(match self {
            Self::Start(run) => {
                let session = run.begin_heard(hear)?;
                (run, Timeline::new(session))
            }
            Self::Session(run, session) => (run, Timeline::new(*session)),
            Self::Past(run, past) => (run, Timeline::of_heard(*past, hear)?),
        })
    }
}

/// The handle of a training thread. Dropping it ends the thread.
#[derive(Debug)]
pub struct Trainer {
    job: Job<Command, Report>,
    /// How many commands have been sent.
    sent: Cell<u64>,
}

/// An event, and how many commands had been obeyed by then.
#[derive(Debug)]
struct Report {
    event: Event,
    obeyed: u64,
}

impl Trainer {
    /// Starts a thread that trains a run; an earlier run goes to its farthest position first. The thread calls
    /// `wake` after each event that it has put into the channel.
    ///
    /// # Errors
    ///
    /// If the system cannot start a thread.
    pub fn spawn(
        origin: Origin,
        start: Start,
        wake: impl Fn() + Send + 'static,
    ) -> io::Result<Self> {
        let work = move |commands: &_, events: &_| worker::run(origin, start, commands, events);
        let panicked = |text| Report {
            event: Event::Panicked(text),
            obeyed: 0,
        };
        let job = Job::spawn(Name::Trainer, EVENTS_IN_FLIGHT, wake, panicked, work)?;
        let sent = Cell::new(0);
        Ok(Self { job, sent })
    }

    /// Sends a command. A worker that has ended ignores it; its last event says why it ended.
    pub fn send(&self, command: Command) {
        self.sent.set(self.sent.get() + 1);
        self.job.send(command);
    }

    /// Returns the next waiting event.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] if there is none yet, [`TryRecvError::Disconnected`] if there will be none.
    pub fn try_event(&self) -> Result<Event, TryRecvError> {
        let Report { mut event, obeyed } = self.job.try_event()?;
        if let Event::Progress(progress) = &mut event {
            progress.is_latest = obeyed == self.sent.get();
        }
        Ok(event)
    }

    /// Asks for a copy of the run's state between two updates. It arrives within the time of one update, unless the
    /// worker has ended: then the channel closes.
    #[must_use]
    pub fn checkpoint(&self) -> Receiver<State> {
        self.ask(Command::Checkpoint)
    }

    /// Ends the trainer. Returns the state from which the run can be restored, and its last losses; `None` if the
    /// worker has already ended. Waits for as long as an update takes.
    #[must_use]
    pub fn leave(self) -> Option<DepartedRun> {
        let answer = self.ask(Command::Leave);
        let mut unheard = Curves::default();
        loop {
            match answer.recv_timeout(BETWEEN_LOOKS) {
                Ok(DepartedRun { run, past, curves }) => {
                    // Losses sent before the answer come first. Those sent after it do not belong to it.
                    self.hear_out(&mut unheard);
                    unheard.append(&curves);
                    unheard.cut_after(past.farthest.position.epoch);
                    let curves = unheard;
                    return Some(DepartedRun { run, past, curves });
                }
                Err(RecvTimeoutError::Timeout) => self.hear_out(&mut unheard),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Takes the losses of all events that are waiting.
    fn hear_out(&self, unheard: &mut Curves) {
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
