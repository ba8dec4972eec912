//! Floor 0: what a network learns from.
//!
//! A [`Dataset`] is what a person sees: names, units, raw values, classes. [`Examples`] is what
//! training sees: inputs and targets, two flat vectors. [`Preprocessing`] is the only way from the one
//! to the other. Knows no file: the CSV reader takes any `impl Read`.

mod class_order;
mod csv;
mod examples;
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
mod summary;
mod tables;
mod target;
mod target_scaling;

use std::sync::Arc;

use anyhow::{Result, bail};
pub use csv::{CsvOptions, RowsRead, join_row, read_csv, split_row};
use examples::Source;
pub use examples::{Batch, Examples};
pub use feature::Feature;
pub use formula::{Formula, check_typed};
pub use generated::{PATTERNS, Pattern};
pub use imputation::Imputation;
pub use points::{Point, Points};
pub use preprocessing::{Input, Preprocessing, ScaledValue};
pub use quantity::Quantity;
use rand::rngs::Xoshiro256PlusPlus;
pub use scaling::{Scaling, ScalingMethod};
use scrub::{listed, quoted};
pub use scrub::{scrub, scrub_to};
pub use shortest::{plain, shortest, with_unit};
pub use summary::{FeatureSummary, Summary};
pub use tables::{TABLES, Table, people};
pub use target::{Target, Task};
pub use target_scaling::TargetScaling;

/// A table of samples: what is measured of each, and what should be predicted. Clones share the values, and so do datasets
/// whose samples are split otherwise: the rows stay where they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// What the whole is called, "people".
    pub name: String,
    /// The features, and the way from their raw values to the inputs of the network.
    pub preprocessing: Preprocessing,
    /// What should be predicted.
    pub target: Target,
    /// The name of each row; empty if they have none.
    pub names: Arc<Vec<String>>,
    /// The line of its file that each row begins in, counted from 1; empty if nobody has such a file.
    pub rows: Arc<Vec<usize>>,
    /// The raw values, row-major with shape (rows, features).
    pub raw: Arc<Vec<f64>>,
    /// Which of them were missing and are filled in: their indices, in order.
    pub filled: Arc<Vec<usize>>,
    /// The targets, row-major with shape (rows, outputs): numbers in their own units.
    pub targets: Arc<Vec<f64>>,
    /// The row that each sample is; `None` if the first sample is the first row, and so on.
    pub order: Option<Arc<Vec<u32>>>,
    /// The way from targets to what the network predicts, one number for each output.
    pub target_scaling: Scaling,
    /// Where the values have left the generator that they were drawn from, and the choice of test samples begins; `None` if
    /// they were not drawn.
    pub generator: Option<Xoshiro256PlusPlus>,
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

    /// Whether the values are shared with another dataset, and the samples are split alike. Takes no time.
    #[must_use]
    pub fn has_same_samples(&self, other: &Self) -> bool {
        let is_same_order = match (&self.order, &other.order) {
            (Some(order), Some(other)) => Arc::ptr_eq(order, other),
            (None, None) => true,
            _ => false,
        };
        let is_same = |values: &Arc<_>, other| Arc::ptr_eq(values, other);
        is_same_order
            && self.training_samples == other.training_samples
            && is_same(&self.raw, &other.raw)
            && is_same(&self.targets, &other.targets)
    }

    /// The raw values of one sample, one for each feature.
    #[must_use]
    pub fn raw_of(&self, sample: usize) -> &[f64] {
        let features = self.features().len();
        &self.raw[self.index_of(sample) * features..][..features]
    }

    /// Whether a raw value of a sample was missing and is filled in.
    #[must_use]
    pub fn is_filled(&self, sample: usize, feature: usize) -> bool {
        let index = self.index_of(sample) * self.features().len() + feature;
        self.filled.binary_search(&index).is_ok()
    }

    /// The targets of one sample, one for each output: numbers in their own units.
    #[must_use]
    pub fn targets_of(&self, sample: usize) -> &[f64] {
        let outputs = self.target.outputs();
        &self.targets[self.index_of(sample) * outputs..][..outputs]
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
        self.own_name(sample)
            .map_or_else(|| format!("#{}", self.row_of(sample)), str::to_owned)
    }

    /// The name of a sample, if samples have names.
    #[must_use]
    pub fn own_name(&self, sample: usize) -> Option<&str> {
        self.names.get(self.index_of(sample)).map(String::as_str)
    }

    /// What the names of samples are: names, or the lines or rows that stand for them.
    #[must_use]
    pub fn names_heading(&self) -> &'static str {
        match (self.names.is_empty(), self.rows.is_empty()) {
            (false, _) => "name",
            (true, false) => "line",
            (true, true) => "row",
        }
    }

    /// The line of its file that a sample begins in, or its row in other data, counted from 1.
    #[must_use]
    pub fn row_of(&self, sample: usize) -> usize {
        let index = self.index_of(sample);
        self.rows.get(index).copied().unwrap_or(index + 1)
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
        (0..self.training_samples).map(|sample| self.raw_of(sample))
    }

    /// The row that a sample is, counted from 0.
    fn index_of(&self, sample: usize) -> usize {
        let order = self.order.as_ref();
        order.map_or(sample, |order| order[sample] as usize)
    }

    fn examples(&self, samples: std::ops::Range<usize>) -> Examples {
        let source = |values: &Arc<Vec<f64>>, width| Source {
            values: Arc::clone(values),
            width,
            order: self.order.clone(),
            samples: samples.clone(),
        };
        let raw = source(&self.raw, self.features().len());
        let targets = source(&self.targets, self.target.outputs());
        let task = self.target.task();
        Examples::made(
            task,
            raw,
            &self.preprocessing,
            targets,
            &self.target_scaling,
        )
    }
}
