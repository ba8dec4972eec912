//! Networks as small as the post's, with all sizes known to the compiler.
//!
//! The same formulas in the same order as [`super::Forward`] and [`super::Backprop`] have for any network, and so
//! the same numbers bit for bit; but without loops, which would cost more here than their bodies, and with all
//! parameters in registers from step to step.

mod lanes;

use super::{Activation, Loss, Network, Optimizer};
pub(super) use lanes::Rows;

/// A number for each parameter of a network with I inputs, one hidden layer of H units and O outputs, in the order of
/// [`Network::parameters`].
#[derive(Clone, Copy)]
pub(super) struct Numbers<const I: usize, const H: usize, const O: usize> {
    hidden_weights: [[f64; I]; H],
    hidden_biases: [f64; H],
    output_weights: [[f64; H]; O],
    output_biases: [f64; O],
}

/// The layers' activations of one sample, and the pre-activations behind the outputs.
pub(super) struct Pass<const H: usize, const O: usize> {
    pub(super) hidden: [f64; H],
    pub(super) output_z: [f64; O],
    pub(super) outputs: [f64; O],
}

/// A network of these sizes.
pub(super) struct Tiny<const I: usize, const H: usize, const O: usize> {
    parameters: Numbers<I, H, O>,
    hidden_activation: Activation,
    output_activation: Activation,
}

/// The sizes of the post's network.
pub(super) type Post = Tiny<2, 2, 1>;

/// The parameters of the post's network.
const PARAMETERS: usize = 9;

/// Takes one step of gradient descent for each sample, in their order, without penalty. Returns whether it has: it is
/// for networks of the post's size. The numbers are the same bit for bit as those of single steps. Shows the gradient of
/// each to `see`. Allocates nothing.
///
/// `inputs` is row-major with shape (samples, inputs), `targets` with shape (samples, outputs).
#[must_use]
#[cfg_attr(not(debug_assertions), inline)]
pub fn descend(
    network: &mut Network,
    optimizer: &mut Optimizer,
    (loss, learning_rate): (Loss, f64),
    inputs: &[f64],
    targets: &[f64],
    mut see: impl FnMut(&[f64]),
) -> bool {
    let Some(mut tiny) = Post::of(network).filter(|_| optimizer.is_plain()) else {
        return false;
    };
    let (inputs, targets) = (inputs.as_chunks().0, targets.as_chunks().0);
    for sample in inputs.iter().zip(targets) {
        let pass = tiny.forward(sample.0);
        let gradient = tiny.gradient(&pass, loss, sample);
        let mut numbers = [0.0; PARAMETERS];
        let _ = gradient.write(&mut numbers);
        see(&numbers);
        tiny.parameters.descend(learning_rate, &gradient);
    }
    optimizer.count(inputs.len());
    tiny.parameters.write(network.parameters_mut()).is_some()
}

impl<const I: usize, const H: usize, const O: usize> Tiny<I, H, O> {
    /// The network, if it has these sizes.
    #[inline]
    pub(super) fn of(network: &Network) -> Option<Self> {
        let [hidden, output] = network.layers() else {
            return None;
        };
        if (hidden.fan_in, hidden.units, output.units) != (I, H, O) {
            return None;
        }
        Some(Self {
            parameters: Numbers::read(network.parameters())?,
            hidden_activation: hidden.activation,
            output_activation: output.activation,
        })
    }

    /// a = f(w·x + b), layer by layer.
    #[inline(always)]
    pub(super) fn forward(&self, inputs: &[f64; I]) -> Pass<H, O> {
        let mut hidden = self.parameters.hidden_sums(inputs);
        self.hidden_activation.apply(&mut hidden);
        let output_z = self.parameters.output_sums(&hidden);
        let mut outputs = output_z;
        self.output_activation.apply(&mut outputs);
        Pass {
            hidden,
            output_z,
            outputs,
        }
    }

