//! What the screen shows of one run: the trainer's latest report, and what the user is looking at.

mod answers;
mod keeping;
mod moved;
mod showing;

use std::mem;
use std::sync::Arc;

use answers::Answers;
pub use moved::Moved;
use moved::Stepping;

use super::turn::{Turn, turn_choice};
use super::{
    BackpropView, Begun, NeuronHealth, Overview, PredictionForm, Scores, SliceView, SurfaceView,
    Training, TrainingState,
};
use crate::answers::Question;
use crate::data::{Dataset, TargetScaling};
use crate::nn::{Backprop, Network, Neuron};
use crate::session::{
    Assessment, Baseline, DataSource, Draft, MOST_DRAWN, PlacedChange, Position, Run,
    TrainingConfig, is_large, layers_of,
};
use crate::trainer::{Curves, DepartedRun, Progress, Start};

/// A run as it is shown. Showing another run is one assignment.
#[derive(Debug, Clone)]
pub struct RunView {
    /// The run as the trainer has it, including changes made since its start.
    pub run: Arc<Run>,
    /// The run as it was when its last step was made: what was changed since has not changed anything yet.
    pub(super) trained: Arc<Run>,
    /// The run as it was at its start, or when it was loaded.
    pub(super) begun: Begun,
    /// The network with the latest parameters. Every state of a run has its own, so that a pointer tells two states apart.
    pub network: Arc<Network>,
    /// The state of training in the trainer's latest report.
    pub training: Training,
    /// The loss of every epoch.
    pub curves: Curves,
    /// What the Backprop view shows.
    pub backprop: BackpropView,
    /// Whose activations the diagram shows.
    pub shown: Shown,
    /// The sample that was shown last: while typed values are, the table stays there.
    pub last_sample: usize,
    /// The sample that a person has chosen, until Backprop has followed it.
    pub(super) chosen_sample: Option<usize>,
    /// The sample that was shown before steps showed those that they have trained on, while these are shown.
    pub(super) own_sample: Option<usize>,
    /// What was shown before values were typed, until they are left.
    pub(super) shown_before: Option<Shown>,
    /// The neuron whose formula is shown, if any.
    pub neuron: Option<Neuron>,
    /// The prediction box.
    pub prediction: PredictionForm,
    /// Which overview of the samples is shown.
    pub overview: Overview,
    /// What is looked at of the function that it has learned.
    pub surface: SurfaceView,
    /// What is looked at of the loss around its parameters.
    pub slice: SliceView,
    /// The neurons that cannot learn.
    pub health: NeuronHealth,
    /// What the last step by hand has moved, while its state is shown.
    pub moved: Option<Moved>,
    /// Where a step by hand began that is not made yet.
    pub(super) stepping: Option<Stepping>,
    /// What its network answers.
    pub(super) answers: Answers,
}

/// Whose activations are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// This sample of the dataset.
    Sample(usize),
    /// The values typed into the prediction box.
    Prediction,
}

impl RunView {
    /// Shows a run before its first report, with its initial network.
    #[must_use]
    pub fn new(run: Arc<Run>, network: impl Into<Arc<Network>>, start: Start) -> Self {
        Self {
            network: network.into(),
            training: Training::at_start(start.state, start.pace),
            curves: Curves::default(),
            backprop: BackpropView::new(),
            shown: Shown::Sample(0),
            last_sample: 0,
            chosen_sample: None,
            own_sample: None,
            shown_before: None,
            neuron: None,
            prediction: PredictionForm::new(&run),
            overview: Overview::Table,
            surface: SurfaceView::new(&run.dataset),
            slice: SliceView::default(),
            health: NeuronHealth::default(),
            moved: None,
            stepping: None,
            answers: Answers::default(),
            trained: Arc::clone(&run),
            begun: Begun::new(&run),
            run,
        }
    }

    /// The run's configuration, including changes made since its start.
    #[must_use]
    pub fn config(&self) -> &TrainingConfig {
        &self.run.config
    }

    /// Where its data comes from.
    #[must_use]
    pub fn source(&self) -> &DataSource {
        &self.run.source
    }

