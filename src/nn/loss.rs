//! How wrong a prediction is: L(prediction, target).

use serde::{Deserialize, Serialize};

/// A loss function L of one sample's predictions p and targets y.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// The mean squared error, L = mean over the outputs of (y − p)²; without a factor ½, as in the
    /// post.
    #[serde(rename = "mse")]
    MeanSquaredError,
}

impl Loss {
    /// The loss L of one sample. A data set's loss is the mean over its samples.
    ///
    /// `predictions` and `targets` have one value for each output.
    #[must_use]
    #[inline]
    pub fn value(self, predictions: &[f64], targets: &[f64]) -> f64 {
        debug_assert_eq!(predictions.len(), targets.len());
        match self {
            Self::MeanSquaredError => {
                let squares: f64 = predictions
                    .iter()
                    .zip(targets)
                    .map(|(p, y)| (y - p) * (y - p))
                    .sum();
                squares / predictions.len() as f64
            }
        }
    }

    /// ∂L/∂p for each output, into `derivatives`.
    ///
    /// Mean squared error: L = mean of (y − p)², so ∂L/∂p = −2·(y − p) / outputs.
    #[inline]
    pub fn derivative(self, predictions: &[f64], targets: &[f64], derivatives: &mut [f64]) {
        debug_assert_eq!(predictions.len(), targets.len());
        debug_assert_eq!(predictions.len(), derivatives.len());
        match self {
            Self::MeanSquaredError => {
                let factor = -2.0 / predictions.len() as f64;
                for ((derivative, p), y) in derivatives.iter_mut().zip(predictions).zip(targets) {
                    *derivative = factor * (y - p);
                }
            }
        }
    }

    /// The name on the screen and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MeanSquaredError => "mse",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Loss::MeanSquaredError;

    #[test]
    fn mse_is_the_mean_over_the_outputs() {
        assert_eq!(MeanSquaredError.value(&[0.0, 1.0], &[2.0, 1.0]), 2.0);
    }

    #[test]
    fn the_derivative_is_the_central_difference() {
        let predictions = [0.2, -1.5, 3.0];
        let targets = [1.0, -1.0, 0.5];
        let mut derivatives = [0.0; 3];
        MeanSquaredError.derivative(&predictions, &targets, &mut derivatives);
        let h = 1e-5;
        for output in 0..3 {
            let shifted = |by: f64| {
                let mut p = predictions;
                p[output] += by;
                MeanSquaredError.value(&p, &targets)
            };
            let numeric = (shifted(h) - shifted(-h)) / (2.0 * h);
            assert!((numeric - derivatives[output]).abs() < 1e-9);
        }
    }
}
