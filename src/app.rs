//! Floor 3: all state of the screen, and what a key or an event does to it.
//!
//! [`App::update`] takes a [`Message`] and answers with [`Effect`]s; whoever runs the app carries them
//! out. Knows no terminal, thread or clock, so that all behaviour of the screen is tested without one.

mod appearance;
mod backprop;
mod dispatch;
pub mod keymap;
mod message;
mod prediction_form;
mod reconfigure;
mod run_control;
mod runs;
mod settings;
mod state;
mod sweep;
mod text_field;
mod travel;

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};

pub use appearance::{Appearance, Colors, Glyphs};
pub use backprop::{BackpropView, Edges, GradientCheck, ParameterEdit, Part, Stage, TracedStep};
pub use message::{Effect, Message, Rebuilt, SaveOutcome};
pub use prediction_form::{Field, PredictionForm};
pub use runs::{KeptRun, Runs};
pub use settings::{Consequence, Setting, Settings};
pub use state::{Focus, LossAxis, Overlay, Overview, Shown, Training, TrainingState, View};
pub use sweep::{Sweep, SweepState};
pub use text_field::TextField;
pub use travel::EpochField;

use crate::data::Dataset;
use crate::nn::{Forward, Network, Neuron};
use crate::session::{DataSource, TrainingConfig};
use crate::trainer::{Event, LossCurves, Pace, Progress, StartState};
use keymap::Context;

/// Everything that the screen shows.
#[derive(Debug, Clone)]
pub struct App {
    /// How colours and lines are to be drawn.
    pub appearance: Appearance,
    /// The run that is shown.
    pub config: TrainingConfig,
    /// Where its data comes from.
    pub source: DataSource,
    /// Where the data came from that the program was started with.
    own_source: DataSource,
    /// What it learns from.
    pub dataset: Arc<Dataset>,
    /// The network with the newest parameters.
    pub network: Network,
    /// What the trainer said last.
    pub training: Training,
    /// The loss of every epoch of this run.
    pub curves: LossCurves,
    /// The runs before this one.
    pub runs: Runs,
    /// What the panels are about.
    pub view: View,
    /// What is seen of one step.
    pub backprop: BackpropView,
    /// Whose activations the diagram shows.
    pub shown: Shown,
    /// The neuron whose numbers are told; nothing for none.
    pub neuron: Option<Neuron>,
    /// The prediction box.
    pub prediction: PredictionForm,
    /// The same from many seeds.
    pub sweep: Sweep,
    /// Who hears the keys.
    pub focus: Focus,
    /// What lies over the panels.
    pub overlay: Overlay,
    /// What is told of all samples.
    pub overview: Overview,
    /// How the loss is drawn.
    pub loss_axis: LossAxis,
    /// The answer to the last key, until the next one.
    pub notice: Option<String>,
}

impl App {
    /// The screen of a run that has not told anything yet.
    #[must_use]
    pub fn new(
        config: TrainingConfig,
        source: DataSource,
        dataset: Arc<Dataset>,
        network: Network,
        pace: Pace,
        appearance: Appearance,
    ) -> Self {
        let dataset_remarks = remarks_on(&dataset);
        Self {
            appearance,
            prediction: PredictionForm::new(&dataset),
            own_source: source.clone(),
            source,
            dataset,
            network,
            training: Training::at_start(StartState::Running, pace),
            curves: LossCurves::default(),
            runs: Runs::default(),
            view: View::Train,
            backprop: BackpropView::new(),
            shown: Shown::Sample(0),
            neuron: None,
            sweep: Sweep::default(),
            focus: Focus::Run,
            overlay: Overlay::None,
            overview: Overview::Table,
            loss_axis: LossAxis::Linear,
            notice: dataset_remarks,
            config,
        }
    }

