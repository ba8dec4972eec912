//! Names that several panels show.

use super::theme::Theme;
use crate::nn::{Activation, Architecture};

/// Returns the activation functions: "sigmoid", "tanh→softmax" if hidden layers and outputs differ, or each of them.
pub(crate) fn activations(theme: Theme, architecture: &Architecture) -> String {
    let activations = architecture.activations();
    let names: Vec<&str> = activations.into_iter().map(Activation::name).collect();
    names.join(theme.glyph("→", ">"))
}
