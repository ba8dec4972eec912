//! The parameters as nested lists, the form that they have in files and logs.

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use crate::nn::{Architecture, Network};

/// The parameters of one layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerParameters {
    /// One row for each neuron: a weight for each neuron of the previous layer (or for each input).
    pub weights: Vec<Vec<f64>>,
    /// One bias for each neuron.
    pub biases: Vec<f64>,
}

/// The parameters of every layer of a network.
#[must_use]
pub fn layers_of(network: &Network) -> Vec<LayerParameters> {
    let parameters = network.parameters();
    let layers = network.layers().iter();
    layers
        .map(|layer| LayerParameters {
            weights: network
                .weights_of(layer)
                .chunks_exact(layer.fan_in)
                .map(<[f64]>::to_vec)
                .collect(),
            biases: parameters[layer.biases.clone()].to_vec(),
        })
        .collect()
}

impl LayerParameters {
    /// The network of this architecture with these parameters.
    ///
    /// # Errors
    ///
    /// One sentence, if the lists do not have the architecture's shape or a number is not finite.
    pub fn network(layers: &[Self], architecture: Architecture) -> Result<Network> {
        // Before any memory is taken: the architecture may come from a file as well.
        Self::check_shape(layers, &architecture)?;
        let parameters = layers
            .iter()
            .flat_map(|layer| layer.weights.iter().flatten().chain(&layer.biases));
        ensure!(
            parameters.clone().all(|parameter| parameter.is_finite()),
            "a weight or bias is not a finite number"
        );
        let mut network = Network::zeros(architecture);
        for (slot, parameter) in network.parameters_mut().iter_mut().zip(parameters) {
            *slot = *parameter;
        }
        Ok(network)
    }

    fn check_shape(layers: &[Self], architecture: &Architecture) -> Result<()> {
        let sizes = architecture.sizes();
        ensure!(
            sizes.iter().all(|&units| units > 0),
            "every layer needs a unit, got {sizes:?}"
        );
        ensure!(
            layers.len() == sizes.len() - 1,
            "expected {} layers for a {architecture} network, found {}",
            sizes.len() - 1,
            layers.len()
        );
        for ((layer, pair), number) in layers.iter().zip(sizes.windows(2)).zip(1..) {
            let (fan_in, units) = (pair[0], pair[1]);
            let (rows, biases) = (layer.weights.len(), layer.biases.len());
            ensure!(
                rows == units,
                "layer {number}: expected weights for {units} neurons, found {rows}"
            );
            for (row, neuron) in layer.weights.iter().zip(1..) {
                let found = row.len();
                ensure!(
                    found == fan_in,
                    "layer {number}, neuron {neuron}: expected {fan_in} weights, found {found}"
                );
            }
            ensure!(
                biases == units,
                "layer {number}: expected {units} biases, found {biases}"
            );
        }
        Ok(())
    }

    /// The number of units in each hidden layer.
    #[must_use]
    pub fn hidden_units(layers: &[Self]) -> Vec<usize> {
        let hidden = layers.split_last().map_or(&[][..], |(_, hidden)| hidden);
        hidden.iter().map(|layer| layer.biases.len()).collect()
    }
}
