//! The chain rule: from a batch's loss back to the derivative of every parameter.

mod descent;
mod joined;
mod narrow;
mod part;
mod stages;

use pulp::{Arch, Simd, WithSimd};

use super::kernels::panel::WorkSpaces;
use super::place::Place;
use super::tiny::Tiny;
use super::{Forward, Layer, Loss, Network};
pub use descent::Descended;
use descent::descents;
use joined::{JoinedPart, can_be_joined};
use narrow::{NarrowPart, is_narrow};
use part::{BackPart, BiasPart, GradientPart, InSpace};
use stages::Stage;

/// The work space of a forward and a backward pass, allocated once for a network and a largest batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Backprop {
    pub(super) forward: Forward,
    /// Laid out like the activations. A neuron's element is first ∂L/∂a, then δ = ∂L/∂z.
    deltas: Vec<f64>,
    /// ∂L/∂a of the hidden layers, laid out likewise, if it is kept.
    by_activation: Option<Vec<f64>>,
    /// Laid out like the parameters: ∂L/∂w and ∂L/∂b; in [`Self::descend`] what is to be the next parameters.
    gradient: Vec<f64>,
    /// Work space of the products.
    spaces: WorkSpaces,
    /// How far [`Self::advance`] has come.
    stage: Stage,
}

impl Backprop {
    /// Work space for batches of up to `capacity` samples.
    #[must_use]
    pub fn new(network: &Network, capacity: usize) -> Self {
        Self::around(Forward::new(network, capacity), network)
    }

    /// Work space for one sample, in which [`Self::run_general`] leaves every number of both passes.
    pub(super) fn keeping_all(network: &Network) -> Self {
        let mut backprop = Self::around(Forward::keeping_all(network, 1), network);
        backprop.by_activation = Some(backprop.deltas.clone());
        backprop
    }

    fn around(forward: Forward, network: &Network) -> Self {
        let layers = network.layers().iter();
        let units = layers.clone().map(|layer| layer.units).max().unwrap_or(0);
        let fan_in = layers.map(|layer| layer.fan_in).max().unwrap_or(0);
        // The sums over samples, and those over units.
        let rows = forward.capacity().max(units);
        Self {
            deltas: vec![0.0; forward.activations().len()],
            by_activation: None,
            gradient: vec![0.0; network.parameters().len()],
            spaces: WorkSpaces::new((rows, fan_in, rows)),
            forward,
            stage: Stage::default(),
        }
    }

