//! Floor 0: what a network learns from.
//!
//! A [`Dataset`] is what a person sees: names, units, raw values, classes. [`Examples`] is what
//! training sees: scaled inputs and targets, two flat vectors. Knows no file: the CSV reader takes
//! any `impl Read`.

mod csv;
mod generated;
mod penguins;
mod people;
pub mod quantity;
mod scaling;
mod scrub;
mod split;

pub use csv::{CsvOptions, read_csv};
pub use generated::Pattern;
pub use penguins::penguins;
pub use people::people;
pub use scaling::{Scaling, ScalingMethod};
use scrub::listed;
pub use scrub::{scrub, scrub_to};

use serde::{Deserialize, Serialize};

/// A table of samples: what is measured of each, and what is to be predicted.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// What the whole is called, "people".
    pub name: String,
    /// The input columns, in order.
    pub features: Vec<Feature>,
    /// What is to be predicted.
    pub target: Target,
    /// One name a sample; empty if they have none.
    pub sample_names: Vec<String>,
    /// The raw values, row-major with shape (samples, features).
    pub inputs: Vec<f64>,
    /// What is known of the target, row-major with shape (samples, outputs).
    pub targets: Vec<f64>,
    /// How many samples are trained on: the first ones. The others are for testing.
    pub training_samples: usize,
    /// What is done to the raw values before the network sees them.
    pub scaling: Scaling,
    /// Whom to ask about after training: samples that the network never sees.
    pub unseen: Vec<UnseenSample>,
    /// What was left out or is odd, a sentence each, to be said before training.
    pub remarks: Vec<String>,
}

/// What is to be predicted, and how it is told in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// One of two classes: one output, 0 for the first and 1 for the second.
    Binary {
        /// What the classes are of, "gender".
        name: String,
        /// Their names, by their number.
        classes: [String; 2],
    },
    /// One of several classes: one output a class, 1 for the right one and 0 for the others.
    Classes {
        /// What the classes are of, "species".
        name: String,
        /// Their names, by their number.
        classes: Vec<String>,
    },
    /// Numbers: one output each.
    Numbers(Vec<Feature>),
}

/// What the outputs of a network are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// One output tells two classes apart; 0.5 and above is class 1.
    Binary,
    /// The largest output names the class.
    Classes,
    /// The outputs are the numbers themselves.
    Numbers,
}

impl Task {
    /// The class that outputs (or targets) speak for; nothing if they are numbers.
    #[must_use]
    #[inline]
    pub fn class(self, outputs: &[f64]) -> Option<usize> {
        match self {
            Self::Binary => Some(usize::from(outputs[0] >= 0.5)),
            Self::Classes => {
                let largest = (1..outputs.len()).fold(0, |largest, class| {
                    if outputs[class] > outputs[largest] {
                        class
                    } else {
                        largest
                    }
                });
                Some(largest)
            }
            Self::Numbers => None,
        }
    }
}

impl Target {
    /// What the outputs are for.
    #[must_use]
    pub fn task(&self) -> Task {
        match self {
            Self::Binary { .. } => Task::Binary,
            Self::Classes { .. } => Task::Classes,
            Self::Numbers(_) => Task::Numbers,
        }
    }

    /// How many outputs a network needs.
    #[must_use]
    pub fn outputs(&self) -> usize {
        match self {
            Self::Binary { .. } => 1,
            Self::Classes { classes, .. } => classes.len(),
            Self::Numbers(numbers) => numbers.len(),
        }
    }

    /// The names of the classes by their number; none if numbers are predicted.
    #[must_use]
    pub fn classes(&self) -> &[String] {
        match self {
            Self::Binary { classes, .. } => classes,
            Self::Classes { classes, .. } => classes,
            Self::Numbers(_) => &[],
        }
    }