    /// The one way in which anything changes.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) if key.kind == KeyEventKind::Release => Vec::new(),
            Message::Key(key) => self.press(key),
            Message::Paste(text) => {
                match (&mut self.overlay, self.focus) {
                    (Overlay::Edit(edit), _) => edit.text.paste(&text),
                    (Overlay::GoTo(field), _) => field.text.paste(&text),
                    (Overlay::Sweep, _) => self.sweep.paste(&text),
                    (Overlay::None, Focus::Prediction) => self.prediction.paste(&text),
                    _ => {}
                }
                Vec::new()
            }
            Message::Trainer(Event::Progress(progress)) => {
                self.hear(*progress);
                Vec::new()
            }
            Message::Trainer(Event::Refused(change, reason)) => {
                self.forget_edit(&change);
                self.notice = Some(reason);
                Vec::new()
            }
            Message::Trainer(Event::NoWayBack(reason)) => {
                self.notice = Some(reason);
                Vec::new()
            }
            Message::Trainer(Event::Panicked(text)) => {
                self.training.state = TrainingState::Panicked(text);
                Vec::new()
            }
            Message::Sweep(event) => {
                self.sweep.hear(event);
                Vec::new()
            }
            Message::Rebuilt(Ok(rebuilt)) => {
                self.show_rebuilt(*rebuilt);
                Vec::new()
            }
            Message::Left(left) => {
                self.hear_left(left);
                Vec::new()
            }
            Message::Rebuilt(Err(problem)) => {
                match &mut self.overlay {
                    Overlay::Settings(settings) => settings.problem = Some(problem),
                    _ => self.notice = Some(problem),
                }
                Vec::new()
            }
            Message::Save(outcome) => {
                match outcome {
                    SaveOutcome::Saved(path) => {
                        self.notice = Some(format!("saved {}", path.display()));
                    }
                    SaveOutcome::Exists(path) => self.overlay = Overlay::Replace(path),
                    SaveOutcome::Failed(reason) => self.notice = Some(reason),
                }
                Vec::new()
            }
        }
    }

    fn hear(&mut self, progress: Progress) {
        for left in progress.left {
            self.keep_future(left);
        }
        self.network
            .parameters_mut()
            .copy_from_slice(&progress.parameters);
        self.curves.append(&progress.curves);
        self.config.learning_rate = progress.learning_rate;
        self.config.optimizer = progress.optimizer;
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

    /// Who hears the keys now.
    #[must_use]
    pub fn context(&self) -> Context {
        match (&self.overlay, self.focus) {
            (Overlay::Help { .. }, _) => Context::Help,
            (Overlay::Replace(_), _) => Context::Replace,
            (Overlay::Settings(_), _) => Context::Settings,
            (Overlay::CommandLine(_), _) => Context::CommandLine,
            (Overlay::Edit(_), _) => Context::Edit,
            (Overlay::GoTo(_), _) => Context::GoTo,
            (Overlay::GradientCheck(_), _) => Context::GradientCheck,
            (Overlay::Sweep, _) => Context::Sweep,
            (Overlay::Runs { .. }, _) => Context::Runs,
            (Overlay::None, Focus::Prediction) => Context::Prediction,
            (Overlay::None, Focus::Run) => self.view.context(),
        }
    }

    fn press(&mut self, key: KeyEvent) -> Vec<Effect> {
        self.notice = None;
        let context = self.context();
        if let Some(action) = keymap::action(context, key) {
            return self.act(action);
        }
        match (&mut self.overlay, self.focus, key.code) {
            (Overlay::None, Focus::Prediction, _) => self.prediction.type_key(key),
            (Overlay::Edit(edit), _, _) => edit.text.type_key(key),
            (Overlay::GoTo(field), _, _) => field.text.type_key(key),
            (Overlay::Sweep, _, _) => self.sweep.type_key(key),
            (Overlay::Settings(settings), _, KeyCode::Char(digit)) if digit.is_ascii_digit() => {
                settings.type_digit(digit);
            }
            _ => {}
        }
        Vec::new()
    }

    /// How many steps make an epoch.
    #[must_use]
    pub fn steps_per_epoch(&self) -> usize {
        let samples = self.dataset.training_samples;
        samples.div_ceil(self.config.batch_size)
    }

    /// The raw values of the sample whose activations are shown, one for each feature.
    #[must_use]
    pub fn shown_inputs(&self) -> Vec<f64> {
        match self.shown {
            Shown::Sample(sample) => self.dataset.raw_of(sample).to_vec(),
            Shown::Prediction => self.prediction.values(),
        }
    }

    /// The same as the network sees them.
    #[must_use]
    pub fn shown_scaled(&self) -> Vec<f64> {
        self.dataset.network_inputs(&self.shown_inputs())
    }

    /// The forward pass of what is shown.
    #[must_use]
    pub fn forward_of_shown(&self) -> Forward {
        let mut forward = Forward::new(&self.network, 1);
        forward.run(&self.network, &self.shown_scaled());
        forward
    }

    /// What the network, as it is now, makes of raw values: one number for each output.
    #[must_use]
    pub fn outputs_for(&self, raw_inputs: &[f64]) -> Vec<f64> {
        self.network
            .predict(&self.dataset.network_inputs(raw_inputs))
    }
}

/// What is to be said of data, in one line.
fn remarks_on(dataset: &Dataset) -> Option<String> {
    (!dataset.remarks.is_empty()).then(|| dataset.remarks.join("; "))
}
