//! Parameters by place and by name. The names are the post's: weights w1, w2, … layer by layer, row-major by
//! receiving neuron; biases b1, b2, … neuron by neuron; hidden neurons h1, h2, … through all hidden layers,
//! outputs o1, o2, ….

use super::{Layer, Network};

/// A neuron by its place in [`Network::layers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Neuron {
    /// Its layer, the first hidden one being 0.
    pub layer: usize,
    /// Its place in the layer.
    pub unit: usize,
}

/// A weight or a bias by its place in the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// The weight of what a neuron hears from one unit of the layer before, or from one input.
    Weight {
        /// The neuron that hears.
        into: Neuron,
        /// Whom it hears: a unit of the layer before.
        source: usize,
    },
    /// The bias of a neuron.
    Bias(Neuron),
}

impl Parameter {
    /// The neuron whose weighted sum it is a part of.
    #[must_use]
    pub fn neuron(self) -> Neuron {
        match self {
            Self::Weight { into, .. } => into,
            Self::Bias(neuron) => neuron,
        }
    }
}

impl Network {
    /// Where a parameter stands in [`Network::parameters`].
    #[must_use]
    pub fn index_of(&self, parameter: Parameter) -> usize {
        let Neuron { layer, unit } = parameter.neuron();
        let layer = &self.layers()[layer];
        match parameter {
            Parameter::Weight { source, .. } => layer.weights.start + unit * layer.fan_in + source,
            Parameter::Bias(_) => layer.biases.start + unit,
        }
    }

    /// What stands at an index of [`Network::parameters`].
    ///
    /// # Panics
    ///
    /// If there are not so many.
    #[must_use]
    pub fn parameter_at(&self, index: usize) -> Parameter {
        let mut layers = self.layers().iter().enumerate();
        let (layer, at) = layers
            .find(|(_, layer)| index < layer.biases.end)
            .expect("an index of a parameter");
        if let Some(unit) = index.checked_sub(at.biases.start) {
            return Parameter::Bias(Neuron { layer, unit });
        }
        let place = index - at.weights.start;
        let (unit, source) = (place / at.fan_in, place % at.fan_in);
        let into = Neuron { layer, unit };
        Parameter::Weight { into, source }
    }

    /// "w1", "b3".
    #[must_use]
    pub fn parameter_name(&self, parameter: Parameter) -> String {
        let index = self.index_of(parameter);
        let layer = &self.layers()[parameter.neuron().layer];
        // As many biases as units stand before a layer's weights.
        match parameter {
            Parameter::Weight { .. } => format!("w{}", index - layer.outputs.start + 1),
            Parameter::Bias(Neuron { unit, .. }) => format!("b{}", layer.outputs.start + unit + 1),
        }
    }

    /// The parameter of that name, if the network has one.
    #[must_use]
    pub fn parameter_named(&self, name: &str) -> Option<Parameter> {
        let number: usize = name.get(1..)?.parse().ok()?;
        let wanted = number.checked_sub(1)?;
        let place = |layer: &Layer| match name.as_bytes()[0] {
            b'w' => {
                let index = wanted + layer.outputs.start;
                layer.weights.contains(&index).then_some(index)
            }
            b'b' => {
                let unit = layer.outputs.contains(&wanted).then_some(wanted)?;
                Some(layer.biases.start + unit - layer.outputs.start)
            }
            _ => None,
        };
        let index = self.layers().iter().find_map(place)?;
        Some(self.parameter_at(index))
    }

    /// "h1", "o2".
    #[must_use]
    pub fn neuron_name(&self, Neuron { layer, unit }: Neuron) -> String {
        if layer + 1 == self.layers().len() {
            return format!("o{}", unit + 1);
        }
        format!("h{}", self.layers()[layer].outputs.start + unit + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Architecture};

    #[test]
    fn the_posts_network_has_the_posts_names() {
        let network = network(vec![2], 1);
        let names: Vec<String> = (0..9)
            .map(|index| network.parameter_name(network.parameter_at(index)))
            .collect();
        assert_eq!(
            names,
            ["w1", "w2", "w3", "w4", "b1", "b2", "w5", "w6", "b3"]
        );
        let neurons = [(0, 0), (0, 1), (1, 0)];
        let neurons = neurons.map(|(layer, unit)| network.neuron_name(Neuron { layer, unit }));
        assert_eq!(neurons, ["h1", "h2", "o1"]);
    }

    #[test]
    fn names_places_and_indices_are_one_to_one() {
        let network = network(vec![3, 1, 4], 2);
        for index in 0..network.parameters().len() {
            let parameter = network.parameter_at(index);
            assert_eq!(network.index_of(parameter), index);
            let name = network.parameter_name(parameter);
            assert_eq!(network.parameter_named(&name), Some(parameter), "{name}");
        }
        for name in ["w0", "w30", "b0", "b11", "x1", "w", "", "w−1", "ä1", "w1.5"] {
            assert_eq!(network.parameter_named(name), None, "{name}");
        }
    }

    fn network(hidden: Vec<usize>, outputs: usize) -> Network {
        Network::zeros(Architecture {
            inputs: 2,
            hidden,
            outputs,
            hidden_activation: Activation::Sigmoid,
            output_activation: Activation::Sigmoid,
        })
    }
}