    /// What is to be said of the run before training, a sentence each.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        self.run.remarks()
    }

    /// Whose values are typed: "Emily", or "your input".
    #[must_use]
    pub fn typed_values_name(&self) -> String {
        let known = self.prediction.known_name(self.dataset());
        known.unwrap_or_else(|| "your input".to_owned())
    }

    /// The smallest target of the training samples, the mean, and the largest, as the network predicts them; of several
    /// outputs, the first.
    #[must_use]
    pub fn target_numbers(&self) -> [f64; 3] {
        let scaling = &self.dataset().target_scaling;
        let scaled = |target| (target - scaling.shift[0]) / scaling.divisor[0];
        self.run.summary.target.map(scaled)
    }

    /// What the best constant answer scores.
    #[must_use]
    pub fn baseline(&self) -> &Baseline {
        &self.run.baseline
    }

    /// How its targets are scaled before the loss is computed.
    #[must_use]
    pub fn target_scaling(&self) -> TargetScaling {
        let output = self.config().output_activation;
        self.source().target_scaling_for(output)
    }

    /// The run as a draft of another one.
    #[must_use]
    pub fn draft(&self) -> Draft {
        self.run.draft()
    }

    /// The data that it is trained and tested on.
    #[must_use]
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.run.dataset
    }

    /// What has to be answered before a report is taken in: what its next step follows and, unless its state is shown
    /// already, what the next frame asks about it.
    pub(super) fn questions_about(&self, progress: &Progress) -> Vec<Question> {
        let (network, mut questions) = if self.is_shown(&progress.network) {
            (&self.network, Vec::new())
        } else {
            let again = self.answers.again(&self.network, &progress.network);
            (&progress.network, again)
        };
        questions.extend(progress.next_step.as_ref().map(|step| {
            let passes = self.backprop.followed().passes(step, self.dataset());
            self.question(network, passes)
        }));
        self.answers.open(questions)
    }

    /// Whether this is the shown state of the network.
    fn is_shown(&self, network: &Arc<Network>) -> bool {
        // All reports of one state of a large network share it, and to compare its parameters takes long.
        Arc::ptr_eq(network, &self.network) || !is_large(network) && *network == self.network
    }

    /// Takes in a report of the trainer.
    pub(super) fn hear(&mut self, progress: Progress) {
        if !self.is_shown(&progress.network) {
            let before = mem::replace(&mut self.network, Arc::clone(&progress.network));
            self.answers.renew(&before, &self.network);
            self.moved = None;
        }
        self.curves.append(&progress.curves);
        self.take_run(&progress.run, progress.farthest.position, &progress.changes);
        // Else it is shown as it was asked to be.
        if progress.is_latest {
            self.training.state = TrainingState::Alive(progress.state);
        }
        self.training = Training {
            scores: Some(self.scores(&progress)),
            state: self.training.state.clone(),
            batch_size: Some(progress.batch_size),
            position: progress.position,
            farthest: progress.farthest.position,
            changes: progress.changes,
            evaluation: Some(progress.evaluation),
            pace: self.training.pace,
            epochs_per_second: progress.epochs_per_second,
            long_step: progress.long_step,
        };
        self.note_moved();
        self.health = NeuronHealth::of(&self.network, &self.run.data);
        match progress.next_step {
            Some(step) => self.hear_next_step(step),
            None if !self.training.is_running() && self.is_evaluating() => {
                self.hear_no_next_step();
            }
            // Training goes on without the step, as it takes long to look at.
            None if self.training.is_running() && self.is_step_divided() => {
                self.backprop.forget_step();
            }
            None => {}
        }
    }

    /// How good the network of a report is: at its own parameters, unless it takes too long to know that. A large
    /// run that trains has the scores of its last whole epoch throughout, so that their title stays the same.
    fn scores(&self, progress: &Progress) -> Scores {
        let (Position { epoch, step }, data) = (progress.position, &self.run.data);
        let of_epoch = Assessment {
            evaluation: progress.evaluation,
            confusion: progress.confusion.clone(),
        };
        let is_training = progress.state.is_training();
        let present = if is_training && !Assessment::is_cheap(&self.network, data) {
            None
        } else if step == 0 {
            Some(of_epoch.clone())
        } else {
            let made = progress.assessment.clone();
            made.or_else(|| Assessment::at_once(&self.network, self.config().loss, data))
        };
        let at_epoch = present.is_none().then_some(epoch);
        Scores {
            assessment: present.unwrap_or(of_epoch),
            at_epoch,
        }
    }

    /// Sets a parameter, and shows what follows from it. A large network, which would have to be copied, is shown when the
    /// trainer has done so.
    pub(super) fn set_parameter(&mut self, index: usize, value: f64) {
        if is_large(&self.network) {
            return;
        }
        Arc::make_mut(&mut self.network).parameters_mut()[index] = value;
        let loss = self.config().loss;
        let assessment = Assessment::at_once(&self.network, loss, &self.run.data);
        self.training.scores = assessment.map(|assessment| Scores {
            assessment,
            at_epoch: None,
        });
        self.health = NeuronHealth::of(&self.network, &self.run.data);
        self.note_initial_parameters();
    }

    /// Takes in the final state of the run, which is not trained any more.
    pub(super) fn hear_end(&mut self, DepartedRun { run, past, curves }: &DepartedRun) {
        self.take_run(run, past.farthest.position, &past.changes);
        self.curves.append(curves);
        self.training.farthest = past.farthest.position;
        self.training.evaluation = Some(past.farthest.evaluation);
        self.training.changes = Arc::clone(&past.changes);
        if let Some(parameters) = past.parameters() {
            self.network = Arc::new(self.network.with_parameters(parameters.to_vec()));
        }
    }

    /// Begins a run of the same shape on the same data. What the user is looking at stays.
    pub(super) fn begin(&mut self, run: Arc<Run>, start: Start) {
        (self.trained, self.begun) = (Arc::clone(&run), Begun::new(&run));
        self.run = run;
        (self.moved, self.stepping) = (None, None);
        self.curves = Curves::default();
        self.show_own();
        self.backprop.begin();
        self.forget_maps();
        self.slice.begin();
        self.training = Training::at_start(start.state, start.pace);
        // Shown before the trainer answers, unless a large network takes long to draw.
        if self.network.parameters().len() <= MOST_DRAWN {
            self.network = Arc::new(self.run.initial_network());
        }
    }

    /// Makes parameters that were set before the first step part of the run's configuration.
    fn note_initial_parameters(&mut self) {
        if self.training.position == Position::default() {
            let layers = layers_of(&self.network);
            Arc::make_mut(&mut self.run).config.initial_layers = Some(layers);
        }
    }

    /// The number of updates in an epoch.
    #[must_use]
    pub fn steps_per_epoch(&self) -> usize {
        let samples = self.dataset().training_samples;
        samples.div_ceil(self.batch_size())
    }

    /// Samples in one update of the epoch under way.
    #[must_use]
    pub fn batch_size(&self) -> usize {
        let reported = self.training.batch_size;
        reported.unwrap_or(self.config().batch_size)
    }

    /// Whether a step takes so long that it is only shown while training pauses.
    #[must_use]
    pub fn is_step_divided(&self) -> bool {
        Backprop::is_divided(&self.network, self.batch_size())
    }

    /// Whether all updates of an epoch are made, and its evaluation is under way.
    fn is_evaluating(&self) -> bool {
        self.training.position.step == self.steps_per_epoch()
    }

    /// Whether the run has gone back from its farthest position.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.training.position < self.training.farthest
    }

    /// Whether the run was changed between its start and its current position, which no command line can express.
    /// Parameters that were set before the first step can be expressed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let start = Position::default();
        let is_on_the_way = |made: &PlacedChange| {
            made.position > start
                && made.position <= self.training.position
                && made.change.steers(self.config())
        };
        self.training.changes.iter().any(is_on_the_way)
    }

    /// The network's inputs for what is shown; `None` if the typed text is not valid.
    #[must_use]
    pub fn shown_scaled(&self) -> Option<Vec<f64>> {
        self.scaled_like(self)
    }

    /// The raw values of what is shown; `None` if the typed text is not valid.
    fn shown_raw(&self) -> Option<Vec<f64>> {
        match self.shown {
            Shown::Sample(sample) => Some(self.dataset().raw_of(sample).to_vec()),
            Shown::Prediction => self.prediction.values(),
        }
    }

    /// The network's inputs for what another run shows; if that has other data, for what this one shows.
    #[must_use]
    pub fn scaled_like(&self, other: &Self) -> Option<Vec<f64>> {
        let raw = if self.sees(other) { other } else { self }.shown_raw()?;
        Some(self.dataset().network_inputs(&raw))
    }

    /// Whether it has the same samples as another run.
    #[must_use]
    pub fn sees(&self, other: &Self) -> bool {
        Arc::ptr_eq(self.dataset(), other.dataset()) || self.source() == other.source()
    }

    /// Selects the next or previous neuron. No neuron is selected between the last and the first.
    pub(super) fn turn_neuron(&mut self, turn: Turn) {
        let layers = self.network.layers().iter().enumerate();
        let neurons =
            layers.flat_map(|(layer, of)| (0..of.units).map(move |unit| Neuron { layer, unit }));
        let choices: Vec<Option<Neuron>> = std::iter::once(None).chain(neurons.map(Some)).collect();
        turn_choice(&mut self.neuron, &choices, turn);
    }
}
