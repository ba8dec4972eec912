//! Where the cells of a screen are in its picture, in pixels of an SVG picture.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;

use super::glyph::CELL;

/// Around the screen.
pub(super) const MARGIN: u16 = 10;

/// The size of text, and its baseline in its cell.
pub(super) const FONT_SIZE: u16 = 15;
pub(super) const BASELINE: u16 = 14;

/// The width and height of the picture of a screen.
pub(super) fn size(screen: &Buffer) -> (u16, u16) {
    let (width, height) = (screen.area.width, screen.area.height);
    (width * CELL.0 + 2 * MARGIN, height * CELL.1 + 2 * MARGIN)
}

/// The cells of a screen, and their upper left corners.
pub(super) fn cells(screen: &Buffer) -> impl Iterator<Item = (Position, &Cell)> {
    let columns = usize::from(screen.area.width.max(1));
    let rows = (0_u16..).zip(screen.content.chunks(columns));
    rows.flat_map(|(y, row)| {
        (0_u16..).zip(row).map(move |(x, cell)| {
            let at = Position::new(MARGIN + x * CELL.0, MARGIN + y * CELL.1);
            (at, cell)
        })
    })
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn a_screen_may_have_more_cells_than_a_number_of_16_bits() {
        let screen = Buffer::empty(Rect::new(0, 0, 1000, 1000));
        let (at, _) = cells(&screen).last().unwrap();
        assert_eq!(at, Position::new(10 + 999 * 9, 10 + 999 * 18));
        assert_eq!(size(&screen), (9020, 18020));
    }
}
