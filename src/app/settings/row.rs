//! A line of the settings panel.

use anyhow::{Result, bail};

use crate::session::Draft;
use crate::session::setting::{Choices, OFF, ON, SECTIONS, Setting, setting};

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

    /// The option that sets it.
    #[must_use]
    pub fn option(self) -> &'static str {
        self.setting().option
    }

    /// The setting that it is, or is a part of.
    #[must_use]
    pub fn setting(self) -> &'static Setting {
        match self {
            Self::Of(setting) => setting,
            Self::Units(_) => setting("hidden"),
        }
    }

    /// The heading of its section.
    #[must_use]
    pub fn heading(self) -> &'static str {
        let option = self.option();
        let has_it = |settings: &[Setting]| settings.iter().any(|row| row.option == option);
        let mut sections = SECTIONS.iter();
        let section = sections.find(|section| has_it(section.settings));
        section.map_or("", |section| section.heading)
    }

    /// What it does, in one sentence.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Of(setting) => setting.explanation,
            Self::Units(_) => "More units give the next layer more features to combine.",
        }
    }

    /// What its value can be.
    #[must_use]
    pub fn choices(self) -> String {
        match self {
            Self::Of(setting) => setting.summary(),
            Self::Units(_) => "A number of units, or with its activation: 8:relu".to_owned(),
        }
    }

    /// Its value as the panel shows it.
    #[must_use]
    pub fn value(self, draft: &Draft) -> String {
        match self {
            Self::Of(setting) => setting.value(draft),
            Self::Units(layer) => draft.config().hidden[layer].to_string(),
        }
    }

    /// Its value as it is typed.
    #[must_use]
    pub fn typed(self, draft: &Draft) -> String {
        match self {
            Self::Of(setting) if matches!(setting.choices, Choices::Flag { .. }) => {
                setting.value(draft)
            }
            Self::Of(setting) => setting.typed(draft),
            Self::Units(_) => self.value(draft),
        }
    }

    /// Sets the value that a text is.
    ///
    /// # Errors
    ///
    /// One sentence, if it is none; the draft is then as it was.
    pub(super) fn set(self, draft: &mut Draft, text: &str) -> Result<()> {
        match self {
            Self::Of(setting) => match setting.choices {
                Choices::Flag { off, on } => setting.set(draft, flag(text, off, on)?),
                _ => setting.set(draft, text),
            },
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

/// The text of a flag that is given in the words of the panel, or by its text.
fn flag(text: &str, off: &str, on: &str) -> Result<&'static str> {
    match text {
        _ if text == on => Ok(ON),
        _ if text == off => Ok(OFF),
        ON => Ok(ON),
        OFF => Ok(OFF),
        _ => bail!("expected {off} or {on}, found {text:?}"),
    }
}
