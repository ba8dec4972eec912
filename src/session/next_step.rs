//! The step that comes next, looked at before it is made.

use std::ops::Range;

use super::Session;
use crate::nn::Optimizer;

/// What the next update will do.
#[derive(Debug, Clone, PartialEq)]
pub struct NextStep {
    /// The samples of its batch, by their place among the training samples.
    pub samples: Vec<usize>,
    /// What the optimizer gets, in the order of [`crate::nn::Network::parameters`]: the gradient of the
    /// batch's mean loss, with the penalty's.
    pub gradient: Vec<f64>,
    /// The optimizer as it is before.
    pub optimizer: Optimizer,
    /// The learning rate that it uses.
    pub learning_rate: f64,
    /// All parameters as they will be, to the bit.
    pub parameters: Vec<f64>,
}

impl Session {
    /// The step that [`Self::step`] makes next; nothing while an epoch is being evaluated.
    pub fn next_step(&mut self) -> Option<NextStep> {
        if self.is_evaluating() {
            return None;
        }
        let samples = self.order.samples(self.next_batch());
        let parameters = self.network.parameters().to_vec();
        let optimizer = self.optimizer.clone();
        // The very update, looked at and taken back: an account of its own could differ from it.
        self.update();
        let gradient = self.backprop.gradient().to_vec();
        let updated = self.network.parameters().to_vec();
        self.network.parameters_mut().copy_from_slice(&parameters);
        self.optimizer.copy_from(&optimizer);
        Some(NextStep {
            samples,
            gradient,
            optimizer,
            learning_rate: self.learning_rate,
            parameters: updated,
        })
    }

    /// The inputs and targets of the next batch: row-major with shapes (samples, inputs) and (samples, outputs).
    pub fn next_examples(&mut self) -> (&[f64], &[f64]) {
        let batch = if self.is_evaluating() {
            0..self.config.batch_size.min(self.data.training.len())
        } else {
            self.next_batch()
        };
        self.order.batch(&self.data.training, batch)
    }

    /// The places of the next batch in the order.
    #[inline]
    pub(super) fn next_batch(&self) -> Range<usize> {
        let start = self.position.step * self.config.batch_size;
        start..(start + self.config.batch_size).min(self.data.training.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;
    use crate::nn::OptimizerKind;
    use crate::session::{TrainingConfig, TrainingData};

    #[test]
    fn what_is_said_of_the_next_step_is_what_it_does() {
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
                    assert_eq!(&next.optimizer, &looked_at.optimizer);
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
    fn an_epochs_steps_take_each_sample_once() {
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
