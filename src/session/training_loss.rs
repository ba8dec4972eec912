//! The loss over the training samples at any parameters, as a run reports it.

use super::TrainingData;
use super::evaluation::{Evaluator, rows};
use crate::data::Batch;
use crate::nn::{Alone, Backprop, Forward, Loss, Network};

/// Evaluates networks of one shape on the training samples, each bit for bit as [`Session::evaluation`] does.
///
/// [`Session::evaluation`]: super::Session::evaluation
#[derive(Debug)]
pub struct TrainingLoss {
    loss: Loss,
    /// The training samples alone.
    data: TrainingData,
    evaluator: Evaluator,
    forward: Forward,
}

impl TrainingLoss {
    /// Work space for networks of the shape of this one.
    #[must_use]
    pub fn new(network: &Network, loss: Loss, data: &TrainingData) -> Self {
        let data = TrainingData {
            test: None,
            ..data.clone()
        };
        Self {
            loss,
            evaluator: Evaluator::new(network, &data),
            forward: Forward::new(network, rows(network, &data)),
            data,
        }
    }

    /// Evaluates the next samples: at most some milliseconds of work. Returns the mean loss, without penalty, once all
    /// samples are evaluated; it need not be finite. The next call then begins with the first sample.
    pub fn advance(&mut self, network: &Network) -> Option<f64> {
        let evaluation =
            self.evaluator
                .advance(network, self.loss, &self.data, (&mut self.forward, &Alone))?;
        Some(evaluation.training.loss)
    }
}

/// Computes the gradient of the mean loss over all training samples, without penalty, piece by piece.
#[derive(Debug)]
pub struct TrainingGradient {
    loss: Loss,
    data: TrainingData,
    backprop: Backprop,
    rows: usize,
    room: Batch,
    /// How many samples are in the sum.
    samples: usize,
    sum: Vec<f64>,
}

impl TrainingGradient {
    /// Work space for networks of the shape of this one.
    #[must_use]
    pub fn new(network: &Network, loss: Loss, data: &TrainingData) -> Self {
        let rows = rows(network, data);
        Self {
            loss,
            data: data.clone(),
            backprop: Backprop::new(network, rows),
            rows,
            room: Batch::for_rows(&data.training, rows),
            samples: 0,
            sum: vec![0.0; network.parameters().len()],
        }
    }

    /// Adds the next samples. Returns ∂L/∂p, in the order of [`Network::parameters`], once all are added.
    pub fn advance(&mut self, network: &Network) -> Option<&[f64]> {
        let training = &self.data.training;
        let end = (self.samples + self.rows).min(training.len());
        let (inputs, targets) = training.rows(self.samples..end, &mut self.room);
        let share = (end - self.samples) as f64 / training.len() as f64;
        let gradient = self.backprop.run(network, self.loss, inputs, targets);
        for (sum, derivative) in self.sum.iter_mut().zip(gradient) {
            *sum += share * *derivative;
        }
        self.samples = end;
        (end == training.len()).then_some(&self.sum)
    }
}
