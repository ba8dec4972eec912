//! The forward pass: from inputs to predictions.

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

use super::kernels::matrix::Matrix;
use super::kernels::panel::WorkSpace;
use super::kernels::product::{WORTH_PACKING, product};
use super::tiny::Pass;
use super::{Layer, Network};

/// The work space of a forward pass, allocated once for a network and a largest batch, and what the pass
/// leaves there: the activations of every layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Forward {
    /// The most samples that a pass can have.
    capacity: usize,
    /// The samples of the last pass.
    samples: usize,
    /// Each layer's activations: row-major blocks with shape (samples, units), each with room for `capacity`
    /// samples. The inputs stay where they are.
    activations: Vec<f64>,
    /// The pre-activations of the output layer, with shape (samples, outputs).
    output_z: Vec<f64>,
    /// Work space of the products.
    space: WorkSpace,
}

impl Forward {
    /// Work space for passes of up to `capacity` samples.
    #[must_use]
    pub fn new(network: &Network, capacity: usize) -> Self {
        let architecture = network.architecture();
        let fan_ins = network.layers().iter().map(|layer| layer.fan_in);
        Self {
            capacity,
            samples: 0,
            activations: vec![0.0; capacity * architecture.sizes()[1..].iter().sum::<usize>()],
            output_z: vec![0.0; capacity * architecture.outputs],
            space: WorkSpace::new(fan_ins.max().unwrap_or(0)),
        }
    }

    /// For every sample and neuron a = f(w·x + b), where x are the activations of the layer before. Allocates
    /// nothing.
    ///
    /// # Panics
    ///
    /// If `inputs` has not one value for each input of each sample, there are more samples than the
    /// capacity, or the work space is another network's.
    pub fn run(&mut self, network: &Network, inputs: &[f64]) {
        Arch::new().dispatch(ForwardPass {
            forward: self,
            network,
            inputs,
        });
    }

    /// [`Self::run`], compiled for one kind of vector instructions.
    #[inline(always)]
    pub(super) fn run_with<S: Simd>(&mut self, simd: S, network: &Network, inputs: &[f64]) {
        let width = network.architecture().inputs;
        self.samples = inputs.len() / width;
        assert!(self.samples <= self.capacity && self.samples * width == inputs.len());
        for (index, layer) in network.layers().iter().enumerate() {
            self.weighted_sums(simd, network, layer, inputs);
            let block = self.block(layer.outputs.start, layer.units);
            let block = &mut self.activations[block];
            if index + 1 == network.layers().len() {
                self.output_z[..block.len()].copy_from_slice(block);
            }
            layer.activation.apply_to_rows(simd, block, layer.units);
        }
    }

    /// z = w·x + b of one layer, where its activations will be.
    #[inline(always)]
    fn weighted_sums<S: Simd>(
        &mut self,
        simd: S,
        network: &Network,
        layer: &Layer,
        inputs: &[f64],
    ) {
        let before = self.block_before(layer);
        let sums = self.block(layer.outputs.start, layer.units);
        let (activations, after) = self.activations.split_at_mut(sums.start);
        let x = before.map_or(inputs, |before| &activations[before]);
        let sums = &mut after[..sums.len()];
        let weights = network.weights_of(layer);
        let biases = &network.parameters()[layer.biases.clone()];
        if sums.len() * layer.fan_in >= WORTH_PACKING {
            // Z = X·Wᵀ + b
            let x = Matrix::rows(x, layer.fan_in);
            let weights = Matrix::rows(weights, layer.fan_in);
            let factors = (x, weights.transposed());
            let shape = (layer.units, layer.fan_in);
            return product(simd, sums, factors, biases, shape, &mut self.space);
        }
        let samples = x.chunks_exact(layer.fan_in);
        for (x, sums) in samples.zip(sums.chunks_exact_mut(layer.units)) {
            let neurons = weights.chunks_exact(layer.fan_in).zip(biases);
            for (z, (weights, bias)) in sums.iter_mut().zip(neurons) {
                let sum: f64 = weights.iter().zip(x).map(|(w, x)| w * x).sum();
                *z = sum + bias;
            }
        }
    }

    /// Becomes what [`Self::run`] would leave for one sample of a network with one hidden layer.
    #[inline]
    pub(super) fn keep<const H: usize, const O: usize>(&mut self, pass: &Pass<H, O>) {
        self.samples = 1;
        let outputs = H * self.capacity;
        self.activations[..H].copy_from_slice(&pass.hidden);
        self.activations[outputs..outputs + O].copy_from_slice(&pass.outputs);
        self.output_z[..O].copy_from_slice(&pass.output_z);
    }

    /// Where the block of the layer before lies; nothing for the first, which reads the inputs.
    #[inline(always)]
    pub(super) fn block_before(&self, layer: &Layer) -> Option<Range<usize>> {
        let first_unit = layer.outputs.start.checked_sub(layer.fan_in)?;
        Some(self.block(first_unit, layer.fan_in))
    }

    /// Where the block of a layer lies that begins at so many units.
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

    /// The activations of one of [`Network::layers`], row-major with shape (samples, units).
    #[must_use]
    pub fn of_layer(&self, network: &Network, layer: usize) -> &[f64] {
        let layer = &network.layers()[layer];
        &self.activations[self.block(layer.outputs.start, layer.units)]
    }

    /// What the output layer said, row-major with shape (samples, outputs).
    #[must_use]
    pub fn predictions(&self, network: &Network) -> &[f64] {
        let outputs = network.architecture().outputs;
        let first_unit = self.activations.len() / self.capacity - outputs;
        &self.activations[self.block(first_unit, outputs)]
    }

    /// The pre-activations behind the predictions, with the same shape.
    #[must_use]
    pub fn output_z(&self) -> &[f64] {
        &self.output_z[..self.samples * self.output_z.len() / self.capacity]
    }
}

/// A forward pass that is to be run with the best vector instructions.
struct ForwardPass<'a> {
    forward: &'a mut Forward,
    network: &'a Network,
    inputs: &'a [f64],
}

impl WithSimd for ForwardPass<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        self.forward.run_with(simd, self.network, self.inputs);
    }
}
