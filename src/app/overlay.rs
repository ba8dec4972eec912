//! What lies over the panels.

use std::path::PathBuf;

use strum::{EnumDiscriminants, VariantArray};

use super::text_field::TextInput;
use super::{EpochField, GradientCheck, ParameterEdit, Settings};

/// What lies over the panels.
#[derive(Debug, Clone, PartialEq, EnumDiscriminants)]
#[strum_discriminants(
    name(OverlayKind),
    derive(Hash, VariantArray),
    doc = "Which overlay it is."
)]
pub enum Overlay {
    /// Nothing.
    None,
    /// The keys, from this line on.
    Help {
        /// The first line that is seen.
        scroll: usize,
    },
    /// Whether to replace a file that is there already.
    Replace(PathBuf),
    /// A draft of another run.
    Settings(Box<Settings>),
    /// The run as a command line.
    CommandLine(String),
    /// A weight or bias that is set by hand.
    Edit(ParameterEdit),
    /// The epoch to go to.
    GoTo(EpochField),
    /// The chain rule held against the central difference.
    GradientCheck(Box<GradientCheck>),
    /// The app's sweep.
    Sweep,
    /// The runs that are kept.
    Runs {
        /// The one that the keys are about.
        selected: usize,
    },
}

impl Overlay {
    /// Its own field that takes text, if it has one.
    pub(super) fn typed_into(&mut self) -> Option<&mut dyn TextInput> {
        match self {
            Self::Edit(edit) => Some(&mut edit.text),
            Self::GoTo(field) => Some(&mut field.text),
            Self::Settings(settings) if settings.rows_read.is_none() => Some(&mut **settings),
            _ => None,
        }
    }
}
