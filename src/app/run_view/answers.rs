//! What the network of a run answers: each forward pass is made once for a state of the run, however many frames show it.

use std::ops::Range;
use std::sync::Arc;

use super::RunView;
use crate::app::memo::{Memo, Same};
use crate::data::Dataset;
use crate::nn::{Forward, LayerSpec, Loss, Network};

/// The latest answers.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct Outputs {
    /// Of the sample that is shown.
    forward: Memo<(Same<Network>, Vec<f64>), Forward, 2>,
    /// To the typed values.
    typed: Memo<(Same<Network>, Vec<f64>), Vec<f64>, 2>,
    /// Of the visible samples, and of those that are counted.
    predictions: Memo<(State, Range<usize>), Predictions, 2>,
    /// The largest magnitude of a weight in each layer.
    largest: Memo<Same<Network>, Vec<f64>, 2>,
}

/// A network, and what it is asked and judged by.
type State = (Same<Network>, Same<Dataset>, Loss);

/// Predictions for some samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictions {
    /// Row-major with shape (samples, outputs).
    pub outputs: Vec<f64>,
    /// The loss of each sample alone.
    pub losses: Vec<f64>,
}

impl RunView {
    /// Runs the forward pass of a sample as the network sees it.
    #[must_use]
    pub fn forward_of(&self, inputs: &[f64]) -> Arc<Forward> {
        let key = (Same::of(&self.network), inputs.to_vec());
        self.outputs.forward.get(key, |_| {
            let mut forward = Forward::keeping_all(&self.network, 1);
            forward.run(&self.network, inputs);
            forward
        })
    }

    /// Returns the current network's predictions for samples of the dataset, and their losses.
    #[must_use]
    pub fn predictions_for(&self, samples: Range<usize>) -> Arc<Predictions> {
        let (network, dataset) = (Same::of(&self.network), Same::of(self.dataset()));
        let state = (network, dataset, self.config().loss);
        let predictions = &self.outputs.predictions;
        predictions.get((state, samples.clone()), |_| self.predict(samples))
    }

    fn predict(&self, samples: Range<usize>) -> Predictions {
        let (dataset, loss) = (self.dataset(), self.config().loss);
        let mut space = Forward::new(&self.network, samples.len().max(1));
        let raw = samples.clone().map(|sample| dataset.raw_of(sample));
        let inputs: Vec<f64> = raw.flat_map(|raw| dataset.network_inputs(raw)).collect();
        let outputs = self.network.predict_many(&inputs, &mut space).to_vec();
        let LayerSpec { units, activation } = self.network.architecture().output;
        let z = space.output_z(&self.network).chunks_exact(units);
        let losses = samples.zip(z.zip(outputs.chunks_exact(units)));
        let losses = losses.map(|(sample, (z, outputs))| {
            loss.value(activation, z, outputs, &dataset.network_targets_of(sample))
        });
        Predictions {
            losses: losses.collect(),
            outputs,
        }
    }

    /// Returns the current network's outputs for samples that need not be neighbours, row-major with shape (samples,
    /// outputs).
    #[must_use]
    pub fn outputs_of(&self, samples: &[usize]) -> Vec<f64> {
        let mut space = Forward::new(&self.network, samples.len().max(1));
        let raw = samples.iter().map(|&sample| self.dataset().raw_of(sample));
        let inputs: Vec<f64> = raw
            .flat_map(|raw| self.dataset().network_inputs(raw))
            .collect();
        self.network.predict_many(&inputs, &mut space).to_vec()
    }

    /// Returns the current network's prediction for raw values: one number per output.
    #[must_use]
    pub fn outputs_for(&self, raw_inputs: &[f64]) -> Arc<Vec<f64>> {
        let inputs = self.dataset().network_inputs(raw_inputs);
        let key = (Same::of(&self.network), inputs);
        let typed = &self.outputs.typed;
        typed.get(key, |(_, inputs)| self.network.predict(inputs))
    }

    /// Returns the largest magnitude of a weight in each layer of a network, at the shown parameters or at others.
    #[must_use]
    pub fn largest_weights(&self, network: &Arc<Network>) -> Arc<Vec<f64>> {
        let largest = &self.outputs.largest;
        largest.get(Same::of(network), |_| {
            network.largest_at_weights(network.parameters())
        })
    }
}
