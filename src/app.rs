//! Floor 3: all state of the screen, and what a key or an event does to it.
//!
//! [`App::update`] takes a [`Message`] and answers with [`Effect`]s; whoever runs the app carries them
//! out. Knows no terminal, thread or clock, so that all behaviour of the screen is tested without one.

mod appearance;
mod backprop;
pub mod keymap;
mod message;
mod prediction_form;
mod runs;
mod settings;
mod state;
mod sweep;
mod text_field;
mod travel;

use std::path::PathBuf;
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

use crate::data::{Dataset, Task};
use crate::nn::{Forward, Network, Neuron};
use crate::session::{DataSource, Existing, TrainingConfig, command_line};
use crate::trainer::{Command, Event, LossCurves, Pace, Progress, RunState, Start, StartState};
use backprop::Direction;
use keymap::{Action, Context};
use settings::{Turn, turn_choice};
use sweep::Pick;

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
                self.hear(&progress);
                Vec::new()
            }
            Message::Trainer(Event::Refused(reason)) => {
                self.forget_edit();
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
                vec![self.look_ahead()]
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

    fn hear(&mut self, progress: &Progress) {
        progress.left.iter().for_each(|left| self.keep_future(left));
        self.network
            .parameters_mut()
            .copy_from_slice(&progress.parameters);
        self.curves.append(&progress.curves);
        self.config.learning_rate = progress.learning_rate;
        self.config.optimizer = progress.optimizer;
        self.training = Training {
            state: TrainingState::Alive(progress.state),
            position: progress.position,
            newest: progress.newest.position,
            changes: Arc::clone(&progress.changes),
            evaluation: Some(progress.evaluation),
            confusion: progress.confusion.clone(),
            pace: self.training.pace,
            epochs_per_second: progress.epochs_per_second,
        };
        self.hear_next_step(progress);
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

    /// What asks for something outside; all else only changes what is seen.
    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Toggle => self.toggle(),
            Action::StepEpoch => self.train(Command::StepEpoch),
            Action::StepSample => self.train(Command::StepSample),
            Action::Reset => self.restart(),
            Action::ResetWithNextSeed => self.restart_from(self.config.seed.wrapping_add(1)),
            Action::Faster => self.set_pace(self.training.pace.faster()),
            Action::Slower => self.set_pace(self.training.pace.slower()),
            Action::Apply => self.apply_settings(),
            Action::Save => {
                let path = PathBuf::from(format!("nnscope-seed-{}.json", self.config.seed));
                vec![Effect::Save {
                    path,
                    existing: Existing::Keep,
                }]
            }
            Action::Replace => match std::mem::replace(&mut self.overlay, Overlay::None) {
                Overlay::Replace(path) => vec![Effect::Save {
                    path,
                    existing: Existing::Replace,
                }],
                _ => Vec::new(),
            },
            Action::Share => {
                let line = command_line(&self.source, &self.config);
                self.overlay = Overlay::CommandLine(line.clone());
                vec![Effect::Copy(line)]
            }
            Action::ShowTrain => self.show_view(View::Train),
            Action::ShowBackprop => self.show_view(View::Backprop),
            Action::NextView => {
                let next = (self.view as usize + 1) % View::ALL.len();
                self.show_view(View::ALL[next])
            }
            Action::NextStage => self.next_stage(),
            Action::WholeStep => self.whole_step(),
            Action::SetParameter => self.set_parameter(),
            Action::Undo => self.undo(),
            Action::Predict => {
                self.focus = Focus::Prediction;
                self.prediction.focus();
                self.shown = Shown::Prediction;
                self.show_view(View::Train)
            }
            Action::EpochBack
            | Action::EpochForward
            | Action::TenthBack
            | Action::TenthForward
            | Action::FirstEpoch
            | Action::NewestEpoch
            | Action::StayHere
            | Action::GoThere => self.travel(action),
            Action::ReturnToRun => self.return_to_run(),
            Action::StartSweep => self.sweep.start(&self.config, &self.source),
            Action::LeaveSweep => self.leave_sweep(),
            Action::OpenBest => self.open_seed(Pick::Best),
            Action::OpenMedian => self.open_seed(Pick::Median),
            Action::OpenWorst => self.open_seed(Pick::Worst),
            Action::Suspend => vec![Effect::Suspend],
            Action::Quit => vec![Effect::Quit],
            _ => {
                self.look(action);
                Vec::new()
            }
        }
    }

    fn look(&mut self, action: Action) {
        match action {
            Action::PreviousSample => self.turn_shown(Turn::Back),
            Action::NextSample => self.turn_shown(Turn::Forward),
            Action::PreviousNeuron => self.turn_neuron(Turn::Back),
            Action::NextNeuron => self.turn_neuron(Turn::Forward),
            Action::LeavePrediction => self.focus = Focus::Run,
            Action::PreviousField => self.prediction.focus_previous(),
            Action::NextField => self.prediction.focus_next(),
            Action::ToggleLossAxis => {
                self.loss_axis = match self.loss_axis {
                    LossAxis::Linear => LossAxis::Log,
                    LossAxis::Log => LossAxis::Linear,
                }
            }
            Action::ToggleOverview => self.toggle_overview(),
            Action::KeepFile => {
                self.overlay = Overlay::None;
                self.notice = Some("nothing saved: the file is as it was".to_owned());
            }
            Action::GoTo => self.ask_for_epoch(),
            Action::Runs
            | Action::PreviousRun
            | Action::NextRun
            | Action::ToggleRun
            | Action::DropRun => self.look_at_runs(action),
            Action::Help => self.overlay = Overlay::Help { scroll: 0 },
            Action::ScrollUp => self.scroll_help(Turn::Back),
            Action::ScrollDown => self.scroll_help(Turn::Forward),
            Action::Close => self.overlay = Overlay::None,
            Action::Sweep => self.open_sweep(),
            Action::Settings => self.open_settings(),
            Action::PreviousSetting => self.change_settings(Settings::select_previous),
            Action::NextSetting => self.change_settings(Settings::select_next),
            Action::PreviousValue => self.change_settings(|settings| settings.turn(Turn::Back)),
            Action::NextValue => self.change_settings(|settings| settings.turn(Turn::Forward)),
            Action::SelectLeft => self.select(Direction::Left),
            Action::SelectRight => self.select(Direction::Right),
            Action::SelectUp => self.select(Direction::Up),
            Action::SelectDown => self.select(Direction::Down),
            Action::PreviousOfBatch => self.turn_sample_of_batch(Turn::Back),
            Action::NextOfBatch => self.turn_sample_of_batch(Turn::Forward),
            Action::ToggleEdges => self.turn_edges(),
            Action::TurnPrecision => self.turn_precision(),
            Action::ScrollFormulasUp => {
                self.backprop.scroll = self.backprop.scroll.saturating_sub(1);
            }
            Action::ScrollFormulasDown => self.backprop.scroll += 1,
            Action::CheckGradients => self.check_gradients(),
            Action::ScrollCheckUp => self.scroll_check(Turn::Back),
            Action::ScrollCheckDown => self.scroll_check(Turn::Forward),
            Action::Edit => self.edit_parameter(),
            // Named, so that no action is in neither of the two.
            Action::Toggle
            | Action::StepEpoch
            | Action::StepSample
            | Action::Reset
            | Action::ResetWithNextSeed
            | Action::Faster
            | Action::Slower
            | Action::Apply
            | Action::Save
            | Action::Replace
            | Action::Share
            | Action::ShowTrain
            | Action::ShowBackprop
            | Action::NextView
            | Action::NextStage
            | Action::WholeStep
            | Action::SetParameter
            | Action::Undo
            | Action::Predict
            | Action::EpochBack
            | Action::EpochForward
            | Action::TenthBack
            | Action::TenthForward
            | Action::FirstEpoch
            | Action::NewestEpoch
            | Action::StayHere
            | Action::GoThere
            | Action::StartSweep
            | Action::LeaveSweep
            | Action::OpenBest
            | Action::OpenMedian
            | Action::OpenWorst
            | Action::ReturnToRun
            | Action::Suspend
            | Action::Quit => {}
        }
    }

    fn toggle_overview(&mut self) {
        self.overview = match self.overview {
            Overview::Confusion => Overview::Table,
            Overview::Table if self.dataset.target.task() == Task::Numbers => {
                self.notice = Some("numbers have no classes to confuse".to_owned());
                Overview::Table
            }
            Overview::Table => Overview::Confusion,
        }
    }

    fn scroll_help(&mut self, turn: Turn) {
        if let Overlay::Help { scroll } = &mut self.overlay {
            let last = u16::try_from(keymap::help_lines(self.view.context()).count())
                .unwrap_or(u16::MAX)
                - 1;
            *scroll = match turn {
                Turn::Back => scroll.saturating_sub(1),
                Turn::Forward => (*scroll + 1).min(last),
            };
        }
    }

    fn open_settings(&mut self) {
        let can_go_on = matches!(
            self.training.state,
            TrainingState::Alive(RunState::Running | RunState::Paused | RunState::Finished)
        );
        let settings = Settings::new(&self.own_source, &self.source, &self.config, can_go_on);
        self.overlay = Overlay::Settings(Box::new(settings));
    }

    fn toggle(&mut self) -> Vec<Effect> {
        let (command, next) = match self.training.state {
            TrainingState::Alive(RunState::Running) => (Command::Pause, RunState::Paused),
            _ => (Command::Run, RunState::Running),
        };
        let effects = self.train(command);
        if !effects.is_empty() {
            // What is asked for counts at once: the next key may come before the trainer has answered.
            self.training.state = TrainingState::Alive(next);
        }
        effects
    }

    /// Gives the trainer a command, or says why that is of no use.
    fn train(&mut self, command: Command) -> Vec<Effect> {
        match self.training.state {
            TrainingState::Alive(RunState::Diverged { .. }) => {
                self.notice =
                    Some("it cannot go on: r resets it, e sets a smaller learning rate".to_owned());
                Vec::new()
            }
            TrainingState::Panicked(_) => {
                self.notice = Some("training has stopped: r starts it again".to_owned());
                Vec::new()
            }
            TrainingState::Alive(_) => vec![Effect::Train(command)],
        }
    }

    fn set_pace(&mut self, pace: Pace) -> Vec<Effect> {
        if pace == self.training.pace {
            self.notice = Some(format!("{pace} is as far as the speed goes"));
            return Vec::new();
        }
        self.training.pace = pace;
        // Also where the trainer cannot go on: the next run has this pace.
        vec![Effect::Train(Command::SetPace(pace))]
    }

    /// The same from another seed.
    fn restart_from(&mut self, seed: u64) -> Vec<Effect> {
        self.keep_run();
        self.config.seed = seed;
        self.config.initial_layers = None;
        vec![Effect::Restart(self.begin()), self.look_ahead()]
    }

    /// Back to epoch 0, running or paused as it was.
    fn restart(&mut self) -> Vec<Effect> {
        self.keep_run();
        vec![Effect::Restart(self.begin()), self.look_ahead()]
    }

    /// Shows a run that has not told anything yet, in the place of this one.
    fn begin(&mut self) -> Start {
        let start = self.next_start();
        self.curves = LossCurves::default();
        self.backprop.begin();
        self.training = Training::at_start(start.state, start.pace);
        start
    }

    /// How a run begins that takes the place of this one.
    fn next_start(&self) -> Start {
        let state = match self.training.state {
            TrainingState::Alive(RunState::Paused) => StartState::Paused,
            _ => StartState::Running,
        };
        Start {
            state,
            pace: self.training.pace,
            epochs: self.config.last_epoch(),
        }
    }

    fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        if let Overlay::Settings(settings) = &mut self.overlay {
            change(settings);
        }
    }

    fn apply_settings(&mut self) -> Vec<Effect> {
        let Overlay::Settings(settings) = &self.overlay else {
            return Vec::new();
        };
        match settings.consequence() {
            Consequence::Nothing => {
                self.overlay = Overlay::None;
                Vec::new()
            }
            Consequence::GoesOn => {
                let changes = settings.changes();
                self.overlay = Overlay::None;
                let changes = changes.into_iter().map(Command::Change);
                changes.map(Effect::Train).collect()
            }
            // The panel stays until the new run is there.
            Consequence::StartsAgain => {
                vec![Effect::Rebuild {
                    settings: settings.clone(),
                    start: self.next_start(),
                }]
            }
        }
    }

    fn show_rebuilt(&mut self, rebuilt: Rebuilt) {
        let Rebuilt {
            config,
            source,
            dataset,
            network,
        } = rebuilt;
        let started = format!("started again with seed {}", config.seed);
        self.notice = remarks_on(&dataset).or(Some(started));
        self.prediction = PredictionForm::new(&dataset);
        self.keep_run();
        self.begin();
        self.shown = Shown::Sample(0);
        self.neuron = None;
        self.backprop.begin_another_network();
        self.overview = Overview::Table;
        self.overlay = Overlay::None;
        (self.config, self.source) = (config, source);
        (self.dataset, self.network) = (dataset, network);
    }

    fn turn_shown(&mut self, turn: Turn) {
        let last = self.dataset.len() - 1;
        self.shown = match (self.shown, turn) {
            (Shown::Sample(sample), Turn::Back) => Shown::Sample(sample.saturating_sub(1)),
            (Shown::Sample(sample), Turn::Forward) if sample < last => Shown::Sample(sample + 1),
            (_, Turn::Forward) => Shown::Prediction,
            (Shown::Prediction, Turn::Back) => Shown::Sample(last),
        };
    }

    /// Walks all neurons, with none of them between the last and the first.
    fn turn_neuron(&mut self, turn: Turn) {
        let layers = self.network.layers().iter().enumerate();
        let neurons =
            layers.flat_map(|(layer, of)| (0..of.units).map(move |unit| Neuron { layer, unit }));
        let places: Vec<Option<Neuron>> = std::iter::once(None).chain(neurons.map(Some)).collect();
        turn_choice(&mut self.neuron, &places, turn);
    }

    /// The raw values of the sample whose activations are shown, one for each feature.
    #[must_use]
    pub fn shown_inputs(&self) -> Vec<f64> {
        match self.shown {
            Shown::Sample(sample) => self.dataset.raw_inputs(sample).to_vec(),
            Shown::Prediction => self.prediction.values(),
        }
    }

    /// The same as the network sees them.
    #[must_use]
    pub fn shown_scaled(&self) -> Vec<f64> {
        self.dataset.scaling.applied(&self.shown_inputs())
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
            .predict(&self.dataset.scaling.applied(raw_inputs))
    }
}

/// What is to be said of data, in one line.
fn remarks_on(dataset: &Dataset) -> Option<String> {
    (!dataset.remarks.is_empty()).then(|| dataset.remarks.join("; "))
}
