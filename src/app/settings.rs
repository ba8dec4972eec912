//! The settings panel: a draft of another run, changed value by value, then applied as a whole.

use crossterm::event::{KeyCode, KeyEvent};

use super::text_field::TextInput;
use super::turn::{Turn, turn_choice};
use crate::nn::init::Init;
use crate::nn::{Activation, Loss, OptimizerKind};
use crate::session::{Change, DataSource, Draft, NamedWeights, TrainingConfig, built_in_names};

const NOISES: [f64; 11] = [
    0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0,
];
const TEST_FRACTIONS: [f64; 10] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const LEARNING_RATES: [f64; 11] = [
    0.000_01, 0.000_1, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0,
];
const BATCH_SIZES: [usize; 33] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 32, 64, 128,
];
const PENALTIES: [f64; 10] = [0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];
/// The largest: until stopped.
const LAST_EPOCHS: [u64; 8] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, u64::MAX];
/// 0: the loss does not matter.
const GOALS: [f64; 8] = [0.0, 0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03, 0.1];
const MOST_LAYERS: usize = 8;
const MOST_UNITS: usize = 1024;

/// A draft of another run, and the setting that the arrows change.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Where its data would come from.
    pub source: DataSource,
    /// How it would be set up; output activation and loss are resolved when it is applied.
    pub config: TrainingConfig,
    /// What is asked of the output activation; nothing for what suits the data.
    pub output_activation: Option<Activation>,
    /// What is asked of the loss; nothing for what suits the outputs.
    pub loss: Option<Loss>,
    /// The selected one of [`Settings::rows`].
    pub selected: usize,
    /// Why it could not be applied.
    pub problem: Option<String>,
    /// While the run is being prepared: how many rows of its file have been read.
    pub rows_read: Option<usize>,
    /// The number that is being typed, digit by digit.
    typed: Option<String>,
    /// What the draft began as.
    before: Box<(DataSource, TrainingConfig)>,
    /// The data that the program was started with.
    own: DataSource,
    /// Whether the present run can go on at all.
    can_go_on: bool,
}

/// A setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is explained by Setting::explanation")]
pub enum Setting {
    Dataset,
    Noise,
    TestFraction,
    Layers,
    /// The units of one hidden layer.
    Units(usize),
    Activation,
    OutputActivation,
    Loss,
    Optimizer,
    LearningRate,
    BatchSize,
    Order,
    Init,
    L1,
    L2,
    Epochs,
    UntilLoss,
}

/// What applying a draft would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing is changed.
    Nothing,
    /// The run goes on with another learning rate or optimizer.
    GoesOn,
    /// A new run starts.
    StartsAgain,
}

impl Settings {
    /// A draft that is the present run, which may be beyond going on. `own` is the data that the program was
    /// started with.
    #[must_use]
    pub fn new(
        own: &DataSource,
        source: &DataSource,
        config: &TrainingConfig,
        can_go_on: bool,
    ) -> Self {
        Self {
            typed: None,
            own: own.clone(),
            can_go_on,
            before: Box::new((source.clone(), config.clone())),
            source: source.clone(),
            output_activation: Some(config.output_activation),
            loss: Some(config.loss),
            config: config.clone(),
            selected: 0,
            problem: None,
            rows_read: None,
        }
    }

    /// All settings, in the order of the panel.
    #[must_use]
    pub fn rows(&self) -> Vec<Setting> {
        let mut rows = vec![Setting::Dataset];
        if self.source.is_generated() {
            rows.push(Setting::Noise);
        }
        rows.extend([Setting::TestFraction, Setting::Layers]);
        rows.extend((0..self.config.hidden.len()).map(Setting::Units));
        rows.extend([
            Setting::Activation,
            Setting::OutputActivation,
            Setting::Loss,
            Setting::Optimizer,
            Setting::LearningRate,
            Setting::BatchSize,
            Setting::Order,
            Setting::Init,
            Setting::L1,
            Setting::L2,
            Setting::Epochs,
            Setting::UntilLoss,
        ]);
        rows
    }

    /// The setting that the arrows change.
    #[must_use]
    pub fn selected(&self) -> Setting {
        self.rows()[self.selected]
    }

