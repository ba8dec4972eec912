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
    for cells in area.intersection(buffer.area).rows() {
        let (first, row) = pixel(area, theme, cells.as_position());
        let start = buffer.index_of(cells.x, cells.y);
        let cells = &mut buffer.content[start..][..usize::from(cells.width)];
        for (column, cell) in (first..).zip(cells) {
            let pixel = (column, row);
            if theme.has_half_cells() {
                let [upper, lower] = [pixel, (column, row + 1)].map(|pixel| {
                    if sides.have_line(pixel) {
                        ink.line(raster.tone_of_line(pixel))
                    } else {
                        ink.color(raster.tone(pixel))
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

    /// The sides on the left of a pixel, on the right, above and below; `None` past the border.
    fn beside(&self, (column, row): Pixel) -> [Option<Side>; 4] {
        let index = row * self.columns + column;
        [
            (column > 0).then(|| self.sides[index - 1]),
            (column + 1 < self.columns).then(|| self.sides[index + 1]),
            (row > 0).then(|| self.sides[index - self.columns]),
            self.sides.get(index + self.columns).copied(),
        ]
    }

    /// Whether a line goes through a pixel: the other side begins beside it, and not nearer to there.
    fn have_line(&self, pixel @ (column, row): Pixel) -> bool {
        let index = row * self.columns + column;
        let (side, distance) = self.sides[index];
        // Almost everywhere, all are on one side.
        let is_here = |beside: usize| self.sides.get(beside).is_none_or(|(of, _)| *of == side);
        let apart = [1, self.columns];
        if apart
            .into_iter()
            .all(|apart| is_here(index.wrapping_sub(apart)) && is_here(index + apart))
        {
            return false;
        }
        let mut beside = self.beside(pixel).into_iter().flatten();
        beside.any(|(other, its)| other != side && distance <= its)
    }

    /// The character of the line in a cell, in its direction.
    fn line_symbol(&self, theme: Theme, pixel @ (column, row): Pixel) -> &'static str {
        let (side, _) = self.sides[row * self.columns + column];
        let beside = self.beside(pixel);
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
