//! Many points at once: the forward pass of a batch, from raw values.

use crate::data::Preprocessing;
use crate::nn::{Forward, Network};

/// About the most multiplications of a pass, which takes a fraction of a second.
const MULTIPLICATIONS: usize = 1 << 30;

/// Points that go through a network together. Its memory is allocated once.
///
/// A point has the same bits, whichever points are in its batch.
#[derive(Debug)]
pub struct Batch<'a> {
    network: &'a Network,
    preprocessing: &'a Preprocessing,
    /// The inputs of the points since the last pass, row-major with shape (points, inputs).
    inputs: Vec<f64>,
    forward: Forward,
    capacity: usize,
}

impl<'a> Batch<'a> {
    /// The most points of a batch: enough to use the vector instructions, few enough to stay in the cache.
    const MOST: usize = 256;

    /// The most points of a batch of the largest networks.
    const FEWEST: usize = 16;

    /// An empty batch for a network and what its inputs are made from.
    #[must_use]
    pub fn new(network: &'a Network, preprocessing: &'a Preprocessing) -> Self {
        let capacity = MULTIPLICATIONS / network.parameters().len();
        let capacity = capacity.clamp(Self::FEWEST, Self::MOST);
        Self {
            network,
            preprocessing,
            inputs: Vec::with_capacity(capacity * preprocessing.inputs().len()),
            forward: Forward::new(network, capacity),
            capacity,
        }
    }

    /// How many points fill it.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Adds a point with these raw values, one for each feature. Returns whether the batch is full: then it has to
    /// be run.
    pub fn push(&mut self, raw: &[f64]) -> bool {
        self.preprocessing.append_inputs(raw, &mut self.inputs);
        self.inputs.len() >= self.capacity * self.preprocessing.inputs().len()
    }

    /// Returns whether there is no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Sends all points through the network, in their order, and empties the batch.
    pub fn run(&mut self) -> &Forward {
        let forward = &mut self.forward;
        forward.run_part(self.network, &self.inputs, self.capacity);
        self.inputs.clear();
        &self.forward
    }
}
