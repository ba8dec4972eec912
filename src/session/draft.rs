//! A run that is asked for, before its data is there.

use super::{DataSource, NamedWeights, TrainingConfig, config};
use crate::nn::{Activation, Loss};

/// What the [settings](super::setting) are read from and written to. Some of it is decided only when the data
/// is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// How the run is set up; its output activation and loss are those below.
    pub config: TrainingConfig,
    /// Where its data comes from.
    pub source: DataSource,
    /// The output activation; `None` for the one that suits the target.
    pub output_activation: Option<Activation>,
    /// The loss; `None` for the one that suits the outputs.
    pub loss: Option<Loss>,
    /// Initial parameters that replace those that are drawn.
    pub weights: NamedWeights,
}

impl Draft {
    /// The post's run; data and parameters are drawn from the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            config: TrainingConfig::post(seed),
            source: DataSource {
                seed,
                ..DataSource::default()
            },
            output_activation: None,
            loss: None,
            weights: NamedWeights::default(),
        }
    }

    /// A run that is there already.
    #[must_use]
    pub fn of(config: &TrainingConfig, source: &DataSource) -> Self {
        Self {
            config: config.clone(),
            source: source.clone(),
            output_activation: Some(config.output_activation),
            loss: Some(config.loss),
            weights: NamedWeights::default(),
        }
    }

    /// The output activation; `None` if only the data can tell which one suits.
    #[must_use]
    pub fn known_output_activation(&self) -> Option<Activation> {
        let suited = || self.source.known_task().map(config::suited_output);
        self.output_activation.or_else(suited)
    }

    /// The loss; `None` if only the data can tell which one suits.
    #[must_use]
    pub fn known_loss(&self) -> Option<Loss> {
        let suited = || self.known_output_activation().map(config::suited_loss);
        self.loss.or_else(suited)
    }
}
