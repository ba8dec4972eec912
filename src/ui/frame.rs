//! The frame that is being drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// The cells of a frame, which begins blank, and its cursor.
#[derive(Debug)]
pub(crate) struct Frame {
    buffer: Buffer,
    cursor: Option<Position>,
}

impl Frame {
    pub(crate) fn new(size: Size) -> Self {
        Self {
            buffer: Buffer::empty(Rect::from((Position::ORIGIN, size))),
            cursor: None,
        }
    }

    pub(crate) fn area(&self) -> Rect {
        self.buffer.area
    }

    pub(crate) fn buffer_mut(&mut self) -> &mut Buffer {
        &mut self.buffer
    }

    pub(crate) fn into_buffer(self) -> Buffer {
        self.buffer
    }

    /// Shows the terminal's cursor in a cell.
    pub(crate) fn set_cursor_position(&mut self, position: Position) {
        self.cursor = Some(position);
    }

    /// Returns the cell that has the cursor, if any; the next frame begins without one.
    pub(super) fn take_cursor(&mut self) -> Option<Position> {
        self.cursor.take()
    }
}
