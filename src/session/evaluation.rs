//! How good a network is: its loss, and how often it is right.

use std::mem;

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use super::preparing::go_on;
use super::quality::{Quality, add_squares, spreads};
use super::{Hear, Preparing, TrainingData};
use crate::data::{Batch, Examples, Task};
use crate::nn::{Alone, Executor, Forward, Loss, Network};

/// Multiplications in one piece of an evaluation: a few milliseconds.
const MULTIPLICATIONS: usize = 1 << 25;

/// How many samples are evaluated at once: 64 to 1024, fewer for a larger network, so many that its weights are worth
/// reading; never more than there are to train on.
pub(super) fn rows(network: &Network, data: &TrainingData) -> usize {
    let rows = (MULTIPLICATIONS / network.parameters().len()).clamp(64, 1024);
    rows.min(data.training.len())
}

/// How good a network is on the training samples and on the held-out ones.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// On the training samples.
    #[serde(flatten)]
    pub training: Score,
    /// On the test samples, if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<Score>,
}

/// How good a network is on some samples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The mean loss, without penalty.
    pub loss: f64,
    /// Accuracy, or R² and RMSE.
    #[serde(flatten)]
    pub quality: Quality,
}

/// The confusion matrix: how often the samples of each class are predicted to be of each class.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Confusion {
    /// How many classes there are; 0 for a regression.
    pub classes: usize,
    /// Numbers of samples, row-major with shape (actual class, predicted class).
    pub counts: Vec<u64>,
}

impl Confusion {
    /// A matrix of zeros for the classes of these samples.
    pub(super) fn zeros(examples: &Examples) -> Self {
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

    /// Adds the classes of targets and of predictions, both row-major with shape (samples, outputs).
    #[inline]
    fn add(&mut self, examples: &Examples, targets: &[f64], predictions: &[f64]) {
        if examples.task == Task::Binary {
            // Of a length that is known they are divided into rows without a division.
            let rows = [targets, predictions].map(|numbers| numbers.as_chunks::<1>().0.iter());
            return self.count_classes(examples.task, rows);
        }
        let rows = [targets, predictions].map(|rows| rows.chunks_exact(examples.target_width));
        self.count_classes(examples.task, rows);
    }

    /// Counts the classes of rows of targets and of predictions.
    #[inline]
    fn count_classes<R: AsRef<[f64]>>(
        &mut self,
        task: Task,
        [targets, predictions]: [impl Iterator<Item = R>; 2],
    ) {
        for (targets, predictions) in targets.zip(predictions) {
            let classes = task
                .class(targets.as_ref())
                .zip(task.class(predictions.as_ref()));
            if let Some((truth, said)) = classes {
                self.counts[truth * self.classes + said] += 1;
            }
        }
    }

    /// How many samples of the class `truth` are predicted to be of the class `said`.
    #[must_use]
    pub fn count(&self, truth: usize, said: usize) -> u64 {
        self.counts[truth * self.classes + said]
    }

    /// How many samples are predicted correctly.
    #[must_use]
    pub fn right(&self) -> u64 {
        (0..self.classes)
            .map(|class| self.count(class, class))
            .sum()
    }

    /// One row for each actual class.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[u64]> {
        self.counts.chunks_exact(self.classes.max(1))
    }

    /// The matrix with these rows, one for each actual class.
    ///
    /// # Errors
    ///
    /// One sentence, if they are not `classes` rows of `classes` numbers, or have more samples than can be
    /// counted.
    pub(super) fn from_rows(rows: &[Vec<u64>], classes: usize) -> Result<Self> {
        let is_square = rows.len() == classes && rows.iter().all(|row| row.len() == classes);
        ensure!(
            is_square,
            "the confusion matrix is not one of {classes} classes"
        );
        let counts = rows.concat();
        let samples = counts.iter().try_fold(0, |sum: u64, n| sum.checked_add(*n));
        ensure!(
            samples.is_some(),
            "the confusion matrix counts too many samples"
        );
        Ok(Self { classes, counts })
    }

    /// Becomes equal to another matrix. Allocates only where that one has more classes.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.classes = other.classes;
        self.counts.clone_from(&other.counts);
    }
}

impl Evaluation {
    /// Whether both losses are finite.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.training.loss.is_finite() && self.test.is_none_or(|test| test.loss.is_finite())
    }
}

/// Evaluates all samples in one call. Returns the confusion matrix of the training samples too. Allocates its
/// work space, so it is not for every epoch.
pub(super) fn evaluate(
    network: &Network,
    loss: Loss,
    data: &TrainingData,
) -> (Evaluation, Confusion) {
    evaluate_heard(network, loss, data, &mut go_on).expect("it goes on")
}

/// [`evaluate`], which hears how far it is; `None` if it is not to go on.
pub(super) fn evaluate_heard(
    network: &Network,
    loss: Loss,
    data: &TrainingData,
    hear: &mut Hear<'_>,
) -> Option<(Evaluation, Confusion)> {
    let mut evaluator = Evaluator::new(network, data);
    let mut forward = Forward::new(network, evaluator.part.rows);
    loop {
        if let Some(evaluation) = evaluator.advance(network, loss, data, (&mut forward, &Alone)) {
            return Some((evaluation, evaluator.confusion));
        }
        if hear(evaluator.progress()).is_break() {
            return None;
        }
    }
}

