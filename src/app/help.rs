//! The pages of the help: the keys, and every sign of the picture.

mod signs;

pub use signs::{Paint, SIGNS, Sign};

use super::keymap::{self, Context};
use super::{GESTURES, View};

/// A page of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpPage {
    /// The keys of the view.
    Keys,
    /// What the picture means.
    Picture,
}

impl HelpPage {
    pub(super) fn other(self) -> Self {
        match self {
            Self::Keys => Self::Picture,
            Self::Picture => Self::Keys,
        }
    }

    /// The number of its entries in a view.
    pub(super) fn entries(self, view: View) -> usize {
        match self {
            Self::Keys => keymap::heard_in(Context::View(view)).count() + GESTURES.len(),
            Self::Picture => SIGNS.len(),
        }
    }
}
