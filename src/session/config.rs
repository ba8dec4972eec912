//! The configuration of a run.

use anyhow::{Result, ensure};
use rand::Rng;
use serde::{Deserialize, Serialize};

use super::{LayerParameters, Schedule};
use crate::data::Examples;
use crate::nn::init::Init;
use crate::nn::{
    Activation, Architecture, Coefficients, LayerRequest, LayerSpec, Loss, Network, OptimizerKind,
    Penalty,
};

/// Everything that decides the course of a run, apart from its data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrainingConfig {
    /// The hidden layers, from the inputs on; at most 8, each of 1 to 1024 units.
    pub hidden: Vec<LayerRequest>,
    /// The activation of the hidden layers that do not name their own.
    pub activation: Activation,
    /// The activation of the output layer.
    pub output_activation: Activation,
    /// What training minimises.
    pub loss: Loss,
    /// How gradients are turned into updates.
    pub optimizer: OptimizerKind,
    /// What optimizers keep from step to step.
    #[serde(flatten)]
    pub coefficients: Coefficients,
    /// The learning rate η as it is configured: positive and finite.
    pub learning_rate: f64,
    /// What η becomes in the epochs of the run.
    #[serde(default)]
    pub schedule: Schedule,
    /// Samples in one update; at least 1. The last batch of an epoch may be smaller.
    pub batch_size: usize,
    /// Whether the samples are shuffled every epoch.
    pub shuffle: bool,
    /// Regularization: what large weights add to what is minimised.
    #[serde(flatten)]
    pub penalty: Penalty,
    /// λ of decoupled weight decay, at least 0 and finite; for adamw only.
    #[serde(default = "usual_weight_decay")]
    pub weight_decay: f64,
    /// How the initial parameters are drawn.
    pub init: Init,
    /// What the drawn weights and biases are multiplied by: above 0, at most [`MOST_GAIN`].
    #[serde(default = "usual_gain")]
    pub init_gain: f64,
    /// The epoch at which the run finishes; 0 if it trains until it is stopped.
    pub epochs: u64,
    /// The training loss at which the run finishes, at the end of the first epoch that reaches it; positive and
    /// finite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_loss: Option<f64>,
    /// The seed of the initial parameters and of the order of the samples.
    pub seed: u64,
    /// The initial parameters, if they were given instead of drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial_layers: Option<Vec<LayerParameters>>,
}

/// Why a run is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Finish {
    /// It reached its last epoch.
    Epochs,
    /// Its training loss reached the goal.
    Loss,
}

impl TrainingConfig {
    /// The post's run: 2 hidden sigmoid units, mse, SGD with 0.1, one sample a step in fixed order, 1000
    /// epochs; parameters from N(0, 1).
    #[must_use]
    pub fn post(seed: u64) -> Self {
        Self {
            hidden: LayerRequest::of_units(&[2]),
            activation: Activation::Sigmoid,
            output_activation: Activation::Sigmoid,
            loss: Loss::MeanSquaredError,
            optimizer: OptimizerKind::Sgd,
            coefficients: Coefficients::default(),
            learning_rate: 0.1,
            schedule: Schedule::Constant,
            batch_size: 1,
            shuffle: false,
            penalty: Penalty::default(),
            weight_decay: usual_weight_decay(),
            init: Init::Normal,
            init_gain: usual_gain(),
            epochs: 1000,
            until_loss: None,
            seed,
            initial_layers: None,
        }
    }

    /// What the run starts from: "seed 42", or weights that were given.
    #[must_use]
    pub fn begun_with(&self) -> String {
        match self.initial_layers {
            None => format!("seed {}", self.seed),
            Some(_) => "given weights".to_owned(),
        }
    }

    /// The learning rate in an epoch.
    #[must_use]
    #[inline]
    pub fn learning_rate_in(&self, epoch: u64) -> f64 {
        self.schedule.rate(self.learning_rate, epoch, self.epochs)
    }

    /// The epoch at which the run finishes; one that no run reaches if it trains until it is stopped.
    #[must_use]
    pub fn last_epoch(&self) -> u64 {
        match self.epochs {
            0 => u64::MAX,
            epochs => epochs,
        }
    }

    /// Why a run is finished at the end of an epoch with this training loss; `None` if it is not.
    #[must_use]
    #[inline]
    pub fn finish_at(&self, epoch: u64, loss: f64) -> Option<Finish> {
        if self.until_loss.is_some_and(|goal| loss <= goal) {
            Some(Finish::Loss)
        } else {
            (epoch >= self.last_epoch()).then_some(Finish::Epochs)
        }
    }

