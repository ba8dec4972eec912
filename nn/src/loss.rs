//! How wrong a prediction is: L(prediction, target), and where its derivative enters the network.

use super::Activation;
use super::named::named;

named! {
    /// A loss function L of one sample's predictions p and targets y. A batch's loss is the mean over its
    /// samples.
    pub enum Loss {
        /// The mean squared error, L = mean over the outputs of (y − p)²; without a factor ½, as in the
        /// post.
        MeanSquaredError = "mse",
        /// With sigmoid outputs, the mean over them of the binary cross-entropy
        /// −y·ln p − (1 − y)·ln(1 − p); with softmax, −Σ y·ln p, for targets that need not sum to 1. Other
        /// outputs have none.
        CrossEntropy = "cross-entropy",
    }
}

impl Loss {
    /// What the output layer needs: one of these activations, for which the loss is defined.
    #[must_use]
    pub const fn needs(self) -> &'static [Activation] {
        match self {
            Self::MeanSquaredError => &Activation::OUTPUT,
            Self::CrossEntropy => &[Activation::Sigmoid, Activation::Softmax],
        }
    }

    /// Whether the loss is defined for outputs with this activation.
    #[must_use]
    pub fn goes_with(self, output: Activation) -> bool {
        self.needs().contains(&output)
    }

    /// The sentence for outputs that it does not go with.
    #[must_use]
    pub fn mismatch(self, output: Activation) -> String {
        let (loss, needed) = (self.name(), Activation::either_of(self.needs()));
        format!(
            "{loss} goes with {needed} outputs, not with {}",
            output.name()
        )
    }

    /// The loss of one sample, from its predictions p = f(z) and, so that no logarithm of 0 is taken, the
    /// pre-activations z behind them.
    ///
    /// # Panics
    ///
    /// If the loss is not defined for this activation.
    #[must_use]
    #[inline(always)]
    pub fn value(self, output: Activation, z: &[f64], predictions: &[f64], targets: &[f64]) -> f64 {
        debug_assert_eq!(predictions.len(), targets.len());
        match (self, output) {
            (Self::MeanSquaredError, _) => {
                let squares = predictions
                    .iter()
                    .zip(targets)
                    .map(|(p, y)| (y - p) * (y - p));
                squares.sum::<f64>() / predictions.len() as f64
            }
            (Self::CrossEntropy, Activation::Sigmoid) => {
                // −y·ln σ(z) − (1 − y)·ln(1 − σ(z)) = max(z, 0) − y·z + ln(1 + e^(−|z|))
                let losses = z
                    .iter()
                    .zip(targets)
                    .map(|(z, y)| z.max(0.0) - y * z + (-z.abs()).exp().ln_1p());
                losses.sum::<f64>() / z.len() as f64
            }
            (Self::CrossEntropy, Activation::Softmax) => {
                // −Σ y·ln p, where ln pᵢ = zᵢ − m − ln Σ e^(z − m)
                let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let log_sum = z.iter().map(|z| (z - largest).exp()).sum::<f64>().ln();
                z.iter()
                    .zip(targets)
                    .map(|(z, y)| -y * (z - largest - log_sum))
                    .sum()
            }
            (Self::CrossEntropy, _) => panic!("{}", self.mismatch(output)),
        }
    }

    /// δ = ∂L/∂z of an output layer of so many units for each sample, into `deltas`, from p and y: all row-major with
    /// shape (samples, units).
    ///
    /// Mean squared error: L = mean of (y − p)², so ∂L/∂p = −2·(y − p) / units, and from there through
    /// the activation. Cross-entropy with sigmoid outputs: δ = (p − y) / units. With softmax, where
    /// ∂(ln pᵢ)/∂zⱼ = [i = j] − pⱼ: δ = p·Σy − y, which is p − y for a class.
    ///
    /// # Panics
    ///
    /// If the loss is not defined for this activation.
    #[inline(always)]
    pub fn output_deltas(
        self,
        (output, units): (Activation, usize),
        predictions: &[f64],
        targets: &[f64],
        deltas: &mut [f64],
    ) {
        debug_assert_eq!(predictions.len(), targets.len());
        debug_assert_eq!(predictions.len(), deltas.len());
        let share = 1.0 / units as f64;
        match (self, output) {
            (Self::MeanSquaredError, _) => {
                fill(deltas, 2.0 * share, (predictions, 1.0), targets);
                output.chain_rows(predictions, deltas, units);
            }
            (Self::CrossEntropy, Activation::Sigmoid) => {
                fill(deltas, share, (predictions, 1.0), targets);
            }
            (Self::CrossEntropy, Activation::Softmax) => {
                let rows = predictions
                    .chunks_exact(units)
                    .zip(targets.chunks_exact(units));
                for ((p, y), deltas) in rows.zip(deltas.chunks_exact_mut(units)) {
                    fill(deltas, 1.0, (p, y.iter().sum()), y);
                }
            }
            (Self::CrossEntropy, _) => panic!("{}", self.mismatch(output)),
        }
    }
}

