//! What a layer does with its weighted sums: a = f(z).

use pulp::{Scalar, Simd};
use serde::{Deserialize, Serialize};

use super::kernels::exponential::{Exp, Sigmoid, Tanh, map};

/// Below so many numbers the C library's functions are faster than those for many.
const FEW: usize = 4;

/// An activation function f, applied to the pre-activations z = w·x + b of one layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// f(z) = 1 / (1 + e^(−z)), the logistic function; 0 < f < 1.
    Sigmoid,
    /// f(z) = (e^z − e^(−z)) / (e^z + e^(−z)); −1 < f < 1.
    Tanh,
    /// f(z) = max(0, z).
    Relu,
    /// f(z) = z.
    Linear,
    /// fᵢ(z) = e^(zᵢ) / Σⱼ e^(zⱼ): all units of a layer together, their sum is 1. For output layers.
    Softmax,
}

impl Activation {
    /// What hidden layers can have.
    pub const HIDDEN: [Self; 4] = [Self::Sigmoid, Self::Tanh, Self::Relu, Self::Linear];

    /// What output layers can have.
    pub const OUTPUT: [Self; 4] = [Self::Sigmoid, Self::Softmax, Self::Tanh, Self::Linear];

    /// The activations of a layer for one sample, in place of its pre-activations. Finite for all
    /// that is finite.
    pub fn apply(self, layer: &mut [f64]) {
        self.apply_to_rows(Scalar, layer, layer.len());
    }

    /// [`Self::apply`] for several samples, row-major with shape (samples, units).
    #[inline(always)]
    pub(super) fn apply_to_rows<S: Simd>(self, simd: S, block: &mut [f64], units: usize) {
        match self {
            Self::Sigmoid if block.len() < FEW => {
                block
                    .iter_mut()
                    .for_each(|z| *z = 1.0 / (1.0 + (-*z).exp()));
            }
            Self::Sigmoid => map(simd, block, Sigmoid),
            Self::Tanh if block.len() < FEW => block.iter_mut().for_each(|z| *z = z.tanh()),
            Self::Tanh => map(simd, block, Tanh),
            // Not max(), which would hide a NaN.
            Self::Relu => block
                .iter_mut()
                .for_each(|z| *z = if *z < 0.0 { 0.0 } else { *z }),
            Self::Linear => {}
            Self::Softmax => softmax(simd, block, units),
        }
    }

    /// From ∂L/∂a to δ = ∂L/∂z for one sample, in place, with the activations a that [`Self::apply`] left.
    ///
    /// δ = ∂L/∂a · f′(z), where f′(z) is f·(1 − f) for sigmoid, 1 − f² for tanh, 1 or 0 for relu (0 at 0, as
    /// in PyTorch), 1 for linear. For softmax, where every output depends on every z,
    /// δᵢ = aᵢ · (∂L/∂aᵢ − Σⱼ aⱼ·∂L/∂aⱼ).
    #[inline(always)]
    pub fn chain(self, activations: &[f64], derivatives: &mut [f64]) {
        debug_assert_eq!(activations.len(), derivatives.len());
        let neurons = activations.iter().zip(derivatives.iter_mut());
        match self {
            Self::Sigmoid => neurons.for_each(|(a, d)| *d *= a * (1.0 - a)),
            Self::Tanh => neurons.for_each(|(a, d)| *d *= 1.0 - a * a),
            Self::Relu => neurons.for_each(|(a, d)| *d = if *a > 0.0 { *d } else { 0.0 }),
            Self::Linear => {}
            Self::Softmax => {
                let mean: f64 = activations
                    .iter()
                    .zip(derivatives.iter())
                    .map(|(a, d)| a * d)
                    .sum();
                let neurons = activations.iter().zip(derivatives.iter_mut());
                neurons.for_each(|(a, d)| *d = a * (*d - mean));
            }
        }
    }