/// Evaluates a network piece by piece.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evaluator {
    /// The score of the training samples, while the test samples are being evaluated.
    training: Option<Score>,
    /// The confusion matrix of the training samples, complete when the evaluation is.
    confusion: Confusion,
    /// What is known of the training samples and of the test samples.
    wholes: [Whole; 2],
    /// The part that is being evaluated.
    part: Part,
}

/// What is known of the samples of an evaluation.
#[derive(Debug, Clone, PartialEq, Default)]
struct Whole {
    samples: usize,
    /// Σ(y − ȳ)² of each output; empty for classes.
    spreads: Vec<f64>,
}

/// The training samples or the test samples, evaluated as far as the first `samples` of them.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    /// How many samples are evaluated at once.
    rows: usize,
    /// Room for them.
    room: Batch,
    samples: usize,
    loss: f64,
    confusion: Confusion,
    /// Σ(y − p)² of each output; empty for classes.
    errors: Vec<f64>,
}

impl Evaluator {
    pub(super) fn new(network: &Network, data: &TrainingData) -> Self {
        let confusion = Confusion::zeros(&data.training);
        let wholes = [Some(&data.training), data.test.as_ref()]
            .map(|part| part.map_or_else(Whole::default, |examples| Whole::of(examples)));
        Self {
            training: None,
            confusion: confusion.clone(),
            part: Part {
                rows: rows(network, data),
                room: Batch::for_rows(&data.training, rows(network, data)),
                samples: 0,
                loss: 0.0,
                confusion,
                errors: vec![0.0; wholes[0].spreads.len()],
            },
            wholes,
        }
    }

    /// How far the evaluation is.
    fn progress(&self) -> Preparing {
        let [training, test] = self.wholes.each_ref().map(|whole| whole.samples);
        let before = self.training.map_or(0, |_| training);
        Preparing::Evaluating {
            samples: before + self.part.samples,
            all: training + test,
        }
    }

    /// Begins again from the first sample.
    pub(super) fn restart(&mut self) {
        self.training = None;
        self.part.samples = 0;
    }

    /// Exchanges a confusion matrix for that of the evaluation that was completed last.
    #[inline]
    pub(super) fn swap_confusion(&mut self, confusion: &mut Confusion) {
        mem::swap(&mut self.confusion, confusion);
    }

    /// Evaluates the next samples. Returns the evaluation once it is complete, and then begins again.
    /// Allocates nothing.
    #[inline]
    pub(super) fn advance(
        &mut self,
        network: &Network,
        loss: Loss,
        data: &TrainingData,
        (forward, executor): (&mut Forward, &dyn Executor),
    ) -> Option<Evaluation> {
        let training = if let Some(training) = self.training {
            training
        } else {
            let [whole, _] = &self.wholes;
            let (part, training) = (&mut self.part, &data.training);
            let shared = (&mut *forward, executor);
            let score = part.advance(network, loss, training, whole, shared)?;
            mem::swap(&mut self.confusion, &mut self.part.confusion);
            if data.test.is_some() {
                self.training = Some(score);
                return None;
            }
            score
        };
        let test = match &data.test {
            Some(test) => {
                let [_, whole] = &self.wholes;
                let shared = (forward, executor);
                Some(self.part.advance(network, loss, test, whole, shared)?)
            }
            None => None,
        };
        self.training = None;
        Some(Evaluation { training, test })
    }
}

impl Whole {
    fn of(examples: &Examples) -> Self {
        Self {
            samples: examples.len(),
            spreads: spreads(examples),
        }
    }
}

impl Part {
    /// Evaluates the next samples, or one layer of them if that takes long. Returns the score once it is complete.
    #[inline]
    fn advance(
        &mut self,
        network: &Network,
        loss: Loss,
        examples: &Examples,
        whole: &Whole,
        (forward, executor): (&mut Forward, &dyn Executor),
    ) -> Option<Score> {
        if self.samples == 0 {
            self.loss = 0.0;
            self.confusion.counts.fill(0);
            self.errors.fill(0.0);
        }
        let end = (self.samples + self.rows).min(whole.samples);
        let (inputs, targets) = examples.rows(self.samples..end, &mut self.room);
        let batch = self.rows.min(whole.samples);
        if !forward.advance(network, inputs, batch, executor) {
            return None;
        }
        self.loss = forward.add_losses(self.loss, network, loss, targets);
        if examples.task == Task::Numbers {
            add_squares(&mut self.errors, targets, forward.predictions(network));
        } else {
            self.confusion
                .add(examples, targets, forward.predictions(network));
        }
        self.samples = end;
        if end < whole.samples {
            return None;
        }
        let samples = mem::take(&mut self.samples);
        Some(Score {
            loss: self.loss / samples as f64,
            quality: match examples.task {
                Task::Numbers => Quality::of_numbers(&self.errors, &whole.spreads, examples),
                Task::Binary | Task::Classes => {
                    Quality::of_classes(self.confusion.right(), samples)
                }
            },
        })
    }
}
