//! What the screen shows of one run: what the trainer reported last, and what is being looked at.

use std::ops::Range;
use std::sync::Arc;

use super::turn::{Turn, turn_choice};
use super::{BackpropView, PredictionForm};
use crate::data::Dataset;
use crate::nn::{Forward, Network, Neuron};
use crate::session::{
    Confusion, DataSource, Evaluation, PlacedChange, Position, Run, TrainingConfig, layers_of,
};
use crate::trainer::{DepartedRun, LossCurves, Pace, Progress, RunState, Start, StartState};

/// A run as it is shown. Showing another one is one assignment.
#[derive(Debug, Clone)]
pub struct RunView {
    /// The run as the trainer has it, changes on the way included.
    pub run: Arc<Run>,
    /// The network with the newest parameters.
    pub network: Network,
    /// What the trainer reported last.
    pub training: Training,
    /// The loss of every epoch.
    pub curves: LossCurves,
    /// One step, taken apart.
    pub backprop: BackpropView,
    /// Whose activations the diagram shows.
    pub shown: Shown,
    /// The neuron whose formula is shown, if any.
    pub neuron: Option<Neuron>,
    /// The prediction box.
    pub prediction: PredictionForm,
    /// Which overview of the samples is shown.
    pub overview: Overview,
}

/// The state of training, as far as the screen has heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// What the trainer is doing.
    pub state: TrainingState,
    /// Where it is.
    pub position: Position,
    /// The farthest it has been; where it is, unless it has gone back.
    pub newest: Position,
    /// What was changed up to there.
    pub changes: Arc<Vec<PlacedChange>>,
    /// How good the network was at the end of the last whole epoch; `None` before the first message.
    pub evaluation: Option<Evaluation>,
    /// How the training samples were classified then.
    pub confusion: Confusion,
    /// The speed that is asked for.
    pub pace: Pace,
    /// The measured speed; 0 while it is unknown.
    pub epochs_per_second: f64,
}

/// What the trainer is doing, or why it has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrainingState {
    /// It answers.
    Alive(RunState),
    /// It could not begin the run, for this reason.
    NotBegun(String),
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

/// An overview of all samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overview {
    /// Sample by sample.
    Table,
    /// How often each class is taken for each.
    Confusion,
}

impl Training {
    /// Before the trainer has reported anything.
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

    /// Paused at the farthest point, and nothing measured yet.
    pub(super) fn wait(&mut self, pace: Pace) {
        self.state = TrainingState::Alive(RunState::Paused);
        self.position = self.newest;
        self.confusion = Confusion::default();
        self.pace = pace;
        self.epochs_per_second = 0.0;
    }

    /// Whether the loss or a parameter has overflowed.
    #[must_use]
    pub fn has_diverged(&self) -> bool {
        matches!(self.state, TrainingState::Alive(RunState::Diverged { .. }))
    }

    /// Whether the run is on its way to another epoch.
    #[must_use]
    pub fn is_seeking(&self) -> bool {
        matches!(self.state, TrainingState::Alive(RunState::Seeking(_)))
    }

    /// Whether the run trains now.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.state == TrainingState::Alive(RunState::Running)
    }
}

impl RunView {
    /// A run that has reported nothing yet; `network` is that of its start.
    #[must_use]
    pub fn new(run: Arc<Run>, network: Network, start: Start) -> Self {
        Self {
            network,
            training: Training::at_start(start.state, start.pace),
            curves: LossCurves::default(),
            backprop: BackpropView::new(),
            shown: Shown::Sample(0),
            neuron: None,
            prediction: PredictionForm::new(&run.dataset),
            overview: Overview::Table,
            run,
        }
    }

    /// How the run is set up, changes on the way included.
    #[must_use]
    pub fn config(&self) -> &TrainingConfig {
        &self.run.config
    }

    /// Where its data comes from.
    #[must_use]
    pub fn source(&self) -> &DataSource {
        &self.run.source
    }