    /// [`Self::chain`] for several samples, row-major with shape (samples, units).
    #[inline(always)]
    pub(super) fn chain_rows(self, activations: &[f64], derivatives: &mut [f64], units: usize) {
        if self != Self::Softmax {
            return self.chain(activations, derivatives);
        }
        let rows = activations.chunks_exact(units);
        rows.zip(derivatives.chunks_exact_mut(units))
            .for_each(|(activations, derivatives)| self.chain(activations, derivatives));
    }

    /// The name on the screen, in files and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sigmoid => "sigmoid",
            Self::Tanh => "tanh",
            Self::Relu => "relu",
            Self::Linear => "linear",
            Self::Softmax => "softmax",
        }
    }
}

/// e^(zᵢ − m) / Σⱼ e^(zⱼ − m): the largest, m, could overflow.
#[inline(always)]
fn softmax<S: Simd>(simd: S, block: &mut [f64], units: usize) {
    for row in block.chunks_exact_mut(units) {
        let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        row.iter_mut().for_each(|z| *z -= largest);
    }
    map(simd, block, Exp);
    for row in block.chunks_exact_mut(units) {
        let sum: f64 = row.iter().sum();
        row.iter_mut().for_each(|z| *z /= sum);
    }
}

#[cfg(test)]
mod tests {
    use super::Activation::{self, Linear, Relu, Sigmoid, Softmax, Tanh};

    fn applied(activation: Activation, layer: &[f64]) -> Vec<f64> {
        let mut layer = layer.to_vec();
        activation.apply(&mut layer);
        layer
    }

    #[test]
    fn activations_have_their_textbook_values() {
        // 1 / (1 + 1/e), (e − 1/e) / (e + 1/e)
        assert!((applied(Sigmoid, &[1.0])[0] - 0.731_058_578_630_004_9).abs() < 1e-15);
        assert!((applied(Tanh, &[1.0])[0] - 0.761_594_155_955_764_9).abs() < 1e-15);
        assert_eq!(applied(Relu, &[-2.0, 0.0, 2.0]), [0.0, 0.0, 2.0]);
        assert_eq!(applied(Linear, &[-2.0, 2.0]), [-2.0, 2.0]);
        assert_eq!(applied(Softmax, &[5.0, 5.0]), [0.5, 0.5]);
    }

    #[test]
    fn nothing_finite_overflows() {
        let extremes = [f64::MAX, -f64::MAX, 0.0, 800.0, -800.0];
        for activation in [Sigmoid, Tanh, Relu, Linear, Softmax] {
            let layer = applied(activation, &extremes);
            assert!(
                layer.iter().all(|a| a.is_finite()),
                "{activation:?}: {layer:?}"
            );
        }
    }

    #[test]
    fn a_nan_stays_to_be_seen() {
        for activation in [Sigmoid, Tanh, Relu, Linear, Softmax] {
            assert!(
                applied(activation, &[f64::NAN, 1.0])[0].is_nan(),
                "{activation:?}"
            );
        }
    }

    #[test]
    fn the_chain_is_the_central_difference() {
        // L = Σ cᵢ·aᵢ, so ∂L/∂a = c.
        let layer = [0.3, -1.2, 2.0, 0.9];
        let c = [1.0, -0.5, 2.0, 0.25];
        let loss = |activation, layer: &[f64]| -> f64 {
            applied(activation, layer)
                .iter()
                .zip(c)
                .map(|(a, c)| a * c)
                .sum()
        };
        let h = 1e-5;
        for activation in [Sigmoid, Tanh, Relu, Linear, Softmax] {
            let mut deltas = c;
            activation.chain(&applied(activation, &layer), &mut deltas);
            for unit in 0..layer.len() {
                let shifted = |by: f64| {
                    let mut layer = layer;
                    layer[unit] += by;
                    loss(activation, &layer)
                };
                let numeric = (shifted(h) - shifted(-h)) / (2.0 * h);
                assert!(
                    (numeric - deltas[unit]).abs() < 1e-9,
                    "{activation:?} {numeric}"
                );
            }
        }
    }
}
