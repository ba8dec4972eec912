//! One step of training with all of its numbers.

use crate::data::Dataset;
use crate::nn::{Network, Parameter, Trace};
use crate::session::{NextStep, Position, TrainingConfig};

/// A step, and one sample of its batch on its way through the network and back.
#[derive(Debug, Clone, PartialEq)]
pub struct TracedStep {
    /// Where the run stands before it.
    pub position: Position,
    /// The network before it.
    pub network: Network,
    /// What it does.
    pub step: NextStep,
    /// Which sample of the batch is followed.
    pub place: usize,
    /// The sample's way.
    pub trace: Trace,
}

impl TracedStep {
    pub(super) fn new(
        position: Position,
        network: Network,
        step: NextStep,
        place: usize,
        config: &TrainingConfig,
        dataset: &Dataset,
    ) -> Self {
        let place = place.min(step.samples.len() - 1);
        let trace = trace(&network, step.samples[place], config, dataset);
        Self {
            position,
            network,
            step,
            place,
            trace,
        }
    }

    /// Follows another sample of the batch.
    pub(super) fn follow(&mut self, place: usize, config: &TrainingConfig, dataset: &Dataset) {
        self.place = place;
        self.trace = trace(&self.network, self.step.samples[place], config, dataset);
    }

    /// The sample that is followed, by its place in the dataset.
    #[must_use]
    pub fn sample(&self) -> usize {
        self.step.samples[self.place]
    }

    /// How many samples the step learns from.
    #[must_use]
    pub fn batch_size(&self) -> usize {
        self.step.samples.len()
    }

    /// A parameter before the step, and after it.
    #[must_use]
    pub fn values_of(&self, parameter: Parameter) -> (f64, f64) {
        let index = self.network.index_of(parameter);
        (
            self.network.parameters()[index],
            self.step.parameters[index],
        )
    }

    /// What the optimizer gets for a parameter: the derivative of the batch's mean loss, with the penalty's.
    #[must_use]
    pub fn gradient_of(&self, parameter: Parameter) -> f64 {
        self.step.gradient[self.network.index_of(parameter)]
    }

    /// The length ‖g‖ of the gradient's part for each layer.
    #[must_use]
    pub fn gradient_norms(&self) -> Vec<f64> {
        let layers = self.network.layers().iter();
        let norms = layers.map(|layer| {
            let gradient = &self.step.gradient[layer.weights.start..layer.biases.end];
            gradient.iter().map(|g| g * g).sum::<f64>().sqrt()
        });
        norms.collect()
    }
}

fn trace(network: &Network, sample: usize, config: &TrainingConfig, dataset: &Dataset) -> Trace {
    let inputs = dataset.network_inputs(dataset.raw_of(sample));
    Trace::of(network, config.loss, &inputs, dataset.targets_of(sample))
}
