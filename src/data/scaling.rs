//! Scales inputs: by numbers that are given, or by what the training samples are like.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use anyhow::{Context, Error, Result, ensure};
use serde::{Deserialize, Serialize};

use super::{Dataset, ScaledValue, listed};

/// How inputs should be scaled.
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

impl FromStr for ScalingMethod {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "standardize" => Ok(Self::Standardize),
            "center" => Ok(Self::Center),
            "none" => Ok(Self::None),
            _ => {
                let shift = text
                    .strip_prefix("shift=")
                    .context("expected standardize, center, none or shift=…")?;
                let numbers = shift.split(',').map(|number| {
                    let number = number.trim().parse().ok();
                    let number = number.filter(|number: &f64| number.is_finite());
                    number.with_context(|| format!("{shift:?} is not a list of numbers"))
                });
                Ok(Self::Shift(numbers.collect::<Result<_>>()?))
            }
        }
    }
}

impl Display for ScalingMethod {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Center => f.write_str("center"),
            Self::Standardize => f.write_str("standardize"),
            Self::Shift(shift) => {
                let shift: Vec<String> = shift.iter().map(f64::to_string).collect();
                write!(f, "shift={}", shift.join(","))
            }
        }
    }
}

/// For each input: scaled = (value − shift) / divisor. The post subtracts 135 lb and 66 in and divides
/// by nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scaling {
    /// What is subtracted, one number for each input.
    pub shift: Vec<f64>,
    /// By what the difference is divided, one number for each input; not 0.
    pub divisor: Vec<f64>,
}

impl Scaling {
    /// The scaling that changes nothing, of this many numbers.
    #[must_use]
    pub fn none(inputs: usize) -> Self {
        Self::shift(vec![0.0; inputs])
    }

    fn shift(shift: Vec<f64>) -> Self {
        Self {
            divisor: vec![1.0; shift.len()],
            shift,
        }
    }

    /// The scaled values of one sample.
    pub(super) fn apply(&self, values: impl Iterator<Item = f64>) -> impl Iterator<Item = f64> {
        let scales = self.shift.iter().zip(&self.divisor);
        values
            .zip(scales)
            .map(|(value, (shift, divisor))| (value - shift) / divisor)
    }

    /// Writes the scaled values of one sample over others.
    #[inline]
    pub(super) fn write(&self, values: &[f64], written: &mut [f64]) {
        let scales = self.shift.iter().zip(&self.divisor);
        for ((written, value), (shift, divisor)) in written.iter_mut().zip(values).zip(scales) {
            *written = (value - shift) / divisor;
        }
    }

    /// Whether it scales every value to itself.
    pub(super) fn changes_nothing(&self) -> bool {
        let is_zero = |shift: &f64| *shift == 0.0 && shift.is_sign_positive();
        self.shift.iter().all(is_zero) && self.divisor.iter().all(|divisor| *divisor == 1.0)
    }

    /// The values that are scaled to these.
    #[must_use]
    pub fn undone(&self, scaled: &[f64]) -> Vec<f64> {
        let scaling = self.shift.iter().zip(&self.divisor);
        let values = scaled.iter().zip(scaling);
        values
            .map(|(scaled, (shift, divisor))| scaled * divisor + shift)
            .collect()
    }

    /// Returns whether it has finite numbers for this many inputs, and divides none by 0.
    #[must_use]
    pub fn is_sound(&self, inputs: usize) -> bool {
        let is_divisor = |divisor: &f64| divisor.is_finite() && *divisor != 0.0;
        self.shift.len() == inputs
            && self.divisor.len() == inputs
            && self.shift.iter().all(|shift| shift.is_finite())
            && self.divisor.iter().all(is_divisor)
    }
}

/// How the remark begins that names the inputs which never change.
const CONSTANT: &str = "always the same: ";

impl Dataset {
    /// Scales the numbers that the features make by this method, but for those that say with 0 or 1 which word it is.
    /// Means and standard deviations (of the whole population: divided by n) are those of the training samples. A
    /// number that never changes is divided by 1, and a remark says so. Inputs by a formula are computed from what is
    /// scaled, and not scaled again.
    ///
    /// # Errors
    ///
    /// If a shift does not have one number for each of those that are scaled, or the scaled values overflow.
    pub fn scale(&mut self, method: &ScalingMethod) -> Result<()> {
        let scaling = match method {
            ScalingMethod::None => Scaling::none(self.scaled().len()),
            ScalingMethod::Center => Scaling::shift(self.means()),
            ScalingMethod::Standardize => self.standardized(),
            ScalingMethod::Shift(shift) => self.shifted(shift)?,
        };
        self.preprocessing.set_scaling(scaling);
        self.check_scaled_are_finite()?;
        ensure!(
            self.preprocessing.scaling().is_sound(self.scaled().len()),
            "the values are too large to be scaled"
        );
        Ok(())
    }

    /// The numbers that the features make, which are scaled.
    fn scaled(&self) -> &[ScaledValue] {
        self.preprocessing.scaled()
    }

