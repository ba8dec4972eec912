//! How good a network is: its loss, and how often it is right.

use std::mem;

use serde::{Deserialize, Serialize};

use super::TrainingData;
use crate::data::{Examples, Task};
use crate::nn::{Forward, Loss, Network};

/// How many samples are evaluated together, between two looks at the commands: the fewer, the larger the
/// network, so that it takes a few milliseconds at the most.
pub(super) fn rows(network: &Network) -> usize {
    (MULTIPLICATIONS / network.parameters().len()).clamp(8, 1024)
}

const MULTIPLICATIONS: usize = 1 << 25;

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

/// How often the samples of one class are put into each class.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Confusion {
    /// How many classes there are; 0 if numbers are predicted.
    pub classes: usize,
    /// How many samples, row-major with shape (true class, said class).
    pub counts: Vec<u64>,
}

impl Confusion {
    fn empty(examples: &Examples) -> Self {
        let classes = match examples.task {
            Task::Binary => 2,
            Task::Classes => examples.target_width,
            Task::Numbers => 0,
        };
        Self {
            classes,
            counts: vec![0; classes * classes],
        }
    }

    /// How many samples of one class were put into another.
    #[must_use]
    pub fn count(&self, truth: usize, said: usize) -> u64 {
        self.counts[truth * self.classes + said]
    }

    /// The samples that are put into the right class.
    #[must_use]
    pub fn right(&self) -> u64 {
        (0..self.classes)
            .map(|class| self.count(class, class))
            .sum()
    }
}

impl Evaluation {
    /// Whether both losses are finite.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.training.loss.is_finite() && self.test.is_none_or(|test| test.loss.is_finite())
    }
}

/// Evaluates a network piece by piece.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evaluator {
    /// The training samples' score, while the test samples are under way.
    training: Option<Score>,
    /// What is known of the part that is under way.
    partial: Partial,
    /// The training samples' classes, until the evaluation is accepted.
    pending: Confusion,
    /// The same of the last evaluation that was accepted.
    confusion: Confusion,
}

#[derive(Debug, Clone, PartialEq)]
struct Partial {
    samples: usize,
    loss: f64,
    confusion: Confusion,
}

impl Evaluator {
    pub(super) fn new(data: &TrainingData) -> Self {
        let confusion = Confusion::empty(&data.training);
        let partial = Partial {
            samples: 0,
            loss: 0.0,
            confusion: confusion.clone(),
        };
        Self {
            training: None,
            partial,
            pending: confusion.clone(),
            confusion,
        }
    }

    /// Makes the evaluation that is complete the one that [`Self::confusion`] tells of.
    pub(super) fn accept(&mut self) {
        mem::swap(&mut self.pending, &mut self.confusion);
    }

    /// The training samples' classes in the last evaluation that was accepted.
    pub(super) fn confusion(&self) -> &Confusion {
        &self.confusion
    }

    /// Forgets what is known of an evaluation that is not complete.
    pub(super) fn begin_again(&mut self) {
        self.training = None;
        self.partial.samples = 0;
    }

    /// Begins again after an evaluation that was accepted and came to this.
    pub(super) fn restore(&mut self, confusion: &Confusion) {
        self.begin_again();
        self.confusion.clone_from(confusion);
    }

    /// Evaluates all samples at once.
    pub(super) fn evaluate(
        &mut self,
        network: &Network,
        loss: Loss,
        data: &TrainingData,
        forward: &mut Forward,
    ) -> Evaluation {
        loop {
            if let Some(evaluation) = self.go_on(network, loss, data, forward) {
                self.accept();
                return evaluation;
            }
        }
    }

    /// Evaluates the next samples. The evaluation, once it is complete; after that it begins again.
    #[inline]
    pub(super) fn go_on(
        &mut self,
        network: &Network,
        loss: Loss,
        data: &TrainingData,
        forward: &mut Forward,
    ) -> Option<Evaluation> {
        let training = if let Some(training) = self.training {
            training
        } else {
            let score = self.partial.go_on(network, loss, &data.training, forward)?;
            mem::swap(&mut self.pending, &mut self.partial.confusion);
            if data.test.is_some() {
                self.training = Some(score);
                return None;
            }
            score
        };
        let test = match &data.test {
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
        if self.samples == 0 {
            self.loss = 0.0;
            self.confusion.counts.fill(0);
        }
        let end = (self.samples + rows(network).min(forward.capacity())).min(examples.len());
        let (inputs, targets) = examples.rows(self.samples..end);
        forward.run(network, inputs);
        let output = network.architecture().output_activation;
        let width = examples.target_width;
        let predictions = forward.predictions(network).chunks_exact(width);
        let rows = predictions
            .zip(forward.output_z(network).chunks_exact(width))
            .zip(targets.chunks_exact(width));
        for ((predictions, z), targets) in rows {
            self.loss += loss.value(output, z, predictions, targets);
            let classes = examples
                .task
                .class(targets)
                .zip(examples.task.class(predictions));
            if let Some((truth, said)) = classes {
                self.confusion.counts[truth * self.confusion.classes + said] += 1;
            }
        }
        self.samples = end;
        if end < examples.len() {
            return None;
        }
        let samples = mem::take(&mut self.samples) as f64;
        let is_class = examples.task != Task::Numbers;
        Some(Score {
            loss: self.loss / samples,
            accuracy: is_class.then(|| self.confusion.right() as f64 / samples),
        })
    }
}
