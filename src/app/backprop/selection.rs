//! What is selected in the diagram, and how the arrow keys move the selection.

use crate::nn::{Network, Neuron, Parameter, Source};

/// The selected part of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// A neuron.
    Neuron(Neuron),
    /// A weight, which is an edge of the diagram, or a bias.
    Parameter(Parameter),
}

/// The direction of an arrow key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    Left,
    Right,
    Up,
    Down,
}

impl Selection {
    /// The first weight.
    pub(super) const START: Self = Self::Parameter(Parameter::Weight {
        into: Neuron { layer: 0, unit: 0 },
        source: 0,
    });

    /// The neuron itself, or the one whose weighted sum contains the parameter.
    #[must_use]
    pub fn neuron(self) -> Neuron {
        match self {
            Self::Neuron(neuron) => neuron,
            Self::Parameter(parameter) => parameter.neuron(),
        }
    }

    /// The parameter itself, or the neuron's bias.
    #[must_use]
    pub fn parameter(self) -> Parameter {
        match self {
            Self::Neuron(neuron) => Parameter::Bias(neuron),
            Self::Parameter(parameter) => parameter,
        }
    }

    /// Whether a network has such a part.
    pub(in crate::app) fn is_in(self, network: &Network) -> bool {
        let Neuron { layer, unit } = self.neuron();
        let layer = network.layers().get(layer);
        layer.is_some_and(|layer| match self {
            Self::Parameter(Parameter::Weight { source, .. }) => {
                unit < layer.units && source < layer.fan_in
            }
            _ => unit < layer.units,
        })
    }

    /// "h1", "w1", "b3".
    #[must_use]
    pub fn name(self, network: &Network) -> String {
        match self {
            Self::Neuron(neuron) => network.neuron_name(neuron),
            Self::Parameter(parameter) => network.parameter_name(parameter),
        }
    }

    /// Returns the next selection in a direction, or the same one at the end. Left and right follow an edge, from
    /// neuron to edge to neuron. Up and down go through all edges between two layers, or through all neurons of a
    /// layer with their biases.
    pub(in crate::app) fn moved(self, network: &Network, direction: Direction) -> Self {
        match direction {
            Direction::Left => self.to_the_left(),
            Direction::Right => self.to_the_right(network),
            Direction::Up => self.in_column(network, |index| index.checked_sub(1)),
            Direction::Down => self.in_column(network, |index| Some(index + 1)),
        }
    }

    fn to_the_left(self) -> Self {
        match self {
            Self::Parameter(weight @ Parameter::Weight { .. }) => match weight.source() {
                Some(Source::Neuron(neuron)) => Self::Neuron(neuron),
                Some(Source::Input(_)) | None => self,
            },
            Self::Neuron(into) | Self::Parameter(Parameter::Bias(into)) => {
                Self::Parameter(Parameter::Weight { into, source: 0 })
            }
        }
    }

    fn to_the_right(self, network: &Network) -> Self {
        match self {
            Self::Parameter(Parameter::Weight { into, .. }) => Self::Neuron(into),
            Self::Neuron(neuron) | Self::Parameter(Parameter::Bias(neuron)) => {
                let weight = network.weights_out_of(neuron).next();
                weight.map_or(self, Self::Parameter)
            }
        }
    }

    /// Moves to another index in the same column: a layer's weights, or its neurons, each with its bias. Stays the
    /// same if there is no such index.
    fn in_column(self, network: &Network, to: impl Fn(usize) -> Option<usize>) -> Self {
        let layer = self.neuron().layer;
        let of = &network.layers()[layer];
        let moved = match self {
            Self::Parameter(weight @ Parameter::Weight { .. }) => {
                let index = to(network.index_of(weight));
                index
                    .filter(|index| of.weights.contains(index))
                    .map(|index| Self::Parameter(network.parameter_at(index)))
            }
            Self::Neuron(Neuron { unit, .. })
            | Self::Parameter(Parameter::Bias(Neuron { unit, .. })) => {
                let is_bias = usize::from(self != Self::Neuron(self.neuron()));
                let index = to(2 * unit + is_bias);
                index.filter(|&index| index < 2 * of.units).map(|index| {
                    let neuron = Neuron {
                        layer,
                        unit: index / 2,
                    };
                    if index % 2 == 0 {
                        Self::Neuron(neuron)
                    } else {
                        Self::Parameter(Parameter::Bias(neuron))
                    }
                })
            }
        };
        moved.unwrap_or(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Direction::{Down, Left, Right, Up};
    use super::*;
    use crate::nn::{Activation, Architecture, LayerSpec};

    fn network() -> Network {
        Network::zeros(Architecture {
            inputs: 2,
            hidden: LayerSpec::alike(&[2, 3], Activation::Tanh),
            output: LayerSpec {
                units: 1,
                activation: Activation::Sigmoid,
            },
        })
    }

    fn walk(directions: &[Direction]) -> Vec<String> {
        let network = network();
        let mut selected = Selection::START;
        let names = directions.iter().map(|&direction| {
            selected = selected.moved(&network, direction);
            selected.name(&network)
        });
        names.collect()
    }

    #[test]
    fn left_and_right_go_along_the_edges() {
        let there_and_back = [Right, Right, Right, Right, Right, Right, Left, Left, Left];
        assert_eq!(
            walk(&there_and_back),
            ["h1", "w5", "h3", "w11", "o1", "o1", "w11", "h3", "w5"]
        );
    }

    #[test]
    fn up_and_down_go_through_a_column() {
        assert_eq!(
            walk(&[Up, Down, Down, Down, Down]),
            ["w1", "w2", "w3", "w4", "w4"]
        );
        assert_eq!(
            walk(&[Right, Down, Down, Down, Down, Up]),
            ["h1", "b1", "h2", "b2", "b2", "h2"]
        );
    }

    #[test]
    fn the_arrows_reach_every_part() {
        let network = network();
        let mut reached = vec![Selection::START];
        let mut next = 0;
        while let Some(&selected) = reached.get(next) {
            for direction in [Left, Right, Up, Down] {
                let moved = selected.moved(&network, direction);
                if !reached.contains(&moved) {
                    reached.push(moved);
                }
            }
            next += 1;
        }
        assert_eq!(reached.len(), network.parameters().len() + 6);
    }
}
