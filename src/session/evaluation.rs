//! How good a network is: its loss, and how often it is right.

use serde::{Deserialize, Serialize};

use super::Material;
use crate::data::{Examples, Task};
use crate::nn::{Forward, Loss, Network};

/// How many samples are evaluated together, between two looks at the commands.
pub(super) const ROWS: usize = 256;

/// How good a network is on the samples that it learns from, and on those that it has never seen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// On those that it learns from.
    #[serde(flatten)]
    pub training: Score,
    /// On those that are kept for testing, if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<Score>,
}

/// How good a network is on some samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The mean loss, without penalty.
    pub loss: f64,
    /// The share of the samples that are put into the right class; nothing if numbers are predicted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<f64>,
}

impl Evaluation {
    /// The evaluation of all samples at once.
    pub(super) fn of(
        network: &Network,
        loss: Loss,
        material: &Material,
        forward: &mut Forward,
    ) -> Self {
        let mut evaluator = Evaluator::default();
        loop {
            if let Some(evaluation) = evaluator.go_on(network, loss, material, forward) {
                return evaluation;
            }
        }
    }

    /// Whether both losses are finite.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.training.loss.is_finite() && self.test.is_none_or(|test| test.loss.is_finite())
    }
}

/// An evaluation under way.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Evaluator {
    /// The training samples' score, once it is known.
    training: Option<Score>,
    /// What is known of the part that is under way.
    partial: Partial,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Partial {
    samples: usize,
    loss: f64,
    right: usize,
}

impl Evaluator {
    /// Evaluates the next samples. The evaluation, once it is complete; after that it begins again.
    #[inline]
    pub(super) fn go_on(
        &mut self,
        network: &Network,
        loss: Loss,
        material: &Material,
        forward: &mut Forward,
    ) -> Option<Evaluation> {
        let training = if let Some(training) = self.training {
            training
        } else {
            let score = self
                .partial
                .go_on(network, loss, &material.training, forward)?;
            if material.test.is_some() {
                self.training = Some(score);
                return None;
            }
            score
        };
        let test = match &material.test {
            Some(test) => Some(self.partial.go_on(network, loss, test, forward)?),
            None => None,
        };
        self.training = None;
        Some(Evaluation { training, test })
    }
}

impl Partial {
    #[inline]
    fn go_on(
        &mut self,
        network: &Network,
        loss: Loss,
        examples: &Examples,
        forward: &mut Forward,
    ) -> Option<Score> {
        let end = (self.samples + ROWS.min(forward.capacity())).min(examples.len());
        let (inputs, targets) = examples.rows(self.samples..end);
        forward.run(network, inputs);
        let output = network.architecture().output_activation;
        let width = examples.target_width;
        let predictions = forward.predictions(network).chunks_exact(width);
        let rows = predictions
            .zip(forward.output_z().chunks_exact(width))
            .zip(targets.chunks_exact(width));
        for ((predictions, z), targets) in rows {
            self.loss += loss.value(output, z, predictions, targets);
            let class = examples.task.class(targets);
            self.right += usize::from(class.is_some() && class == examples.task.class(predictions));
        }
        self.samples = end;
        if end < examples.len() {
            return None;
        }
        let Self {
            loss,
            right,
            samples,
        } = std::mem::take(self);
        let samples = samples as f64;
        let accuracy = (examples.task != Task::Numbers).then_some(right as f64 / samples);
        Some(Score {
            loss: loss / samples,
            accuracy,
        })
    }
}
