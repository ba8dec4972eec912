//! Backpropagation held against the definition of a derivative, on the user's own network.
//!
//! ∂L/∂p is compared with the central difference (L(p + h) − L(p − h)) / 2h. Its error is about h² from the
//! curvature and ε·L/h from rounding, so h = ∛ε times the parameter's size (Press et al., Numerical Recipes,
//! section 5.7). Regularization is left out, as in the loss that is shown.

use super::{Backprop, Forward, Loss, Network, Parameter};

/// What is checked: the mean loss of some samples.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// Row-major with shape (samples, inputs).
    pub inputs: &'a [f64],
    /// Row-major with shape (samples, outputs).
    pub targets: &'a [f64],
}

impl Batch<'_> {
    /// How many samples there are for a network.
    #[must_use]
    pub fn samples(&self, network: &Network) -> usize {
        self.inputs.len() / network.architecture().inputs
    }
}

/// One parameter's derivative, computed in two ways.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Which parameter.
    pub parameter: Parameter,
    /// By the chain rule.
    pub backprop: f64,
    /// By the central difference.
    pub difference: f64,
    /// How far apart they may be, as the central difference is not exact.
    pub tolerance: f64,
    /// Whether the two agree.
    pub agreement: Agreement,
}

/// Whether two derivatives are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// They are, as far as the central difference can tell.
    Agree,
    /// An activation has a kink between p − h and p + h, where the central difference is no derivative.
    Kink,
    /// They are not: one of them is wrong.
    Differ,
}

/// Two derivatives agree if they differ by no more than this, relative to the larger one …
const RELATIVE_TOLERANCE: f64 = 1e-6;
/// … or by no more than this times the loss: what rounding alone may do to a difference of losses.
const ROUNDING: f64 = 1e-9;

impl Comparison {
    /// |a − b| / max(|a|, |b|); 0 if both are 0.
    #[must_use]
    pub fn relative_error(&self) -> f64 {
        let largest = self.backprop.abs().max(self.difference.abs());
        if largest == 0.0 {
            return 0.0;
        }
        (self.backprop - self.difference).abs() / largest
    }
}

/// The indices of as many parameters, evenly spread, as can be checked on this many samples with about
/// `multiplications` of them; at least one, at most all.
pub fn spread(
    network: &Network,
    samples: usize,
    multiplications: u64,
) -> impl Iterator<Item = usize> + use<> {
    let all = network.parameters().len();
    // Two forward passes for each.
    let each = 2 * (samples as u64).saturating_mul(all as u64);
    let affordable = usize::try_from(multiplications / each.max(1)).unwrap_or(usize::MAX);
    let count = affordable.clamp(1, all);
    (0..count).map(move |place| place * all / count)
}

/// Compares the derivatives by the parameters with these indices.
///
/// # Panics
///
/// If the batch is empty or not one for this network, or there is no such parameter.
#[must_use]
pub fn check_gradient(
    network: &Network,
    loss: Loss,
    batch: Batch,
    indices: impl Iterator<Item = usize>,
) -> Vec<Comparison> {
    let samples = batch.samples(network);
    let mut backprop = Backprop::new(network, samples);
    let gradient = backprop.run(network, loss, batch.inputs, batch.targets);
    let mut shifted = Shifted {
        network: network.clone(),
        sides: [(); 2].map(|()| Forward::keeping_all(network, samples)),
        loss,
        batch,
    };
    indices
        .map(|index| shifted.compare(index, gradient[index]))
        .collect()
}

/// A network of which one parameter is moved a little to either side.
struct Shifted<'a> {
    network: Network,
    sides: [Forward; 2],
    loss: Loss,
    batch: Batch<'a>,
}

