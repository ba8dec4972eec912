//! A run that is asked for, before its data is there.

use std::collections::BTreeSet;

use super::setting::settings;
use super::{DataSource, NamedWeights, TrainingConfig};
use crate::data::{Dataset, Task};
use crate::nn::LayerRequest;

/// What the [settings](super::setting) are read from and written to. Settings can be open: they have the values
/// that suit the data, which may be known only when it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// How the run is set up; open settings as far as the data is known.
    pub(super) config: TrainingConfig,
    /// Where its data comes from.
    pub source: DataSource,
    /// Initial parameters that replace those that are drawn.
    pub weights: NamedWeights,
    /// The options of the open settings.
    open: BTreeSet<&'static str>,
    /// What is known of the data when it has been read.
    known: Option<Known>,
}

/// What decides which settings suit some data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// What is predicted.
    pub task: Task,
    /// How many samples there are to train on.
    pub training_samples: usize,
}

impl Known {
    /// Of a dataset that has been read.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        Self {
            task: dataset.target.task(),
            training_samples: dataset.training_samples,
        }
    }
}

impl Draft {
    /// The post's run; data and parameters are drawn from the same seed. All settings that can be open are.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let can_be_open = settings().filter(|setting| setting.can_be_open);
        Self {
            config: TrainingConfig::post(seed),
            source: DataSource {
                seed,
                ..DataSource::default()
            },
            weights: NamedWeights::default(),
            open: can_be_open.map(|setting| setting.option).collect(),
            known: None,
        }
    }

    /// A run on a file that has not been read.
    #[must_use]
    pub(super) fn of_a_file() -> Self {
        let mut draft = Self::new(0);
        "file.csv".clone_into(&mut draft.source.data);
        draft.suit();
        draft
    }

    /// A run that is there already: no setting is open.
    #[must_use]
    pub fn of(config: &TrainingConfig, source: &DataSource, known: Option<Known>) -> Self {
        let mut config = config.clone();
        let mut weights = NamedWeights::default();
        if NamedWeights::are_ones(&config) {
            // A word that goes with other layers too.
            (weights, config.initial_layers) = (NamedWeights::Ones, None);
        }
        Self {
            config,
            source: source.clone(),
            weights,
            open: BTreeSet::new(),
            known,
        }
    }

    /// How the run is set up, as far as its data is known.
    #[must_use]
    pub fn config(&self) -> &TrainingConfig {
        &self.config
    }

    /// What is known of its data.
    #[must_use]
    pub fn known(&self) -> Option<Known> {
        self.known
    }

    /// Sets the hidden layers.
    pub fn set_hidden(&mut self, hidden: Vec<LayerRequest>) {
        self.config.hidden = hidden;
        self.open.remove("hidden");
    }

    /// Whether a setting is left to what suits the data.
    #[must_use]
    pub fn is_open(&self, option: &str) -> bool {
        self.open.contains(option)
    }

    /// Leaves a setting open, or not.
    pub(super) fn set_open(&mut self, option: &'static str, is_open: bool) {
        if is_open {
            self.open.insert(option);
        } else {
            self.open.remove(option);
        }
    }

    /// Leaves the settings open that have the values which suit the data anyway.
    #[must_use]
    pub fn with_usual_open(mut self) -> Self {
        let suited = Self {
            config: self.suited(),
            ..self.clone()
        };
        let usual = settings().filter(|setting| setting.can_be_open);
        let usual = usual.filter(|setting| !setting.differs(&self, &suited));
        let usual: Vec<_> = usual.map(|setting| setting.option).collect();
        self.open.extend(usual);
        self
    }

    /// Takes other data. What suited the data before is open; and so are output activation and loss, which depend
    /// on what is predicted.
    pub fn take(&mut self, source: DataSource, known: Option<Known>) {
        *self = self.clone().with_usual_open();
        self.open.extend(["output-activation", "loss"]);
        (self.source, self.known) = (source, known);
        self.suit();
    }

    /// Takes points that somebody has drawn. They are meant as they are, so that there is no regularization unless it
    /// was asked for.
    pub fn take_drawn(&mut self, source: DataSource) {
        self.take(source, None);
        if self.open.remove("l2") {
            self.config.penalty.l2 = 0.0;
        }
    }

    /// Takes from another draft whether a setting is open, and its value.
    ///
    /// # Panics
    ///
    /// If there is no such option.
    pub fn restore(&mut self, option: &'static str, from: &Self) {
        super::setting::setting(option).copy(&from.config, &mut self.config);
        self.set_open(option, from.is_open(option));
    }

    /// Learns what the data is.
    pub(super) fn know(&mut self, known: Known) {
        self.known = Some(known);
        self.suit();
    }

    /// Gives the open settings the values that suit the data.
    pub(super) fn suit(&mut self) {
        let suited = self.suited();
        for setting in settings().filter(|setting| self.open.contains(setting.option)) {
            setting.copy(&suited, &mut self.config);
        }
    }

    /// The configuration in which every setting that can be open has the value that suits the data, as far as it is
    /// known.
    fn suited(&self) -> TrainingConfig {
        let mut suited = self.config.clone();
        suited.suit_source(&self.source, self.known.map(|known| known.training_samples));
        if let Some(task) = self.task() {
            suited.output_activation = task.suited_output();
        }
        let output = if self.is_open("output-activation") {
            suited.output_activation
        } else {
            self.config.output_activation
        };
        suited.loss = self.source.suited_loss(self.task(), output);
        suited
    }

    /// What is predicted, if that is known.
    fn task(&self) -> Option<Task> {
        let known = self.known.map(|known| known.task);
        known.or_else(|| self.source.known_task())
    }

    /// Whether the value of a setting is known, although it may be open.
    #[must_use]
    pub fn is_decided(&self, option: &str) -> bool {
        match option {
            _ if !self.is_open(option) => true,
            "output-activation" => self.task().is_some(),
            "loss" => self.task().is_some() || !self.is_open("output-activation"),
            "batch-size" | "l2" => self.known.is_some() || !self.source.is_file(),
            _ => true,
        }
    }
}
