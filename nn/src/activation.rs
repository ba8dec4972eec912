//! What a layer does with its weighted sums: a = f(z).

use std::hint::black_box;

use pulp::{Arch, Simd, WithSimd};

use super::kernels::exponential::{Exp, Sigmoid, Tanh, map, map_tanh};
use super::named::named;

named! {
    /// An activation function f, applied to the pre-activations z = w·x + b of one layer.
    pub enum Activation {
        /// f(z) = 1 / (1 + e^(−z)), the logistic function; 0 < f < 1.
        Sigmoid = "sigmoid",
        /// fᵢ(z) = e^(zᵢ) / Σⱼ e^(zⱼ): all units of a layer together, their sum is 1. For output layers.
        Softmax = "softmax",
        /// f(z) = (e^z − e^(−z)) / (e^z + e^(−z)); −1 < f < 1.
        Tanh = "tanh",
        /// f(z) = max(0, z). For hidden layers.
        Relu = "relu",
        /// f(z) = z if z > 0, else 0.01·z. For hidden layers.
        LeakyRelu = "leaky-relu",
        /// f(z) = z.
        Linear = "linear",
    }
}

/// Which layers can have an activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    Hidden,
    Output,
}

/// What is known of an activation besides f and f′ themselves.
struct Facts {
    place: Place,
    formula: &'static str,
    range: (f64, f64),
    kink: Option<f64>,
}

impl Activation {
    /// The slope of leaky relu where z is not positive, PyTorch's default.
    pub const LEAK: f64 = 0.01;

    /// What hidden layers can have.
    pub const HIDDEN: [Self; Self::count(Place::Hidden)] = Self::choices(Place::Hidden);

    /// What output layers can have.
    pub const OUTPUT: [Self; Self::count(Place::Output)] = Self::choices(Place::Output);

    const fn facts(self) -> Facts {
        const ALL_NUMBERS: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
        match self {
            Self::Sigmoid => Facts {
                place: Place::Anywhere,
                formula: "f(z) = 1 / (1 + e^−z), f′ = f·(1 − f)",
                range: (0.0, 1.0),
                kink: None,
            },
            Self::Softmax => Facts {
                place: Place::Output,
                formula: "all outputs together, their sum is 1",
                range: (0.0, 1.0),
                kink: None,
            },
            Self::Tanh => Facts {
                place: Place::Anywhere,
                formula: "f(z) = (e^z − e^−z) / (e^z + e^−z), f′ = 1 − f²",
                range: (-1.0, 1.0),
                kink: None,
            },
            Self::Relu => Facts {
                place: Place::Hidden,
                formula: "f(z) = z if z > 0, else 0; f′ = 1 if z > 0, else 0",
                range: (0.0, f64::INFINITY),
                kink: Some(0.0),
            },
            Self::LeakyRelu => Facts {
                place: Place::Hidden,
                formula: "f(z) = z if z > 0, else 0.01·z; f′ = 1 if z > 0, else 0.01",
                range: ALL_NUMBERS,
                kink: Some(0.0),
            },
            Self::Linear => Facts {
                place: Place::Anywhere,
                formula: "f(z) = z, f′ = 1",
                range: ALL_NUMBERS,
                kink: None,
            },
        }
    }

