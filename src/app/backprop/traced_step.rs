//! One step of training with all its numbers.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::app::RunView;
use crate::data::Dataset;
use crate::nn::{Network, Parameter, Trace};
use crate::session::{NextStep, Position, TrainingConfig, norm};

/// What is taken through the forward pass without being trained on in this step.
#[derive(Debug, Clone, PartialEq)]
pub enum Probe {
    /// A sample of the dataset.
    Sample(usize),
    /// Typed raw values, one for each feature.
    Typed(Vec<f64>),
}

impl Probe {
    /// Why the step does not train on it.
    #[must_use]
    pub fn why_untrained(&self, dataset: &Dataset) -> &'static str {
        match self {
            Self::Sample(sample) if *sample >= dataset.training_samples => "a test sample",
            Self::Sample(_) => "not in this step",
            Self::Typed(_) => "not trained on",
        }
    }
}

/// A step, with the forward and backward pass of one sample of its batch.
#[derive(Debug, Clone)]
pub struct TracedStep {
    /// The position of the run before the step.
    pub position: Position,
    /// The network before the step.
    pub network: Arc<Network>,
    /// What the step does.
    pub step: Arc<NextStep>,
    /// The index within the batch of the sample that is followed.
    pub index_in_batch: usize,
    /// The forward and backward pass of that sample.
    pub trace: Trace,
    /// What is followed instead, if it is not a sample of the batch; then the trace is its own, and no update follows.
    pub probe: Option<Probe>,
    /// The norm ‖∂L‖ of the gradient of the batch's mean loss in each layer, without penalty.
    pub gradient_norms: Vec<f64>,
    /// The largest magnitudes in each layer, once they were asked for: of the gradients, and of the updated weights.
    largest: [OnceCell<Vec<f64>>; 2],
}

impl TracedStep {
    pub(super) fn new(
        position: Position,
        network: Arc<Network>,
        step: Arc<NextStep>,
        index_in_batch: usize,
        config: &TrainingConfig,
        dataset: &Dataset,
    ) -> Self {
        let index_in_batch = index_in_batch.min(step.samples.len() - 1);
        let trace = trace(&network, step.samples[index_in_batch], config, dataset);
        Self {
            gradient_norms: gradient_norms(&network, &step.loss_gradient),
            position,
            network,
            step,
            index_in_batch,
            trace,
            probe: None,
            largest: Default::default(),
        }
    }

    /// Follows another sample of the batch.
    pub(super) fn follow(&mut self, index: usize, config: &TrainingConfig, dataset: &Dataset) {
        self.index_in_batch = index;
        self.probe = None;
        self.trace = trace(&self.network, self.step.samples[index], config, dataset);
    }

    /// Follows something that is not in the batch.
    pub(in crate::app) fn probe(
        &mut self,
        probe: Probe,
        config: &TrainingConfig,
        dataset: &Dataset,
    ) {
        self.trace = match &probe {
            Probe::Sample(sample) => trace(&self.network, *sample, config, dataset),
            Probe::Typed(raw) => {
                // Without a target there is no loss; the backward pass of this trace is not shown.
                let targets = vec![0.0; dataset.target.outputs()];
                let inputs = dataset.network_inputs(raw);
                Trace::of(&self.network, config.loss, &inputs, &targets)
            }
        };
        self.probe = Some(probe);
    }

    /// The index in the dataset of the sample that is followed.
    #[must_use]
    pub fn sample(&self) -> usize {
        self.step.samples[self.index_in_batch]
    }

    /// The name of what is followed: a sample, or the typed values.
    #[must_use]
    pub fn followed_name(&self, run: &RunView) -> String {
        match self.probe {
            None => run.dataset().sample_name(self.sample()),
            Some(Probe::Sample(sample)) => run.dataset().sample_name(sample),
            Some(Probe::Typed(_)) => run.typed_values_name().to_owned(),
        }
    }

    /// Whose step it is: the name of its only sample, or "batch of 4".
    #[must_use]
    pub fn whose(&self, dataset: &Dataset) -> String {
        match self.batch_size() {
            1 => dataset.sample_name(self.step.samples[0]),
            size => format!("batch of {size}"),
        }
    }

    /// The number of samples in the step's batch.
    #[must_use]
    pub fn batch_size(&self) -> usize {
        self.step.samples.len()
    }

    /// Returns a parameter's values before and after the step.
    #[must_use]
    pub fn values_of(&self, parameter: Parameter) -> (f64, f64) {
        let index = self.network.index_of(parameter);
        (
            self.network.parameters()[index],
            self.step.parameters[index],
        )
    }

    /// The gradient that the optimizer receives for a parameter: the derivative of the batch's mean loss, plus
    /// that of the penalty.
    #[must_use]
    pub fn gradient_of(&self, parameter: Parameter) -> f64 {
        self.step.gradient[self.network.index_of(parameter)]
    }

    /// The derivative of the batch's mean loss by a parameter, without penalty.
    #[must_use]
    pub fn loss_gradient_of(&self, parameter: Parameter) -> f64 {
        self.step.loss_gradient[self.network.index_of(parameter)]
    }

    /// The largest magnitude of a gradient by a weight in each layer, of the batch's mean loss without penalty.
    #[must_use]
    pub fn largest_gradients(&self) -> &[f64] {
        let numbers = &self.step.loss_gradient;
        self.largest[0].get_or_init(|| self.network.largest_at_weights(numbers))
    }

    /// The largest magnitude of a weight in each layer after the step.
    #[must_use]
    pub fn largest_updated(&self) -> &[f64] {
        let numbers = &self.step.parameters;
        self.largest[1].get_or_init(|| self.network.largest_at_weights(numbers))
    }

    /// Whether the step begins at the parameters of this network, or has just led to them.
    pub(super) fn touches(&self, network: &Arc<Network>) -> bool {
        let present = network.parameters();
        Arc::ptr_eq(&self.network, network)
            || self.network.parameters() == present
            || self.step.parameters == present
    }
}

/// The norm of a gradient in each layer.
fn gradient_norms(network: &Network, gradient: &[f64]) -> Vec<f64> {
    let layers = network.layers().iter();
    let layers = layers.map(|layer| &gradient[layer.weights.start..layer.biases.end]);
    layers.map(norm).collect()
}

fn trace(network: &Network, sample: usize, config: &TrainingConfig, dataset: &Dataset) -> Trace {
    let inputs = dataset.network_inputs(dataset.raw_of(sample));
    Trace::of(
        network,
        config.loss,
        &inputs,
        &dataset.network_targets_of(sample),
    )
}
