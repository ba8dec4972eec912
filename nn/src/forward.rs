//! The forward pass: from inputs to predictions.

mod part;

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

use super::kernels::matrix::rows_of;
use super::kernels::panel::WorkSpaces;
use super::place::Place;
use super::tiny::{Passes, Rows, Tiny};
use super::{Activation, Executor, Layer, LayerSpec, Loss, Network, Piece};
use part::{InSpace, Part, Sums};
pub(super) use part::{is_worth_packing, part_of_samples, threads_for};

/// The most multiplications of a forward pass that are made in one go.
pub(super) const AT_ONCE: usize = 1 << 23;

/// The work space of a forward pass, allocated once for a network and a largest batch, and what the pass
/// leaves there: the activations of every layer, and the pre-activations of the output layer or of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Forward {
    /// The most samples that a pass can have.
    capacity: usize,
    /// The samples of the last pass.
    samples: usize,
    /// The samples of the batch that it was a part of, or all of.
    batch: usize,
    /// Each layer's activations: row-major blocks with shape (samples, units), each with room for `capacity`
    /// samples. The inputs stay where they are.
    activations: Vec<f64>,
    /// The pre-activations of the last layers, laid out like the activations.
    pre_activations: Vec<f64>,
    /// The first unit of the layers whose pre-activations are kept.
    first_kept: usize,
    /// Work space of the products.
    spaces: WorkSpaces,
    /// The next layer of [`Self::advance`].
    next_layer: usize,
}

impl Forward {
    /// Work space for passes of up to `capacity` samples, which keep the pre-activations of the output layer.
    #[must_use]
    pub fn new(network: &Network, capacity: usize) -> Self {
        Self::keeping(network, capacity, network.output_layer().outputs.start)
    }

    /// Work space for passes of up to `capacity` samples, which keep the pre-activations of every layer.
    #[must_use]
    pub fn keeping_all(network: &Network, capacity: usize) -> Self {
        Self::keeping(network, capacity, 0)
    }

    fn keeping(network: &Network, capacity: usize, first_kept: usize) -> Self {
        let layers = network.layers().iter();
        let units: usize = layers.clone().map(|layer| layer.units).sum();
        let widest = layers.clone().map(|layer| layer.units).max();
        let fan_in = layers.map(|layer| layer.fan_in).max();
        Self {
            capacity,
            samples: 0,
            batch: 0,
            activations: vec![0.0; capacity * units],
            pre_activations: vec![0.0; capacity * (units - first_kept)],
            first_kept,
            spaces: WorkSpaces::new((capacity, widest.unwrap_or(0), fan_in.unwrap_or(0))),
            next_layer: 0,
        }
    }

    /// For every sample and neuron a = f(w·x + b), where x are the activations of the layer before. Allocates
    /// nothing.
    ///
    /// # Panics
    ///
    /// If `inputs` has not one value for each input of each sample, there are more samples than the
    /// capacity, or the work space is another network's.
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn run(&mut self, network: &Network, inputs: &[f64]) {
        self.run_part(
            network,
            inputs,
            inputs.len() / network.architecture().inputs,
        );
    }

    /// [`Self::run`] for a part of a batch of so many samples. Each sample has the bits that it has in the whole batch,
    /// whichever samples are in its part.
    ///
    /// # Panics
    ///
    /// As [`Self::run`].
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn run_part(&mut self, network: &Network, inputs: &[f64], batch: usize) {
        Arch::new().dispatch(ForwardPass {
            forward: self,
            network,
            inputs,
            batch,
        });
    }

    /// [`Self::run_part`], or one layer of it if all of it takes long; that on all threads. Returns whether the pass is
    /// complete. Until then, every call must have the same arguments, or [`Self::restart`] must come before it.
    ///
    /// # Panics
    ///
    /// As [`Self::run`].
    pub fn advance(
        &mut self,
        network: &Network,
        inputs: &[f64],
        batch: usize,
        executor: &dyn Executor,
    ) -> bool {
        let samples = rows_of(network.architecture().inputs, inputs, batch);
        if samples.saturating_mul(network.parameters().len()) <= AT_ONCE {
            self.run_part(network, inputs, batch);
            return true;
        }
        self.begin(network, inputs, batch);
        let layer = &network.layers()[self.next_layer];
        self.share_layer(executor, network, layer, inputs);
        self.next_layer = (self.next_layer + 1) % network.layers().len();
        self.next_layer == 0
    }

    /// Begins again with the next [`Self::advance`].
    pub fn restart(&mut self) {
        self.next_layer = 0;
    }

