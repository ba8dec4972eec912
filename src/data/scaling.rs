//! What is done to raw values before a network sees them.

use serde::{Deserialize, Serialize};

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
