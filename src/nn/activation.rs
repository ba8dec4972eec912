//! What a neuron does with its weighted sum: a = f(z).

use serde::{Deserialize, Serialize};

/// An activation function f, applied to a neuron's pre-activation z = w·x + b.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// f(z) = 1 / (1 + e^(−z)), the logistic function; 0 < f < 1.
    Sigmoid,
}

impl Activation {
    /// The activation a = f(z). Finite for every z but NaN, which stays NaN.
    #[must_use]
    #[inline]
    pub fn apply(self, pre_activation: f64) -> f64 {
        match self {
            Self::Sigmoid => 1.0 / (1.0 + (-pre_activation).exp()),
        }
    }

    /// The derivative f′(z), from the activation a = f(z) that the forward pass left behind.
    ///
    /// Sigmoid: f′(z) = f(z)·(1 − f(z)).
    #[must_use]
    #[inline]
    pub fn derivative(self, activation: f64) -> f64 {
        match self {
            Self::Sigmoid => activation * (1.0 - activation),
        }
    }

    /// The name on the screen and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sigmoid => "sigmoid",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Activation::Sigmoid;

    #[test]
    fn sigmoid_has_its_textbook_values() {
        assert_eq!(Sigmoid.apply(0.0), 0.5);
        // 1 / (1 + 1/e)
        assert!((Sigmoid.apply(1.0) - 0.731_058_578_630_004_9).abs() < 1e-15);
        assert!((Sigmoid.apply(2.5) + Sigmoid.apply(-2.5) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn sigmoid_saturates_without_overflow() {
        assert_eq!(Sigmoid.apply(f64::MAX), 1.0);
        assert_eq!(Sigmoid.apply(f64::MIN), 0.0);
        assert!(Sigmoid.apply(f64::NAN).is_nan());
    }

    #[test]
    fn the_derivative_is_the_central_difference() {
        let h = 1e-5;
        for z in [-6.0, -1.3, -0.1, 0.0, 0.7, 2.0, 9.0] {
            let numeric = (Sigmoid.apply(z + h) - Sigmoid.apply(z - h)) / (2.0 * h);
            let analytic = Sigmoid.derivative(Sigmoid.apply(z));
            assert!(
                (numeric - analytic).abs() < 1e-9,
                "z = {z}: {numeric} and {analytic}"
            );
        }
    }
}