    /// The gradient of a batch's mean loss, all of it from the present parameters. Allocates nothing.
    ///
    /// `inputs` is row-major with shape (samples, inputs), `targets` with shape (samples, outputs).
    ///
    /// # Panics
    ///
    /// If the shapes do not fit, or there are more samples than the capacity.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn run(
        &mut self,
        network: &Network,
        loss: Loss,
        inputs: &[f64],
        targets: &[f64],
    ) -> &mut [f64] {
        if self.run_tiny(network, loss, inputs, targets).is_none() {
            self.run_general(network, loss, inputs, targets);
        }
        &mut self.gradient
    }

    /// [`Self::run`] for networks and batches of any size, which also keeps every δ.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn run_general(
        &mut self,
        network: &Network,
        loss: Loss,
        inputs: &[f64],
        targets: &[f64],
    ) {
        self.run_both_passes(network, (loss, None), inputs, targets);
    }

    /// Leaves the gradient, or what a step of this learning rate makes of it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run_both_passes(
        &mut self,
        network: &Network,
        (loss, learning_rate): (Loss, Option<f64>),
        inputs: &[f64],
        targets: &[f64],
    ) {
        Arch::new().dispatch(BothPasses {
            backprop: self,
            network,
            loss,
            learning_rate,
            inputs,
            targets,
        });
    }

    /// [`Self::run`] for one sample and a network of the post's size; `None` for all others.
    #[inline]
    fn run_tiny(
        &mut self,
        network: &Network,
        loss: Loss,
        inputs: &[f64],
        targets: &[f64],
    ) -> Option<()> {
        let sample = (inputs.try_into().ok()?, targets.try_into().ok()?);
        let passes = Tiny::of(network)?.passes(loss, sample);
        self.forward.keep(&passes);
        self.gradient.copy_from_slice(&passes.gradient);
        Some(())
    }

    /// δ of the output layer, each sample's share of the mean.
    #[inline(always)]
    fn start_at_outputs(&mut self, network: &Network, loss: Loss, targets: &[f64]) {
        let last = network.output_layer();
        let samples = self.forward.samples();
        assert_eq!(targets.len(), samples * last.units);
        let block = self.forward.block(last.outputs.start, last.units);
        let predictions = &self.forward.activations()[block.clone()];
        let deltas = &mut self.deltas[block];
        loss.output_deltas((last.activation, last.units), predictions, targets, deltas);
        let share = 1.0 / self.forward.batch() as f64;
        if share < 1.0 {
            deltas.iter_mut().for_each(|delta| *delta *= share);
        }
    }

    /// ∂L/∂w and ∂L/∂b of one layer, from its δ: the sum over the samples, added to that over earlier ones of the
    /// batch; with a learning rate, the step of descent that is made of it.
    #[inline(always)]
    fn gradient_of_layer<'a>(
        &'a mut self,
        (network, layer): (&'a Network, &'a Layer),
        inputs: &'a [f64],
        has_earlier: bool,
        learning_rate: Option<f64>,
    ) -> (GradientPart<'a>, &'a mut WorkSpaces) {
        let descent = learning_rate.map(|learning_rate| descents(network, layer, learning_rate));
        let gradient = &mut self.gradient[layer.weights.start..layer.biases.end];
        let (by_weights, by_biases) = gradient.split_at_mut(layer.weights.len());
        let part = GradientPart {
            batch: self.forward.batch(),
            inputs: self.forward.sources_of(layer, inputs),
            by_weights,
            descent: descent.map(|[of_weights, _]| of_weights),
            biases: BiasPart {
                layer,
                first_unit: 0,
                deltas: &self.deltas[self.forward.block(layer.outputs.start, layer.units)],
                by_biases,
                has_earlier,
                descent: descent.map(|[_, of_biases]| of_biases),
            },
        };
        (part, &mut self.spaces)
    }

    /// δ of the layer before, from a layer's δ.
    #[inline(always)]
    fn back_to_layer_before<'a>(
        &'a mut self,
        network: &'a Network,
        before: &'a Layer,
        layer: &'a Layer,
    ) -> (BackPart<'a>, &'a mut WorkSpaces) {
        let block_before = self.forward.block(before.outputs.start, before.units);
        let kept = self.by_activation.as_mut();
        let part = BackPart {
            kept: kept.map(|kept| &mut kept[block_before]),
            ..back_part(network, (before, layer), &self.forward, &mut self.deltas)
        };
        (part, &mut self.spaces)
    }

    /// Both of these for a batch of few samples, with the step of descent.
    #[inline(always)]
    fn joined<'a>(
        &'a mut self,
        network: &'a Network,
        (before, layer): (&'a Layer, &'a Layer),
        learning_rate: f64,
    ) -> (JoinedPart<'a>, &'a mut WorkSpaces) {
        let [_, of_biases] = descents(network, layer, learning_rate);
        let gradient = &mut self.gradient[layer.weights.start..layer.biases.end];
        let (next, by_biases) = gradient.split_at_mut(layer.weights.len());
        let back = back_part(network, (before, layer), &self.forward, &mut self.deltas);
        let part = JoinedPart {
            learning_rate,
            next: Place::Rows(next),
            biases: Some(back.biases(by_biases, Some(of_biases))),
            back,
        };
        (part, &mut self.spaces)
    }

    /// The same for a narrow layer, with the gradient and no step.
    #[inline(always)]
    fn narrow<'a>(
        &'a mut self,
        network: &'a Network,
        (before, layer): (&'a Layer, &'a Layer),
    ) -> NarrowPart<'a> {
        let gradient = &mut self.gradient[layer.weights.start..layer.biases.end];
        let (by_weights, by_biases) = gradient.split_at_mut(layer.weights.len());
        let back = back_part(network, (before, layer), &self.forward, &mut self.deltas);
        NarrowPart {
            by_weights,
            biases: back.biases(by_biases, None),
            back,
        }
    }

    /// The forward pass of [`Self::run`], or one without a way back.
    pub fn forward(&mut self) -> &mut Forward {
        &mut self.forward
    }

    /// δ = ∂L/∂z of a layer, row-major with shape (samples, units), as [`Self::run_general`] left it.
    pub(super) fn deltas_of(&self, network: &Network, layer: usize) -> &[f64] {
        let layer = &network.layers()[layer];
        &self.deltas[self.forward.block(layer.outputs.start, layer.units)]
    }

    /// ∂L/∂a of a hidden layer, with the same shape, as [`Self::run_general`] left it.
    pub(super) fn by_activation_of(&self, network: &Network, layer: usize) -> Option<&[f64]> {
        let layer = &network.layers()[layer];
        let block = self.forward.block(layer.outputs.start, layer.units);
        self.by_activation.as_ref().map(|kept| &kept[block])
    }

    /// The same as [`Self::gradient`], to add to it, or to take as many other numbers for it.
    #[inline]
    pub fn gradient_mut(&mut self) -> &mut Vec<f64> {
        &mut self.gradient
    }

    /// What [`Self::run`] computed last: ∂L/∂parameter, in the order of [`Network::parameters`].
    #[must_use]
    pub fn gradient(&self) -> &[f64] {
        &self.gradient
    }
}

