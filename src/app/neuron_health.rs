//! Neurons that cannot learn or hear nothing: twins, dead ones, saturated ones, and those whose weights are 0.

use crate::data::Batch;
use crate::nn::{Forward, Network, Neuron};
use crate::session::{Assessment, TrainingData};

/// Below this slope at every sample, a neuron hardly learns.
const SATURATED: f64 = 0.01;

/// A weight that is smaller says nothing.
const DEAF: f64 = 0.01;

/// In larger layers, twins are not looked for.
const MOST_UNITS: usize = 64;

/// The neurons of a network that cannot learn or hear nothing, in the order of the network.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NeuronHealth {
    /// The first two of a layer whose weights, in and out, are equal: so are their gradients, and they stay equal.
    pub twins: Option<[Neuron; 2]>,
    /// Those that are inactive for every training sample, so that no gradient reaches their weights.
    pub dead: Vec<Neuron>,
    /// Those whose activation function is almost flat at every training sample.
    pub saturated: Vec<Neuron>,
    /// Outputs of which that is true.
    pub saturated_outputs: Vec<Neuron>,
    /// Those that hear nothing, as all weights into them are almost 0; outputs too.
    pub deaf: Vec<Neuron>,
}

impl NeuronHealth {
    /// That of a network; without what takes all samples to know, if that takes long.
    #[must_use]
    pub fn of(network: &Network, data: &TrainingData) -> Self {
        let mut health = Self {
            twins: twins(network),
            ..Self::default()
        };
        if Assessment::is_cheap(network, data) {
            health.add_flat_neurons(network, data);
            health.deaf = deaf(network);
        }
        health
    }

    fn add_flat_neurons(&mut self, network: &Network, data: &TrainingData) {
        let mut forward = Forward::new(network, data.training.len());
        let mut room = Batch::default();
        let (inputs, _) = data.training.rows(0..data.training.len(), &mut room);
        forward.run(network, inputs);
        let output = network.layers().len() - 1;
        for (index, layer) in network.layers().iter().enumerate() {
            if index == output && !layer.activation.saturates() {
                break;
            }
            let activations = forward.of_layer(network, index);
            let mut slopes = vec![1.0; activations.len()];
            layer.activation.chain(activations, &mut slopes);
            for unit in 0..layer.units {
                let of_unit = slopes.iter().skip(unit).step_by(layer.units);
                let steepest = of_unit.fold(0.0, |most: f64, slope| most.max(slope.abs()));
                let neuron = Neuron { layer: index, unit };
                if index == output {
                    let flat = (steepest < SATURATED).then_some(neuron);
                    self.saturated_outputs.extend(flat);
                } else if layer.activation.kink().is_some() && steepest == 0.0 {
                    self.dead.push(neuron);
                } else if layer.activation.saturates() && steepest < SATURATED {
                    self.saturated.push(neuron);
                }
            }
        }
    }
}

fn deaf(network: &Network) -> Vec<Neuron> {
    let layers = network.layers().iter().enumerate();
    let neurons = layers.flat_map(|(layer, of)| (0..of.units).map(move |unit| (layer, unit)));
    let is_deaf = |&(layer, unit): &(usize, usize)| {
        let mut weights = network.weights_into(layer, unit).iter();
        weights.all(|weight| weight.abs() < DEAF)
    };
    let deaf = neurons.filter(is_deaf);
    deaf.map(|(layer, unit)| Neuron { layer, unit }).collect()
}

/// Returns the first two neurons of a hidden layer with equal weights, in and out.
fn twins(network: &Network) -> Option<[Neuron; 2]> {
    let pairs = network.layers().windows(2).enumerate();
    let small = pairs.filter(|(_, pair)| pair[0].units <= MOST_UNITS);
    small.into_iter().find_map(|(layer, pair)| {
        let after = &pair[1];
        let are_equal = |a: usize, b: usize| {
            let into = |unit| (network.weights_into(layer, unit), network.bias(layer, unit));
            let mut listeners = (0..after.units).map(|unit| network.weights_into(layer + 1, unit));
            into(a) == into(b) && listeners.all(|weights| weights[a] == weights[b])
        };
        let mut couples = (0..pair[0].units).flat_map(|a| (0..a).map(move |b| (b, a)));
        let (a, b) = couples.find(|&(a, b)| are_equal(a, b))?;
        Some([a, b].map(|unit| Neuron { layer, unit }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;
    use crate::nn::{Activation, Architecture, LayerSpec};

    fn health(activation: Activation, parameters: &[f64]) -> NeuronHealth {
        let architecture = Architecture {
            inputs: 2,
            hidden: LayerSpec::alike(&[2], activation),
            output: LayerSpec {
                units: 1,
                activation: Activation::Sigmoid,
            },
        };
        let mut network = Network::zeros(architecture);
        network.parameters_mut().copy_from_slice(parameters);
        NeuronHealth::of(&network, &TrainingData::of(&people()))
    }

    fn of_units<const N: usize>(units: [usize; N]) -> [Neuron; N] {
        units.map(|unit| Neuron { layer: 0, unit })
    }

    #[test]
    fn twins_are_equal_in_and_out() {
        let twins = |parameters: &[f64]| health(Activation::Sigmoid, parameters).twins;
        assert_eq!(twins(&[0.0; 9]), Some(of_units([0, 1])));
        let equal = [1.0, 2.0, 1.0, 2.0, 0.5, 0.5, 3.0, 3.0, 0.0];
        assert_eq!(twins(&equal), Some(of_units([0, 1])));
        for (index, other) in [(0, 1.1), (4, 0.4), (6, -3.0)] {
            let mut parameters = equal;
            parameters[index] = other;
            assert_eq!(twins(&parameters), None, "{index}");
        }
    }

    #[test]
    fn a_relu_is_dead_if_no_sample_reaches_it() {
        // The inputs of the four are (−2, −1), (25, 6), (17, 4) and (−15, −6).
        let parameters = [1.0, 0.0, 1.0, 0.0, -26.0, -24.0, 1.0, 1.0, 0.0];
        let found = health(Activation::Relu, &parameters);
        assert_eq!(found.dead, of_units([0]));
        assert_eq!(found.saturated, []);
        assert_eq!(health(Activation::LeakyRelu, &parameters).dead, []);
    }

    #[test]
    fn a_neuron_is_saturated_if_it_is_flat_at_every_sample() {
        let parameters = [1.0, 0.0, 9.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0];
        let found = health(Activation::Sigmoid, &parameters);
        assert_eq!(found.saturated, of_units([1]));
        assert_eq!(found.dead, []);
        assert_eq!(health(Activation::Relu, &parameters).saturated, []);
        assert_eq!(found.saturated_outputs, []);
        let parameters = [1.0, 0.0, 9.0, 0.0, 0.0, 0.0, 1.0, 1.0, 9.0];
        let found = health(Activation::Sigmoid, &parameters);
        let o1 = Neuron { layer: 1, unit: 0 };
        assert_eq!(found.saturated_outputs, [o1]);
    }
}