/// δ = factor·(p·total − y).
#[inline(always)]
fn fill(deltas: &mut [f64], factor: f64, (predictions, total): (&[f64], f64), targets: &[f64]) {
    for ((delta, p), y) in deltas.iter_mut().zip(predictions).zip(targets) {
        *delta = factor * (p * total - y);
    }
}

#[cfg(test)]
mod tests {
    use super::Loss::{self, CrossEntropy, MeanSquaredError};
    use crate::Activation;

    fn value(loss: Loss, output: Activation, z: &[f64], targets: &[f64]) -> f64 {
        let mut predictions = z.to_vec();
        output.apply(&mut predictions);
        loss.value(output, z, &predictions, targets)
    }

    #[test]
    fn losses_have_their_textbook_values() {
        assert_eq!(
            value(
                MeanSquaredError,
                Activation::Linear,
                &[0.0, 1.0],
                &[2.0, 1.0]
            ),
            2.0
        );
        let half = [0.0, 0.0];
        let ln_2 = std::f64::consts::LN_2;
        assert!(
            (value(CrossEntropy, Activation::Sigmoid, &half, &[1.0, 0.0]) - ln_2).abs() < 1e-15
        );
        assert!(
            (value(CrossEntropy, Activation::Softmax, &half, &[1.0, 0.0]) - ln_2).abs() < 1e-15
        );
    }

    #[test]
    fn cross_entropy_of_certain_and_wrong_predictions_is_finite() {
        assert_eq!(
            value(CrossEntropy, Activation::Sigmoid, &[-1000.0], &[1.0]),
            1000.0
        );
        assert_eq!(
            value(
                CrossEntropy,
                Activation::Softmax,
                &[1000.0, 0.0],
                &[0.0, 1.0]
            ),
            1000.0
        );
    }

    #[test]
    fn the_output_deltas_are_the_central_differences() {
        let z = [0.2, -1.5, 3.0];
        let h = 1e-5;
        // A class, probabilities, and numbers that sum to anything.
        let all_targets = [
            [1.0, 0.0, 0.0],
            [0.5, 0.2, 0.3],
            [0.9, 0.7, 0.4],
            [-1.5, 0.0, 0.25],
        ];
        for (output, targets) in Activation::OUTPUT
            .into_iter()
            .flat_map(|output| all_targets.map(|targets| (output, targets)))
        {
            for loss in Loss::ALL.into_iter().filter(|loss| loss.goes_with(output)) {
                let mut predictions = z;
                output.apply(&mut predictions);
                let mut deltas = [0.0; 3];
                loss.output_deltas((output, 3), &predictions, &targets, &mut deltas);
                for unit in 0..3 {
                    let shifted = |by: f64| {
                        let mut z = z;
                        z[unit] += by;
                        value(loss, output, &z, &targets)
                    };
                    let numeric = (shifted(h) - shifted(-h)) / (2.0 * h);
                    assert!((numeric - deltas[unit]).abs() < 1e-9, "{loss:?} {output:?}");
                }
            }
        }
    }
}
