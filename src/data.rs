//! Floor 0: what a network learns from.
//!
//! A [`Dataset`] is what a person sees: names, units, raw values, classes. [`Examples`] is what
//! training sees: scaled inputs and targets, two flat vectors. Knows no file: the CSV reader takes
//! any `impl Read`.

mod csv;
mod people;
pub mod quantity;
mod scaling;

pub use people::people;
pub use scaling::Scaling;

/// A table of samples with two classes to tell apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// What the whole is called, "people".
    pub name: String,
    /// The input columns, in order.
    pub features: Vec<Feature>,
    /// The classes by their target value: `classes[0]` for 0, `classes[1]` for 1.
    pub classes: [String; 2],
    /// One name a sample.
    pub sample_names: Vec<String>,
    /// The raw values, row-major with shape (samples, features).
    pub inputs: Vec<f64>,
    /// The class of each sample: 0 or 1.
    pub targets: Vec<f64>,
    /// What is done to the raw values before the network sees them.
    pub scaling: Scaling,
    /// Whom to ask about after training: samples that the network never sees.
    pub unseen: Vec<UnseenSample>,
}

/// An input column.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// How many samples there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.targets.len()
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

    /// The smallest and the largest raw value of a feature.
    #[must_use]
    pub fn range(&self, feature: usize) -> (f64, f64) {
        let column = self
            .inputs
            .iter()
            .skip(feature)
            .step_by(self.features.len());
        column.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &value| {
            (low.min(value), high.max(value))
        })
    }

    /// The class that an output between 0 and 1 speaks for; 0.5 and above is class 1.
    #[must_use]
    pub fn class_of(&self, output: f64) -> &str {
        &self.classes[usize::from(output >= 0.5)]
    }

    /// What training reads: the inputs scaled, the targets as they are.
    #[must_use]
    pub fn examples(&self) -> Examples {
        let width = self.features.len();
        let inputs = self
            .inputs
            .chunks_exact(width)
            .flat_map(|raw| self.scaling.apply(raw))
            .collect();
        Examples {
            input_width: width,
            target_width: 1,
            inputs,
            targets: self.targets.clone(),
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

    /// The inputs and the targets of one sample.
    #[must_use]
    #[inline]
    pub fn sample(&self, index: usize) -> (&[f64], &[f64]) {
        (
            &self.inputs[index * self.input_width..][..self.input_width],
            &self.targets[index * self.target_width..][..self.target_width],
        )
    }

    /// Every sample in order: inputs and targets.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (&[f64], &[f64])> {
        self.inputs
            .chunks_exact(self.input_width)
            .zip(self.targets.chunks_exact(self.target_width))
    }
}
