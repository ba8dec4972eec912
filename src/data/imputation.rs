//! Fills in missing values, from what the training samples are like.

use std::sync::Arc;

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use super::summary::{median, most_frequent};
use super::{Dataset, Feature, quoted};

/// What replaces a missing number. A missing word is replaced by the most frequent one.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Imputation {
    /// The mean of the training samples that have one.
    Mean,
    /// Their median: the middle one, or the mean of the two in the middle.
    Median,
}

impl Imputation {
    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::VARIANTS.iter().copied();
        all.find(|imputation| imputation.name() == name)
    }

    /// Its name, "mean".
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// What replaces a missing number, from the numbers that are there; at least one.
    fn of(self, mut numbers: Vec<f64>) -> f64 {
        match self {
            Self::Mean => numbers.iter().sum::<f64>() / numbers.len() as f64,
            Self::Median => median(&mut numbers),
        }
    }
}

impl Dataset {
    /// Replaces raw values that are missing (NaN), in all samples, by what the training samples have; a remark says
    /// by what, and the dataset knows which they are.
    ///
    /// # Errors
    ///
    /// If no training sample has a value of a feature.
    pub fn impute(&mut self, imputation: Imputation) -> Result<()> {
        let is_missing = self.raw.iter().enumerate().filter(|(_, raw)| raw.is_nan());
        self.filled = Arc::new(is_missing.map(|(index, _)| index).collect());
        for index in 0..self.features().len() {
            let missing = self.column(index).filter(|raw| raw.is_nan()).count();
            if missing == 0 {
                continue;
            }
            let training = self.column(index).take(self.training_samples);
            let there: Vec<f64> = training.filter(|raw| !raw.is_nan()).collect();
            let feature = &self.features()[index];
            ensure!(
                !there.is_empty(),
                "{} has no value in the samples to train on, from which missing ones are filled in",
                quoted(feature.name())
            );
            let (raw, remark) = replacement(imputation, feature, there, missing);
            self.remarks.push(remark);
            let width = self.features().len();
            let column = Arc::make_mut(&mut self.raw).iter_mut();
            let column = column.skip(index).step_by(width);
            column
                .filter(|raw| raw.is_nan())
                .for_each(|missing| *missing = raw);
        }
        Ok(())
    }

    /// The raw values of one feature, sample by sample.
    fn column(&self, feature: usize) -> impl Iterator<Item = f64> {
        (0..self.len()).map(move |sample| self.raw_of(sample)[feature])
    }
}

/// What replaces missing values of a feature, and how that is remarked.
fn replacement(
    imputation: Imputation,
    feature: &Feature,
    mut there: Vec<f64>,
    missing: usize,
) -> (f64, String) {
    let name = quoted(feature.name());
    let values = if missing == 1 { "value" } else { "values" };
    match feature {
        Feature::Number(_) => {
            let raw = imputation.of(there);
            let by = imputation.name();
            (
                raw,
                format!("{name}: {missing} missing {values} replaced by the {by}, {raw}"),
            )
        }
        Feature::Category { .. } => {
            let raw = most_frequent(&mut there);
            let word = quoted(feature.word(raw).unwrap_or_default());
            let remark = format!(
                "{name}: {missing} missing {values} replaced by the most frequent word, {word}"
            );
            (raw, remark)
        }
    }
}