    /// Scales the numbers by another method: what is shared by clones stays shared.
    ///
    /// # Errors
    ///
    /// As [`Self::scale`].
    pub fn rescale(&mut self, method: &ScalingMethod) -> Result<()> {
        self.remarks.retain(|remark| !remark.starts_with(CONSTANT));
        self.scale(method)
    }

    /// Subtracts the given numbers, in order, from those that are scaled.
    fn shifted(&self, given: &[f64]) -> Result<Scaling> {
        let is_scaled = |value: &&ScaledValue| !value.is_indicator();
        let expected = self.scaled().iter().filter(is_scaled).count();
        ensure!(
            given.len() == expected,
            "--scaling shift= has {} numbers, expected {expected}, one for each feature",
            given.len()
        );
        let mut given = given.iter().copied();
        let shift = self.scaled().iter().map(|value| {
            let shift = (!value.is_indicator()).then(|| given.next());
            shift.flatten().unwrap_or(0.0)
        });
        Ok(Scaling::shift(shift.collect()))
    }

    /// The mean of each over the training samples, 0 for those that are not scaled.
    fn means(&self) -> Vec<f64> {
        self.mean_of(|value, _| value)
    }

    fn standardized(&mut self) -> Scaling {
        let mut scaling = Scaling::shift(self.means());
        let variances = self.mean_of(|value, index| (value - scaling.shift[index]).powi(2));
        let mut constant = Vec::new();
        for (index, (scaled, (low, high))) in self.scaled().iter().zip(self.ranges()).enumerate() {
            if scaled.is_indicator() {
                continue;
            }
            if low < high {
                scaling.divisor[index] = variances[index].sqrt();
            } else {
                // Its mean may be off by a rounding error, which must not be taken for a deviation.
                scaling.shift[index] = low;
                constant.push(scaled.name.as_str());
            }
        }
        if !constant.is_empty() {
            let remark = format!("{CONSTANT}{}", listed(constant.into_iter()));
            self.remarks.push(remark);
        }
        scaling
    }

    /// The mean over the training samples of what `of` makes of a value and its index; 0 for those that are not
    /// scaled.
    fn mean_of(&self, of: impl Fn(f64, usize) -> f64) -> Vec<f64> {
        let mut sums = self.fold(0.0, |sum, value, index| *sum += of(value, index));
        let samples = self.training_samples as f64;
        for (sum, scaled) in sums.iter_mut().zip(self.scaled()) {
            *sum = if scaled.is_indicator() {
                0.0
            } else {
                *sum / samples
            };
        }
        sums
    }

    /// The smallest and the largest value of each among the training samples.
    fn ranges(&self) -> Vec<(f64, f64)> {
        let nowhere = (f64::INFINITY, f64::NEG_INFINITY);
        self.fold(nowhere, |(low, high), value, _| {
            *low = low.min(value);
            *high = high.max(value);
        })
    }

    /// Folds the values of each before they are scaled, given with its index, over the training samples.
    fn fold<T: Clone>(&self, start: T, fold: impl Fn(&mut T, f64, usize)) -> Vec<T> {
        let mut folded = vec![start; self.scaled().len()];
        for raw in self.training_rows() {
            let values = self.preprocessing.values(raw).enumerate();
            for ((index, value), folded) in values.zip(&mut folded) {
                fold(folded, value, index);
            }
        }
        folded
    }

    fn check_scaled_are_finite(&self) -> Result<()> {
        for raw in self.raw.chunks_exact(self.features().len()) {
            let scaled = self.preprocessing.scaled_values(raw);
            for (number, scaled) in scaled.zip(self.scaled()) {
                ensure!(
                    number.is_finite(),
                    "{}: values like {:e} cannot be scaled",
                    scaled.name,
                    scaled.value(raw)
                );
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::data::{CsvOptions, people, read_csv};

    fn table(text: &str) -> Dataset {
        read_csv(
            "table",
            text.as_bytes(),
            &CsvOptions::default(),
            &mut |_| ControlFlow::Continue(()),
        )
        .unwrap()
    }

    #[test]
    fn standardized_features_have_mean_0_and_deviation_1_over_the_training_samples() {
        let mut data = table("x,y\n1,5\n3,6\n100,7\n");
        data.training_samples = 2;
        data.scale(&ScalingMethod::Standardize).unwrap();
        assert_eq!(data.preprocessing.scaling().shift, [2.0]);
        assert_eq!(data.preprocessing.scaling().divisor, [1.0]);
        assert_eq!(data.training().copied().0, [-1.0, 1.0]);
        assert_eq!(data.test().unwrap().copied().0, [98.0]);
    }

    #[test]
    fn the_people_can_be_scaled_otherwise() {
        let scaled = |method| {
            let mut people = people();
            people
                .scale(&method)
                .map(|()| people.training().copied().0)
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
        assert_eq!(data.preprocessing.scaling().divisor[0], 1.0);
        assert_eq!(data.training().copied().0[0], 0.0);
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
