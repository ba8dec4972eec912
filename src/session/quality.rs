//! How good predictions are, in terms that people compare: accuracy, or R² and RMSE.

use serde::{Deserialize, Serialize};

use super::TrainingData;
use crate::data::{Dataset, Examples, Task};
use crate::nn::Loss;

/// How good predictions are: accuracy for classes, R² and RMSE for numbers.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Quality {
    /// The share of samples whose class is predicted correctly, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<f64>,
    /// The coefficient of determination R² = 1 − Σ(y − p)² / Σ(y − ȳ)², the mean over the outputs; 1 is perfect,
    /// 0 is as good as the mean. `None` if a target is always the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r2: Option<f64>,
    /// The root mean squared error in the units of the target, the mean over the outputs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rmse: Option<f64>,
}

impl Quality {
    /// That of classes, of which `right` of all samples are predicted correctly.
    pub(super) fn of_classes(right: u64, samples: usize) -> Self {
        Self {
            accuracy: Some(right as f64 / samples as f64),
            ..Self::default()
        }
    }

    /// That of numbers, from Σ(y − p)² and Σ(y − ȳ)² of each output.
    pub(super) fn of_numbers(errors: &[f64], spreads: &[f64], examples: &Examples) -> Self {
        let outputs = errors.len() as f64;
        let explained = errors
            .iter()
            .zip(spreads)
            .map(|(error, spread)| 1.0 - error / spread);
        let samples = examples.len() as f64;
        let deviations = errors.iter().zip(&examples.target_divisors);
        let deviations =
            deviations.map(|(error, divisor)| (error / samples).sqrt() * divisor.abs());
        let finite = |number: f64| number.is_finite().then_some(number);
        Self {
            accuracy: None,
            r2: finite(explained.sum::<f64>() / outputs),
            rmse: finite(deviations.sum::<f64>() / outputs),
        }
    }
}

/// Adds (y − p)² of each output to sums, one for each. Both slices are row-major with shape (samples, outputs).
#[inline]
pub(super) fn add_squares(sums: &mut [f64], targets: &[f64], predictions: &[f64]) {
    let rows = targets
        .chunks_exact(sums.len())
        .zip(predictions.chunks_exact(sums.len()));
    for (targets, predictions) in rows {
        for ((sum, y), p) in sums.iter_mut().zip(targets).zip(predictions) {
            *sum += (y - p) * (y - p);
        }
    }
}

/// Σ(y − ȳ)² of each output; empty if the targets are classes.
pub(super) fn spreads(examples: &Examples) -> Vec<f64> {
    match examples.task {
        Task::Numbers => squares_about(&means(examples), examples),
        Task::Binary | Task::Classes => Vec::new(),
    }
}

/// The mean target of each output.
fn means(examples: &Examples) -> Vec<f64> {
    let mut means = vec![0.0; examples.target_width];
    let samples = examples.len() as f64;
    examples.for_each_target(|targets| {
        for (mean, target) in means.iter_mut().zip(targets) {
            *mean += target / samples;
        }
    });
    means
}

/// Σ(y − answer)² of each output.
fn squares_about(answer: &[f64], examples: &Examples) -> Vec<f64> {
    let mut sums = vec![0.0; answer.len()];
    examples.for_each_target(|targets| add_squares(&mut sums, targets, answer));
    sums
}

/// How good the best constant answer is, whatever the input: the most frequent class of the training samples, or
/// their mean. What a network should beat.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Baseline {
    /// It, as people read it: the class, or the numbers with their units.
    pub answer: String,
    /// On the training samples.
    #[serde(flatten)]
    pub training: Quality,
    /// On the test samples, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<Quality>,
    /// What always answering the means of the training targets costs there: no other constant costs less.
    #[serde(skip)]
    pub least_loss: LeastLoss,
}

/// The smallest loss that one constant answer can have on the training samples, without penalty, by each loss function.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LeastLoss {
    mean_squared_error: f64,
    cross_entropy: f64,
}

impl LeastLoss {
    fn of(training: &Examples) -> Self {
        let means = means(training);
        let outputs = means.len() as f64;
        let squares: f64 = squares_about(&means, training).iter().sum();
        // −m·ln m; 0 for m = 0, which no target of classes is below.
        let part = |mean: f64| if mean > 0.0 { -mean * mean.ln() } else { 0.0 };
        let parts = means.iter().map(|&mean| match training.task {
            Task::Classes => part(mean),
            Task::Binary | Task::Numbers => (part(mean) + part(1.0 - mean)) / outputs,
        });
        Self {
            mean_squared_error: squares / (training.len() as f64 * outputs),
            cross_entropy: parts.sum(),
        }
    }

    /// That by one loss function.
    #[must_use]
    pub fn by(self, loss: Loss) -> f64 {
        match loss {
            Loss::MeanSquaredError => self.mean_squared_error,
            Loss::CrossEntropy => self.cross_entropy,
        }
    }
}

impl Baseline {
    /// That of a dataset, which is `data` for the network.
    #[must_use]
    pub fn of(dataset: &Dataset, data: &TrainingData) -> Self {
        let outputs = constant_answer(&data.training);
        Self {
            answer: dataset.label_of(&outputs),
            training: quality_of(&outputs, &data.training),
            test: data.test.as_ref().map(|test| quality_of(&outputs, test)),
            least_loss: LeastLoss::of(&data.training),
        }
    }
}

