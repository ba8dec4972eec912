//! Where keys are bound, and where they work.

use crate::app::{OverlayKind, View};

/// Where a key is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everywhere.
    Anywhere,
    /// The run, in every view, also that of a lesson.
    Views,
    /// The reader's own run, in its views.
    Run,
    /// The run, in one view.
    View(View),
    /// The map of the Surface view.
    Map,
    /// The loss slice of the Surface view.
    Slice,
    /// A text field of the prediction box, which takes unbound keys as text.
    Prediction,
    /// The field for the guess of a lesson, which takes the characters of a number as text; other keys act on the page.
    Guess,
    /// The points that are drawn on the map.
    Drawing,
    /// The field for a value of the settings, which takes unbound keys as text.
    Value,
    /// An overlay. Its field, if it has one, takes unbound keys as text.
    Over(OverlayKind),
}

impl Context {
    /// The name of the view, or the part of one, that its keys are for; `None` if they are for several.
    #[must_use]
    pub fn place(self) -> Option<String> {
        match self {
            Self::View(view) => Some(format!("{} view", view.name())),
            Self::Map => Some("map".to_owned()),
            Self::Slice => Some("loss slice".to_owned()),
            _ => None,
        }
    }

    /// Whether keys that are bound in this context work in another.
    pub(super) fn is_heard_in(self, other: Self) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Views => matches!(
                other,
                Self::Views | Self::Run | Self::View(_) | Self::Map | Self::Slice
            ),
            Self::View(View::Surface) => {
                matches!(other, Self::View(View::Surface) | Self::Map | Self::Slice)
            }
            Self::Run => match other {
                Self::Run | Self::Map | Self::Slice => true,
                Self::View(view) => view != View::Learn,
                _ => false,
            },
            _ => self == other,
        }
    }
}