    /// What outputs (or targets) say in words: the class, or the numbers with their units.
    #[must_use]
    pub fn label(&self, outputs: &[f64]) -> String {
        match (self, self.task().class(outputs)) {
            (_, Some(class)) => self.classes()[class].clone(),
            (Self::Numbers(numbers), None) => {
                let told = outputs.iter().zip(numbers);
                let told: Vec<String> = told
                    .map(|(output, number)| {
                        format!("{output:.4} {}", number.unit).trim_end().to_owned()
                    })
                    .collect();
                told.join(", ")
            }
            (_, None) => unreachable!("only numbers have no class"),
        }
    }
}

/// A column of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    /// What it measures, "weight".
    pub name: String,
    /// What it is measured in, "lb"; empty if that is unknown.
    pub unit: String,
}

/// A sample without a known class.
#[derive(Debug, Clone, PartialEq)]
pub struct UnseenSample {
    /// Its name.
    pub name: String,
    /// The raw values, one for each feature.
    pub inputs: Vec<f64>,
}

/// Inputs and targets as training reads them.
#[derive(Debug, Clone, PartialEq)]
pub struct Examples {
    /// What the targets are.
    pub task: Task,
    /// Numbers in one sample's input.
    pub input_width: usize,
    /// Numbers in one sample's target.
    pub target_width: usize,
    /// The scaled inputs, row-major with shape (samples, `input_width`).
    pub inputs: Vec<f64>,
    /// The targets, row-major with shape (samples, `target_width`).
    pub targets: Vec<f64>,
}

impl Dataset {
    /// How many samples there are, those for testing included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.targets.len() / self.target.outputs()
    }

    /// Whether there is nothing to learn from.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The raw values of one sample, one for each feature.
    #[must_use]
    pub fn raw_inputs(&self, sample: usize) -> &[f64] {
        &self.inputs[sample * self.features.len()..][..self.features.len()]
    }

    /// What is known of one sample, one number for each output.
    #[must_use]
    pub fn targets_of(&self, sample: usize) -> &[f64] {
        &self.targets[sample * self.target.outputs()..][..self.target.outputs()]
    }

    /// What a sample is called: its name, or else its number, counted from 1.
    #[must_use]
    pub fn sample_name(&self, sample: usize) -> String {
        self.sample_names
            .get(sample)
            .cloned()
            .unwrap_or_else(|| format!("#{}", sample + 1))
    }

    /// The smallest and the largest raw value of a feature among the samples that are trained on.
    #[must_use]
    pub fn range(&self, feature: usize) -> (f64, f64) {
        let training = &self.inputs[..self.training_samples * self.features.len()];
        let column = training.iter().skip(feature).step_by(self.features.len());
        column.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| {
            (low.min(value), high.max(value))
        })
    }

    /// What training reads: the inputs scaled, the targets as they are.
    #[must_use]
    pub fn training(&self) -> Examples {
        self.examples(0..self.training_samples)
    }

    /// What is kept for testing; nothing if all is trained on.
    #[must_use]
    pub fn test(&self) -> Option<Examples> {
        (self.training_samples < self.len())
            .then(|| self.examples(self.training_samples..self.len()))
    }

    fn examples(&self, samples: std::ops::Range<usize>) -> Examples {
        let (input_width, target_width) = (self.features.len(), self.target.outputs());
        let raw = &self.inputs[samples.start * input_width..samples.end * input_width];
        Examples {
            task: self.target.task(),
            input_width,
            target_width,
            inputs: raw
                .chunks_exact(input_width)
                .flat_map(|raw| self.scaling.apply(raw))
                .collect(),
            targets: self.targets[samples.start * target_width..samples.end * target_width]
                .to_vec(),
        }
    }
}

/// "weight (lb)", or "weight" where there is no unit.
impl std::fmt::Display for Feature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)?;
        if self.unit.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", self.unit)
        }
    }
}

impl Examples {
    /// How many samples there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.targets.len() / self.target_width
    }

    /// Whether there is nothing to learn from.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The inputs and the targets of consecutive samples.
    #[must_use]
    #[inline]
    pub fn rows(&self, samples: std::ops::Range<usize>) -> (&[f64], &[f64]) {
        (
            &self.inputs[samples.start * self.input_width..samples.end * self.input_width],
            &self.targets[samples.start * self.target_width..samples.end * self.target_width],
        )
    }
}
