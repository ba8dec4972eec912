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

    /// The tone that the line through a pixel lies on.
    fn tone_of_line(&self, pixel: Pixel) -> Tone {
        self.tone(pixel)
    }

    /// The side on which a pixel is.
    fn side(&self, pixel: Pixel) -> Side;
}

/// Draws every cell of an area.
pub(crate) fn render(
    raster: &impl Raster,
    area: Rect,
    ink: &MapInk,
    theme: Theme,
    buffer: &mut Buffer,
) {
    let sides = Sides::of(raster);
    for position in area.intersection(buffer.area).positions() {
        let pixel @ (column, row) = pixel(area, theme, position);
        let cell = &mut buffer[position];
        if theme.has_half_cells() {
            let [upper, lower] = [row, row + 1].map(|row| {
                if sides.have_line((column, row)) {
                    ink.line(raster.tone_of_line((column, row)))
                } else {
                    ink.color(raster.tone((column, row)))
                }
            });
            cell.set_symbol(HALF)
                .set_style(theme.half_cell(upper, Some(lower)));
        } else if sides.have_line(pixel) {
            let symbol = sides.line_symbol(theme, pixel);
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

/// On which side of all lines a pixel is, and how far from the nearest of them.
type Side = (usize, f64);

/// The sides of all pixels, each of which its neighbours ask for too.
struct Sides {
    columns: usize,
    /// Row by row.
    sides: Vec<Side>,
}

impl Sides {
    fn of(raster: &impl Raster) -> Self {
        let (columns, rows) = raster.size();
        let pixels = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let sides = pixels.map(|pixel| raster.side(pixel)).collect();
        Self { columns, sides }
    }

    /// The side of a pixel and those on the left, on the right, above and below; `None` past the border.
    fn around(&self, (column, row): Pixel) -> (Side, [Option<Side>; 4]) {
        let index = row * self.columns + column;
        let beside = [
            (column > 0).then(|| self.sides[index - 1]),
            (column + 1 < self.columns).then(|| self.sides[index + 1]),
            (row > 0).then(|| self.sides[index - self.columns]),
            self.sides.get(index + self.columns).copied(),
        ];
        (self.sides[index], beside)
    }

    /// Whether a line goes through a pixel: the other side begins beside it, and not nearer to there.
    fn have_line(&self, pixel: Pixel) -> bool {
        let ((side, distance), beside) = self.around(pixel);
        let mut beside = beside.into_iter().flatten();
        beside.any(|(other, its)| other != side && distance <= its)
    }

    /// The character of the line in a cell, in its direction.
    fn line_symbol(&self, theme: Theme, pixel: Pixel) -> &'static str {
        let ((side, _), beside) = self.around(pixel);
        let [left, right, above, below] =
            beside.map(|beside| beside.is_some_and(|(other, _)| other != side));
        let [upright, flat, rising, falling] =
            theme.glyph(["│", "─", "╱", "╲"], ["|", "-", "/", "\\"]);
        match (left || right, above || below) {
            (true, false) => upright,
            (false, _) => flat,
            (true, true) if left == above => rising,
            (true, true) => falling,
        }
    }
}
