//! What is done to raw values before a network sees them.

use serde::{Deserialize, Serialize};

/// A shift of each feature: scaled = raw − shift, as the post subtracts 135 lb and 66 in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scaling {
    /// What is subtracted, one number for each feature.
    pub shift: Vec<f64>,
}

impl Scaling {
    /// The scaled values of one sample.
    pub fn apply(&self, raw: &[f64]) -> impl Iterator<Item = f64> {
        debug_assert_eq!(raw.len(), self.shift.len());
        raw.iter()
            .zip(&self.shift)
            .map(|(value, shift)| value - shift)
    }
}
