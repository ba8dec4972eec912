//! A dense feed-forward network: its shape and its parameters.

use std::mem;
use std::ops::Range;

use super::{Activation, Forward, LayerSpec};

/// The shape of a network: its inputs, its layers and their activations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Architecture {
    /// Numbers in one sample; at least 1.
    pub inputs: usize,
    /// The hidden layers, in order; empty for a network without one.
    pub hidden: Vec<LayerSpec>,
    /// The output layer: one unit for each predicted number.
    pub output: LayerSpec,
}

impl Architecture {
    /// The layers that have parameters: the hidden ones, then the output layer.
    pub fn layers(&self) -> impl Iterator<Item = LayerSpec> {
        self.hidden.iter().copied().chain([self.output])
    }

    /// The units of every layer, inputs first: 2, 2, 1 for the post's network.
    #[must_use]
    pub fn sizes(&self) -> Vec<usize> {
        let layers = self.layers().map(|layer| layer.units);
        [self.inputs].into_iter().chain(layers).collect()
    }

    /// The activations without repetition: one if all layers have the same, two if all hidden layers have the
    /// same, else one for every layer.
    #[must_use]
    pub fn activations(&self) -> Vec<Activation> {
        let mut activations: Vec<Activation> =
            self.layers().map(|layer| layer.activation).collect();
        if self.hidden.is_empty() || LayerSpec::common_activation(&self.hidden).is_some() {
            activations.dedup();
        }
        activations
    }
}

/// The sizes as they are written: "2-2-1".
impl std::fmt::Display for Architecture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sizes: Vec<String> = self.sizes().iter().map(usize::to_string).collect();
        f.write_str(&sizes.join("-"))
    }
}

/// One layer: where its parameters and its activations lie in their flat vectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Connections that each unit receives: the units of the layer before.
    pub fan_in: usize,
    /// Neurons in this layer.
    pub units: usize,
    /// Their activation function.
    pub activation: Activation,
    /// The weights in [`Network::parameters`], row-major with shape (units, `fan_in`).
    pub weights: Range<usize>,
    /// The biases in [`Network::parameters`], one a unit.
    pub biases: Range<usize>,
    /// Its units, counted from the first one that computes.
    pub(super) outputs: Range<usize>,
}

/// A network and its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    architecture: Architecture,
    layers: Vec<Layer>,
    parameters: Vec<f64>,
}

impl Network {
    /// A network whose weights and biases are all 0.
    ///
    /// # Panics
    ///
    /// If a layer has no units.
    #[must_use]
    pub fn zeros(architecture: Architecture) -> Self {
        let sizes = architecture.sizes();
        assert!(
            sizes.iter().all(|&units| units > 0),
            "every layer needs a unit, got {sizes:?}"
        );
        let mut layers = Vec::with_capacity(sizes.len() - 1);
        let (mut parameter, mut unit) = (0, 0);
        for (LayerSpec { units, activation }, fan_in) in architecture.layers().zip(sizes) {
            let weights = parameter..parameter + units * fan_in;
            let biases = weights.end..weights.end + units;
            let outputs = unit..unit + units;
            (parameter, unit) = (biases.end, outputs.end);
            layers.push(Layer {
                fan_in,
                units,
                activation,
                weights,
                biases,
                outputs,
            });
        }
        Self {
            architecture,
            layers,
            parameters: vec![0.0; parameter],
        }
    }

    /// Its shape.
    #[must_use]
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// The layers that have parameters: the hidden ones, then the output layer.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The last of [`Self::layers`].
    pub(super) fn output_layer(&self) -> &Layer {
        self.layers.last().expect("every network has outputs")
    }

    /// All weights and biases: layer by layer, the weights row-major with shape (units, `fan_in`),
    /// then the biases.
    #[must_use]
    pub fn parameters(&self) -> &[f64] {
        &self.parameters
    }

    /// A network of the same shape with other weights and biases.
    ///
    /// # Panics
    ///
    /// If their number differs.
    #[must_use]
    pub fn with_parameters(&self, parameters: Vec<f64>) -> Self {
        assert_eq!(parameters.len(), self.parameters.len());
        Self {
            architecture: self.architecture.clone(),
            layers: self.layers.clone(),
            parameters,
        }
    }