impl Shifted<'_> {
    fn compare(&mut self, index: usize, backprop: f64) -> Comparison {
        let at = self.network.parameters()[index];
        let h = f64::EPSILON.cbrt() * at.abs().max(1.0);
        let places = [at - h, at + h];
        let losses = [0, 1].map(|side| {
            self.network.parameters_mut()[index] = places[side];
            self.sides[side].run(&self.network, self.batch.inputs);
            self.mean_loss(&self.sides[side])
        });
        self.network.parameters_mut()[index] = at;
        // Not 2h: what the rounded places are apart.
        let difference = (losses[1] - losses[0]) / (places[1] - places[0]);
        let largest = backprop.abs().max(difference.abs());
        let tolerance = RELATIVE_TOLERANCE * largest + ROUNDING * losses[0].abs().max(1.0);
        let agreement = if (backprop - difference).abs() <= tolerance {
            Agreement::Agree
        } else if self.is_at_kink() {
            Agreement::Kink
        } else {
            Agreement::Differ
        };
        Comparison {
            parameter: self.network.parameter_at(index),
            backprop,
            difference,
            tolerance,
            agreement,
        }
    }

    fn mean_loss(&self, forward: &Forward) -> f64 {
        let sum = forward.add_losses(0.0, &self.network, self.loss, self.batch.targets);
        sum / forward.samples() as f64
    }

    /// Whether a pre-activation is on different sides of its activation's kink.
    fn is_at_kink(&self) -> bool {
        let layers = self.network.layers().iter().enumerate();
        let mut kinks = layers.filter_map(|(index, layer)| Some((index, layer.activation.kink()?)));
        kinks.any(|(layer, kink)| {
            let z = |side: usize| self.sides[side].pre_activations_of(&self.network, layer);
            let mut pairs = z(0).iter().zip(z(1));
            pairs.any(|(low, high)| (*low > kink) != (*high > kink))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Architecture, LayerSpec, Neuron};

    fn network(hidden_activation: Activation, parameters: &[f64]) -> Network {
        let mut network = Network::zeros(Architecture {
            inputs: 2,
            hidden: LayerSpec::alike(&[2], hidden_activation),
            output: LayerSpec {
                units: 1,
                activation: Activation::Sigmoid,
            },
        });
        network.parameters_mut().copy_from_slice(parameters);
        network
    }

    const ALICE: Batch = Batch {
        inputs: &[-2.0, -1.0],
        targets: &[1.0],
    };

    #[test]
    fn every_derivative_of_the_posts_example_agrees() {
        let network = network(
            Activation::Sigmoid,
            &[1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        );
        let checked = check_gradient(&network, Loss::MeanSquaredError, ALICE, 0..9);
        assert_eq!(checked.len(), 9);
        for comparison in &checked {
            assert_eq!(comparison.agreement, Agreement::Agree, "{comparison:?}");
            assert!(comparison.relative_error() < 1e-8);
        }
        assert!((checked[0].difference - 0.021_469_535).abs() < 1e-8);
    }

    #[test]
    fn as_many_parameters_are_checked_as_there_is_time_for() {
        let network = network(Activation::Tanh, &[0.5; 9]);
        let count = |multiplications| spread(&network, 10, multiplications).count();
        assert_eq!([0, 180 * 4, u64::MAX].map(count), [1, 4, 9]);
        let indices: Vec<usize> = spread(&network, 10, 180 * 4).collect();
        assert_eq!(indices, [0, 2, 4, 6]);
    }

    #[test]
    fn a_wrong_derivative_is_found_out() {
        let network = network(Activation::Tanh, &[0.5; 9]);
        let mut shifted = Shifted {
            sides: [(); 2].map(|()| Forward::keeping_all(&network, 1)),
            network: network.clone(),
            loss: Loss::MeanSquaredError,
            batch: ALICE,
        };
        let right = check_gradient(&network, Loss::MeanSquaredError, ALICE, 4..5)[0].backprop;
        assert_eq!(shifted.compare(4, right).agreement, Agreement::Agree);
        assert_eq!(
            shifted.compare(4, right * 1.001).agreement,
            Agreement::Differ
        );
        assert_eq!(shifted.compare(4, -right).agreement, Agreement::Differ);
    }

    #[test]
    fn a_kink_is_told_from_an_error() {
        // z of h1 is 0: 1·−2 + 1·−1 + 3.
        let parameters = [1.0, 1.0, 1.0, 1.0, 3.0, 5.0, 1.0, 1.0, 0.0];
        let with_kink = |activation: &Activation| activation.kink() == Some(0.0);
        for activation in Activation::HIDDEN.into_iter().filter(with_kink) {
            let network = network(activation, &parameters);
            let checked = check_gradient(&network, Loss::MeanSquaredError, ALICE, 0..9);
            let of_h1 = |comparison: &&Comparison| {
                comparison.parameter.neuron() == Neuron { layer: 0, unit: 0 }
            };
            assert_eq!(checked.iter().filter(of_h1).count(), 3);
            for comparison in &checked {
                let expected = if of_h1(&comparison) {
                    Agreement::Kink
                } else {
                    Agreement::Agree
                };
                assert_eq!(
                    comparison.agreement, expected,
                    "{activation:?} {comparison:?}"
                );
            }
        }
    }
}
