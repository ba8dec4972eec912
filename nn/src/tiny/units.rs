//! One sample at a time: each hidden neuron has a lane of the vectors.

use pulp::Simd;

use super::{Numbers, SIZE, Sample, Tiny};
use crate::kernels::vectors::Vectors;
use crate::{Loss, Optimizer};

/// A number for each parameter, each hidden neuron's in a lane of their own.
#[derive(Clone, Copy)]
pub(super) struct Units<S: Simd, const N: usize> {
    simd: S,
    /// By input.
    hidden_weights: [Vectors<S, N>; SIZE],
    hidden_biases: Vectors<S, N>,
    output_weights: Vectors<S, N>,
    output_bias: f64,
}

/// The activations of one sample, and the pre-activation behind the output.
pub(super) struct Pass<S: Simd, const N: usize> {
    pub(super) hidden: Vectors<S, N>,
    pub(super) output_z: f64,
    pub(super) output: f64,
}

impl<S: Simd, const N: usize> Units<S, N> {
    #[inline(always)]
    pub(super) fn of(simd: S, [w1, w2, w3, w4, b1, b2, w5, w6, b3]: Numbers) -> Self {
        Self {
            simd,
            hidden_weights: [Vectors::of(simd, [w1, w3]), Vectors::of(simd, [w2, w4])],
            hidden_biases: Vectors::of(simd, [b1, b2]),
            output_weights: Vectors::of(simd, [w5, w6]),
            output_bias: b3,
        }
    }

    /// The same as [`super::Network::parameters`] has them.
    #[inline(always)]
    pub(super) fn numbers(&self) -> Numbers {
        let [by_x1, by_x2] = self.hidden_weights;
        let ([w1, w3], [w2, w4]) = (by_x1.first(), by_x2.first());
        let [b1, b2] = self.hidden_biases.first();
        let [w5, w6] = self.output_weights.first();
        [w1, w2, w3, w4, b1, b2, w5, w6, self.output_bias]
    }

    /// a = f(w·x + b), layer by layer, where these numbers are the parameters.
    #[inline(always)]
    pub(super) fn forward(&self, tiny: &Tiny, [x1, x2]: &[f64; SIZE]) -> Pass<S, N> {
        let [w1, w2] = self.hidden_weights;
        let mut hidden = w1 * w1.all(*x1) + w2 * w2.all(*x2) + self.hidden_biases;
        let activation = tiny.hidden_activation;
        activation.apply_to_rows(self.simd, hidden.lanes_mut(), SIZE);
        let [by_h1, by_h2] = (hidden * self.output_weights).first();
        let output_z = by_h1 + by_h2 + self.output_bias;
        let mut output = [output_z];
        let activation = tiny.output_activation;
        activation.apply_to_rows(self.simd, &mut output, 1);
        let [output] = output;
        Pass {
            hidden,
            output_z,
            output,
        }
    }

    /// ∂L/∂parameter, where these numbers are the parameters.
    #[inline(always)]
    pub(super) fn gradient(
        &self,
        tiny: &Tiny,
        pass: &Pass<S, N>,
        loss: Loss,
        ([x1, x2], target): Sample<'_>,
    ) -> Self {
        let mut output_delta = [0.0];
        let output = (tiny.output_activation, 1);
        loss.output_deltas(output, &[pass.output], target, &mut output_delta);
        let [output_delta] = output_delta;
        let of_output = pass.hidden.all(output_delta);
        // z = Σ w·x + b: ∂z/∂x = w
        let mut deltas = of_output * self.output_weights;
        let activation = tiny.hidden_activation;
        activation.chain(pass.hidden.lanes(), deltas.lanes_mut());
        // ∂z/∂w = x; ∂z/∂b = 1: those of the biases are the layers' δ.
        Self {
            simd: self.simd,
            hidden_weights: [deltas * deltas.all(*x1), deltas * deltas.all(*x2)],
            hidden_biases: deltas,
            output_weights: of_output * pass.hidden,
            output_bias: output_delta,
        }
    }

    /// One step of gradient descent, where these numbers are the parameters.
    #[inline(always)]
    pub(super) fn descend(&mut self, learning_rate: f64, gradient: &Self) {
        for k in 0..SIZE {
            descend(
                learning_rate,
                &mut self.hidden_weights[k],
                &gradient.hidden_weights[k],
            );
        }
        descend(
            learning_rate,
            &mut self.hidden_biases,
            &gradient.hidden_biases,
        );
        descend(
            learning_rate,
            &mut self.output_weights,
            &gradient.output_weights,
        );
        Optimizer::descend(learning_rate, &mut self.output_bias, gradient.output_bias);
    }
}

/// One step of gradient descent for the parameters in all lanes.
#[inline(always)]
fn descend<S: Simd, const N: usize>(
    learning_rate: f64,
    parameters: &mut Vectors<S, N>,
    gradient: &Vectors<S, N>,
) {
    for (p, g) in parameters.lanes_mut().iter_mut().zip(gradient.lanes()) {
        Optimizer::descend(learning_rate, p, *g);
    }
}
