//! Scales the targets, so that a network whose weights start near 0 can learn numbers of any size.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use anyhow::{Error, Result, bail};
use serde::{Deserialize, Serialize};

use super::{Dataset, Scaling, Task};

/// How targets should be scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetScaling {
    /// Not at all.
    None,
    /// By mean and standard deviation of the training samples; for numbers only.
    Standardize,
}

impl TargetScaling {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Standardize, Self::None];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Standardize => "standardize",
        }
    }
}

impl Display for TargetScaling {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for TargetScaling {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match Self::ALL.into_iter().find(|scaling| scaling.name() == text) {
            Some(scaling) => Ok(scaling),
            None => bail!("expected standardize or none"),
        }
    }
}

impl Dataset {
    /// The scaling of the targets by this method. Classes are not scaled. Mean and standard deviation (divided by
    /// n) are those of the training samples; a target that is always the same is divided by 1.
    #[must_use]
    pub fn target_scaling_by(&self, method: TargetScaling) -> Scaling {
        let outputs = self.target.outputs();
        let mut scaling = Scaling::none(outputs);
        if method == TargetScaling::None || self.target.task() != Task::Numbers {
            return scaling;
        }
        let samples = self.training_samples as f64;
        for output in 0..outputs {
            let values =
                || (0..self.training_samples).map(|sample| self.targets_of(sample)[output]);
            let first = self.targets_of(0)[output];
            if values().all(|value| value == first) {
                scaling.shift[output] = first;
                continue;
            }
            // Shares of the sum, so that it does not overflow.
            let mean: f64 = values().map(|value| value / samples).sum();
            let variance: f64 = values().map(|value| (value - mean).powi(2) / samples).sum();
            if variance.sqrt().is_normal() && mean.is_finite() {
                scaling.shift[output] = mean;
                scaling.divisor[output] = variance.sqrt();
            }
        }
        scaling
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;

    fn numbers(targets: &[f64]) -> Dataset {
        let mut people = people();
        people.target = crate::data::Target::Numbers(vec![crate::data::Quantity {
            name: "price".to_owned(),
            unit: String::new(),
        }]);
        people.targets = targets.to_vec().into();
        people
    }

    #[test]
    fn standardized_targets_have_mean_0_and_deviation_1_over_the_training_samples() {
        let mut data = numbers(&[100.0, 300.0, 500.0, 900.0]);
        data.training_samples = 2;
        data.target_scaling = data.target_scaling_by(TargetScaling::Standardize);
        assert_eq!(data.training().copied().1, [-1.0, 1.0]);
        assert_eq!(data.training().target_divisors, [100.0]);
        assert_eq!(data.test().unwrap().copied().1, [3.0, 7.0]);
        assert_eq!(data.in_units(&[-1.0]), [100.0]);
        assert_eq!(data.label_of(&[7.0]), "900.00");
    }

    #[test]
    fn a_constant_or_a_huge_target_and_classes_divide_nothing() {
        let constant = numbers(&[0.1; 4]).target_scaling_by(TargetScaling::Standardize);
        assert_eq!((constant.shift[0], constant.divisor[0]), (0.1, 1.0));
        let huge = numbers(&[1e308, -1e308, 1e308, 0.0]);
        let huge = huge.target_scaling_by(TargetScaling::Standardize);
        assert_eq!(huge, Scaling::none(1));
        let classes = people().target_scaling_by(TargetScaling::Standardize);
        assert_eq!(classes, Scaling::none(1));
    }
}
