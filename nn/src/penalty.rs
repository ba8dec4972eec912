//! What large weights cost: regularization. The loss that is shown and logged is without it.

use serde::{Deserialize, Serialize};

use super::Network;

/// λ1·Σ|w| + λ2/2·Σw², over the weights but not the biases.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Penalty {
    /// λ1, not negative.
    #[serde(default)]
    pub l1: f64,
    /// λ2, not negative.
    #[serde(default)]
    pub l2: f64,
}

impl Penalty {
    /// Its derivative by a weight: λ1·sign(w) + λ2·w, with sign(0) = 0.
    #[must_use]
    pub fn derivative(self, weight: f64) -> f64 {
        let Self { l1, l2 } = self;
        let sign = if weight == 0.0 { 0.0 } else { weight.signum() };
        l1 * sign + l2 * weight
    }

    /// What is added to the loss: at least 0.
    #[must_use]
    pub fn of(self, network: &Network) -> f64 {
        let Self { l1, l2 } = self;
        let weights = network.layers().iter();
        let weights = weights.flat_map(|layer| network.weights_of(layer));
        weights.map(|w| l1 * w.abs() + l2 / 2.0 * w * w).sum()
    }

    /// Whether nothing is added to the loss.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Adds its derivative to a gradient.
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn add_to(self, network: &Network, gradient: &mut [f64]) {
        if self.is_none() {
            return;
        }
        for layer in network.layers() {
            let weights = network.weights_of(layer);
            for (g, &w) in gradient[layer.weights.clone()].iter_mut().zip(weights) {
                *g += self.derivative(w);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Architecture, LayerSpec};

    #[test]
    fn it_is_of_the_weights_and_not_of_the_biases() {
        let output = LayerSpec {
            units: 1,
            activation: Activation::Sigmoid,
        };
        let mut network = Network::zeros(Architecture {
            inputs: 2,
            hidden: Vec::new(),
            output,
        });
        network.parameters_mut().copy_from_slice(&[3.0, -2.0, 7.0]);
        let of = |l1, l2| Penalty { l1, l2 }.of(&network);
        assert_eq!([of(0.0, 0.0), of(1.0, 0.0), of(0.0, 1.0)], [0.0, 5.0, 6.5]);
        assert_eq!(of(0.5, 2.0), 15.5);
    }
}
