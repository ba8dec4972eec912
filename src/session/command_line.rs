//! A run as one command line that recreates it.

use super::setting::{Choices, settings};
use super::{DataSource, Draft, LayerParameters, NamedWeights, TrainingConfig};
use crate::nn::Network;

/// The most parameters that a command line has one by one.
const MOST_WEIGHTS: usize = 64;

/// The command line of a run; what is as usual is left out. It cannot [have the initial
/// weights](can_tell_weights) of a large network.
#[must_use]
pub fn command_line(source: &DataSource, config: &TrainingConfig) -> String {
    let draft = Draft::of(config, source);
    let options = settings().filter_map(|setting| {
        let (option, text) = (setting.option, setting.asked(&draft)?);
        Some(match setting.choices {
            Choices::Flag { .. } => format!("--{option}"),
            _ => format!("--{option} {}", quoted(&text)),
        })
    });
    let words: Vec<String> = ["nnscope".to_owned()].into_iter().chain(options).collect();
    words.join(" ")
}

/// Whether a command line can have the initial weights of a run.
#[must_use]
pub fn can_tell_weights(config: &TrainingConfig) -> bool {
    config.initial_layers.is_none() || !tellable_weights(config).is_empty()
}

/// The initial weights that were given instead of drawn; empty if there are none, or too many.
pub(super) fn tellable_weights(config: &TrainingConfig) -> NamedWeights {
    let network = initial_network(config);
    let small = network.filter(|network| network.parameters().len() <= MOST_WEIGHTS);
    small.as_ref().map(NamedWeights::of).unwrap_or_default()
}

/// The network that was given instead of drawn.
fn initial_network(config: &TrainingConfig) -> Option<Network> {
    let layers = config.initial_layers.as_ref()?;
    let inputs = layers.first()?.weights.first()?.len();
    let outputs = layers.last()?.biases.len();
    LayerParameters::network(layers, config.architecture(inputs, outputs)).ok()
}

/// As a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./,=+:".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
