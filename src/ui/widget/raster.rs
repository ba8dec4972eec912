//! A picture of points that are cells or halves of cells, with lines where one side ends and another begins.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::ui::style::{HALF, MapInk, Theme, Tone};

/// A column and a row of a picture, counted from its upper left corner.
pub(crate) type Pixel = (usize, usize);

/// What is seen at each point of a picture.
pub(crate) trait Raster {
    /// The columns and the rows of pixels.
    fn size(&self) -> (usize, usize);

    /// What a pixel looks like.
    fn tone(&self, pixel: Pixel) -> Tone;

    /// On which side of all lines a pixel is, and how far from the nearest of them.
    fn side(&self, pixel: Pixel) -> (usize, f64);
}

/// Draws every cell of an area.
pub(crate) fn render(
    raster: &impl Raster,
    area: Rect,
    ink: &MapInk,
    theme: Theme,
    buffer: &mut Buffer,
) {
    for position in area.intersection(buffer.area).positions() {
        let pixel @ (column, row) = pixel(area, theme, position);
        let cell = &mut buffer[position];
        if theme.has_half_cells() {
            let [upper, lower] = [row, row + 1].map(|row| {
                let tone = raster.tone((column, row));
                if is_line(raster, (column, row)) {
                    ink.line(tone)
                } else {
                    ink.color(tone)
                }
            });
            cell.set_symbol(HALF)
                .set_style(theme.half_cell(upper, Some(lower)));
        } else if is_line(raster, pixel) {
            let symbol = line_symbol(raster, theme, pixel);
            let style = Style::new().add_modifier(Modifier::BOLD);
            cell.set_symbol(symbol).set_style(style);
        } else {
            let (symbol, style) = ink.cell(raster.tone(pixel));
            cell.set_symbol(symbol).set_style(style);
        }
    }
}

/// The pixel of a cell of an area: its only or its upper one.
pub(crate) fn pixel(area: Rect, theme: Theme, Position { x, y }: Position) -> Pixel {
    let row = usize::from(y - area.y) * theme.rows_of_cell();
    (usize::from(x - area.x), row)
}

/// Whether a line goes through a pixel: the other side begins beside it, and not nearer to there.
fn is_line(raster: &impl Raster, pixel: Pixel) -> bool {
    let (side, distance) = raster.side(pixel);
    neighbours(raster, pixel)
        .into_iter()
        .flatten()
        .any(|beside| {
            let (other, its) = raster.side(beside);
            other != side && distance <= its
        })
}

/// The pixels on the left, on the right, above and below.
fn neighbours(raster: &impl Raster, (column, row): Pixel) -> [Option<Pixel>; 4] {
    let (columns, rows) = raster.size();
    [
        column.checked_sub(1).map(|column| (column, row)),
        (column + 1 < columns).then_some((column + 1, row)),
        row.checked_sub(1).map(|row| (column, row)),
        (row + 1 < rows).then_some((column, row + 1)),
    ]
}

/// The character of the line in a cell, in its direction.
fn line_symbol(raster: &impl Raster, theme: Theme, pixel: Pixel) -> &'static str {
    let side = |pixel| raster.side(pixel).0;
    let is_other = |beside: Option<Pixel>| beside.is_some_and(|beside| side(beside) != side(pixel));
    let [left, right, above, below] = neighbours(raster, pixel).map(is_other);
    let [upright, flat, rising, falling] = theme.glyph(["│", "─", "╱", "╲"], ["|", "-", "/", "\\"]);
    match (left || right, above || below) {
        (true, false) => upright,
        (false, _) => flat,
        (true, true) if left == above => rising,
        (true, true) => falling,
    }
}
