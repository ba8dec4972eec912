//! Floor 0: what a network learns from.
//!
//! A [`Dataset`] is what a person sees: names, units, raw values, classes. [`Examples`] is what
//! training sees: inputs and targets, two flat vectors. [`Preprocessing`] is the only way from the one
//! to the other. Knows no file: the CSV reader takes any `impl Read`.

mod class_order;
mod csv;
mod feature;
mod formula;
mod generated;
mod imputation;
mod points;
mod preprocessing;
pub mod quantity;
mod scaling;
mod scrub;
mod shortest;
mod split;
mod tables;
mod target;
mod target_scaling;

use std::sync::Arc;

use anyhow::{Result, bail};
pub use csv::{CsvOptions, RowsRead, join_row, read_csv, split_row};
pub use feature::Feature;
pub use formula::{Formula, check_typed};
pub use generated::{PATTERNS, Pattern};
pub use imputation::Imputation;
pub use points::{Point, Points};
pub use preprocessing::{Input, Preprocessing, ScaledValue};
pub use quantity::Quantity;
pub use scaling::{Scaling, ScalingMethod};
use scrub::{listed, quoted};
pub use scrub::{scrub, scrub_to};
pub use shortest::{plain, shortest, with_unit};
pub use tables::{TABLES, Table, people};
pub use target::{Target, Task};
pub use target_scaling::TargetScaling;

/// A table of samples: what is measured of each, and what should be predicted. Clones share the values.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// What the whole is called, "people".
    pub name: String,
    /// The features, and the way from their raw values to the inputs of the network.
    pub preprocessing: Preprocessing,
    /// What should be predicted.
    pub target: Target,
    /// One name for each sample; empty if they have none.
    pub sample_names: Vec<String>,
    /// The line of its file that each sample begins in, or its row in other data, counted from 1; empty if these are 1,
    /// 2, 3, …
    pub rows: Arc<Vec<usize>>,
    /// What the number of a row is: of the "line" of a file, or of the "row" of other data.
    pub row_heading: &'static str,
    /// The raw values, row-major with shape (samples, features).
    pub raw: Arc<Vec<f64>>,
    /// The targets, row-major with shape (samples, outputs): numbers in their own units.
    pub targets: Arc<Vec<f64>>,
    /// The way from targets to what the network predicts, one number for each output.
    pub target_scaling: Scaling,
    /// How many samples are trained on: the first ones. The others are for testing.
    pub training_samples: usize,
    /// Whom to ask about after training: samples that the network never sees.
    pub unseen: Vec<UnseenSample>,
    /// The columns of numbers that were left out because they seem to number the rows.
    pub row_numbers: Vec<String>,
    /// What was left out or is odd, a sentence each, to be reported before training.
    pub remarks: Vec<String>,
}

/// A sample whose target is unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct UnseenSample {
    /// Its name.
    pub name: String,
    /// The raw values, one for each feature.
    pub raw: Vec<f64>,
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
    /// The inputs of the network, row-major with shape (samples, `input_width`).
    pub inputs: Vec<f64>,
    /// The targets as the network predicts them, row-major with shape (samples, `target_width`).
    pub targets: Vec<f64>,
    /// By what each target was divided: an error of 1 is this many of the target's units.
    pub target_divisors: Vec<f64>,
}