    /// The value of a setting in words.
    #[must_use]
    pub fn value(&self, setting: Setting) -> String {
        let config = &self.config;
        match setting {
            Setting::Dataset => self.source.data.clone(),
            Setting::Noise => format!("{} %", self.source.noise),
            Setting::TestFraction => format!("{:.0} %", 100.0 * self.source.test_fraction),
            Setting::Layers => config.hidden.len().to_string(),
            Setting::Units(layer) => config.hidden[layer].to_string(),
            Setting::Activation => config.activation.name().to_owned(),
            Setting::OutputActivation => self
                .output_activation
                .map_or("what suits the data", Activation::name)
                .to_owned(),
            Setting::Loss => self
                .loss
                .map_or("what suits the outputs", Loss::name)
                .to_owned(),
            Setting::Optimizer => config.optimizer.name().to_owned(),
            Setting::LearningRate => config.learning_rate.to_string(),
            Setting::BatchSize => config.batch_size.to_string(),
            Setting::Order => if config.shuffle { "shuffled" } else { "fixed" }.to_owned(),
            Setting::Init => config.init.name().to_owned(),
            Setting::L1 => config.penalty.l1.to_string(),
            Setting::L2 => config.penalty.l2.to_string(),
            Setting::Epochs if config.epochs == 0 => "until stopped".to_owned(),
            Setting::Epochs => config.epochs.to_string(),
            Setting::UntilLoss => config
                .until_loss
                .map_or("never".to_owned(), |goal| format!("{goal:?}")),
        }
    }

    /// What applying the draft would do.
    #[must_use]
    pub fn consequence(&self) -> Consequence {
        let (source, before) = &*self.before;
        let can_change_on_the_way = self.source == *source
            && self.output_activation == Some(before.output_activation)
            && self.loss == Some(before.loss)
            && TrainingConfig {
                learning_rate: before.learning_rate,
                optimizer: before.optimizer,
                ..self.config.clone()
            } == *before;
        match self.changes().is_empty() {
            true if can_change_on_the_way => Consequence::Nothing,
            false if can_change_on_the_way && self.can_go_on => Consequence::GoesOn,
            _ => Consequence::StartsAgain,
        }
    }

    /// What the draft changes that a run can go on with.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let ((_, before), config) = (&*self.before, &self.config);
        let optimizer = (config.optimizer != before.optimizer).then_some(config.optimizer);
        let learning_rate =
            (config.learning_rate != before.learning_rate).then_some(config.learning_rate);
        let optimizer = optimizer.map(Change::Optimizer).into_iter();
        optimizer
            .chain(learning_rate.map(Change::LearningRate))
            .collect()
    }

    /// The run that is asked for.
    #[must_use]
    pub fn draft(&self) -> Draft {
        Draft {
            config: self.config.clone(),
            source: self.source.clone(),
            output_activation: self.output_activation,
            loss: self.loss,
            weights: NamedWeights::default(),
        }
    }

    /// Selects the setting before or after the selected one.
    pub(super) fn select(&mut self, turn: Turn) {
        self.typed = None;
        self.selected = turn.index(self.selected, self.rows().len() - 1);
    }

    /// Changes the selected setting.
    pub(super) fn turn(&mut self, turn: Turn) {
        self.problem = None;
        self.typed = None;
        let setting = self.selected();
        let config = &mut self.config;
        match setting {
            Setting::Dataset => self.turn_dataset(turn),
            Setting::Noise => turn_number(&mut self.source.noise, &NOISES, turn),
            Setting::TestFraction => {
                turn_number(&mut self.source.test_fraction, &TEST_FRACTIONS, turn);
            }
            Setting::Layers => match turn {
                Turn::Back => drop(config.hidden.pop()),
                Turn::Forward if config.hidden.len() < MOST_LAYERS => {
                    config
                        .hidden
                        .push(config.hidden.last().copied().unwrap_or(2));
                }
                Turn::Forward => {}
            },
            Setting::Units(layer) => {
                let units = &mut config.hidden[layer];
                *units = match turn {
                    Turn::Back => (*units - 1).max(1),
                    Turn::Forward => (*units + 1).min(MOST_UNITS),
                };
            }
            Setting::Activation => turn_choice(&mut config.activation, &Activation::HIDDEN, turn),
            Setting::OutputActivation => {
                turn_choice(
                    &mut self.output_activation,
                    &or_what_suits(Activation::OUTPUT),
                    turn,
                );
            }
            Setting::Loss => turn_choice(&mut self.loss, &or_what_suits(Loss::ALL), turn),
            Setting::Optimizer => turn_choice(&mut config.optimizer, &OptimizerKind::ALL, turn),
            Setting::LearningRate => turn_number(&mut config.learning_rate, &LEARNING_RATES, turn),
            Setting::BatchSize => turn_number(&mut config.batch_size, &BATCH_SIZES, turn),
            Setting::Order => config.shuffle = !config.shuffle,
            Setting::Init => turn_choice(&mut config.init, &Init::ALL, turn),
            Setting::L1 => turn_number(&mut config.penalty.l1, &PENALTIES, turn),
            Setting::L2 => turn_number(&mut config.penalty.l2, &PENALTIES, turn),
            Setting::Epochs => {
                let mut last = config.last_epoch();
                turn_number(&mut last, &LAST_EPOCHS, turn);
                config.epochs = if last == u64::MAX { 0 } else { last };
            }
            Setting::UntilLoss => {
                let mut goal = config.until_loss.unwrap_or(0.0);
                turn_number(&mut goal, &GOALS, turn);
                config.until_loss = (goal > 0.0).then_some(goal);
            }
        }
    }

    /// Other data: nothing that was asked of the columns holds any more, and outputs and loss follow it.
    fn turn_dataset(&mut self, turn: Turn) {
        let own = self.own.data.as_str();
        let mut names = built_in_names();
        if !names.contains(&own) {
            names.push(own);
        }
        let mut name = self.source.data.as_str();
        turn_choice(&mut name, &names, turn);
        let (before, config) = &*self.before;
        let known = [before, &self.own]
            .into_iter()
            .find(|source| source.data == name);
        self.source = known.cloned().unwrap_or_else(|| DataSource {
            data: name.to_owned(),
            test_fraction: self.source.test_fraction,
            seed: self.source.seed,
            ..DataSource::default()
        });
        let is_as_before = self.source.data == before.data;
        self.output_activation = is_as_before.then_some(config.output_activation);
        self.loss = is_as_before.then_some(config.loss);
    }
}