    /// The same as [`Self::parameters`], mutable.
    pub fn parameters_mut(&mut self) -> &mut [f64] {
        &mut self.parameters
    }

    /// Exchanges [`Self::parameters`] for as many others.
    ///
    /// # Panics
    ///
    /// If their number differs.
    pub fn exchange_parameters(&mut self, others: &mut Vec<f64>) {
        assert_eq!(others.len(), self.parameters.len());
        mem::swap(&mut self.parameters, others);
    }

    /// The weights of a layer, row-major with shape (units, `fan_in`).
    #[must_use]
    #[inline]
    pub fn weights_of(&self, layer: &Layer) -> &[f64] {
        &self.parameters[layer.weights.clone()]
    }

    /// The weights into one unit of a layer, one for each unit of the layer before.
    #[must_use]
    pub fn weights_into(&self, layer: usize, unit: usize) -> &[f64] {
        let Layer {
            fan_in,
            ref weights,
            ..
        } = self.layers[layer];
        &self.parameters[weights.clone()][unit * fan_in..(unit + 1) * fan_in]
    }

    /// The largest magnitude among the weights of each layer, or among their gradients: `numbers` are in the order of
    /// [`Self::parameters`]. NaN is no magnitude.
    #[must_use]
    pub fn largest_at_weights(&self, numbers: &[f64]) -> Vec<f64> {
        let layers = self.layers.iter();
        layers
            .map(|layer| largest(&numbers[layer.weights.clone()]))
            .collect()
    }

    /// The bias of one unit of a layer.
    #[must_use]
    pub fn bias(&self, layer: usize, unit: usize) -> f64 {
        self.parameters[self.layers[layer].biases.clone()][unit]
    }

    /// The predictions for several samples, row-major with shape (samples, outputs), in a work space that can
    /// be reused.
    ///
    /// # Panics
    ///
    /// As [`Forward::run`].
    pub fn predict_many<'a>(&self, inputs: &[f64], space: &'a mut Forward) -> &'a [f64] {
        space.run(self, inputs);
        space.predictions(self)
    }

    /// The predictions for one sample, in newly allocated memory: for single questions, not for training.
    ///
    /// # Panics
    ///
    /// If `inputs` has not one value for each input.
    #[must_use]
    pub fn predict(&self, inputs: &[f64]) -> Vec<f64> {
        let mut space = Forward::new(self, 1);
        self.predict_many(inputs, &mut space).to_vec()
    }
}

/// Returns the largest magnitude, 0 if there is none: several at a time, as there may be millions.
fn largest(numbers: &[f64]) -> f64 {
    const LANES: usize = 8;
    let larger = |most: f64, size: f64| if size > most { size } else { most };
    let mut lanes = [0.0; LANES];
    let chunks = numbers.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (most, number) in lanes.iter_mut().zip(chunk) {
            *most = larger(*most, number.abs());
        }
    }
    let rest = rest.iter().map(|number| number.abs());
    lanes.into_iter().chain(rest).fold(0.0, larger)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Activation;

    #[test]
    fn the_largest_weight_of_a_layer_is_found_wherever_it_is() {
        let layer = |units| LayerSpec {
            units,
            activation: Activation::Tanh,
        };
        let network = Network::zeros(Architecture {
            inputs: 3,
            hidden: vec![layer(7)],
            output: layer(2),
        });
        let weights = [(0..21, 0), (28..42, 1)];
        for (range, layer) in weights {
            for index in range {
                let mut numbers = vec![0.5; network.parameters().len()];
                // Biases do not count, nor does what is not a number.
                numbers[21] = 9.0;
                numbers[(index + 1) % 21] = f64::NAN;
                numbers[index] = -2.0;
                let largest = network.largest_at_weights(&numbers);
                assert_eq!((largest[layer], largest[1 - layer]), (2.0, 0.5), "{index}");
            }
        }
    }
}
