//! Neurons, parameters and sources by place and by name. The names are the post's: weights w1, w2, … layer by layer, row-major by
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

/// Something that neurons listen to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// An input of the network, by its index.
    Input(usize),
    /// A neuron.
    Neuron(Neuron),
}

impl Source {
    /// What the first layer listens to are the inputs; every other one listens to the layer before.
    #[must_use]
    pub fn of_layer(layer: usize, index: usize) -> Self {
        match layer.checked_sub(1) {
            None => Self::Input(index),
            Some(layer) => Self::Neuron(Neuron { layer, unit: index }),
        }
    }
}

/// A product w·x of a weighted sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// w.
    pub weight: Parameter,
    /// Whose value x is.
    pub source: Source,
}

/// A weight or a bias by its place in the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// The weight of what a neuron hears from one source.
    Weight {
        /// The neuron that listens.
        into: Neuron,
        /// The index of the [`Source`] among those of its layer.
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

    /// What it weighs; `None` for a bias.
    #[must_use]
    pub fn source(self) -> Option<Source> {
        match self {
            Self::Weight { into, source } => Some(Source::of_layer(into.layer, source)),
            Self::Bias(_) => None,
        }
    }
}

impl Network {
    /// The products that the weighted sum of a neuron has, in their order.
    pub fn terms(&self, into: Neuron) -> impl Iterator<Item = Term> + use<> {
        let terms = 0..self.layers()[into.layer].fan_in;
        terms.map(move |index| Term {
            weight: Parameter::Weight {
                into,
                source: index,
            },
            source: Source::of_layer(into.layer, index),
        })
    }

    /// The parameters of a neuron: its weights, then its bias.
    pub fn parameters_of(&self, neuron: Neuron) -> impl Iterator<Item = Parameter> + use<> {
        let weights = self.terms(neuron).map(|term| term.weight);
        weights.chain([Parameter::Bias(neuron)])
    }

    /// The weights with which the next layer listens to a neuron; none for an output.
    pub fn weights_out_of(&self, neuron: Neuron) -> impl Iterator<Item = Parameter> + use<> {
        let layer = neuron.layer + 1;
        let units = self.layers().get(layer).map_or(0, |after| after.units);
        (0..units).map(move |unit| Parameter::Weight {
            into: Neuron { layer, unit },
            source: neuron.unit,
        })
    }

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
    /// If there is no such parameter.
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

    /// "x1", "h1".
    #[must_use]
    pub fn source_name(&self, source: Source) -> String {
        match source {
            Source::Input(index) => format!("x{}", index + 1),
            Source::Neuron(neuron) => self.neuron_name(neuron),
        }
    }

    /// "h1", "o2".
    #[must_use]
    pub fn neuron_name(&self, neuron: Neuron) -> String {
        let Neuron { layer, unit } = neuron;
        if self.is_output(neuron) {
            return format!("o{}", unit + 1);
        }
        format!("h{}", self.layers()[layer].outputs.start + unit + 1)
    }

    /// Whether a neuron is one of the output layer.
    #[must_use]
    pub fn is_output(&self, neuron: Neuron) -> bool {
        neuron.layer + 1 == self.layers().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Architecture, LayerSpec};

    #[test]
    fn the_posts_network_has_the_posts_names() {
        let network = network(&[2], 1);
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
        let network = network(&[3, 1, 4], 2);
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

    #[test]
    fn the_terms_of_a_neuron_have_its_weights_and_what_it_listens_to() {
        let network = network(&[2, 3], 2);
        let terms = |layer, unit| {
            let terms = network.terms(Neuron { layer, unit });
            let terms = terms.map(|Term { weight, source }| {
                assert_eq!(weight.source(), Some(source));
                let (weight, source) =
                    (network.parameter_name(weight), network.source_name(source));
                format!("{weight}·{source}")
            });
            terms.collect::<Vec<_>>().join(" + ")
        };
        assert_eq!(terms(0, 1), "w3·x1 + w4·x2");
        assert_eq!(terms(1, 0), "w5·h1 + w6·h2");
        assert_eq!(terms(2, 1), "w14·h3 + w15·h4 + w16·h5");
    }

    #[test]
    fn the_weights_out_of_a_neuron_are_those_that_have_it_as_their_source() {
        let network = network(&[2, 3], 2);
        for layer in 0..3 {
            for unit in 0..network.layers()[layer].units {
                let neuron = Neuron { layer, unit };
                let all = (0..network.parameters().len()).map(|index| network.parameter_at(index));
                let listening =
                    all.filter(|weight| weight.source() == Some(Source::Neuron(neuron)));
                assert!(network.weights_out_of(neuron).eq(listening), "{neuron:?}");
            }
        }
    }

    fn network(hidden: &[usize], outputs: usize) -> Network {
        Network::zeros(Architecture {
            inputs: 2,
            hidden: LayerSpec::alike(hidden, Activation::Sigmoid),
            output: LayerSpec {
                units: outputs,
                activation: Activation::Sigmoid,
            },
        })
    }
}