impl Setting {
    /// What it is called in the panel.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Dataset => "dataset",
            Self::Noise => "noise",
            Self::TestFraction => "test share",
            Self::Layers => "hidden layers",
            Self::Units(layer) => return format!("  units in layer {}", layer + 1),
            Self::Activation => "hidden activation",
            Self::OutputActivation => "output activation",
            Self::Loss => "loss",
            Self::Optimizer => "optimizer",
            Self::LearningRate => "learning rate",
            Self::BatchSize => "batch size",
            Self::Order => "order",
            Self::Init => "initial weights",
            Self::L1 => "l1",
            Self::L2 => "l2",
            Self::Epochs => "epochs",
            Self::UntilLoss => "until loss",
        }
        .to_owned()
    }

    /// What it does, in one plain sentence.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Dataset => "What the network learns from.",
            Self::Noise => "How far the generated samples stray from their pattern.",
            Self::TestFraction => {
                "Samples that are kept apart, to see how well it does on unknown ones."
            }
            Self::Layers => "More layers can learn more entangled patterns, and learn them slower.",
            Self::Units(_) => "More units give the layer more to combine.",
            Self::Activation => "How a hidden neuron answers to its weighted sum.",
            Self::OutputActivation => "What the outputs mean: probabilities, or plain numbers.",
            Self::Loss => "What training makes small.",
            Self::Optimizer => "How the gradient moves the weights.",
            Self::LearningRate => "How far each step goes; too far and the loss jumps or diverges.",
            Self::BatchSize => "How many samples are averaged for one step.",
            Self::Order => "Whether the samples come in a new order each epoch.",
            Self::Init => "How the weights are drawn before the first step.",
            Self::L1 => "Pulls every weight towards 0 with the same force: many end there.",
            Self::L2 => "Pulls large weights towards 0 the most: they all stay small.",
            Self::Epochs => "Where the run finishes; space goes on from there.",
            Self::UntilLoss => "It finishes before, once the training loss is this or less.",
        }
    }
}

fn or_what_suits<T: Copy, const N: usize>(values: [T; N]) -> Vec<Option<T>> {
    [None].into_iter().chain(values.map(Some)).collect()
}

/// To the next smaller or larger of the numbers, which are in order; not around their ends.
fn turn_number<T: PartialOrd + Copy>(value: &mut T, numbers: &[T], turn: Turn) {
    let next = match turn {
        Turn::Back => numbers.iter().rev().find(|number| **number < *value),
        Turn::Forward => numbers.iter().find(|number| **number > *value),
    };
    *value = next.copied().unwrap_or(*value);
}

impl TextInput for Settings {
    /// Types a digit of a number of units, of a batch's samples or of epochs; the first one replaces what is
    /// there.
    fn type_key(&mut self, key: KeyEvent) {
        let KeyCode::Char(digit @ '0'..='9') = key.code else {
            return;
        };
        let typed = self.typed.take().unwrap_or_default() + &digit.to_string();
        let Ok(number) = typed.parse::<usize>() else {
            return;
        };
        match self.selected() {
            Setting::Units(layer) => self.config.hidden[layer] = number.clamp(1, MOST_UNITS),
            Setting::BatchSize => self.config.batch_size = number.max(1),
            Setting::Epochs => self.config.epochs = number as u64,
            _ => return,
        }
        self.typed = Some(typed);
    }

    fn paste(&mut self, _: &str) {}
}