    /// ∂L/∂parameter.
    #[inline(always)]
    pub(super) fn gradient(
        &self,
        pass: &Pass<H, O>,
        loss: Loss,
        (inputs, targets): (&[f64; I], &[f64; O]),
    ) -> Numbers<I, H, O> {
        let mut output_biases = [0.0; O];
        loss.output_deltas(
            self.output_activation,
            &pass.outputs,
            targets,
            &mut output_biases,
        );
        let mut hidden_biases = [0.0; H];
        for (delta, weights) in output_biases.iter().zip(&self.parameters.output_weights) {
            // z = Σ w·x + b: ∂z/∂x = w
            hidden_biases
                .iter_mut()
                .zip(weights)
                .for_each(|(before, w)| *before += delta * w);
        }
        self.hidden_activation
            .chain(&pass.hidden, &mut hidden_biases);
        // ∂z/∂b = 1: those of the biases are the layers' δ. ∂z/∂w = x
        Numbers {
            hidden_weights: outer_product(&hidden_biases, inputs),
            hidden_biases,
            output_weights: outer_product(&output_biases, &pass.hidden),
            output_biases,
        }
    }
}

impl<const I: usize, const H: usize, const O: usize> Numbers<I, H, O> {
    /// The first of these numbers; `None` if they are too few.
    #[inline]
    fn read(numbers: &[f64]) -> Option<Self> {
        let (hidden_weights, rest) = numbers.split_at_checked(I * H)?;
        let (hidden_biases, rest) = rest.split_first_chunk()?;
        let (output_weights, rest) = rest.split_at_checked(H * O)?;
        Some(Self {
            hidden_weights: hidden_weights.as_chunks().0.try_into().ok()?,
            hidden_biases: *hidden_biases,
            output_weights: output_weights.as_chunks().0.try_into().ok()?,
            output_biases: *rest.first_chunk()?,
        })
    }

    /// Replaces the first of these numbers; `None` if they are too few.
    #[inline]
    pub(super) fn write(&self, numbers: &mut [f64]) -> Option<()> {
        let (hidden_weights, rest) = numbers.split_at_mut_checked(I * H)?;
        let (hidden_biases, rest) = rest.split_first_chunk_mut()?;
        let (output_weights, rest) = rest.split_at_mut_checked(H * O)?;
        hidden_weights.copy_from_slice(self.hidden_weights.as_flattened());
        *hidden_biases = self.hidden_biases;
        output_weights.copy_from_slice(self.output_weights.as_flattened());
        *rest.first_chunk_mut()? = self.output_biases;
        Some(())
    }

    /// z = w·x + b of the hidden layer.
    #[inline(always)]
    fn hidden_sums(&self, x: &[f64; I]) -> [f64; H] {
        weighted_sums(&self.hidden_weights, x, &self.hidden_biases)
    }

    /// z = w·x + b of the outputs.
    #[inline(always)]
    fn output_sums(&self, x: &[f64; H]) -> [f64; O] {
        weighted_sums(&self.output_weights, x, &self.output_biases)
    }

    /// One step of gradient descent.
    #[inline(always)]
    fn descend(&mut self, learning_rate: f64, gradient: &Self) {
        let step = |(p, g): (&mut f64, &f64)| Optimizer::descend(learning_rate, p, *g);
        let hidden_weights = self.hidden_weights.as_flattened_mut().iter_mut();
        let output_weights = self.output_weights.as_flattened_mut().iter_mut();
        hidden_weights
            .zip(gradient.hidden_weights.as_flattened())
            .for_each(step);
        output_weights
            .zip(gradient.output_weights.as_flattened())
            .for_each(step);
        let hidden_biases = self.hidden_biases.iter_mut();
        let output_biases = self.output_biases.iter_mut();
        hidden_biases.zip(&gradient.hidden_biases).for_each(step);
        output_biases.zip(&gradient.output_biases).for_each(step);
    }
}

/// z = w·x + b.
#[inline(always)]
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

