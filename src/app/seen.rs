//! What the last frame has shown of what is larger than it: the app knows no sizes, and scrolls from what was seen.

use super::{App, Overlay, Panel};

/// The lines that a page key goes over where no frame has shown how many there is room for.
pub(super) const PAGE: usize = 10;

/// What a frame has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// How many lines the formulas were scrolled down from the start of their stage, or up if negative; `None` if there
    /// were none.
    pub formulas: Option<isize>,
    /// The first line of the text of a lesson; `None` if there was none.
    pub lesson: Option<usize>,
    /// How many lines of a list in a window there was room for; `None` if none was open.
    pub list: Option<usize>,
    /// The panels that there was room for.
    pub panels: ShownPanels,
    /// The first comparison of the gradient check; `None` if it was not open.
    pub comparisons: Option<usize>,
}

/// A set of panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShownPanels(u32);

impl ShownPanels {
    /// Adds a panel.
    pub fn add(&mut self, panel: Panel) {
        self.0 |= 1 << panel as u32;
    }

    /// Whether a panel is among them.
    #[must_use]
    pub fn contains(self, panel: Panel) -> bool {
        self.0 & (1 << panel as u32) != 0
    }
}

impl App {
    /// Notes how wide the window is, before a frame is drawn of it: some keys need room.
    pub fn note_columns(&mut self, columns: u16) {
        self.columns = columns;
    }

    /// Notes what the last frame has shown, so that no key has to undo what could not be seen.
    pub fn note_seen(&mut self, seen: Seen) {
        self.shown_panels = seen.panels;
        self.page = seen.list.unwrap_or(PAGE);
        if let Some(scroll) = seen.formulas {
            self.run.backprop.scroll = scroll;
        }
        if let Some(scroll) = seen.lesson {
            self.note_lesson_seen(scroll);
        }
        if let (Overlay::GradientCheck(check), Some(first)) = (&mut self.overlay, seen.comparisons)
        {
            check.scroll = first;
        }
    }
}