    /// f and f′ as formulas of z and f, in one line.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        self.facts().formula
    }

    /// The infimum and the supremum of f; infinite if f has no bound.
    #[must_use]
    pub const fn range(self) -> (f64, f64) {
        self.facts().range
    }

    /// Whether f can be taken for a probability: 0 ≤ f ≤ 1.
    #[must_use]
    pub fn gives_shares(self) -> bool {
        self.range() == (0.0, 1.0)
    }

    /// Whether f′ goes to 0 on both sides: a neuron far out hardly learns.
    #[must_use]
    pub fn saturates(self) -> bool {
        let (least, most) = self.range();
        self != Self::Softmax && least.is_finite() && most.is_finite()
    }

    /// The z at which f has a kink: there f′ jumps, and f has no derivative.
    #[must_use]
    pub const fn kink(self) -> Option<f64> {
        self.facts().kink
    }

    const fn fits(self, place: Place) -> bool {
        matches!(
            (self.facts().place, place),
            (Place::Anywhere, _) | (Place::Hidden, Place::Hidden) | (Place::Output, Place::Output)
        )
    }

    /// How many fit a place. (A loop, because iterators cannot run at compile time.)
    const fn count(place: Place) -> usize {
        let (mut count, mut index) = (0, 0);
        while index < Self::ALL.len() {
            count += Self::ALL[index].fits(place) as usize;
            index += 1;
        }
        count
    }

    /// Those that fit a place, in the order of [`Self::ALL`].
    const fn choices<const N: usize>(place: Place) -> [Self; N] {
        let mut choices = [Self::Linear; N];
        let (mut chosen, mut index) = (0, 0);
        while index < Self::ALL.len() {
            if Self::ALL[index].fits(place) {
                choices[chosen] = Self::ALL[index];
                chosen += 1;
            }
            index += 1;
        }
        choices
    }

    /// The activations of a layer for one sample, in place of its pre-activations. Finite for all
    /// that is finite.
    #[inline]
    pub fn apply(self, layer: &mut [f64]) {
        Arch::new().dispatch(Applied {
            activation: self,
            units: layer.len(),
            block: layer,
        });
    }

    /// [`Self::apply`] for several samples, row-major with shape (samples, units).
    #[inline(always)]
    pub(super) fn apply_to_rows<S: Simd>(self, simd: S, block: &mut [f64], units: usize) {
        match self {
            Self::Sigmoid => map(simd, block, Sigmoid),
            Self::Tanh => map(simd, block, Tanh),
            // Not max(), which would hide a NaN.
            Self::Relu => {
                let same = unchanged();
                let layer = block.iter_mut();
                layer.for_each(|z| *z = if *z < 0.0 { 0.0 } else { same * *z });
            }
            Self::LeakyRelu => {
                let layer = block.iter_mut();
                layer.for_each(|z| *z *= if *z > 0.0 { 1.0 } else { Self::LEAK });
            }
            Self::Linear => {}
            Self::Softmax => softmax(simd, block, units),
        }
    }

    /// From ∂L/∂a to δ = ∂L/∂z for one sample, in place, with the activations a that [`Self::apply`] left.
    ///
    /// a = f(z), so δ = ∂L/∂a · f′(z), with the [formula](Self::formula) of f′ in terms of f; at a kink the slope
    /// on its left, as in PyTorch. For softmax, where every output depends on every z,
    /// δᵢ = aᵢ · (∂L/∂aᵢ − Σⱼ aⱼ·∂L/∂aⱼ).
    #[inline(always)]
    pub fn chain(self, activations: &[f64], derivatives: &mut [f64]) {
        debug_assert_eq!(activations.len(), derivatives.len());
        let neurons = activations.iter().zip(derivatives.iter_mut());
        match self {
            Self::Sigmoid => neurons.for_each(|(a, d)| *d *= a * (1.0 - a)),
            Self::Tanh => neurons.for_each(|(a, d)| *d *= 1.0 - a * a),
            Self::Relu => {
                let same = unchanged();
                neurons.for_each(|(a, d)| *d = if *a > 0.0 { same * *d } else { 0.0 });
            }
            // a has the sign of z.
            Self::LeakyRelu => {
                neurons.for_each(|(a, d)| *d *= if *a > 0.0 { 1.0 } else { Self::LEAK });
            }
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
}

/// [`Activation::apply_to_rows`] for many numbers, in a function of its own: as a part of what surrounds it, it would
/// need more registers than there are. The bits are the same.
pub(super) struct Applied<'a> {
    pub(super) activation: Activation,
    pub(super) block: &'a mut [f64],
    pub(super) units: usize,
}

impl WithSimd for Applied<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match self.activation {
            Activation::Tanh => map_tanh(simd, self.block),
            activation => activation.apply_to_rows(simd, self.block, self.units),
        }
    }
}

/// 1, but the compiler does not know it. Where it sees that some numbers stay as they are, it stores the others by
/// mask, one instruction that takes AMD's processors as long as dozens; a product is stored whole.
#[inline(always)]
fn unchanged() -> f64 {
    black_box(1.0)
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
    use super::Activation::{self, LeakyRelu, Linear, Relu, Sigmoid, Softmax, Tanh};

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
        assert_eq!(applied(LeakyRelu, &[-2.0, 0.0, 2.0]), [-0.02, 0.0, 2.0]);
        assert_eq!(applied(Linear, &[-2.0, 2.0]), [-2.0, 2.0]);
        assert_eq!(applied(Softmax, &[5.0, 5.0]), [0.5, 0.5]);
    }

    #[test]
    fn nothing_finite_overflows() {
        let extremes = [f64::MAX, -f64::MAX, 0.0, 800.0, -800.0];
        for activation in Activation::ALL {
            let layer = applied(activation, &extremes);
            assert!(
                layer.iter().all(|a| a.is_finite()),
                "{activation:?}: {layer:?}"
            );
        }
    }

    #[test]
    fn a_nan_stays_to_be_seen() {
        for activation in Activation::ALL {
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
        for activation in Activation::ALL {
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