/// δ·x for every neuron and source.
#[inline(always)]
fn outer_product<const I: usize, const N: usize>(deltas: &[f64; N], x: &[f64; I]) -> [[f64; I]; N] {
    let mut products = [[0.0; I]; N];
    for (delta, products) in deltas.iter().zip(&mut products) {
        let products = products.iter_mut().zip(x);
        products.for_each(|(product, x)| *product = delta * x);
    }
    products
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Architecture, Backprop, Coefficients, Forward, LayerSpec, OptimizerKind};

    fn network(units: usize, hidden: Activation, output: Activation) -> Network {
        let mut network = Network::zeros(Architecture {
            inputs: 2,
            hidden: LayerSpec::alike(&[units], hidden),
            output: LayerSpec {
                units: 1,
                activation: output,
            },
        });
        let parameters = network.parameters_mut().iter_mut().enumerate();
        parameters.for_each(|(index, p)| *p = (index as f64).cos());
        network
    }

    const INPUTS: [f64; 8] = [-2.0, -1.0, 25.0, 6.0, 17.0, 4.0, -15.0, -6.0];
    const TARGETS: [f64; 4] = [1.0, 0.0, 0.0, 1.0];

    #[test]
    fn the_steps_of_an_epoch_at_once_have_the_bits_of_single_steps() {
        for loss in Loss::ALL {
            let mut at_once = network(2, Activation::Sigmoid, Activation::Sigmoid);
            let mut optimizer = Optimizer::new(OptimizerKind::Sgd, 9);
            let (mut one_by_one, mut other) = (at_once.clone(), optimizer.clone());
            let mut backprop = Backprop::new(&one_by_one, 1);
            for _ in 0..100 {
                let (how, mut gradients) = ((loss, 0.1), Vec::new());
                let see = |gradient: &[f64]| gradients.push(gradient.to_vec());
                assert!(descend(
                    &mut at_once,
                    &mut optimizer,
                    how,
                    &INPUTS,
                    &TARGETS,
                    see
                ));
                let samples = INPUTS.chunks(2).zip(TARGETS.chunks(1));
                for ((x, y), seen) in samples.zip(gradients) {
                    let gradient = backprop.run(&one_by_one, loss, x, y);
                    assert_eq!(gradient, seen);
                    let parameters = one_by_one.parameters_mut();
                    other.update(0.1, Coefficients::default(), parameters, gradient);
                }
                assert_eq!(at_once, one_by_one);
                assert_eq!(optimizer, other);
            }
        }
    }

    #[test]
    fn nothing_is_done_for_other_networks_and_optimizers() {
        for (hidden, kind) in [(3, OptimizerKind::Sgd), (2, OptimizerKind::Adam)] {
            let mut network = network(hidden, Activation::Tanh, Activation::Sigmoid);
            let mut optimizer = Optimizer::new(kind, network.parameters().len());
            let before = (network.clone(), optimizer.clone());
            let how = (Loss::MeanSquaredError, 0.1);
            assert!(!descend(
                &mut network,
                &mut optimizer,
                how,
                &INPUTS,
                &TARGETS,
                |_| panic!("a step was taken")
            ));
            assert_eq!((network, optimizer), before);
        }
    }

    #[test]
    fn a_few_samples_have_the_same_bits_through_the_posts_network_as_through_any() {
        for (hidden, output) in [
            (Activation::Sigmoid, Activation::Sigmoid),
            (Activation::Tanh, Activation::Linear),
            (Activation::Relu, Activation::Softmax),
        ] {
            let network = network(2, hidden, output);
            for samples in 1..40u16 {
                let inputs: Vec<f64> = (0..2 * samples).map(|i| f64::from(i).sin() * 3.0).collect();
                let samples = usize::from(samples);
                let mut forward = Forward::new(&network, samples);
                let mut general = Forward::keeping_all(&network, samples);
                forward.run(&network, &inputs);
                general.run(&network, &inputs);
                for layer in 0..2 {
                    let activations = general.of_layer(&network, layer);
                    assert_eq!(forward.of_layer(&network, layer), activations, "{samples}");
                }
                assert_eq!(forward.output_z(&network), general.output_z(&network));
            }
        }
    }
}
