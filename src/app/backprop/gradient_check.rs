//! Checking the gradients of a step against central differences.

use super::TracedStep;
use crate::data::Dataset;
use crate::nn::{Agreement, Batch, Comparison, Parameter, check_gradient, spread};
use crate::session::{Position, TrainingConfig};

/// The largest number of a batch's samples that are checked.
const MOST_SAMPLES: usize = 256;

/// How many multiplications take about a tenth of a second, the longest that a key should take.
const EFFORT: u64 = 100_000_000;

/// The gradients of all parameters, or of as many as there is time for, by backpropagation and by central
/// differences.
#[derive(Debug, Clone, PartialEq)]
pub struct GradientCheck {
    /// Where the run was, with the parameters that were checked.
    pub position: Position,
    /// The index in the dataset of the first sample.
    pub first_sample: usize,
    /// The comparison for the selected parameter.
    pub selected: Comparison,
    /// All comparisons, in the order of the parameters.
    pub compared: Vec<Comparison>,
    /// The number of samples over which the loss is averaged.
    pub samples: usize,
    /// The index of the first visible comparison.
    pub scroll: usize,
}

impl GradientCheck {
    pub(super) fn of(
        traced: &TracedStep,
        selected: Parameter,
        config: &TrainingConfig,
        dataset: &Dataset,
    ) -> Self {
        let network = &traced.network;
        // Three passes for the gradient, two for the first difference.
        let each = 5 * network.parameters().len() as u64;
        let affordable = usize::try_from(EFFORT / each).unwrap_or(usize::MAX);
        let samples = &traced.step.samples;
        let samples = &samples[..samples.len().min(affordable.clamp(1, MOST_SAMPLES))];
        let raw = samples.iter().map(|&sample| dataset.raw_of(sample));
        let inputs: Vec<f64> = raw.flat_map(|raw| dataset.network_inputs(raw)).collect();
        let targets = samples.iter();
        let targets = targets.flat_map(|&sample| dataset.network_targets_of(sample));
        let batch = Batch {
            inputs: &inputs,
            targets: &targets.collect::<Vec<_>>(),
        };
        let selected = std::iter::once(network.index_of(selected));
        let indices = selected.chain(spread(network, samples.len(), EFFORT));
        let mut compared = check_gradient(network, config.loss, batch, indices);
        Self {
            position: traced.position,
            first_sample: samples[0],
            selected: compared.remove(0),
            compared,
            samples: samples.len(),
            scroll: 0,
        }
    }

    /// The number of comparisons with this result.
    #[must_use]
    pub fn count(&self, agreement: Agreement) -> usize {
        let same = |comparison: &&Comparison| comparison.agreement == agreement;
        self.compared.iter().filter(same).count()
    }
}
