//! A line of the settings panel.

use anyhow::Result;

use crate::session::Draft;
use crate::session::setting::{Choices, Setting, setting};

/// A line of the panel.
#[derive(Debug, Clone, Copy)]
pub enum Row {
    /// A setting.
    Of(&'static Setting),
    /// The units of one hidden layer.
    Units(usize),
}

impl Row {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Of(setting) => setting.name.to_owned(),
            Self::Units(layer) => format!("  units in layer {}", layer + 1),
        }
    }

    /// What it does, in one sentence.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Of(setting) => setting.explanation,
            Self::Units(_) => "More units give the next layer more features to combine.",
        }
    }

    /// Its value as the panel shows it.
    #[must_use]
    pub fn value(self, draft: &Draft) -> String {
        match self {
            Self::Of(setting) if matches!(setting.choices, Choices::Layers) => {
                draft.config().hidden.len().to_string()
            }
            Self::Of(setting) => setting.value(draft),
            Self::Units(layer) => draft.config().hidden[layer].to_string(),
        }
    }

    /// Its value as it is typed.
    pub(super) fn text(self, draft: &Draft) -> String {
        match self {
            Self::Of(setting) => setting.text(draft),
            Self::Units(_) => self.value(draft),
        }
    }

    /// Whether a value can be typed.
    pub(super) fn takes_text(self) -> bool {
        match self {
            Self::Of(setting) => !matches!(setting.choices, Choices::Flag { .. }),
            Self::Units(_) => true,
        }
    }

    /// Sets the value that a text is.
    ///
    /// # Errors
    ///
    /// One sentence, if it is none; the draft is then as it was.
    pub(super) fn set(self, draft: &mut Draft, text: &str) -> Result<()> {
        match self {
            Self::Of(setting) => setting.set(draft, text),
            Self::Units(layer) => {
                let hidden = setting("hidden");
                let all = hidden.text(draft);
                let mut layers: Vec<&str> = all.split(',').collect();
                layers[layer] = text;
                hidden.set(draft, &layers.join(","))
            }
        }
    }
}
