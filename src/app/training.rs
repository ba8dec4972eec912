//! The state of training, as the trainer reported it last.

use std::sync::Arc;
use std::time::Duration;

use crate::session::{Assessment, Confusion, Evaluation, PlacedChange, Position};
use crate::trainer::{Pace, RunState, StartState};

/// The state of training in the trainer's latest report.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// What the trainer is doing.
    pub state: TrainingState,
    /// The batch size of the epoch under way; `None` before the first report.
    pub batch_size: Option<usize>,
    /// How far the shown network has been trained.
    pub position: Position,
    /// The farthest position so far; equal to `position` unless the run has gone back.
    pub farthest: Position,
    /// The changes made up to there.
    pub changes: Arc<Vec<PlacedChange>>,
    /// The evaluation at the end of the last whole epoch; `None` before the first report.
    pub evaluation: Option<Evaluation>,
    /// How good the shown network is; `None` while that is not known.
    pub scores: Option<Scores>,
    /// The requested speed.
    pub pace: Pace,
    /// The measured speed; 0 if unknown.
    pub epochs_per_second: f64,
    /// How long a step takes, if that is longer than half a second.
    pub long_step: Option<Duration>,
}

/// How good a network is, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Losses, accuracies and classes.
    pub assessment: Assessment,
    /// The epoch at whose end it was that good; `None` if it is at the shown parameters.
    pub at_epoch: Option<u64>,
}

/// What the trainer is doing, or why it has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrainingState {
    /// It is alive, and in this state.
    Alive(RunState),
    /// It could not begin the run, for this reason.
    NotBegun(String),
    /// It panicked with this text.
    Panicked(String),
}

impl Training {
    /// The state before the first report.
    pub(super) fn at_start(state: StartState, pace: Pace) -> Self {
        let state = match state {
            StartState::Running => RunState::Running,
            StartState::Paused => RunState::Paused,
        };
        Self {
            state: TrainingState::Alive(state),
            batch_size: None,
            position: Position::default(),
            farthest: Position::default(),
            changes: Arc::default(),
            evaluation: None,
            scores: None,
            pace,
            epochs_per_second: 0.0,
            long_step: None,
        }
    }

    /// Shows the run as paused at its farthest position, before the trainer has reported anything.
    pub(super) fn wait(&mut self, pace: Pace) {
        self.state = TrainingState::Alive(RunState::Paused);
        // The way back leads to the end of a whole epoch.
        self.position = Position {
            step: 0,
            ..self.farthest
        };
        self.scores = self.evaluation.map(|evaluation| Scores {
            assessment: Assessment {
                evaluation,
                confusion: Confusion::default(),
            },
            at_epoch: Some(self.farthest.epoch),
        });
        self.batch_size = None;
        self.pace = pace;
        self.epochs_per_second = 0.0;
        self.long_step = None;
    }

    /// The epoch in which the run has diverged, if it has.
    #[must_use]
    pub fn diverged_in(&self) -> Option<u64> {
        match self.state {
            TrainingState::Alive(RunState::Diverged { epoch }) => Some(epoch),
            _ => None,
        }
    }

    /// Whether the loss or a parameter has overflowed.
    #[must_use]
    pub fn has_diverged(&self) -> bool {
        self.diverged_in().is_some()
    }

    /// Whether the run is on its way to another epoch.
    #[must_use]
    pub fn is_seeking(&self) -> bool {
        matches!(self.state, TrainingState::Alive(RunState::Seeking(_)))
    }

    /// Whether the run is training.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.state, TrainingState::Alive(state) if state.is_training())
    }

    /// Whether the run has finished.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.state == TrainingState::Alive(RunState::Finished)
    }

    /// Whether a pace limits the speed.
    #[must_use]
    pub fn is_paced(&self) -> bool {
        self.pace != Pace::Max && !self.is_training_to()
    }

    /// Whether the run trains to an epoch that was asked for.
    pub(super) fn is_training_to(&self) -> bool {
        matches!(self.state, TrainingState::Alive(RunState::TrainingTo(_)))
    }
}