    /// [`Self::run_part`], compiled for one kind of vector instructions.
    #[inline(always)]
    pub(super) fn run_with<S: Simd>(
        &mut self,
        simd: S,
        network: &Network,
        inputs: &[f64],
        batch: usize,
    ) {
        self.begin(network, inputs, batch);
        if let Some(tiny) = self.tiny(network) {
            return tiny.forward_rows(simd, inputs, self.rows(network));
        }
        for layer in network.layers() {
            self.run_layer(simd, network, layer, inputs);
        }
    }

    /// Begins a pass of these inputs, which are a part of a batch of so many samples.
    #[inline(always)]
    pub(super) fn begin(&mut self, network: &Network, inputs: &[f64], batch: usize) {
        let width = network.architecture().inputs;
        self.samples = rows_of(width, inputs, batch);
        self.batch = batch;
        assert!(self.samples <= self.capacity && self.samples * width == inputs.len());
    }

    /// Goes on with one layer.
    #[inline(always)]
    pub(super) fn run_layer<S: Simd>(
        &mut self,
        simd: S,
        network: &Network,
        layer: &Layer,
        inputs: &[f64],
    ) {
        let (part, spaces) = self.whole(network, layer, inputs);
        InSpace(part, spaces.first()).with_simd(simd);
    }

