//! Floor 1: one training run, step by step, the same to the bit every time.
//!
//! A [`Session`] is everything that the next update depends on: network, optimizer, data order and
//! position. Two sessions made alike and stepped alike are equal. Knows no thread, clock or screen.

pub mod config;
mod layers;
mod run_file;
mod whole_file;

use std::sync::Arc;

pub use config::TrainingConfig;
pub use layers::{LayerParameters, layers_of};
pub use run_file::{RunFile, SavedRun};
pub use whole_file::{Existing, write_whole};

use crate::data::Examples;
use crate::nn::{Backprop, Loss, Network, Optimizer};

/// A training run at some point of its course.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    network: Network,
    optimizer: Optimizer,
    learning_rate: f64,
    loss_function: Loss,
    examples: Arc<Examples>,
    position: Position,
    /// The loss over all samples at the end of the last whole epoch.
    loss: f64,
    /// The parameters at the end of the last whole epoch: what is left if the next one diverges.
    epoch_start: Vec<f64>,
    backprop: Backprop,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// Whole passes over the data since the start.
    pub epoch: u64,
    /// Updates since then: samples of the pass that is under way, fewer than there are samples.
    pub step: usize,
}

/// What one update came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StepOutcome {
    /// The pass goes on.
    WithinEpoch,
    /// The pass is complete; the loss over all samples, after it.
    EpochFinished {
        /// Mean over the samples; finite.
        loss: f64,
    },
    /// The loss or a parameter is not finite any more. The session is back at the end of the last whole
    /// epoch, where all was well.
    Diverged,
}

impl Session {
    /// The start of a run: epoch 0, the parameters drawn from the seed (or those that the
    /// configuration names).
    ///
    /// # Panics
    ///
    /// If the configuration's own initial layers do not fit its architecture.
    #[must_use]
    pub fn start(config: &TrainingConfig, examples: Arc<Examples>) -> Self {
        let network = config.initial_network(&examples);
        Self::resume(config, examples, network, Position::default())
    }

    /// A run that has come as far as `position` with the parameters of `network`, at which all of them
    /// are finite.
    ///
    /// # Panics
    ///
    /// If the network's inputs and outputs are not those of the examples.
    #[must_use]
    pub fn resume(
        config: &TrainingConfig,
        examples: Arc<Examples>,
        network: Network,
        position: Position,
    ) -> Self {
        assert_eq!(network.architecture(), &config.architecture(&examples));
        let mut session = Self {
            backprop: Backprop::new(&network),
            epoch_start: network.parameters().to_vec(),
            network,
            optimizer: config.optimizer,
            learning_rate: config.learning_rate,
            loss_function: config.loss,
            examples,
            position,
            loss: f64::NAN,
        };
        session.loss = session.mean_loss();
        session
    }

    /// One update of the parameters, from the next sample in order. After the last sample, the loss
    /// over all of them is taken. Allocates nothing.
    #[inline]
    pub fn step(&mut self) -> StepOutcome {
        let (inputs, targets) = self.examples.sample(self.position.step);
        self.backprop.forward(&self.network, inputs);
        self.backprop
            .backward(&self.network, self.loss_function, targets);
        let gradient = self.backprop.gradient();
        self.optimizer
            .update(self.learning_rate, self.network.parameters_mut(), gradient);

        self.position.step += 1;
        if self.position.step < self.examples.len() {
            return StepOutcome::WithinEpoch;
        }
        self.position.step = 0;
        let loss = self.mean_loss();
        if !(loss.is_finite() && self.network.parameters().iter().all(|p| p.is_finite())) {
            self.network
                .parameters_mut()
                .copy_from_slice(&self.epoch_start);
            return StepOutcome::Diverged;
        }
        self.position.epoch += 1;
        self.loss = loss;
        self.epoch_start.copy_from_slice(self.network.parameters());
        StepOutcome::EpochFinished { loss }
    }

    /// The mean loss over all samples, with the present parameters.
    fn mean_loss(&mut self) -> f64 {
        let mut sum = 0.0;
        for (inputs, targets) in self.examples.iter() {
            self.backprop.forward(&self.network, inputs);
            let predictions = self.backprop.activations().predictions(&self.network);
            sum += self.loss_function.value(predictions, targets);
        }
        sum / self.examples.len() as f64
    }

    /// The network as it is now.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// How far the run has come.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// The loss over all samples at the end of the last whole epoch (before training: at the start).
    #[must_use]
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// What it learns from.
    #[must_use]
    pub fn examples(&self) -> &Arc<Examples> {
        &self.examples
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;

    fn post(learning_rate: f64) -> Session {
        let config = TrainingConfig {
            learning_rate,
            ..TrainingConfig::post(1)
        };
        Session::start(&config, Arc::new(people().examples()))
    }

    #[test]
    fn an_epoch_is_one_update_a_sample() {
        let mut session = post(0.1);
        for step in 1..4 {
            assert_eq!(session.step(), StepOutcome::WithinEpoch);
            assert_eq!(session.position(), Position { epoch: 0, step });
        }
        let StepOutcome::EpochFinished { loss } = session.step() else {
            panic!("four samples")
        };
        assert_eq!(session.position(), Position { epoch: 1, step: 0 });
        assert_eq!(session.loss(), loss);
    }

    #[test]
    fn the_same_seed_gives_the_same_bits() {
        let (mut one, mut two) = (post(0.1), post(0.1));
        for _ in 0..1001 {
            one.step();
            two.step();
        }
        assert_eq!(one, two);
    }

    #[test]
    fn a_diverging_run_keeps_the_last_finite_state() {
        let examples = Examples {
            input_width: 1,
            target_width: 1,
            inputs: vec![100.0],
            targets: vec![1.0],
        };
        let config = TrainingConfig {
            hidden: vec![],
            learning_rate: f64::MAX,
            ..TrainingConfig::post(1)
        };
        let zeros = Network::zeros(config.architecture(&examples));
        let mut session = Session::resume(
            &config,
            Arc::new(examples),
            zeros.clone(),
            Position::default(),
        );
        let before = session.clone();

        // ∂L/∂w = −2·½·¼·100, and 25 times the largest number is too large.
        assert_eq!(session.step(), StepOutcome::Diverged);
        assert_eq!(session.network(), &zeros);
        assert_eq!(session.position(), before.position());
        assert_eq!(session.loss(), before.loss());
    }
}
