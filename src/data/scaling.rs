//! What is done to raw values before a network sees them.

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use super::{Dataset, listed};

/// How the features are to be scaled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScalingMethod {
    /// Not at all.
    None,
    /// By the mean of the training samples: scaled = raw − mean.
    Center,
    /// By mean and standard deviation of the training samples: scaled = (raw − mean) / deviation.
    Standardize,
    /// By these numbers: scaled = raw − shift.
    Shift(Vec<f64>),
}

/// For each feature: scaled = (raw − shift) / divisor. The post subtracts 135 lb and 66 in and divides
/// by nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scaling {
    /// What is subtracted, one number for each feature.
    pub shift: Vec<f64>,
    /// By what the difference is divided, one number for each feature; not 0.
    pub divisor: Vec<f64>,
}

impl Scaling {
    /// A shift alone.
    #[must_use]
    pub fn shift(shift: Vec<f64>) -> Self {
        Self {
            divisor: vec![1.0; shift.len()],
            shift,
        }
    }

    /// The scaled values of one sample.
    pub fn apply(&self, raw: &[f64]) -> impl Iterator<Item = f64> {
        debug_assert_eq!(raw.len(), self.shift.len());
        let scales = self.shift.iter().zip(&self.divisor);
        raw.iter()
            .zip(scales)
            .map(|(value, (shift, divisor))| (value - shift) / divisor)
    }

    /// [`Self::apply`] in memory of its own.
    #[must_use]
    pub fn applied(&self, raw: &[f64]) -> Vec<f64> {
        self.apply(raw).collect()
    }

    /// Whether it fits so many features and all of it is finite and can be divided by.
    #[must_use]
    pub fn is_sound(&self, features: usize) -> bool {
        self.shift.len() == features
            && self.divisor.len() == features
            && self.shift.iter().all(|shift| shift.is_finite())
            && self
                .divisor
                .iter()
                .all(|divisor| divisor.is_finite() && *divisor != 0.0)
    }
}

impl Dataset {
    /// Scales the features by this method. Means and standard deviations (of the whole population: divided
    /// by n) are those of the samples that are trained on. A feature that never changes is divided by 1,
    /// and a remark says so.
    ///
    /// # Errors
    ///
    /// If a shift has not one number for each feature, or the scaled values are too large to be numbers.
    pub fn scale(&mut self, method: &ScalingMethod) -> Result<()> {
        let features = self.features.len();
        self.scaling = match method {
            ScalingMethod::None => Scaling::shift(vec![0.0; features]),
            ScalingMethod::Center => Scaling::shift(self.means()),
            ScalingMethod::Standardize => self.standardized(),
            ScalingMethod::Shift(shift) => {
                ensure!(
                    shift.len() == features,
                    "--scaling shift= has {} numbers, expected {features}, one for each feature",
                    shift.len()
                );
                Scaling::shift(shift.clone())
            }
        };
        self.check_scaled_is_finite()?;
        ensure!(
            self.scaling.is_sound(features),
            "the values are too large to be scaled"
        );
        Ok(())
    }

    fn means(&self) -> Vec<f64> {
        self.mean_of(|raw, _| raw)
    }

    fn standardized(&mut self) -> Scaling {
        let mut scaling = Scaling::shift(self.means());
        let variances = self.mean_of(|raw, feature| (raw - scaling.shift[feature]).powi(2));
        let mut constant = Vec::new();
        for (feature, variance) in variances.into_iter().enumerate() {
            let (low, high) = self.range(feature);
            if low < high {
                scaling.divisor[feature] = variance.sqrt();
            } else {
                // Its mean may be off by a rounding error, which must not be taken for a deviation.
                scaling.shift[feature] = low;
                constant.push(&*self.features[feature].name);
            }
        }
        if !constant.is_empty() {
            let remark = format!("always the same: {}", listed(constant.into_iter()));
            self.remarks.push(remark);
        }
        scaling
    }

    /// The mean over the training samples of what `value` makes of a raw value and its feature.
    fn mean_of(&self, value: impl Fn(f64, usize) -> f64) -> Vec<f64> {
        let features = self.features.len();
        let mut sums = vec![0.0; features];
        for row in self.inputs[..self.training_samples * features].chunks_exact(features) {
            for (feature, (sum, &raw)) in sums.iter_mut().zip(row).enumerate() {
                *sum += value(raw, feature);
            }
        }
        let samples = self.training_samples as f64;
        sums.iter().map(|sum| sum / samples).collect()
    }

    fn check_scaled_is_finite(&self) -> Result<()> {
        let features = self.features.len();
        for row in self.inputs.chunks_exact(features) {
            let scaled = self.scaling.apply(row);
            for ((scaled, raw), feature) in scaled.zip(row).zip(&self.features) {
                ensure!(
                    scaled.is_finite(),
                    "{feature}: values like {raw:e} cannot be scaled"
                );
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{CsvOptions, people, read_csv};

    fn table(text: &str) -> Dataset {
        read_csv(
            "table",
            text.as_bytes(),
            &CsvOptions::default(),
            &mut |_| {},
        )
        .unwrap()
    }

    #[test]
    fn standardized_features_have_mean_0_and_deviation_1_over_the_training_samples() {
        let mut data = table("x,y\n1,5\n3,6\n100,7\n");
        data.training_samples = 2;
        data.scale(&ScalingMethod::Standardize).unwrap();
        assert_eq!(data.scaling.shift, [2.0]);
        assert_eq!(data.scaling.divisor, [1.0]);
        assert_eq!(data.training().inputs, [-1.0, 1.0]);
        assert_eq!(data.test().unwrap().inputs, [98.0]);
    }

    #[test]
    fn the_people_can_be_scaled_otherwise() {
        let scaled = |method| {
            let mut people = people();
            people
                .scale(&method)
                .map(|()| people.training().inputs)
                .map_err(|problem| problem.to_string())
        };
        assert_eq!(scaled(ScalingMethod::None).unwrap()[..2], [133.0, 65.0]);
        assert_eq!(scaled(ScalingMethod::Center).unwrap()[..2], [-8.25, -1.75]);
        let shift = ScalingMethod::Shift(vec![133.0, 60.0]);
        assert_eq!(scaled(shift).unwrap()[..2], [0.0, 5.0]);
        assert_eq!(
            scaled(ScalingMethod::Shift(vec![1.0])),
            Err("--scaling shift= has 1 numbers, expected 2, one for each feature".to_owned())
        );
    }

    #[test]
    fn a_feature_that_never_changes_is_not_divided_and_that_is_said() {
        let mut data = table("a,b (cm),y\n0.1,1,5\n0.1,2,6\n0.1,3,7\n");
        data.scale(&ScalingMethod::Standardize).unwrap();
        assert_eq!(data.scaling.divisor[0], 1.0);
        assert_eq!(data.training().inputs[0], 0.0);
        assert_eq!(data.remarks, ["always the same: \"a\""]);
    }

    #[test]
    fn values_that_would_overflow_are_refused() {
        let mut data = table("x,y\n1e308,5\n-1e308,6\n1e308,7\n1e308,7\n");
        for method in [ScalingMethod::Standardize, ScalingMethod::Center] {
            let problem = data.scale(&method).unwrap_err().to_string();
            assert_eq!(problem, "x: values like 1e308 cannot be scaled");
        }
        assert!(data.scale(&ScalingMethod::None).is_ok());
    }
}
