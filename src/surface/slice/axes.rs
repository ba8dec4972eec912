//! What the axes of a slice are: two parameters, the gradient and a random direction, or two random directions.
//!
//! A random direction is drawn from N(0, 1) and normalised by filters, after Li, Xu, Taylor, Studer and Goldstein,
//! "Visualizing the Loss Landscape of Neural Nets" (2018): the weights and the bias of each neuron are as long in it as
//! in θ₀. So all of it is as long as θ₀, and a multiple of 1 is a change as large as the parameters themselves. The
//! gradient keeps its direction and is scaled to the same length. The second direction is made orthogonal to the first
//! and scaled to that length again, so that distances from the plane are what they seem.

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use rand_distr::{Distribution, StandardNormal};

use super::plane::{SliceAxis, SlicePlane, dot, subtract};
use crate::nn::{Network, Neuron};

/// The seed of the first random direction.
pub const FIRST_SEED: u64 = 1;

/// What the axes of a slice are, across and up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axes {
    /// Two different weights or biases, by their indices in [`Network::parameters`].
    Parameters([usize; 2]),
    /// The gradient at θ₀, along which the loss rises, and a random direction from this seed.
    Gradient(u64),
    /// Two random directions from different seeds.
    Random([u64; 2]),
}

impl Axes {
    /// The gradient and the first random direction.
    pub const FIRST_GRADIENT: Self = Self::Gradient(FIRST_SEED);

    /// The first two random directions.
    pub const FIRST_RANDOM: Self = Self::Random([FIRST_SEED, FIRST_SEED + 1]);

    /// Returns whether they need the gradient.
    #[must_use]
    pub fn need_gradient(self) -> bool {
        matches!(self, Self::Gradient(_))
    }

    /// Returns the plane through a network's parameters. The gradient is that at these parameters, if it is needed.
    ///
    /// # Errors
    ///
    /// One sentence, if a direction has no length or overflows.
    pub(super) fn plane(self, network: &Network, gradient: &[f64]) -> Result<SlicePlane, String> {
        let [across, up] = match self {
            Self::Parameters(indices) => {
                return Ok(SlicePlane {
                    origin: network.parameters().to_vec(),
                    axes: indices.map(SliceAxis::Parameter),
                });
            }
            Self::Gradient(seed) => [gradient.to_vec(), random(network, seed)],
            Self::Random(seeds) => seeds.map(|seed| random(network, seed)),
        };
        let no_direction = || "the gradient is 0 at these parameters".to_owned();
        let length = length(network);
        let across = scaled(across, length).ok_or_else(no_direction)?;
        let mut rest = up;
        // Twice, because the first time leaves rounding errors.
        for _ in 0..2 {
            let multiple = dot(&rest, &across) / dot(&across, &across);
            subtract(&mut rest, multiple, &across);
        }
        let up = scaled(rest, length).ok_or("the two directions are the same")?;
        Ok(SlicePlane {
            origin: network.parameters().to_vec(),
            axes: [across, up].map(SliceAxis::Direction),
        })
    }
}

/// The length of a network's parameters; 1 if all are 0.
fn length(network: &Network) -> f64 {
    let length = dot(network.parameters(), network.parameters()).sqrt();
    if length > 0.0 { length } else { 1.0 }
}

/// The same direction with another length; `None` if it has none.
fn scaled(mut direction: Vec<f64>, length: f64) -> Option<Vec<f64>> {
    let factor = length / dot(&direction, &direction).sqrt();
    direction.iter_mut().for_each(|step| *step *= factor);
    direction
        .iter()
        .all(|step| step.is_finite())
        .then_some(direction)
}

