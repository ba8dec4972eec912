//! The chain rule: from a batch's loss back to the derivative of every parameter.

use super::{Forward, Loss, Network};

/// The work space of a forward and a backward pass, allocated once for a network and a largest batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Backprop {
    forward: Forward,
    /// Laid out like the activations. A neuron's place holds first ∂L/∂a, then δ = ∂L/∂z.
    deltas: Vec<f64>,
    /// Laid out like the parameters: ∂L/∂w and ∂L/∂b.
    gradient: Vec<f64>,
}

impl Backprop {
    /// Work space for batches of up to `capacity` samples.
    #[must_use]
    pub fn new(network: &Network, capacity: usize) -> Self {
        let forward = Forward::new(network, capacity);
        Self {
            deltas: vec![0.0; forward.activations().len()],
            gradient: vec![0.0; network.parameters().len()],
            forward,
        }
    }

    /// The gradient of a batch's mean loss, all of it from the present parameters. Allocates nothing.
    ///
    /// `inputs` is row-major with shape (samples, inputs), `targets` with shape (samples, outputs).
    ///
    /// # Panics
    ///
    /// If the shapes do not fit, or there are more samples than the capacity.
    #[inline]
    pub fn run(
        &mut self,
        network: &Network,
        loss: Loss,
        inputs: &[f64],
        targets: &[f64],
    ) -> &mut [f64] {
        self.forward.run(network, inputs);
        self.start_at_outputs(network, loss, targets);
        for layer in (0..network.layers().len()).rev() {
            self.gradient_of_layer(network, layer);
            if layer > 0 {
                self.back_to_layer_before(network, layer);
            }
        }
        &mut self.gradient
    }

    /// δ of the output layer, each sample's share of the mean.
    #[inline]
    fn start_at_outputs(&mut self, network: &Network, loss: Loss, targets: &[f64]) {
        let last = network.layers().last().expect("an output layer");
        let samples = self.forward.samples();
        assert_eq!(targets.len(), samples * last.units);
        let block = self.forward.block(last.outputs.start, last.units);
        let predictions = self.forward.activations()[block.clone()].chunks_exact(last.units);
        let deltas = self.deltas[block].chunks_exact_mut(last.units);
        let share = 1.0 / samples as f64;
        for ((predictions, targets), deltas) in predictions
            .zip(targets.chunks_exact(last.units))
            .zip(deltas)
        {
            loss.output_deltas(last.activation, predictions, targets, deltas);
            if samples > 1 {
                deltas.iter_mut().for_each(|delta| *delta *= share);
            }
        }
    }

    /// ∂L/∂w and ∂L/∂b of one layer, from its δ: the sum over the samples.
    #[inline]
    fn gradient_of_layer(&mut self, network: &Network, layer: usize) {
        let layer = &network.layers()[layer];
        let inputs =
            &self.forward.activations()[self.forward.block(layer.inputs.start, layer.fan_in)];
        let deltas = &self.deltas[self.forward.block(layer.outputs.start, layer.units)];
        let gradient = &mut self.gradient[layer.weights.start..layer.biases.end];
        gradient.fill(0.0);
        let (by_weights, by_biases) = gradient.split_at_mut(layer.weights.len());
        let samples = inputs
            .chunks_exact(layer.fan_in)
            .zip(deltas.chunks_exact(layer.units));
        for (x, deltas) in samples {
            let neurons = deltas.iter().zip(by_weights.chunks_exact_mut(layer.fan_in));
            for ((delta, by_weights), by_bias) in neurons.zip(by_biases.iter_mut()) {
                // z = Σ w·x + b: ∂z/∂w = x, ∂z/∂b = 1
                by_weights
                    .iter_mut()
                    .zip(x)
                    .for_each(|(by_weight, x)| *by_weight += delta * x);
                *by_bias += delta;
            }
        }
    }

    /// δ of the layer before, from a layer's δ.
    #[inline]
    fn back_to_layer_before(&mut self, network: &Network, layer: usize) {
        let before = &network.layers()[layer - 1];
        let layer = &network.layers()[layer];
        let block_before = self.forward.block(before.outputs.start, before.units);
        let block = self.forward.block(layer.outputs.start, layer.units);
        let activations =
            self.forward.activations()[block_before.clone()].chunks_exact(before.units);
        let (deltas_before, deltas) = self.deltas.split_at_mut(block.start);
        let deltas_before = deltas_before[block_before].chunks_exact_mut(before.units);
        let deltas = deltas[..block.len()].chunks_exact(layer.units);
        let weights = &network.parameters()[layer.weights.clone()];
        for ((deltas, deltas_before), activations) in deltas.zip(deltas_before).zip(activations) {
            deltas_before.fill(0.0);
            for (delta, weights) in deltas.iter().zip(weights.chunks_exact(layer.fan_in)) {
                // z = Σ w·x + b: ∂z/∂x = w
                deltas_before
                    .iter_mut()
                    .zip(weights)
                    .for_each(|(before, w)| *before += delta * w);
            }
            // x = f(z of the layer before)
            before.activation.chain(activations, deltas_before);
        }
    }

    /// The forward pass of [`Self::run`], or one without a way back.
    pub fn forward(&mut self) -> &mut Forward {
        &mut self.forward
    }

    /// What [`Self::run`] computed last: ∂L/∂parameter, in the order of [`Network::parameters`].
    #[must_use]
    #[inline]
    pub fn gradient(&self) -> &[f64] {
        &self.gradient
    }
}
