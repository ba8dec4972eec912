//! A run as one command line that recreates it.

use super::setting::{Choices, settings};
use super::{Draft, NamedWeights, TrainingConfig};

/// The command line of a run, without what is as usual for its data. It [leaves out the initial weights](can_include_weights)
/// of a large network.
#[must_use]
pub fn command_line(run: Draft) -> String {
    let draft = run.with_usual_open();
    let applying = settings().filter(|setting| setting.applies_to(&draft));
    let options = applying.filter_map(|setting| {
        let (option, text) = (setting.option, setting.asked(&draft)?);
        Some(match setting.choices {
            Choices::Flag { .. } => format!("--{option}"),
            _ => format!("--{option} {}", quoted(&text)),
        })
    });
    let words: Vec<String> = ["nnscope".to_owned()].into_iter().chain(options).collect();
    words.join(" ")
}

/// Whether the command line of a run includes its initial weights, if they were given.
#[must_use]
pub fn can_include_weights(config: &TrainingConfig) -> bool {
    config.initial_layers.is_none() || !NamedWeights::given(config).is_empty()
}

/// As a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./,=+:".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
