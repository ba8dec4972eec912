//! The parts of the screen's state.

use std::path::PathBuf;
use std::sync::Arc;

use super::keymap::Context;
use super::{EpochField, GradientCheck, ParameterEdit, Settings};
use crate::session::{Confusion, Evaluation, PlacedChange, Position};
use crate::trainer::{Pace, RunState, StartState};

/// The state of training, as far as the screen has heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// What the trainer is doing.
    pub state: TrainingState,
    /// Where it is.
    pub position: Position,
    /// How far it has come; where it is, unless it has gone back.
    pub newest: Position,
    /// What was changed up to there.
    pub changes: Arc<Vec<PlacedChange>>,
    /// How good the network was at the end of the last whole epoch; nothing before the first message.
    pub evaluation: Option<Evaluation>,
    /// How the training samples were classed then.
    pub confusion: Confusion,
    /// How fast it is to go.
    pub pace: Pace,
    /// How fast it goes; 0 while that is not known.
    pub epochs_per_second: f64,
}

/// What the trainer is doing, or why there is none any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrainingState {
    /// It answers.
    Alive(RunState),
    /// It has panicked with this text.
    Panicked(String),
}

/// Whose activations are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// This sample of the dataset.
    Sample(usize),
    /// What is typed into the prediction box.
    Prediction,
}

/// Who hears the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The run: keys are commands.
    Run,
    /// The prediction box: keys are text.
    Prediction,
}

/// What the panels are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The run: network, loss, samples, predictions.
    Train,
    /// One step of it, number by number.
    Backprop,
}

impl View {
    /// All of them, in the order of their keys.
    pub const ALL: [Self; 2] = [Self::Train, Self::Backprop];

    /// The name on the command line.
    #[must_use]
    pub fn option(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Backprop => "backprop",
        }
    }

    /// Whose keys it hears.
    #[must_use]
    pub fn context(self) -> Context {
        match self {
            Self::Train => Context::Train,
            Self::Backprop => Context::Backprop,
        }
    }

    /// The name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "Train",
            Self::Backprop => "Backprop",
        }
    }
}

/// What lies over the panels.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// Nothing.
    None,
    /// The keys, from this line on.
    Help {
        /// The first line that is seen.
        scroll: u16,
    },
    /// Whether to replace a file that is there already.
    Replace(PathBuf),
    /// A draft of another run.
    Settings(Box<Settings>),
    /// The run as a command line.
    CommandLine(String),
    /// A weight or bias that is set by hand.
    Edit(ParameterEdit),
    /// The epoch to go to.
    GoTo(EpochField),
    /// The chain rule held against the central difference.
    GradientCheck(Box<GradientCheck>),
    /// The app's sweep.
    Sweep,
    /// The runs that are kept.
    Runs {
        /// The one that the keys are about.
        selected: usize,
    },
}

/// What is told of all samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overview {
    /// Sample by sample.
    Table,
    /// How often each class is taken for each.
    Confusion,
}

/// How the loss is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossAxis {
    /// From 0 up.
    Linear,
    /// By powers of ten.
    Log,
}

impl Training {
    /// Before the trainer has said anything.
    pub(super) fn at_start(state: StartState, pace: Pace) -> Self {
        let state = match state {
            StartState::Running => RunState::Running,
            StartState::Paused => RunState::Paused,
        };
        Self {
            state: TrainingState::Alive(state),
            position: Position::default(),
            newest: Position::default(),
            changes: Arc::default(),
            evaluation: None,
            confusion: Confusion::default(),
            pace,
            epochs_per_second: 0.0,
        }
    }
}
