//! The overlays: boxes above the panels.

use std::path::PathBuf;

use strum::{EnumDiscriminants, VariantArray};

use super::text_field::TextInput;
use super::{EpochField, GradientCheck, HelpPage, ParameterEdit, PathField, Settings};

/// A box above the panels.
#[derive(Debug, Clone, PartialEq, EnumDiscriminants)]
#[strum_discriminants(
    name(OverlayKind),
    derive(Hash, VariantArray),
    doc = "The kind of an overlay."
)]
pub enum Overlay {
    /// No overlay.
    None,
    /// All keys of the view, or what the picture means.
    Help {
        /// Which of the two.
        page: HelpPage,
        /// The index of the selected entry.
        selected: usize,
    },
    /// A question before something is destroyed.
    Ask(Question),
    /// The field for the file to save the run to.
    Save(PathField),
    /// The field for the file to save drawn points to.
    SavePoints(PathField),
    /// The field for the file to open.
    Open(PathField),
    /// The settings: a draft of another run.
    Settings(Box<Settings>),
    /// The run as a command line.
    CommandLine(String),
    /// The field to set a weight or bias by hand.
    Edit(ParameterEdit),
    /// The field for the epoch to go to.
    GoTo(EpochField),
    /// The gradients by backpropagation, compared with central differences.
    GradientCheck(Box<GradientCheck>),
    /// The sweep over many seeds.
    Sweep,
    /// The earlier runs that are kept.
    Runs {
        /// The index of the selected run.
        selected: usize,
    },
    /// The pages of all lessons.
    Lessons {
        /// The index of the selected page.
        selected: usize,
    },
}

impl OverlayKind {
    /// Whether it asks something that has to be answered.
    pub(super) fn is_question(self) -> bool {
        self == Self::Ask
    }
}

/// A question before something is destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Whether to replace a file that already exists by this.
    Replace(Saved, PathBuf),
    /// Whether to delete the kept run of this index.
    Delete(usize),
}

/// What is saved to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// The run.
    Run,
    /// The points that are drawn.
    Points,
}

impl Overlay {
    /// Whether the typed text can be taken, as far as is known.
    pub(super) fn takes_typed(&self) -> bool {
        match self {
            Self::Edit(edit) => edit.value.is_ok(),
            Self::GoTo(field) => field.epoch.is_ok(),
            Self::Save(field) | Self::SavePoints(field) => field.can_be_saved(),
            Self::Open(field) => field.can_be_opened(),
            Self::Settings(settings) => !settings.is_typed_wrong(),
            _ => true,
        }
    }

    /// Why the typed text cannot be taken: the overlay itself says what is wrong with it.
    pub(super) fn untakeable(&self) -> &'static str {
        let path = match self {
            Self::Save(field) | Self::SavePoints(field) | Self::Open(field) => field.text.text(),
            _ => return "what is typed is not valid",
        };
        match path {
            "" => "no name is typed yet",
            _ => "what is typed cannot be used",
        }
    }

    /// Whether a typed path can be completed, as far as is known.
    pub(super) fn can_be_completed(&self) -> bool {
        match self {
            Self::Save(field) | Self::SavePoints(field) | Self::Open(field) => {
                field.can_be_completed()
            }
            _ => false,
        }
    }

    /// Whether what is typed of the selected setting can be completed to a name or a path.
    pub(super) fn has_names(&self) -> bool {
        matches!(self, Self::Settings(settings) if settings.has_names())
    }

    /// The field for a path, if it is open.
    pub(super) fn path_field(&mut self) -> Option<&mut PathField> {
        match self {
            Self::Save(field) | Self::SavePoints(field) | Self::Open(field) => Some(field),
            _ => None,
        }
    }

    /// Says what is wrong with the typed text, while it is typed.
    pub(super) fn check_typed(&mut self) {
        match self {
            Self::Edit(edit) => edit.check(),
            Self::GoTo(field) => field.check(),
            _ => {}
        }
    }

    /// The overlay's field that takes text, if it has one.
    pub(super) fn typed_into(&mut self) -> Option<&mut dyn TextInput> {
        match self {
            Self::Edit(edit) => Some(&mut edit.text),
            Self::GoTo(field) => Some(&mut field.text),
            Self::Save(field) | Self::SavePoints(field) => Some(&mut field.text),
            Self::Open(field) if field.preparing.is_none() => Some(&mut field.text),
            Self::Settings(settings) if settings.preparing.is_none() => Some(&mut **settings),
            _ => None,
        }
    }
}