fn constant_answer(training: &Examples) -> Vec<f64> {
    let classes = match training.task {
        Task::Numbers => return means(training),
        Task::Binary => 2,
        Task::Classes => training.target_width,
    };
    let mut counts = vec![0_usize; classes];
    training.for_each_target(|targets| counts[training.task.class(targets).expect("classes")] += 1);
    // The first one of those that are equally frequent.
    let most = (0..classes).rev().max_by_key(|&class| counts[class]);
    training
        .task
        .outputs_of(most.unwrap_or(0), training.target_width)
}

fn quality_of(answer: &[f64], examples: &Examples) -> Quality {
    if examples.task == Task::Numbers {
        return Quality::of_numbers(
            &squares_about(answer, examples),
            &spreads(examples),
            examples,
        );
    }
    let class = examples.task.class(answer);
    let mut right = 0;
    examples.for_each_target(|targets| right += u64::from(examples.task.class(targets) == class));
    Quality::of_classes(right, examples.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Quantity, Scaling, Target, people};
    use crate::nn::Activation;

    /// The baseline of targets, the first of which are for training.
    fn baseline(target: Target, targets: &[f64], training_samples: usize) -> Baseline {
        let mut dataset = dataset(target, targets, training_samples);
        dataset.target_scaling.divisor.fill(0.1);
        Baseline::of(&dataset, &TrainingData::of(&dataset))
    }

    fn dataset(target: Target, targets: &[f64], training_samples: usize) -> Dataset {
        let mut dataset = people();
        dataset.raw = vec![0.0; targets.len() / target.outputs() * 2].into();
        dataset.target_scaling = Scaling::none(target.outputs());
        (dataset.target, dataset.targets) = (target, targets.to_vec().into());
        dataset.training_samples = training_samples;
        dataset
    }

    fn classes(names: &[&str]) -> Target {
        Target::Classes {
            name: "species".to_owned(),
            classes: names.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    fn numbers() -> Target {
        Target::Numbers(vec![Quantity {
            name: "price".to_owned(),
            unit: "k$".to_owned(),
        }])
    }

    #[test]
    fn the_constant_answer_is_the_most_frequent_class_of_the_training_samples() {
        let targets = [1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0];
        let baseline = baseline(classes(&["a", "b"]), &targets, 3);
        assert_eq!(baseline.answer, "b");
        assert_eq!(baseline.training.accuracy, Some(2.0 / 3.0));
        assert_eq!(baseline.test.unwrap().accuracy, Some(0.0));
    }

    #[test]
    fn of_classes_that_are_equally_frequent_the_first_is_taken() {
        let targets = [0.0, 0.0, 1.0, 0.0, 1.0, 0.0];
        assert_eq!(baseline(classes(&["a", "b", "c"]), &targets, 2).answer, "b");
    }

    #[test]
    fn of_numbers_it_is_the_mean_whose_errors_are_in_their_units() {
        let baseline = baseline(numbers(), &[1.0, 2.0, 3.0, 4.0, 6.0], 3);
        assert_eq!(baseline.answer, "2.0000 k$");
        assert!(baseline.training.r2.unwrap().abs() < 1e-12);
        assert!((baseline.training.rmse.unwrap() - (2.0f64 / 3.0).sqrt()).abs() < 1e-12);
        // Σ(y − p)² = 4 + 16, Σ(y − ȳ)² = 1 + 1
        let test = baseline.test.unwrap();
        assert!((test.r2.unwrap() + 9.0).abs() < 1e-12);
        assert!((test.rmse.unwrap() - 10.0f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn no_constant_answer_costs_less_than_the_means() {
        let two = [1.0, 0.0, 0.0, 0.0];
        let three = [
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [0.0, 1.0, 0.0],
            [0.0, 0.0, 1.0],
        ];
        let least = |target: Target, targets: &[f64]| {
            let dataset = dataset(target, targets, 4);
            LeastLoss::of(&TrainingData::of(&dataset).training)
        };
        let of_two = least(people().target, &two);
        let of_three = least(classes(&["a", "b", "c"]), &three.concat());
        let tries = (1..100).map(|percent| f64::from(percent) / 100.0);
        // Each loss as the network computes it, of a constant: the logits ln p are a softmax of p.
        let cost = |loss: Loss, p: f64| -> f64 {
            let z = [(p / (1.0 - p)).ln()];
            let of_sample = two.map(|y| loss.value(Activation::Sigmoid, &z, &[p], &[y]));
            of_sample.iter().sum::<f64>() / 4.0
        };
        for loss in [Loss::MeanSquaredError, Loss::CrossEntropy] {
            let least = tries
                .clone()
                .map(|p| cost(loss, p))
                .fold(f64::MAX, f64::min);
            assert!((of_two.by(loss) - least).abs() < 1e-12, "{loss:?}");
        }
        let z = [0.25f64, 0.5, 0.25].map(f64::ln);
        let of_sample = three.map(|y| Loss::CrossEntropy.value(Activation::Softmax, &z, &y, &y));
        let softmax = of_sample.iter().sum::<f64>() / 4.0;
        assert!((of_three.by(Loss::CrossEntropy) - softmax).abs() < 1e-12);
    }

    #[test]
    fn a_target_that_is_always_the_same_has_no_r2() {
        let Quality { r2, rmse, .. } = baseline(numbers(), &[2.0, 2.0], 2).training;
        assert_eq!((r2, rmse), (None, Some(0.0)));
    }
}