/// A random direction, normalised by filters.
fn random(network: &Network, seed: u64) -> Vec<f64> {
    let generator = Xoshiro256PlusPlus::seed_from_u64(seed);
    let drawn = StandardNormal.sample_iter(generator);
    let drawn: Vec<f64> = drawn.take(network.parameters().len()).collect();
    let mut direction = drawn.clone();
    let layers = network.layers().iter().enumerate();
    let neurons =
        layers.flat_map(|(layer, of)| (0..of.units).map(move |unit| Neuron { layer, unit }));
    for neuron in neurons {
        let own = || {
            let parameters = network.parameters_of(neuron);
            parameters.map(|parameter| network.index_of(parameter))
        };
        let norm = |of: &[f64]| own().map(|index| of[index].powi(2)).sum::<f64>().sqrt();
        let factor = norm(network.parameters()) / norm(&drawn);
        own().for_each(|index| direction[index] *= factor);
    }
    // Where all parameters are 0, no neuron has a length.
    if direction.iter().all(|step| *step == 0.0) {
        return drawn;
    }
    direction
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Activation, Architecture, LayerSpec};

    fn network() -> Network {
        let layer = |units, activation| LayerSpec { units, activation };
        let mut network = Network::zeros(Architecture {
            inputs: 3,
            hidden: vec![layer(4, Activation::Tanh)],
            output: layer(2, Activation::Sigmoid),
        });
        for (parameter, index) in network.parameters_mut().iter_mut().zip(1_u32..) {
            *parameter = f64::from(index * 7919 % 101) / 50.0 - 1.0;
        }
        network
    }

    /// The parameters of each neuron: weights row by row, then biases, layer by layer.
    fn neurons() -> Vec<Vec<usize>> {
        let hidden = (0..4).map(|unit| vec![3 * unit, 3 * unit + 1, 3 * unit + 2, 12 + unit]);
        let outputs =
            (0..2).map(|unit| (16 + 4 * unit..20 + 4 * unit).chain([24 + unit]).collect());
        hidden.chain(outputs).collect()
    }

    fn norm(of: &[f64], indices: &[usize]) -> f64 {
        let squares = indices.iter().map(|index| of[*index] * of[*index]);
        squares.sum::<f64>().sqrt()
    }

    fn directions(plane: &SlicePlane) -> [&[f64]; 2] {
        [0, 1].map(|axis| match &plane.axes[axis] {
            SliceAxis::Direction(direction) => direction.as_slice(),
            SliceAxis::Parameter(_) => panic!("a direction"),
        })
    }

    #[test]
    fn a_random_direction_is_as_long_as_the_network_neuron_by_neuron() {
        let network = network();
        let plane = Axes::Random([1, 2]).plane(&network, &[]).unwrap();
        let [across, _] = directions(&plane);
        for own in neurons() {
            let (expected, found) = (norm(network.parameters(), &own), norm(across, &own));
            assert!((expected - found).abs() < 1e-12, "{own:?}");
        }
    }

    #[test]
    fn both_directions_are_orthogonal_and_as_long_as_the_parameters() {
        let network = network();
        let all: Vec<usize> = (0..26).collect();
        let length = norm(network.parameters(), &all);
        let gradient: Vec<f64> = (0..26).map(|index| f64::from(index) - 9.5).collect();
        for axes in [
            Axes::Random([1, 2]),
            Axes::Random([7, 3]),
            Axes::Gradient(1),
            Axes::Gradient(2),
        ] {
            let plane = axes.plane(&network, &gradient).unwrap();
            let [across, up] = directions(&plane);
            let product: f64 = across.iter().zip(up).map(|(a, b)| a * b).sum();
            assert!(product.abs() < 1e-12 * length * length, "{axes:?}");
            for direction in [across, up] {
                assert!((norm(direction, &all) - length).abs() < 1e-12, "{axes:?}");
            }
            if axes.need_gradient() {
                let factor = length / norm(&gradient, &all);
                let expected = gradient.iter().map(|step| step * factor);
                assert!(
                    across
                        .iter()
                        .zip(expected)
                        .all(|(a, b)| (a - b).abs() < 1e-12)
                );
            }
        }
        let seeds = |seeds| Axes::Random(seeds).plane(&network, &[]).unwrap();
        assert_eq!(seeds([4, 5]), seeds([4, 5]));
        assert_ne!(seeds([4, 5]), seeds([4, 6]));
    }

    #[test]
    fn a_network_of_zeros_has_random_directions_of_length_1_and_no_gradient_has_none() {
        let zeros = Network::zeros(network().architecture().clone());
        let plane = Axes::Random([1, 2]).plane(&zeros, &[]).unwrap();
        let all: Vec<usize> = (0..26).collect();
        for direction in directions(&plane) {
            assert!((norm(direction, &all) - 1.0).abs() < 1e-12);
        }
        let refused = Axes::Gradient(1).plane(&network(), &[0.0; 26]);
        assert_eq!(
            refused,
            Err("the gradient is 0 at these parameters".to_owned())
        );
    }
}
