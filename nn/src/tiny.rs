//! One sample through a network as small as the post's, with all sizes known to the compiler.
//!
//! The same formulas in the same order as [`super::Forward`] and [`super::Backprop`] have for batches, and so
//! the same numbers bit for bit; but without loops, which would cost more here than their bodies.

use super::{Activation, Loss, Network};

/// The layers' activations of one sample, and the pre-activations behind the outputs.
pub(super) struct Pass<const H: usize, const O: usize> {
    pub(super) hidden: [f64; H],
    pub(super) output_z: [f64; O],
    pub(super) outputs: [f64; O],
}

/// A network with I inputs, one hidden layer of H units and O outputs.
pub(super) struct Tiny<'a, const I: usize, const H: usize, const O: usize> {
    hidden_weights: &'a [[f64; I]; H],
    hidden_biases: &'a [f64; H],
    output_weights: &'a [[f64; H]; O],
    output_biases: &'a [f64; O],
    hidden_activation: Activation,
    output_activation: Activation,
}

impl<'a, const I: usize, const H: usize, const O: usize> Tiny<'a, I, H, O> {
    /// The network, if it has these sizes.
    #[inline]
    pub(super) fn of(network: &'a Network) -> Option<Self> {
        let [hidden, output] = network.layers() else {
            return None;
        };
        if (hidden.fan_in, hidden.units, output.units) != (I, H, O) {
            return None;
        }
        let rest = network.parameters();
        let (hidden_weights, rest) = matrix::<I, H>(rest)?;
        let (hidden_biases, rest) = rest.split_first_chunk()?;
        let (output_weights, rest) = matrix::<H, O>(rest)?;
        let (output_biases, _) = rest.split_first_chunk()?;
        Some(Self {
            hidden_weights,
            hidden_biases,
            output_weights,
            output_biases,
            hidden_activation: hidden.activation,
            output_activation: output.activation,
        })
    }

    /// a = f(w·x + b), layer by layer.
    #[inline]
    pub(super) fn forward(&self, inputs: &[f64; I]) -> Pass<H, O> {
        let mut hidden = weighted_sums(self.hidden_weights, inputs, self.hidden_biases);
        self.hidden_activation.apply(&mut hidden);
        let output_z = weighted_sums(self.output_weights, &hidden, self.output_biases);
        let mut outputs = output_z;
        self.output_activation.apply(&mut outputs);
        Pass {
            hidden,
            output_z,
            outputs,
        }
    }

    /// ∂L/∂parameter, in the order of [`Network::parameters`].
    #[inline]
    pub(super) fn gradient(
        &self,
        pass: &Pass<H, O>,
        loss: Loss,
        (inputs, targets): (&[f64; I], &[f64; O]),
        gradient: &mut [f64],
    ) -> Option<()> {
        let mut output_deltas = [0.0; O];
        loss.output_deltas(
            self.output_activation,
            &pass.outputs,
            targets,
            &mut output_deltas,
        );
        let mut hidden_deltas = [0.0; H];
        for (delta, weights) in output_deltas.iter().zip(self.output_weights) {
            // z = Σ w·x + b: ∂z/∂x = w
            hidden_deltas
                .iter_mut()
                .zip(weights)
                .for_each(|(before, w)| *before += delta * w);
        }
        self.hidden_activation
            .chain(&pass.hidden, &mut hidden_deltas);

        let (hidden_weights, rest) = matrix_mut::<I, H>(gradient)?;
        let (hidden_biases, rest) = rest.split_first_chunk_mut()?;
        let (output_weights, rest) = matrix_mut::<H, O>(rest)?;
        let (output_biases, _) = rest.split_first_chunk_mut()?;
        outer_product(&hidden_deltas, inputs, hidden_weights);
        *hidden_biases = hidden_deltas;
        outer_product(&output_deltas, &pass.hidden, output_weights);
        *output_biases = output_deltas;
        Some(())
    }
}

/// z = w·x + b.
#[inline]
fn weighted_sums<const I: usize, const N: usize>(
    weights: &[[f64; I]; N],
    x: &[f64; I],
    biases: &[f64; N],
) -> [f64; N] {
    let mut sums = [0.0; N];
    for ((sum, weights), bias) in sums.iter_mut().zip(weights).zip(biases) {
        *sum = weights.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + bias;
    }
    sums
}

/// z = Σ w·x + b: ∂z/∂w = x.
#[inline]
fn outer_product<const I: usize, const N: usize>(
    deltas: &[f64; N],
    x: &[f64; I],
    by_weights: &mut [[f64; I]; N],
) {
    for (delta, by_weights) in deltas.iter().zip(by_weights) {
        by_weights
            .iter_mut()
            .zip(x)
            .for_each(|(by_weight, x)| *by_weight = delta * x);
    }
}

/// The first N rows of I numbers, and what follows.
#[inline]
fn matrix<const I: usize, const N: usize>(numbers: &[f64]) -> Option<(&[[f64; I]; N], &[f64])> {
    let (matrix, rest) = numbers.split_at_checked(I * N)?;
    Some((matrix.as_chunks().0.try_into().ok()?, rest))
}

/// The same, mutable.
#[inline]
fn matrix_mut<const I: usize, const N: usize>(
    numbers: &mut [f64],
) -> Option<(&mut [[f64; I]; N], &mut [f64])> {
    let (matrix, rest) = numbers.split_at_mut_checked(I * N)?;
    Some((matrix.as_chunks_mut().0.try_into().ok()?, rest))
}
