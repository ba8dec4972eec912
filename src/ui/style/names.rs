//! Names that several panels show.

use super::theme::Theme;
use crate::nn::{Activation, Architecture, Network, Neuron, Penalty};

/// Returns the activation functions: "sigmoid", "tanh→softmax" if hidden layers and outputs differ, or each of them.
pub(crate) fn activations(theme: Theme, architecture: &Architecture) -> String {
    let activations = architecture.activations();
    let names: Vec<&str> = activations.into_iter().map(Activation::name).collect();
    names.join(theme.glyph("→", ">"))
}

/// Returns the neurons of a layer: "o1", "h1, h2", or of more the first and the last: "h1..h8". A dash would read as a minus.
pub(crate) fn layer_name(network: &Network, layer: usize) -> String {
    let units = network.layers()[layer].units;
    let name = |unit| network.neuron_name(Neuron { layer, unit });
    match units {
        1 => name(0),
        2 => format!("{}, {}", name(0), name(1)),
        _ => format!("{}..{}", name(0), name(units - 1)),
    }
}

/// Returns the settings that pull the weights, as they are called there: "l2"; `None` if there is no penalty.
pub(crate) fn penalty_names(penalty: Penalty) -> Option<&'static str> {
    match (penalty.l1 > 0.0, penalty.l2 > 0.0) {
        (false, false) => None,
        (true, false) => Some("l1"),
        (false, true) => Some("l2"),
        (true, true) => Some("l1, l2"),
    }
}

/// How far a step should move a layer, from the longest text to the shortest: a rule for the part of a run where there is
/// much to learn.
pub(crate) const HEALTHY_MOVES: [&str; 4] = [
    "about 0.1% is normal early on (far above, it jumps; far below, it crawls), less once the loss levels off",
    "about 0.1% is normal early on, less later",
    "normal: 0.1%, less later",
    "normal: 0.1%",
];

/// Returns how active a neuron is, from 0 (its minimum) to 1 (its maximum).
pub(crate) fn active_share(function: Activation, activation: f64) -> f64 {
    // An infinite activation is as good as the largest number.
    let activation = activation.clamp(f64::MIN, f64::MAX);
    let (least, most) = function.range();
    // If it has no bound, 1 (or −1) is half of the way.
    let bounded = if most.is_finite() {
        activation
    } else {
        activation / (1.0 + activation.abs())
    };
    if least < 0.0 {
        f64::midpoint(bounded, 1.0)
    } else {
        bounded
    }
}
