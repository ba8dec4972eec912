//! The lines of `--format jsonl`: a run as it is written for other programs, and read back.
//!
//! A log is one JSON object a line: a `start`, an `epoch` for every epoch that is logged, an `end`. Whatever
//! reads it ignores fields that it does not know, so that later versions can add some. JSON has no number
//! that is not finite: it is written as `null` and read as NaN.

use std::ops::Range;

use rand::rngs::Xoshiro256PlusPlus;
use serde::{Deserialize, Deserializer, Serialize};

use super::{
    Baseline, DataSource, Evaluation, Finish, LayerParameters, Quality, Run, Session,
    TrainingConfig, layers_of,
};
use crate::data::{Feature, Scaling, Target};

/// One line of the log of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Line {
    /// The first line: what the run is, and where it starts.
    Start(Box<Start>),
    /// The end of an epoch.
    Epoch(State),
    /// The last line, unless the program was killed.
    End(End),
}

/// What a run is, and where it starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// How it is set up, and what it learns from.
    #[serde(flatten)]
    pub run: Description,
    /// The generator that the order of its first epoch is drawn from, if the samples are shuffled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generator: Option<Xoshiro256PlusPlus>,
    /// Epoch 0, or where a loaded run continues.
    #[serde(flatten)]
    pub state: State,
}

/// How a run is set up, and what it learns from: enough to repeat it with another implementation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// How it is set up.
    pub configuration: TrainingConfig,
    /// Where its data comes from.
    pub source: DataSource,
    /// What is known of each sample, in the order of the raw values.
    pub features: Vec<Feature>,
    /// The names of the inputs of the network, in order.
    pub inputs: Vec<String>,
    /// How they are scaled.
    pub scaling: Scaling,
    /// What is predicted.
    pub target: Target,
    /// How targets are scaled: output = (target − shift) / divisor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_scaling: Option<Scaling>,
    /// What the best constant answer scores.
    #[serde(default)]
    pub baseline: Baseline,
    /// The names of the classes, by their number; empty if numbers are predicted.
    pub classes: Vec<String>,
    /// Which of two classes is 1; `None` if there are not two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub positive: Option<String>,
    /// How many samples there are, those for testing included.
    pub samples: usize,
    /// The rows of the data that are trained on, in the order of the samples.
    pub training_rows: Vec<usize>,
    /// The rows that are held out for testing.
    pub test_rows: Vec<usize>,
}

/// A run at the end of an epoch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// How far it is, and how good.
    #[serde(flatten)]
    pub scores: Scores,
    /// All parameters.
    pub layers: Vec<LayerParameters>,
}

/// How far a run is, and how good.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Whole passes over the data.
    pub epoch: u64,
    /// The mean loss over the training samples.
    #[serde(deserialize_with = "nan_if_null")]
    pub loss: f64,
    /// Accuracy, or R² and RMSE, on the training samples.
    #[serde(flatten)]
    pub quality: Quality,
    /// The mean loss over the test samples, if there are any.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "some_nan_if_null"
    )]
    pub test_loss: Option<f64>,
    /// The share of the test samples whose class is predicted correctly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_accuracy: Option<f64>,
    /// R² on the test samples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_r2: Option<f64>,
    /// RMSE on the test samples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_rmse: Option<f64>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// Why it ended.
    pub status: Status,
    /// What finished it, if it is finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_by: Option<Finish>,
    /// The last state; of a run that diverged, the last one with finite numbers.
    #[serde(flatten)]
    pub state: State,
    /// What the network makes of samples that it has not seen.
    pub predictions: Vec<Prediction>,
}

/// Why a log ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// All is done.
    Finished,
    /// The loss or a parameter overflowed.
    Diverged,
    /// A signal came first.
    Interrupted,
}

/// What the network makes of a sample that it has not seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// The name of the sample.
    pub name: String,
    /// The first output.
    #[serde(deserialize_with = "nan_if_null")]
    pub output: f64,
    /// The predicted class, or the numbers with their units.
    pub label: String,
}

impl Description {
    /// The description of a run with this configuration, its own or changed.
    #[must_use]
    pub fn of(run: &Run, configuration: TrainingConfig) -> Self {
        let (source, dataset) = (run.source.clone(), &run.dataset);
        let rows = |samples: Range<usize>| samples.map(|sample| dataset.row_of(sample)).collect();
        let target = dataset.target.clone();
        Self {
            configuration,
            source,
            features: dataset.features().to_vec(),
            inputs: dataset.input_names(),
            scaling: dataset.preprocessing.scaling().clone(),
            target_scaling: Some(dataset.target_scaling.clone()),
            baseline: run.baseline.clone(),
            classes: target.classes().to_vec(),
            positive: match &target {
                Target::Binary { classes, .. } => Some(classes[1].clone()),
                Target::Classes { .. } | Target::Numbers(_) => None,
            },
            target,
            samples: dataset.len(),
            training_rows: rows(0..dataset.training_samples),
            test_rows: rows(dataset.training_samples..dataset.len()),
        }
    }
}

impl Start {
    /// The start of a session.
    #[must_use]
    pub fn of(run: &Run, session: &Session) -> Self {
        let configuration = session.config();
        let generator = session.state().generator.clone();
        Self {
            generator: configuration.shuffle.then_some(generator),
            run: Description::of(run, configuration),
            state: State::of(session),
        }
    }
}

impl State {
    /// The state of a session between two epochs.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        Self {
            scores: Scores::of(session.position().epoch, session.evaluation()),
            layers: layers_of(session.network()),
        }
    }
}

impl Scores {
    /// The scores at the end of an epoch.
    #[must_use]
    pub fn of(epoch: u64, Evaluation { training, test }: Evaluation) -> Self {
        Self {
            epoch,
            loss: training.loss,
            quality: training.quality,
            test_loss: test.map(|test| test.loss),
            test_accuracy: test.and_then(|test| test.quality.accuracy),
            test_r2: test.and_then(|test| test.quality.r2),
            test_rmse: test.and_then(|test| test.quality.rmse),
        }
    }

    /// The scores that there are, with their names: the columns of a CSV log behind the epoch.
    pub fn named(self) -> impl Iterator<Item = (&'static str, f64)> {
        let all = [
            ("loss", Some(self.loss)),
            ("accuracy", self.quality.accuracy),
            ("r2", self.quality.r2),
            ("rmse", self.quality.rmse),
            ("test_loss", self.test_loss),
            ("test_accuracy", self.test_accuracy),
            ("test_r2", self.test_r2),
            ("test_rmse", self.test_rmse),
        ];
        all.into_iter()
            .filter_map(|(name, score)| Some((name, score?)))
    }
}

/// A number; NaN for the `null` that stands for one that is not finite.
pub(crate) fn nan_if_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let number = Option::deserialize(deserializer)?;
    Ok(number.unwrap_or(f64::NAN))
}

/// The same for a number that may be missing; combined with `default`.
fn some_nan_if_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    nan_if_null(deserializer).map(Some)
}
