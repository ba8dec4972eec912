//! One sample's way through a network and back, number by number: to show it, not to train.

use super::{Activation, Backprop, Loss, Network, Neuron, Parameter, Source};

/// Every number of the forward and the backward pass of one sample. The derivatives are bit for bit those of
/// [`Backprop`].
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// The inputs of the network.
    pub inputs: Vec<f64>,
    /// The targets, one for each output.
    pub targets: Vec<f64>,
    /// L, the loss of this sample.
    pub loss: f64,
    /// The numbers of each of [`Network::layers`].
    pub layers: Vec<LayerTrace>,
}

/// The numbers of one layer, one for each unit.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerTrace {
    /// z = w·x + b.
    pub pre_activations: Vec<f64>,
    /// a = f(z).
    pub activations: Vec<f64>,
    /// f′(z); for softmax, where every output depends on every z, ∂aᵢ/∂zᵢ.
    pub slopes: Vec<f64>,
    /// ∂L/∂a. With cross-entropy the output layer has none: its δ comes straight from the loss.
    pub by_activation: Option<Vec<f64>>,
    /// δ = ∂L/∂z.
    pub deltas: Vec<f64>,
}

impl Trace {
    /// Sends one sample through the network and back.
    ///
    /// # Panics
    ///
    /// If inputs or targets do not fit the network, or the loss does not go with its outputs.
    #[must_use]
    pub fn of(network: &Network, loss: Loss, inputs: &[f64], targets: &[f64]) -> Self {
        let mut backprop = Backprop::keeping_all(network);
        backprop.run_general(network, loss, inputs, targets);
        let forward = &backprop.forward;
        let loss_of_sample = forward.add_losses(0.0, network, loss, targets);
        let layers = 0..network.layers().len();
        Self {
            inputs: inputs.to_vec(),
            targets: targets.to_vec(),
            loss: loss_of_sample,
            layers: layers
                .map(|layer| LayerTrace::of(network, loss, layer, targets, &backprop))
                .collect(),
        }
    }

    /// x: an input, or the activation of a neuron.
    #[must_use]
    pub fn value_of(&self, source: Source) -> f64 {
        match source {
            Source::Input(index) => self.inputs[index],
            Source::Neuron(Neuron { layer, unit }) => self.layers[layer].activations[unit],
        }
    }

    /// δ = ∂L/∂z of a neuron.
    #[must_use]
    pub fn delta(&self, Neuron { layer, unit }: Neuron) -> f64 {
        self.layers[layer].deltas[unit]
    }

    /// ∂L/∂w = δ·x, ∂L/∂b = δ.
    #[must_use]
    pub fn derivative(&self, parameter: Parameter) -> f64 {
        let delta = self.delta(parameter.neuron());
        let x = parameter.source().map(|source| self.value_of(source));
        x.map_or(delta, |x| delta * x)
    }
}

impl LayerTrace {
    /// What a pass left of a layer.
    fn of(
        network: &Network,
        loss: Loss,
        layer: usize,
        targets: &[f64],
        backprop: &Backprop,
    ) -> Self {
        let is_output = layer + 1 == network.layers().len();
        let forward = &backprop.forward;
        let pre_activations = forward.pre_activations_of(network, layer).to_vec();
        let activations = forward.of_layer(network, layer).to_vec();
        Self {
            pre_activations,
            slopes: slopes(network.layers()[layer].activation, &activations),
            by_activation: if is_output {
                by_prediction(loss, &activations, targets)
            } else {
                let kept = backprop.by_activation_of(network, layer);
                kept.map(<[f64]>::to_vec)
            },
            deltas: backprop.deltas_of(network, layer).to_vec(),
            activations,
        }
    }
}

/// ∂L/∂a at the outputs: where f(z) = z, it is ∂L/∂z.
fn by_prediction(loss: Loss, predictions: &[f64], targets: &[f64]) -> Option<Vec<f64>> {
    let mut derivatives = vec![0.0; targets.len()];
    loss.goes_with(Activation::Linear).then(|| {
        let outputs = (Activation::Linear, predictions.len());
        loss.output_deltas(outputs, predictions, targets, &mut derivatives);
        derivatives
    })
}

/// f′(z) of each unit: what the chain rule makes of a derivative 1.
fn slopes(function: Activation, activations: &[f64]) -> Vec<f64> {
    if function == Activation::Softmax {
        return slopes(Activation::Sigmoid, activations);
    }
    let mut slopes = vec![1.0; activations.len()];
    function.chain(activations, &mut slopes);
    slopes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Architecture, LayerSpec};

    proptest! {
        #[test]
        fn the_derivatives_that_are_shown_are_those_that_train(
            hidden in prop::collection::vec((1usize..6, prop::sample::select(&Activation::HIDDEN)), 0..5),
            outputs in 2usize..4,
            values in prop::collection::vec(-2.0f64..2.0, 200),
        ) {
            let hidden = hidden.into_iter().map(|(units, activation)| LayerSpec { units, activation });
            let hidden: Vec<LayerSpec> = hidden.collect();
            for output_activation in Activation::OUTPUT {
                for loss in Loss::ALL.into_iter().filter(|loss| loss.goes_with(output_activation)) {
                    let mut network = Network::zeros(Architecture {
                        inputs: 3,
                        hidden: hidden.clone(),
                        output: LayerSpec {
                            units: outputs,
                            activation: output_activation,
                        },
                    });
                    let count = network.parameters().len();
                    let drawn = values.iter().cycle().take(count).copied();
                    network.parameters_mut().iter_mut().zip(drawn).for_each(|(p, drawn)| *p = drawn);
                    let (inputs, targets) = (&values[values.len() - 3..], &values[..outputs]);

                    let trace = Trace::of(&network, loss, inputs, targets);
                    let mut backprop = Backprop::new(&network, 1);
                    let gradient = backprop.run(&network, loss, inputs, targets).to_vec();
                    for (index, by_parameter) in gradient.iter().enumerate() {
                        let shown = trace.derivative(network.parameter_at(index));
                        prop_assert_eq!(shown, *by_parameter);
                    }
                    // Each δ is the product of the factors that stand beside it.
                    for layer in &trace.layers {
                        let Some(by_activation) = &layer.by_activation else { continue };
                        if output_activation == Activation::Softmax { continue }
                        let factors = by_activation.iter().zip(&layer.slopes);
                        for ((by_activation, slope), delta) in factors.zip(&layer.deltas) {
                            let product = by_activation * slope;
                            prop_assert!((product - delta).abs() <= 1e-12 * product.abs().max(1e-3));
                        }
                    }
                    let outputs = trace.layers.last().map(|layer| &layer.activations);
                    prop_assert_eq!(outputs, Some(&network.predict(inputs)));
                }
            }
        }
    }
}
