//! One step of training with all its numbers.

use std::sync::Arc;

use crate::answers::Asked;
use crate::app::RunView;
use crate::data::Dataset;
use crate::nn::{Network, Parameter, Trace};
use crate::session::{NextStep, Position};

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

/// What a step follows.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum Followed {
    /// The sample with this index in the batch, or its last one.
    InBatch(usize),
    /// Something else.
    Outside(Probe),
}

impl Followed {
    /// Its passes through a network.
    pub(in crate::app) fn passes(&self, step: &NextStep, dataset: &Dataset) -> Asked {
        let sample = match self {
            Self::InBatch(index) => step.samples[index_in(step, *index)],
            Self::Outside(Probe::Sample(sample)) => *sample,
            Self::Outside(Probe::Typed(raw)) => {
                return Asked::Trace {
                    inputs: dataset.network_inputs(raw),
                    // Without a target there is no loss; the backward pass is not shown.
                    targets: vec![0.0; dataset.target.outputs()],
                };
            }
        };
        Asked::Trace {
            inputs: dataset.network_inputs(dataset.raw_of(sample)),
            targets: dataset.network_targets_of(sample),
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
    pub trace: Arc<Trace>,
    /// What is followed instead, if it is not a sample of the batch; then the trace is its own, and no update follows.
    pub probe: Option<Probe>,
}

impl TracedStep {
    pub(super) fn new(
        position: Position,
        network: Arc<Network>,
        step: Arc<NextStep>,
        followed: Followed,
        trace: Arc<Trace>,
    ) -> Self {
        let mut traced = Self {
            position,
            network,
            step,
            index_in_batch: 0,
            trace,
            probe: None,
        };
        traced.follow(followed, Arc::clone(&traced.trace));
        traced
    }

    /// Follows something else, whose [passes](Followed::passes) these are.
    pub(in crate::app) fn follow(&mut self, followed: Followed, trace: Arc<Trace>) {
        self.trace = trace;
        match followed {
            Followed::InBatch(index) => {
                (self.index_in_batch, self.probe) = (index_in(&self.step, index), None);
            }
            Followed::Outside(probe) => self.probe = Some(probe),
        }
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
            Some(Probe::Typed(_)) => run.typed_values_name(),
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

    /// How the step of one parameter changes the batch's mean loss, to first order: its gradient times its step.
    #[must_use]
    pub fn predicted_change_by(&self, parameter: Parameter) -> f64 {
        let (before, after) = self.values_of(parameter);
        self.loss_gradient_of(parameter) * (after - before)
    }

    /// How the whole step changes the batch's mean loss, to first order.
    #[must_use]
    pub fn predicted_change(&self) -> f64 {
        let values = self.network.parameters().iter().zip(&self.step.parameters);
        let steps = values.map(|(before, after)| after - before);
        let gradient = self.step.loss_gradient.iter();
        gradient.zip(steps).map(|(slope, step)| slope * step).sum()
    }

    /// Whether it is made once the run is at this position.
    pub(super) fn is_made_at(&self, position: Position, steps_per_epoch: usize) -> bool {
        let next = Position {
            step: self.position.step + 1,
            ..self.position
        };
        let next_epoch = Position {
            epoch: next.epoch + 1,
            step: 0,
        };
        position == next || next.step == steps_per_epoch && position == next_epoch
    }
}

/// An index in the batch of a step: its last one, if it has fewer samples.
fn index_in(step: &NextStep, index: usize) -> usize {
    index.min(step.samples.len() - 1)
}
