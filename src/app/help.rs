//! The pages of the help: the keys, and every sign of the picture.

mod signs;

pub use signs::{Paint, SIGNS, Sign};

use super::keymap::{self, Context};
use super::{App, Focus, GESTURES};

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

    /// The number of its entries, for the keys of this context.
    pub(super) fn entries(self, context: Context) -> usize {
        match self {
            Self::Keys => keymap::heard_in(context).count() + GESTURES.len(),
            Self::Picture => SIGNS.len(),
        }
    }
}

impl App {
    /// Where the keys of the help work: below it.
    #[must_use]
    pub fn help_context(&self) -> Context {
        match self.focus {
            Focus::Drawing => Context::Drawing,
            Focus::Run | Focus::Prediction | Focus::Guess => self.view_context(),
        }
    }
}
