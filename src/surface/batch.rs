//! Many points at once: the forward pass of a batch, from raw values.

use crate::data::Preprocessing;
use crate::nn::{Forward, Network};

/// Points that go through a network together. Its memory is allocated once.
#[derive(Debug)]
pub struct Batch<'a> {
    network: &'a Network,
    preprocessing: &'a Preprocessing,
    /// The inputs of the points since the last pass, row-major with shape (points, inputs).
    inputs: Vec<f64>,
    forward: Forward,
}

impl<'a> Batch<'a> {
    /// The most points of a batch: enough to use the vector instructions, few enough to stay in the cache.
    pub const CAPACITY: usize = 256;

    /// An empty batch for a network and what its inputs are made from.
    #[must_use]
    pub fn new(network: &'a Network, preprocessing: &'a Preprocessing) -> Self {
        Self {
            network,
            preprocessing,
            inputs: Vec::with_capacity(Self::CAPACITY * preprocessing.inputs().len()),
            forward: Forward::new(network, Self::CAPACITY),
        }
    }

    /// Adds a point with these raw values, one for each feature. Returns whether the batch is full: then it has to
    /// be run.
    pub fn push(&mut self, raw: &[f64]) -> bool {
        self.preprocessing.append_inputs(raw, &mut self.inputs);
        self.inputs.len() >= Self::CAPACITY * self.preprocessing.inputs().len()
    }

    /// Returns whether there is no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Sends all points through the network, in their order, and empties the batch.
    pub fn run(&mut self) -> &Forward {
        self.forward.run(self.network, &self.inputs);
        self.inputs.clear();
        &self.forward
    }
}