    /// What it learns from.
    #[must_use]
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.run.dataset
    }

    /// Takes what the trainer reports.
    pub(super) fn hear(&mut self, progress: Progress) {
        self.network
            .parameters_mut()
            .copy_from_slice(&progress.parameters);
        self.curves.append(&progress.curves);
        self.run = progress.run;
        self.training = Training {
            state: TrainingState::Alive(progress.state),
            position: progress.position,
            newest: progress.farthest.position,
            changes: progress.changes,
            evaluation: Some(progress.evaluation),
            confusion: progress.confusion,
            pace: self.training.pace,
            epochs_per_second: progress.epochs_per_second,
        };
        if let Some(step) = progress.next_step {
            self.hear_next_step(*step);
        }
    }

    /// Takes what is known of the end of the run, now that it was left.
    pub(super) fn hear_end(&mut self, DepartedRun { run, past, curves }: &DepartedRun) {
        self.run = Arc::clone(run);
        self.curves.append(curves);
        self.training.newest = past.farthest.position;
        self.training.evaluation = Some(past.farthest.evaluation);
        self.training.changes = Arc::clone(&past.changes);
        if let Some(parameters) = past.parameters() {
            self.network.parameters_mut().copy_from_slice(parameters);
        }
    }

    /// Begins a run of the same shape on the same data anew; what is looked at stays.
    pub(super) fn begin(&mut self, run: Arc<Run>, start: Start) {
        self.run = run;
        self.curves = LossCurves::default();
        self.backprop.begin();
        self.training = Training::at_start(start.state, start.pace);
    }

    /// Looks at the same sample and the same typed values as another view does, if the data is the same.
    pub(super) fn look_like(&mut self, other: &Self) {
        if Arc::ptr_eq(self.dataset(), other.dataset()) {
            self.shown = other.shown;
            self.overview = other.overview;
            self.prediction = other.prediction.clone();
        }
        self.neuron = None;
        self.backprop = other.backprop.of_another_network();
    }

    /// Before the first step, a parameter that is set by hand is part of how the run is set up.
    pub(super) fn note_initial_parameters(&mut self) {
        if self.training.position == Position::default() {
            let layers = layers_of(&self.network);
            Arc::make_mut(&mut self.run).config.initial_layers = Some(layers);
        }
    }

    /// The number of updates in an epoch.
    #[must_use]
    pub fn steps_per_epoch(&self) -> usize {
        let samples = self.dataset().training_samples;
        samples.div_ceil(self.config().batch_size)
    }

    /// Whether an earlier epoch is shown than the newest one.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.training.position < self.training.newest
    }

    /// Whether the run was changed on its way to where it is, which no command line can express. What was set
    /// before the first step, one can.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let start = Position::default();
        let is_on_the_way =
            |made: &PlacedChange| made.position > start && made.position <= self.training.position;
        self.training.changes.iter().any(is_on_the_way)
    }

    /// The raw values of the sample whose activations are shown, one for each feature.
    #[must_use]
    pub fn shown_inputs(&self) -> Vec<f64> {
        match self.shown {
            Shown::Sample(sample) => self.dataset().raw_of(sample).to_vec(),
            Shown::Prediction => self.prediction.values(),
        }
    }

    /// The same as the network sees them.
    #[must_use]
    pub fn shown_scaled(&self) -> Vec<f64> {
        self.dataset().network_inputs(&self.shown_inputs())
    }

    /// The forward pass of what is shown.
    #[must_use]
    pub fn forward_of_shown(&self) -> Forward {
        let mut forward = Forward::keeping_all(&self.network, 1);
        forward.run(&self.network, &self.shown_scaled());
        forward
    }

    /// What the network, as it is now, predicts for some samples: row-major with shape (samples, outputs).
    #[must_use]
    pub fn outputs_for_samples(&self, samples: Range<usize>) -> Vec<f64> {
        let mut space = Forward::new(&self.network, samples.len().max(1));
        let raw = samples.map(|sample| self.dataset().raw_of(sample));
        let inputs: Vec<f64> = raw
            .flat_map(|raw| self.dataset().network_inputs(raw))
            .collect();
        self.network.predict_many(&inputs, &mut space).to_vec()
    }

    /// What the network, as it is now, predicts for raw values: one number for each output.
    #[must_use]
    pub fn outputs_for(&self, raw_inputs: &[f64]) -> Vec<f64> {
        self.network
            .predict(&self.dataset().network_inputs(raw_inputs))
    }

    pub(super) fn turn_shown(&mut self, turn: Turn) {
        let last = self.dataset().len() - 1;
        self.shown = match (self.shown, turn) {
            (Shown::Sample(sample), Turn::Back) => Shown::Sample(sample.saturating_sub(1)),
            (Shown::Sample(sample), Turn::Forward) if sample < last => Shown::Sample(sample + 1),
            (_, Turn::Forward) => Shown::Prediction,
            (Shown::Prediction, Turn::Back) => Shown::Sample(last),
        };
    }

    /// Walks all neurons, with none of them between the last and the first.
    pub(super) fn turn_neuron(&mut self, turn: Turn) {
        let layers = self.network.layers().iter().enumerate();
        let neurons =
            layers.flat_map(|(layer, of)| (0..of.units).map(move |unit| Neuron { layer, unit }));
        let choices: Vec<Option<Neuron>> = std::iter::once(None).chain(neurons.map(Some)).collect();
        turn_choice(&mut self.neuron, &choices, turn);
    }

    /// Turns to the other overview.
    pub(super) fn turn_overview(&mut self) {
        self.overview = match self.overview {
            Overview::Confusion => Overview::Table,
            Overview::Table => Overview::Confusion,
        };
    }
}
