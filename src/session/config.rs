//! What a run is, before it has begun.

use anyhow::{Result, ensure};
use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::LayerParameters;
use crate::data::Examples;
use crate::nn::{Activation, Architecture, Loss, Network, Optimizer, init};

/// Everything that decides a run's course but the data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrainingConfig {
    /// The units of each hidden layer; empty for none.
    pub hidden: Vec<usize>,
    /// What the hidden units do with their weighted sum.
    pub activation: Activation,
    /// What the output units do with theirs.
    pub output_activation: Activation,
    /// What training makes small.
    pub loss: Loss,
    /// How it does so.
    pub optimizer: Optimizer,
    /// η, positive and finite.
    pub learning_rate: f64,
    /// Where the run finishes; at least 1.
    pub epochs: u64,
    /// What the initial parameters are drawn from.
    pub seed: u64,
    /// The initial parameters, where they were given instead of drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial_layers: Option<Vec<LayerParameters>>,
}

impl TrainingConfig {
    /// The post's run: 2 hidden sigmoid units, mse, SGD with 0.1, 1000 epochs; parameters from
    /// N(0, 1).
    #[must_use]
    pub fn post(seed: u64) -> Self {
        Self {
            hidden: vec![2],
            activation: Activation::Sigmoid,
            output_activation: Activation::Sigmoid,
            loss: Loss::MeanSquaredError,
            optimizer: Optimizer::Sgd,
            learning_rate: 0.1,
            epochs: 1000,
            seed,
            initial_layers: None,
        }
    }

    /// # Errors
    ///
    /// One sentence that names the first setting that is out of its range, and what it is.
    pub fn check(&self) -> Result<()> {
        check_hidden(&self.hidden)?;
        check_learning_rate(self.learning_rate)?;
        check_epochs(self.epochs)
    }

    /// The shape of the network that learns these examples.
    #[must_use]
    pub fn architecture(&self, examples: &Examples) -> Architecture {
        Architecture {
            inputs: examples.input_width,
            hidden: self.hidden.clone(),
            outputs: examples.target_width,
            hidden_activation: self.activation,
            output_activation: self.output_activation,
        }
    }

    /// The network at epoch 0: the initial layers if there are any, else drawn from the seed.
    ///
    /// # Panics
    ///
    /// If the initial layers are not of this architecture.
    #[must_use]
    pub fn initial_network(&self, examples: &Examples) -> Network {
        let architecture = self.architecture(examples);
        if let Some(layers) = &self.initial_layers {
            return LayerParameters::network(layers, architecture)
                .expect("whoever sets initial layers has checked them");
        }
        let mut network = Network::zeros(architecture);
        init::normal(
            &mut network,
            &mut Xoshiro256PlusPlus::seed_from_u64(self.seed),
        );
        network
    }
}

/// # Errors
///
/// If there are more than 8 hidden layers, or one has not 1 to 1024 units.
pub fn check_hidden(hidden: &[usize]) -> Result<()> {
    ensure!(
        hidden.len() <= 8,
        "at most 8 hidden layers are possible, got {}",
        hidden.len()
    );
    for &units in hidden {
        ensure!(
            (1..=1024).contains(&units),
            "a hidden layer has 1 to 1024 units, got {units}"
        );
    }
    Ok(())
}

/// # Errors
///
/// If a learning rate is not positive and finite.
pub fn check_learning_rate(learning_rate: f64) -> Result<()> {
    ensure!(
        learning_rate > 0.0 && learning_rate.is_finite(),
        "learning rate must be positive and finite, got {learning_rate}"
    );
    Ok(())
}

/// # Errors
///
/// If a run would have no epoch.
pub fn check_epochs(epochs: u64) -> Result<()> {
    ensure!(epochs > 0, "epochs must be at least 1, got {epochs}");
    Ok(())
}