    /// The shape of the network for this many inputs and outputs.
    #[must_use]
    pub fn architecture(&self, inputs: usize, outputs: usize) -> Architecture {
        Architecture {
            inputs,
            hidden: self
                .hidden
                .iter()
                .map(|layer| layer.or(self.activation))
                .collect(),
            output: LayerSpec {
                units: outputs,
                activation: self.output_activation,
            },
        }
    }

    /// The shape of the network that learns these examples.
    #[must_use]
    pub fn architecture_for(&self, examples: &Examples) -> Architecture {
        self.architecture(examples.input_width, examples.target_width)
    }

    /// The network at epoch 0: the initial layers if they are given, else drawn. The generator is left in the
    /// same state in both cases.
    ///
    /// # Panics
    ///
    /// If the initial layers are not of this architecture.
    #[must_use]
    pub fn initial_network(&self, examples: &Examples, generator: &mut impl Rng) -> Network {
        let mut network = Network::zeros(self.architecture_for(examples));
        self.init.draw(&mut network, generator);
        let drawn = network.parameters_mut().iter_mut();
        drawn.for_each(|parameter| *parameter *= self.init_gain);
        match &self.initial_layers {
            None => network,
            Some(layers) => LayerParameters::network(layers, network.architecture().clone())
                .expect("the caller that sets initial layers checks them"),
        }
    }
}

/// The most hidden layers that a network can have.
pub const MOST_LAYERS: usize = 8;

/// The most units that a hidden layer can have.
pub const MOST_UNITS: usize = 1024;

/// # Errors
///
/// If there are too many hidden layers, or one has no units or too many.
pub fn check_hidden(hidden: &[LayerRequest]) -> Result<()> {
    ensure!(
        hidden.len() <= MOST_LAYERS,
        "at most {MOST_LAYERS} hidden layers are possible, got {}",
        hidden.len()
    );
    for LayerRequest { units, .. } in hidden {
        ensure!(
            (1..=MOST_UNITS).contains(units),
            "a hidden layer has 1 to {MOST_UNITS} units, got {units}"
        );
    }
    Ok(())
}

/// # Errors
///
/// If a learning rate is not positive and finite.
pub(super) fn check_learning_rate(learning_rate: f64) -> Result<()> {
    ensure!(
        learning_rate > 0.0 && learning_rate.is_finite(),
        "learning rate must be positive and finite, got {learning_rate}"
    );
    Ok(())
}

/// # Errors
///
/// If a loss to train until is not positive and finite.
pub(super) fn check_until_loss(loss: f64) -> Result<()> {
    ensure!(
        loss > 0.0 && loss.is_finite(),
        "the loss to train until must be positive and finite, got {loss}"
    );
    Ok(())
}

/// # Errors
///
/// If a batch has no sample.
pub(super) fn check_batch_size(batch_size: usize) -> Result<()> {
    ensure!(
        batch_size > 0,
        "a batch has at least 1 sample, got {batch_size}"
    );
    Ok(())
}

/// The largest gain of the initial parameters: sums of them are far from an overflow.
pub const MOST_GAIN: f64 = 1e6;

/// # Errors
///
/// If a gain of the initial parameters is not in its range.
pub(super) fn check_gain(gain: f64) -> Result<()> {
    ensure!(
        gain > 0.0 && gain <= MOST_GAIN,
        "initial gain must be above 0 and at most {MOST_GAIN}, got {gain}"
    );
    Ok(())
}

/// # Errors
///
/// If what an optimizer keeps from step to step (named `name`) is not in its range.
pub(super) fn check_coefficient(name: &str, kept: f64) -> Result<()> {
    ensure!(
        (0.0..1.0).contains(&kept),
        "{name} must be at least 0 and below 1, got {kept}"
    );
    Ok(())
}

/// As drawn.
fn usual_gain() -> f64 {
    1.0
}

/// PyTorch's default.
fn usual_weight_decay() -> f64 {
    0.01
}

/// # Errors
///
/// If a factor of the penalty (named `name`) is negative or not finite.
pub(super) fn check_penalty(name: &str, factor: f64) -> Result<()> {
    ensure!(
        factor >= 0.0 && factor.is_finite(),
        "{name} must be 0 or positive and finite, got {factor}"
    );
    Ok(())
}
