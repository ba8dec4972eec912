//! Where the parameters start.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::Network;

/// Every weight and bias from N(0, 1), as in the post, in the order of [`Network::parameters`].
pub fn normal(network: &mut Network, rng: &mut impl Rng) {
    for parameter in network.parameters_mut() {
        *parameter = StandardNormal.sample(rng);
    }
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};

    use super::*;
    use crate::nn::{Activation, Architecture};

    fn drawn(seed: u64) -> Network {
        let mut network = Network::zeros(Architecture {
            inputs: 30,
            hidden: vec![60],
            outputs: 3,
            hidden_activation: Activation::Sigmoid,
            output_activation: Activation::Sigmoid,
        });
        normal(&mut network, &mut Xoshiro256PlusPlus::seed_from_u64(seed));
        network
    }

    #[test]
    fn a_seed_always_draws_the_same_parameters() {
        assert_eq!(drawn(42), drawn(42));
        assert_ne!(drawn(42), drawn(43));
    }

    #[test]
    fn normal_has_mean_0_and_variance_1() {
        let network = drawn(1);
        let parameters = network.parameters();
        let n = parameters.len() as f64;
        let mean = parameters.iter().sum::<f64>() / n;
        let variance = parameters.iter().map(|p| (p - mean).powi(2)).sum::<f64>() / n;
        // Five standard errors for the 2,043 draws.
        assert!(mean.abs() < 5.0 / n.sqrt(), "mean {mean}");
        assert!(
            (variance - 1.0).abs() < 5.0 * (2.0 / n).sqrt(),
            "variance {variance}"
        );
    }
}
