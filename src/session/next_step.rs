//! The next step, before it is taken.

use std::mem;
use std::ops::Range;
use std::sync::Arc;

use super::{Session, norm};
use crate::nn::Optimizer;

/// What the next update will do.
#[derive(Debug, Clone, PartialEq)]
pub struct NextStep {
    /// The samples of its batch, by their index in the training samples.
    pub samples: Vec<usize>,
    /// The gradient of the batch's mean loss, without penalty, in the order of
    /// [`crate::nn::Network::parameters`].
    pub loss_gradient: Arc<[f64]>,
    /// The norm ‖∂L‖ of that gradient in each layer.
    pub gradient_norms: Vec<f64>,
    /// Its largest magnitude at a weight in each layer.
    pub largest_gradients: Vec<f64>,
    /// What the optimizer gets: the same plus the gradient of the penalty.
    pub gradient: Arc<[f64]>,
    /// The optimizer before the update.
    pub optimizer: Optimizer,
    /// The learning rate of the update.
    pub learning_rate: f64,
    /// All parameters after the update, bit for bit.
    pub parameters: Vec<f64>,
    /// The largest magnitude of a weight in each layer after the update.
    pub largest_updated: Vec<f64>,
}

impl Session {
    /// The update that [`Self::step`] makes next; `None` while an epoch is being evaluated, and while the gradient
    /// of a large step is not [prepared](Self::prepare_step).
    pub fn next_step(&mut self) -> Option<NextStep> {
        if self.is_evaluating() || self.is_divided() && !self.is_prepared() {
            return None;
        }
        self.prepare_step();
        let samples = self.next_samples();
        let learning_rate = self.next_learning_rate();
        let loss_gradient: Arc<[f64]> = self.work.backprop.gradient().into();
        let parameters = self.parameters_after_update();
        let network = self.network();
        let layers = network.layers().iter();
        let layers = layers.map(|layer| &loss_gradient[layer.weights.start..layer.biases.end]);
        Some(NextStep {
            samples,
            gradient_norms: layers.map(norm).collect(),
            largest_gradients: network.largest_at_weights(&loss_gradient),
            largest_updated: network.largest_at_weights(&parameters),
            gradient: self.take_back_penalty(&loss_gradient),
            loss_gradient,
            optimizer: Optimizer::clone(&self.state.optimizer),
            learning_rate,
            parameters,
        })
    }

    /// The samples that the next update trains on, by their index in the training samples; none while an epoch is
    /// being evaluated.
    #[must_use]
    pub fn next_samples(&self) -> Vec<usize> {
        if self.is_evaluating() {
            return Vec::new();
        }
        self.work.order.samples(self.next_batch())
    }

    /// All parameters after the update: this is made and taken back, as a second implementation of it could differ.
    fn parameters_after_update(&mut self) -> Vec<f64> {
        let (network, optimizer) = (self.state.network.clone(), self.state.optimizer.clone());
        let is_known_finite = self.work.beside.is_known_finite;
        self.update();
        let mut updated = mem::replace(&mut self.state.network, network);
        self.state.optimizer = optimizer;
        self.work.beside.is_known_finite = is_known_finite;
        self.work.is_prepared = true;
        // Taken out of it: a large network is not copied once more.
        let mut parameters = vec![0.0; updated.parameters().len()];
        updated.exchange_parameters(&mut parameters);
        parameters
    }

    /// The gradient that an update has had; what is prepared is that of the loss again.
    fn take_back_penalty(&mut self, loss_gradient: &Arc<[f64]>) -> Arc<[f64]> {
        if self.state.config.penalty.is_none() {
            return Arc::clone(loss_gradient);
        }
        let prepared = self.work.backprop.gradient_mut();
        let gradient = prepared.as_slice().into();
        prepared.copy_from_slice(loss_gradient);
        gradient
    }

    /// The inputs and targets of the next batch, row-major with shapes (samples, inputs) and (samples,
    /// outputs); while an epoch is being evaluated, those of its first batch.
    pub fn next_examples(&mut self) -> (&[f64], &[f64]) {
        let batch = if self.is_evaluating() {
            self.batch(0)
        } else {
            self.next_batch()
        };
        self.work.order.batch(&self.data.training, batch)
    }

    #[inline]
    pub(super) fn next_batch(&self) -> Range<usize> {
        self.batch(self.state.position.step)
    }

    /// The batch of a step, counted in the order of the epoch.
    #[inline]
    fn batch(&self, step: usize) -> Range<usize> {
        let start = step * self.state.batch_size;
        start..(start + self.state.batch_size).min(self.data.training.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;
    use crate::nn::OptimizerKind;
    use crate::session::{TrainingConfig, TrainingData};

    #[test]
    fn the_next_step_does_what_was_predicted_of_it() {
        for optimizer in OptimizerKind::ALL {
            for batch_size in [1, 3] {
                let mut config = TrainingConfig {
                    optimizer,
                    batch_size,
                    shuffle: true,
                    ..TrainingConfig::post(5)
                };
                config.penalty.l2 = 0.01;
                let mut looked_at = Session::start(&config, TrainingData::of(&people()));
                let mut left_alone = looked_at.clone();
                for _ in 0..9 {
                    let next = looked_at.next_step().unwrap();
                    assert_eq!(next.optimizer, *looked_at.state.optimizer);
                    let mut gradient = next.loss_gradient.to_vec();
                    let network = looked_at.network();
                    looked_at
                        .state
                        .config
                        .penalty
                        .add_to(network, &mut gradient);
                    assert_eq!(gradient, *next.gradient);
                    assert!(next.samples.len() <= batch_size);
                    looked_at.step();
                    left_alone.step();
                    assert_eq!(looked_at, left_alone);
                    assert_eq!(looked_at.network().parameters(), next.parameters);
                }
            }
        }
    }

    #[test]
    fn the_steps_of_an_epoch_take_each_sample_once() {
        let config = TrainingConfig {
            shuffle: true,
            ..TrainingConfig::post(5)
        };
        let mut session = Session::start(&config, TrainingData::of(&people()));
        let mut samples = Vec::new();
        for _ in 0..4 {
            samples.extend(session.next_step().unwrap().samples);
            session.step();
        }
        samples.sort_unstable();
        assert_eq!(samples, [0, 1, 2, 3]);
    }
}
