//! What lies over the panels.

use std::path::PathBuf;

use super::text_field::TextInput;
use super::{EpochField, GradientCheck, ParameterEdit, Settings};

/// What lies over the panels.
#[derive(Debug, Clone, PartialEq)]
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

/// Which overlay it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is explained by its Overlay")]
pub enum OverlayKind {
    Help,
    Replace,
    Settings,
    CommandLine,
    Edit,
    GoTo,
    GradientCheck,
    Sweep,
    Runs,
}

impl OverlayKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Help,
        Self::Replace,
        Self::Settings,
        Self::CommandLine,
        Self::Edit,
        Self::GoTo,
        Self::GradientCheck,
        Self::Sweep,
        Self::Runs,
    ];
}

impl Overlay {
    /// Which one it is; `None` if nothing lies over the panels.
    #[must_use]
    pub fn kind(&self) -> Option<OverlayKind> {
        Some(match self {
            Self::None => return None,
            Self::Help { .. } => OverlayKind::Help,
            Self::Replace(_) => OverlayKind::Replace,
            Self::Settings(_) => OverlayKind::Settings,
            Self::CommandLine(_) => OverlayKind::CommandLine,
            Self::Edit(_) => OverlayKind::Edit,
            Self::GoTo(_) => OverlayKind::GoTo,
            Self::GradientCheck(_) => OverlayKind::GradientCheck,
            Self::Sweep => OverlayKind::Sweep,
            Self::Runs { .. } => OverlayKind::Runs,
        })
    }

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