impl Dataset {
    /// Returns how many samples there are, those for testing included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.targets.len() / self.target.outputs()
    }

    /// Returns whether there is no sample.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The features, in the order of the raw values: what a person is asked for to get a prediction.
    #[must_use]
    pub fn features(&self) -> &[Feature] {
        self.preprocessing.features()
    }

    /// The inputs of the network, in order: what its first layer sees.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        self.preprocessing.inputs()
    }

    /// The names of the inputs, in order.
    #[must_use]
    pub fn input_names(&self) -> Vec<String> {
        let inputs = self.inputs().iter();
        inputs.map(|input| input.name.clone()).collect()
    }

    /// The inputs of the network for a sample with these raw values, one for each feature.
    #[must_use]
    pub fn network_inputs(&self, raw: &[f64]) -> Vec<f64> {
        self.preprocessing.network_inputs(raw)
    }

    /// Lets the network see these formulas of the two features, or the features as they are if there is none.
    ///
    /// # Errors
    ///
    /// One sentence, if the features are not two numbers, a formula names another one or stands twice, or an input
    /// overflows.
    pub fn choose_inputs(&mut self, typed: &[Formula<String>]) -> Result<()> {
        let preprocessing = self.preprocessing.clone().with_inputs(typed)?;
        let mut inputs = Vec::new();
        for raw in self.raw.chunks_exact(self.features().len()) {
            inputs.clear();
            preprocessing.append_inputs(raw, &mut inputs);
            if let Some(index) = inputs.iter().position(|input| !input.is_finite()) {
                let name = &preprocessing.inputs()[index].name;
                bail!(
                    "the input {name} overflows: the features need another scaling (--scaling standardize)"
                );
            }
        }
        self.preprocessing = preprocessing;
        Ok(())
    }

    /// The raw values of one sample, one for each feature.
    #[must_use]
    pub fn raw_of(&self, sample: usize) -> &[f64] {
        let features = self.features().len();
        &self.raw[sample * features..][..features]
    }

    /// The targets of one sample, one for each output: numbers in their own units.
    #[must_use]
    pub fn targets_of(&self, sample: usize) -> &[f64] {
        &self.targets[sample * self.target.outputs()..][..self.target.outputs()]
    }

    /// What the network should predict for one sample, one number for each output.
    #[must_use]
    pub fn network_targets_of(&self, sample: usize) -> Vec<f64> {
        let targets = self.targets_of(sample).iter().copied();
        self.target_scaling.apply(targets).collect()
    }

    /// What the outputs of a network mean: numbers in the units of the target.
    #[must_use]
    pub fn in_units(&self, outputs: &[f64]) -> Vec<f64> {
        self.target_scaling.undone(outputs)
    }

    /// The outputs of a network as text: the class, or the numbers with their units.
    #[must_use]
    pub fn label_of(&self, outputs: &[f64]) -> String {
        self.target.label(&self.in_units(outputs))
    }

    /// The target of a sample as text: the class, or the numbers as they are in the data.
    #[must_use]
    pub fn target_text(&self, sample: usize) -> String {
        let targets = self.targets_of(sample);
        let Target::Numbers(numbers) = &self.target else {
            return self.target.label(targets);
        };
        let numbers = targets.iter().zip(numbers);
        let texts = numbers.map(|(target, number)| with_unit(&shortest(*target), &number.unit));
        texts.collect::<Vec<_>>().join(", ")
    }

    /// What a sample is called: its name, or else its line or row, "#12".
    #[must_use]
    pub fn sample_name(&self, sample: usize) -> String {
        self.sample_names
            .get(sample)
            .cloned()
            .unwrap_or_else(|| format!("#{}", self.row_of(sample)))
    }

    /// What the names of samples are: names, or the lines or rows that stand for them.
    #[must_use]
    pub fn names_heading(&self) -> &'static str {
        if self.sample_names.is_empty() {
            self.row_heading
        } else {
            "name"
        }
    }

    /// The line of its file that a sample begins in, or its row in other data, counted from 1.
    #[must_use]
    pub fn row_of(&self, sample: usize) -> usize {
        self.rows.get(sample).copied().unwrap_or(sample + 1)
    }

    /// The smallest and the largest raw value of a feature among the training samples.
    #[must_use]
    pub fn range(&self, feature: usize) -> (f64, f64) {
        let column = self.training_rows().map(|raw| raw[feature]);
        column.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    }

    /// What training reads.
    #[must_use]
    pub fn training(&self) -> Examples {
        self.examples(0..self.training_samples)
    }

    /// What is held out for testing; `None` if all samples are trained on.
    #[must_use]
    pub fn test(&self) -> Option<Examples> {
        (self.training_samples < self.len())
            .then(|| self.examples(self.training_samples..self.len()))
    }

    /// The raw values of each training sample.
    fn training_rows(&self) -> impl Iterator<Item = &[f64]> {
        let features = self.features().len();
        self.raw[..self.training_samples * features].chunks_exact(features)
    }

    fn examples(&self, samples: std::ops::Range<usize>) -> Examples {
        let (features, outputs) = (self.features().len(), self.target.outputs());
        let input_width = self.inputs().len();
        let mut inputs = Vec::with_capacity(samples.len() * input_width);
        for raw in self.raw[samples.start * features..samples.end * features].chunks_exact(features)
        {
            self.preprocessing.append_inputs(raw, &mut inputs);
        }
        Examples {
            task: self.target.task(),
            input_width,
            target_width: outputs,
            inputs,
            targets: self.targets[samples.start * outputs..samples.end * outputs]
                .chunks_exact(outputs)
                .flat_map(|targets| self.target_scaling.apply(targets.iter().copied()))
                .collect(),
            target_divisors: self.target_scaling.divisor.clone(),
        }
    }
}

impl Examples {
    /// Returns how many samples there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.targets.len() / self.target_width
    }

    /// Returns whether there is no sample.
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
