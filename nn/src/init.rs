//! Where the parameters start.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal, StandardUniform};

use super::Network;
use super::named::named;

named! {
    /// How the initial parameters are drawn, in the order of [`Network::parameters`].
    pub enum Init {
        /// Every weight and bias from N(0, 1), as in the post.
        Normal = "normal",
        /// Weights from U(−r, r), r = √(6 / (`fan_in` + units)); biases 0 (Glorot and Bengio 2010).
        Xavier = "xavier",
        /// Weights from N(0, 2 / `fan_in`); biases 0 (He et al. 2015).
        He = "he",
        /// All of them 0.
        Zeros = "zeros",
    }
}

impl Init {
    /// Sets every parameter of a network.
    pub fn draw(self, network: &mut Network, rng: &mut impl Rng) {
        if self == Self::Normal {
            network
                .parameters_mut()
                .fill_with(|| StandardNormal.sample(rng));
            return;
        }
        network.parameters_mut().fill(0.0);
        for layer in 0..network.layers().len() {
            let (weights, fan_in, units) = {
                let layer = &network.layers()[layer];
                (
                    layer.weights.clone(),
                    layer.fan_in as f64,
                    layer.units as f64,
                )
            };
            let weights = network.parameters_mut()[weights].iter_mut();
            match self {
                Self::Xavier => {
                    let range = (6.0 / (fan_in + units)).sqrt();
                    let mut uniform = || -> f64 { StandardUniform.sample(rng) };
                    weights.for_each(|w| *w = range * (2.0 * uniform() - 1.0));
                }
                Self::He => {
                    let deviation = (2.0 / fan_in).sqrt();
                    let mut normal = || -> f64 { StandardNormal.sample(rng) };
                    weights.for_each(|w| *w = deviation * normal());
                }
                Self::Normal | Self::Zeros => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};

    use super::*;
    use crate::{Activation, Architecture, LayerSpec};

    fn drawn(init: Init, seed: u64) -> Network {
        let mut network = Network::zeros(Architecture {
            inputs: 30,
            hidden: LayerSpec::alike(&[60], Activation::Sigmoid),
            output: LayerSpec {
                units: 3,
                activation: Activation::Sigmoid,
            },
        });
        init.draw(&mut network, &mut Xoshiro256PlusPlus::seed_from_u64(seed));
        network
    }

    fn mean_and_variance(numbers: &[f64]) -> (f64, f64) {
        let n = numbers.len() as f64;
        let mean = numbers.iter().sum::<f64>() / n;
        (
            mean,
            numbers
                .iter()
                .map(|number| (number - mean).powi(2))
                .sum::<f64>()
                / n,
        )
    }

    #[test]
    fn a_seed_always_draws_the_same_parameters() {
        assert_eq!(drawn(Init::Normal, 42), drawn(Init::Normal, 42));
        assert_ne!(drawn(Init::Normal, 42), drawn(Init::Normal, 43));
    }

    #[test]
    fn the_weights_have_the_variance_of_their_definition() {
        // U(−r, r) has the variance r²/3.
        for (init, expected) in [
            (Init::Normal, 1.0),
            (Init::Xavier, 2.0 / 90.0),
            (Init::He, 2.0 / 30.0),
        ] {
            let network = drawn(init, 1);
            let weights = network.weights_of(&network.layers()[0]);
            let (mean, variance) = mean_and_variance(weights);
            // Five standard errors for the 1,800 draws.
            let n = weights.len() as f64;
            assert!(
                mean.abs() < 5.0 * (expected / n).sqrt(),
                "{init:?}: mean {mean}"
            );
            assert!(
                (variance / expected - 1.0).abs() < 5.0 * (2.0 / n).sqrt(),
                "{init:?}: {variance}"
            );
        }
    }

    #[test]
    fn only_normal_draws_biases() {
        for init in Init::ALL {
            let network = drawn(init, 1);
            let biases = &network.parameters()[network.layers()[0].biases.clone()];
            assert_eq!(
                biases.iter().all(|b| *b == 0.0),
                init != Init::Normal,
                "{init:?}"
            );
        }
    }
}
