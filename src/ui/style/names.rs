//! What is called the same wherever it stands.

use super::theme::Theme;
use crate::session::TrainingConfig;

/// What the layers compute: "sigmoid", or "tanh→softmax" if hidden layers and outputs differ.
pub(crate) fn activations(theme: Theme, config: &TrainingConfig) -> String {
    let (hidden, output) = (config.activation.name(), config.output_activation.name());
    if config.hidden.is_empty() || hidden == output {
        return output.to_owned();
    }
    format!("{hidden}{}{output}", theme.glyph("→", ">"))
}
