//! Which line of the settings panel the keys change.

use super::{Row, Settings};
use crate::app::turn::Turn;
use crate::session::setting::Choices;

/// A way to a line that is farther away than the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Jump {
    /// As many lines as are seen.
    Page(Turn),
    /// The first line of the next section, or of the one before.
    Section(Turn),
    /// The first line.
    First,
    /// The last line.
    Last,
}

impl Settings {
    /// The same with the line of this option selected, if there is one.
    #[must_use]
    pub fn at(mut self, option: &str) -> Self {
        let found = self.rows().iter().position(|row| row.option() == option);
        self.selected = found.unwrap_or(self.selected);
        self
    }

    /// The line whose value the keys change.
    #[must_use]
    pub fn selected(&self) -> Row {
        self.rows()[self.selected]
    }

    /// Selects the line before or after.
    pub(in crate::app) fn select(&mut self, turn: Turn) {
        self.stop_typing();
        self.select_row(turn.index(self.selected, self.rows().len() - 1));
    }

    /// Selects a line that is farther away, where a page has this many lines.
    pub(in crate::app) fn jump(&mut self, jump: Jump, page: usize) {
        self.stop_typing();
        let last = self.rows().len() - 1;
        let index = match jump {
            Jump::First => 0,
            Jump::Last => last,
            Jump::Page(turn) => turn.index_by(page, self.selected, last),
            Jump::Section(turn) => self.section(turn),
        };
        self.select_row(index);
    }

    /// Selects a line.
    pub(in crate::app) fn select_row(&mut self, index: usize) {
        self.stop_typing();
        self.selected = index.min(self.rows().len() - 1);
    }

    /// Whether the value of the selected line is a text rather than set or not set.
    pub(in crate::app) fn takes_text(&self) -> bool {
        let flag = |row: Row| matches!(row.setting().choices, Choices::Flag { .. });
        !flag(self.selected())
    }

    /// Selects the first line of the next section.
    pub(super) fn next_section(&mut self) {
        self.stop_typing();
        self.select_row(self.section(Turn::Forward));
    }

    /// The first line of the section after the selected line or before it, around the ends.
    fn section(&self, turn: Turn) -> usize {
        let rows = self.rows();
        let is_first =
            |index: &usize| *index == 0 || rows[*index].heading() != rows[*index - 1].heading();
        let firsts: Vec<usize> = (0..rows.len()).filter(is_first).collect();
        let present = firsts.iter().rposition(|first| *first <= self.selected);
        firsts[turn.around(present.unwrap_or(0), firsts.len())]
    }
}
