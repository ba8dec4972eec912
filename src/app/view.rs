//! What is looked at: which view, with what axis, and who hears the keys.

use strum::{IntoStaticStr, VariantArray};

use super::turn::{Turn, turn_choice};

/// What the panels are about, in the order of the tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum View {
    /// The run: network, loss, samples, predictions.
    Train,
    /// One step of it, number by number.
    Backprop,
}

impl View {
    /// The name on the command line.
    #[must_use]
    pub fn option(self) -> &'static str {
        self.into()
    }

    /// Whether it shows the step that comes next.
    pub(super) fn looks_ahead(self) -> bool {
        self == Self::Backprop
    }

    /// The one after it, around the end.
    #[must_use]
    pub fn next(self) -> Self {
        let mut view = self;
        turn_choice(&mut view, Self::VARIANTS, Turn::Forward);
        view
    }

    /// The name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "Train",
            Self::Backprop => "Backprop",
        }
    }
}

/// Who hears the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The run: keys are commands.
    Run,
    /// The prediction box: keys are text.
    Prediction,
}

/// How the loss is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossAxis {
    /// From 0 up.
    Linear,
    /// By powers of ten.
    Log,
}

impl LossAxis {
    pub(super) fn other(self) -> Self {
        match self {
            Self::Linear => Self::Log,
            Self::Log => Self::Linear,
        }
    }
}
