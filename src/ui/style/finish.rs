//! The last hand at a frame: what terminals lack or draw differently is replaced.

use ratatui::buffer::{Buffer, Cell};

use super::ascii::replace_other;
use super::clusters::settle_width;
use super::theme::Theme;
use crate::app::Glyphs;

impl Theme {
    /// Finishes all cells.
    pub(crate) fn finish_all(self, buffer: &mut Buffer) {
        let width = usize::from(buffer.area.width).max(1);
        for row in buffer.content.chunks_mut(width) {
            (0..row.len()).for_each(|x| self.finish(&mut row[x..]));
        }
    }

    /// Finishes the first cell of the rest of a row. Cells are finished from the left to the right.
    pub(crate) fn finish(self, rest: &mut [Cell]) {
        settle_width(rest);
        if self.0.glyphs == Glyphs::Ascii
            && let Some(first) = rest.first_mut()
        {
            replace_other(first);
        }
    }
}
