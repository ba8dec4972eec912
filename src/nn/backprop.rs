//! The chain rule: from one sample's loss back to the derivative of every parameter.

use super::{Activations, Loss, Network};

/// The work space of a forward and a backward pass, allocated once for a network.
#[derive(Debug, Clone, PartialEq)]
pub struct Backprop {
    activations: Activations,
    /// Laid out like the activations. A neuron's place holds first ∂L/∂a, then δ = ∂L/∂z.
    deltas: Vec<f64>,
    /// Laid out like the parameters: ∂L/∂w and ∂L/∂b.
    gradient: Vec<f64>,
}

impl Backprop {
    /// Work space for networks of this shape.
    #[must_use]
    pub fn new(network: &Network) -> Self {
        let activations = network.new_activations();
        Self {
            deltas: vec![0.0; activations.0.len()],
            gradient: vec![0.0; network.parameters().len()],
            activations,
        }
    }

    /// The forward pass of one sample; the predictions stay in [`Self::activations`].
    ///
    /// # Panics
    ///
    /// If `inputs` has not one value for each input.
    #[inline]
    pub fn forward(&mut self, network: &Network, inputs: &[f64]) {
        network.forward(inputs, &mut self.activations);
    }

    /// The backward pass of the sample that [`Self::forward`] saw last: the gradient of its loss, all of
    /// it from the present parameters. Allocates nothing.
    ///
    /// # Panics
    ///
    /// If `targets` has not one value for each output.
    #[inline]
    pub fn backward(&mut self, network: &Network, loss: Loss, targets: &[f64]) {
        let predictions = self.activations.predictions(network);
        let output_layer = self.deltas.len() - predictions.len();
        loss.derivative(predictions, targets, &mut self.deltas[output_layer..]);

        for layer in network.layers().iter().rev() {
            let (before, after) = self.deltas.split_at_mut(layer.outputs.start);
            let deltas = &mut after[..layer.units];
            let input_derivatives = &mut before[layer.inputs.clone()];
            input_derivatives.fill(0.0);

            let (activations_before, activations) =
                self.activations.0.split_at(layer.outputs.start);
            let inputs = &activations_before[layer.inputs.clone()];
            let weights = network.parameters()[layer.weights.clone()].chunks_exact(layer.fan_in);
            let (weight_gradient, bias_gradient) = self.gradient
                [layer.weights.start..layer.biases.end]
                .split_at_mut(layer.weights.len());
            let weight_gradient = weight_gradient.chunks_exact_mut(layer.fan_in);

            let neurons = deltas.iter_mut().zip(activations).zip(bias_gradient);
            let rows = weights.zip(weight_gradient);
            for (((delta, &activation), bias_gradient), (weights, weight_gradient)) in
                neurons.zip(rows)
            {
                // a = f(z): ∂L/∂z = ∂L/∂a · f′(z)
                *delta *= layer.activation.derivative(activation);
                // z = Σ w·x + b: ∂z/∂b = 1
                *bias_gradient = *delta;
                for (((gradient, input_derivative), &w), &x) in weight_gradient
                    .iter_mut()
                    .zip(input_derivatives.iter_mut())
                    .zip(weights)
                    .zip(inputs)
                {
                    // z = Σ w·x + b: ∂z/∂w = x and ∂z/∂x = w
                    *gradient = *delta * x;
                    *input_derivative += *delta * w;
                }
            }
        }
    }

    /// What [`Self::forward`] computed last.
    #[must_use]
    #[inline]
    pub fn activations(&self) -> &Activations {
        &self.activations
    }

    /// What [`Self::backward`] computed last: ∂L/∂parameter, in the order of
    /// [`Network::parameters`].
    #[must_use]
    #[inline]
    pub fn gradient(&self) -> &[f64] {
        &self.gradient
    }
}