/// The way back through all of a layer.
#[inline(always)]
fn back_part<'a>(
    network: &'a Network,
    (before, layer): (&'a Layer, &'a Layer),
    forward: &'a Forward,
    deltas: &'a mut [f64],
) -> BackPart<'a> {
    let block_before = forward.block(before.outputs.start, before.units);
    let block = forward.block(layer.outputs.start, layer.units);
    let (deltas_before, deltas) = deltas.split_at_mut(block.start);
    BackPart {
        layer,
        before,
        batch: forward.batch(),
        first_unit: 0,
        weights: network.weights_of(layer),
        deltas: &deltas[..block.len()],
        activations: &forward.activations()[block_before.clone()],
        deltas_before: Place::Rows(&mut deltas_before[block_before]),
        kept: None,
    }
}

/// A forward and a backward pass for the best vector instructions.
struct BothPasses<'a> {
    backprop: &'a mut Backprop,
    network: &'a Network,
    loss: Loss,
    learning_rate: Option<f64>,
    inputs: &'a [f64],
    targets: &'a [f64],
}

impl WithSimd for BothPasses<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self {
            backprop, network, ..
        } = self;
        let batch = self.inputs.len() / network.architecture().inputs;
        let forward = &mut backprop.forward;
        forward.run_with(simd, network, self.inputs, batch);
        backprop.start_at_outputs(network, self.loss, self.targets);
        for (index, layer) in network.layers().iter().enumerate().rev() {
            let before = index.checked_sub(1).map(|before| &network.layers()[before]);
            if let Some((before, learning_rate)) = before.zip(self.learning_rate)
                && can_be_joined((before, layer), batch, 1)
            {
                let (part, spaces) = backprop.joined(network, (before, layer), learning_rate);
                // A function of its own, apart from those of small layers.
                simd.vectorize(InSpace(part, spaces.first()));
                continue;
            }
            if let Some(before) = before
                && self.learning_rate.is_none()
                && backprop.by_activation.is_none()
                && is_narrow::<S>(layer, batch)
            {
                simd.vectorize(backprop.narrow(network, (before, layer)));
                continue;
            }
            let of = (network, layer);
            let (part, spaces) =
                backprop.gradient_of_layer(of, self.inputs, false, self.learning_rate);
            InSpace(part, spaces.first()).with_simd(simd);
            if let Some(before) = before {
                let (part, spaces) = backprop.back_to_layer_before(network, before, layer);
                InSpace(part, spaces.first()).with_simd(simd);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Activation, Architecture, LayerSpec};

    proptest! {
        #[test]
        fn the_path_of_the_posts_network_gives_the_bits_of_the_general_one(
            parameters in prop::collection::vec(-3.0f64..3.0, 9),
            inputs in prop::array::uniform2(-20.0f64..20.0),
            target in 0.0f64..1.0,
        ) {
            for hidden_activation in Activation::HIDDEN {
                for output_activation in Activation::OUTPUT {
                    for loss in Loss::ALL.into_iter().filter(|loss| loss.goes_with(output_activation)) {
                        let mut network = Network::zeros(Architecture {
                            inputs: 2,
                            hidden: LayerSpec::alike(&[2], hidden_activation),
                            output: LayerSpec {
                                units: 1,
                                activation: output_activation,
                            },
                        });
                        network.parameters_mut().copy_from_slice(&parameters);
                        let (network, inputs, targets) = (&network, &inputs, &[target]);
                        let (mut own, mut general) = (Backprop::new(network, 3), Backprop::keeping_all(network));
                        own.run_tiny(network, loss, inputs, targets).unwrap();
                        general.run_general(network, loss, inputs, targets);
                        prop_assert_eq!(&own.gradient, &general.gradient);
                        prop_assert_eq!(own.forward.predictions(network), general.forward.predictions(network));
                        prop_assert_eq!(own.forward.output_z(network), general.forward.output_z(network));
                        let hidden = [&own, &general].map(|passes| passes.forward.of_layer(network, 0));
                        prop_assert_eq!(hidden[0], hidden[1]);
                    }
                }
            }
        }
    }
}