    /// Goes on with one layer, on all threads if it is worth that. The bits are the same.
    pub(super) fn share_layer(
        &mut self,
        executor: &dyn Executor,
        network: &Network,
        layer: &Layer,
        inputs: &[f64],
    ) {
        let threads = threads_for(executor, self.samples, layer);
        let (whole, spaces) = self.whole(network, layer, inputs);
        if threads == 1 {
            return Arch::new().dispatch(InSpace(whole, spaces.first()));
        }
        let parts = whole.divided(threads).into_iter().zip(spaces.of(threads));
        let piece = |(part, space)| -> Piece<'_> {
            Box::new(|| Arch::new().dispatch(InSpace(part, space)))
        };
        executor.run(parts.map(piece).collect());
    }

    /// All of a layer.
    #[inline(always)]
    fn whole<'a>(
        &'a mut self,
        network: &'a Network,
        layer: &'a Layer,
        inputs: &'a [f64],
    ) -> (Part<'a>, &'a mut WorkSpaces) {
        let before = self.block_before(layer);
        let block = self.block(layer.outputs.start, layer.units);
        let kept = self.kept_block(layer);
        let (earlier, after) = self.activations.split_at_mut(block.start);
        let part = Part {
            sums: Sums {
                layer,
                batch: self.batch,
                weights: network.weights_of(layer),
                biases: &network.parameters()[layer.biases.clone()],
                x: sources(before, earlier, inputs),
            },
            activations: Place::Rows(&mut after[..block.len()]),
            kept: kept.map(|kept| &mut self.pre_activations[kept]),
        };
        (part, &mut self.spaces)
    }

    /// Takes over a pass of one sample through a network of the post's size.
    #[inline]
    pub(super) fn keep(&mut self, passes: &Passes) {
        let units = passes.hidden.len();
        debug_assert_eq!(self.first_kept, units);
        (self.samples, self.batch) = (1, 1);
        self.activations[..units].copy_from_slice(&passes.hidden);
        self.activations[units * self.capacity] = passes.output;
        self.pre_activations[0] = passes.output_z;
    }

    /// A network of the post's size, if the samples of the batch are few and nothing is kept of its hidden layer.
    #[inline(always)]
    fn tiny(&self, network: &Network) -> Option<Tiny> {
        let is_large = self.first_kept == 0 || is_worth_packing(self.batch, &network.layers()[0]);
        if is_large { None } else { Tiny::of(network) }
    }

    /// The blocks of a network with one hidden layer.
    #[inline(always)]
    fn rows(&mut self, network: &Network) -> Rows<'_> {
        let [hidden, output] = network.layers() else {
            unreachable!("another number of hidden layers")
        };
        let hidden_block = self.block(0, hidden.units);
        let output_block = self.block(hidden.units, output.units);
        let (hidden, outputs) = self.activations.split_at_mut(output_block.start);
        Rows {
            hidden: &mut hidden[hidden_block],
            output_z: &mut self.pre_activations[..output_block.len()],
            outputs: &mut outputs[..output_block.len()],
        }
    }

    /// What a layer listens to: the activations of the layer before, or these inputs.
    #[inline(always)]
    pub(super) fn sources_of<'a>(&'a self, layer: &Layer, inputs: &'a [f64]) -> &'a [f64] {
        sources(self.block_before(layer), &self.activations, inputs)
    }

    /// Where the block of the layer before lies; `None` for the first, which listens to the inputs.
    #[inline(always)]
    fn block_before(&self, layer: &Layer) -> Option<Range<usize>> {
        let first_unit = layer.outputs.start.checked_sub(layer.fan_in)?;
        Some(self.block(first_unit, layer.fan_in))
    }

    /// Where the block of a layer's pre-activations lies, if they are kept.
    #[inline(always)]
    fn kept_block(&self, layer: &Layer) -> Option<Range<usize>> {
        let first_unit = layer.outputs.start.checked_sub(self.first_kept)?;
        Some(self.block(first_unit, layer.units))
    }

    /// Where the block of a layer lies that starts after this many units.
    #[inline]
    pub(super) fn block(&self, first_unit: usize, units: usize) -> Range<usize> {
        let start = first_unit * self.capacity;
        start..start + self.samples * units
    }

    /// The most samples that a pass can have.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// All blocks.
    #[inline]
    pub(super) fn activations(&self) -> &[f64] {
        &self.activations
    }

    /// The samples of the last pass.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// The samples of the batch that the last pass was a part of, or all of.
    #[inline]
    pub(super) fn batch(&self) -> usize {
        self.batch
    }

    /// The activations of one of [`Network::layers`], row-major with shape (samples, units).
    #[must_use]
    pub fn of_layer(&self, network: &Network, layer: usize) -> &[f64] {
        let layer = &network.layers()[layer];
        &self.activations[self.block(layer.outputs.start, layer.units)]
    }

    /// The pre-activations of one of [`Network::layers`], with the same shape.
    ///
    /// # Panics
    ///
    /// If this work space does not keep them.
    #[must_use]
    pub fn pre_activations_of(&self, network: &Network, layer: usize) -> &[f64] {
        let kept = self.kept_block(&network.layers()[layer]);
        &self.pre_activations[kept.expect("pre-activations that are kept")]
    }

    /// The activations of the output layer, row-major with shape (samples, outputs).
    #[must_use]
    pub fn predictions(&self, network: &Network) -> &[f64] {
        self.of_layer(network, network.layers().len() - 1)
    }

    /// The pre-activations behind the predictions, with the same shape.
    #[must_use]
    pub fn output_z(&self, network: &Network) -> &[f64] {
        self.pre_activations_of(network, network.layers().len() - 1)
    }

    /// Adds the loss of every sample of the last pass to a sum, one after the other. `targets` is row-major with
    /// shape (samples, outputs).
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn add_losses(&self, sum: f64, network: &Network, loss: Loss, targets: &[f64]) -> f64 {
        let LayerSpec { units, activation } = network.architecture().output;
        let numbers = [self.output_z(network), self.predictions(network), targets];
        if units == 1 {
            // Of a length that is known the loops over a row are unrolled.
            let rows = numbers.map(|numbers| numbers.as_chunks::<1>().0.iter());
            return add_losses(sum, (loss, activation), rows);
        }
        let rows = numbers.map(|numbers| numbers.chunks_exact(units));
        add_losses(sum, (loss, activation), rows)
    }
}

/// Adds the loss of every sample to a sum, from rows of pre-activations, predictions and targets.
#[inline(always)]
fn add_losses<R: AsRef<[f64]>>(
    sum: f64,
    (loss, activation): (Loss, Activation),
    [z, predictions, targets]: [impl Iterator<Item = R>; 3],
) -> f64 {
    let samples = z.zip(predictions).zip(targets);
    samples.fold(sum, |sum, ((z, predictions), targets)| {
        sum + loss.value(
            activation,
            z.as_ref(),
            predictions.as_ref(),
            targets.as_ref(),
        )
    })
}

/// The block of the layer before, or the inputs.
#[inline(always)]
fn sources<'a>(
    before: Option<Range<usize>>,
    activations: &'a [f64],
    inputs: &'a [f64],
) -> &'a [f64] {
    before.map_or(inputs, |before| &activations[before])
}

/// A forward pass for the best vector instructions.
struct ForwardPass<'a> {
    forward: &'a mut Forward,
    network: &'a Network,
    inputs: &'a [f64],
    batch: usize,
}

impl WithSimd for ForwardPass<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let forward = self.forward;
        forward.run_with(simd, self.network, self.inputs, self.batch);
    }
}
