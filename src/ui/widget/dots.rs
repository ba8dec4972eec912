//! A curve as dots: written straight into the cells, at a cost that is proportional to the columns that it crosses.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::plot::Plot;

/// The first of the Braille characters, which has no dot; each of the 8 bits that follow is a dot.
const BLANK: u32 = 0x2800;

/// The bits of the dots of a cell, by column and by row from the top.
const BITS: [[u32; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

/// What distinguishes a curve from others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stroke<'a> {
    /// What it consists of in ASCII.
    pub(crate) ascii: char,
    /// The pattern of columns of dots that are drawn, which repeats.
    pub(crate) dashes: &'a [bool],
    /// The style where the value is at least 0, and below.
    pub(crate) styles: (Style, Style),
}

/// A point of a curve: where it is along the axis, its value, and the smallest and largest value since the point before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    pub(crate) across: f64,
    pub(crate) value: f64,
    pub(crate) range: (f64, f64),
}

impl Stroke<'_> {
    /// Draws the lines between neighbouring points on top of what is there. Points are in order, and there are about as
    /// many as columns of dots.
    pub(crate) fn draw(
        self,
        buffer: &mut Buffer,
        plot: &Plot,
        points: impl Iterator<Item = Point>,
    ) {
        let (right, lowest) = plot.last_dots();
        let mut pen = Pen {
            stroke: self,
            plot,
            right: nearest(right),
            lowest: nearest(lowest),
            buffer,
        };
        let mut before: Option<(f64, f64)> = None;
        for point in points {
            let here = plot.point(point.across, point.value);
            let style = if point.value < 0.0 {
                self.styles.1
            } else {
                self.styles.0
            };
            let (low, high) = point.range;
            let [bottom, top] = if high > low {
                [low, high].map(|value| plot.point(point.across, value).1)
            } else {
                [here.1; 2]
            };
            pen.line(
                before.replace(here).unwrap_or(here),
                here,
                (top, bottom),
                style,
            );
        }
    }
}

struct Pen<'a, 'b> {
    stroke: Stroke<'a>,
    plot: &'b Plot,
    /// The last column and the last row of dots.
    right: i64,
    lowest: i64,
    buffer: &'b mut Buffer,
}

impl Pen<'_, '_> {
    /// Draws a line from one point to another on its right, column by column, which in its last column also reaches from
    /// `top` to `bottom`. The first column is that of the line before.
    fn line(&mut self, from: (f64, f64), to: (f64, f64), (top, bottom): (f64, f64), style: Style) {
        let (first, last) = (nearest(from.0), nearest(to.0));
        let columns = last - first;
        if columns < 1 {
            let ends = (from.1.min(to.1).min(top), from.1.max(to.1).max(bottom));
            return self.upright(last, ends, style);
        }
        let height = |column: i64| from.1 + (to.1 - from.1) * (column as f64 / columns as f64);
        let mut before = from.1;
        for column in 1..=columns {
            let here = height(column);
            let is_flat = (nearest(before) - nearest(here)).abs() <= 1;
            let start = if is_flat { here } else { before };
            let (mut upper, mut lower) = (start.min(here), start.max(here));
            if column == columns {
                (upper, lower) = (upper.min(top), lower.max(bottom));
            }
            self.upright(first + column, (upper, lower), style);
            before = here;
        }
    }

    /// Draws the dots of a column between two heights, in dots from the top, as far as they are visible.
    fn upright(&mut self, column: i64, (top, bottom): (f64, f64), style: Style) {
        let (top, bottom) = (nearest(top), nearest(bottom));
        if bottom < 0 || top > self.lowest {
            return;
        }
        let Some(column) = u16::try_from(column).ok().filter(|_| column <= self.right) else {
            return;
        };
        let dashes = self.stroke.dashes;
        if !dashes[usize::from(column) % dashes.len()] {
            return;
        }
        let (across, up) = self.plot.dots_per_cell();
        let (top, bottom) = (index(top.max(0)), index(bottom.min(self.lowest)));
        for row in top / up..=bottom / up {
            let rows = top.max(row * up) % up..=bottom.min(row * up + up - 1) % up;
            self.fill((column / across, row), (column % across, rows), style);
        }
    }

    /// Adds the dots of one column and of some rows to a cell.
    fn fill(
        &mut self,
        (x, y): (u16, u16),
        (column, rows): (u16, std::ops::RangeInclusive<u16>),
        style: Style,
    ) {
        let area = self.plot.area;
        let Some(cell) = self.buffer.cell_mut((area.x + x, area.y + y)) else {
            return;
        };
        let is_ascii = self.plot.dots_per_cell() == (1, 1);
        let symbol = if is_ascii {
            self.stroke.ascii
        } else {
            let bits = rows.fold(0, |bits, row| {
                bits | BITS[usize::from(column)][usize::from(row)]
            });
            let there = cell.symbol().chars().next().map_or(BLANK, u32::from);
            let is_braille = (BLANK..BLANK + 0x100).contains(&there);
            let there = if is_braille { there } else { BLANK };
            char::from_u32(there | bits).unwrap_or(' ')
        };
        cell.reset();
        cell.set_char(symbol).set_style(style);
    }
}

/// Returns the nearest whole number of dots; halves are away from 0, as for `round`, which is a call.
fn nearest(dots: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an axis ends long before; the cast saturates"
    )]
    let nearest = (dots + 0.5_f64.copysign(dots)) as i64;
    nearest
}

/// Converts a number of dots within a plot.
fn index(dots: i64) -> u16 {
    u16::try_from(dots).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;
    use ratatui::layout::Rect;

    use super::*;
    use crate::app::{Appearance, Colors, Glyphs};
    use crate::ui::style::Theme;
    use crate::ui::widget::axis::Axis;

    fn drawn(values: &[(f64, f64)], glyphs: Glyphs) -> Vec<String> {
        let area = Rect::new(0, 0, 4, 2);
        let theme = Theme(Appearance {
            colors: Colors::None,
            glyphs,
        });
        let plot = Plot::new(
            theme,
            area,
            Axis::between(0.0, 7.0),
            Axis::between(0.0, 7.0),
        );
        let mut buffer = Buffer::empty(area);
        let stroke = Stroke {
            ascii: '*',
            dashes: &[true],
            styles: (Style::new(), Style::new()),
        };
        let points = values.iter().map(|&(across, value)| Point {
            across,
            value,
            range: (value, value),
        });
        stroke.draw(&mut buffer, &plot, points);
        let rows = buffer.content().chunks(4);
        rows.map(|row| row.iter().map(Cell::symbol).collect())
            .collect()
    }

    #[test]
    fn lines_are_connected_dots_and_what_is_outside_is_left_out() {
        let unicode = |values| drawn(values, Glyphs::Unicode);
        assert_eq!(unicode(&[(0.0, 0.0), (7.0, 7.0)]), ["  ⡠⠊", "⡠⠊  "]);
        assert_eq!(unicode(&[(0.0, 0.0), (7.0, 0.0)]), ["    ", "⣀⣀⣀⣀"]);
        assert_eq!(unicode(&[(0.0, 99.0), (7.0, 99.0)]), ["    ", "    "]);
        assert_eq!(unicode(&[(0.0, -1e300), (7.0, f64::MAX)]), ["  ⡇ ", "  ⡇ "]);
        assert_eq!(unicode(&[(3.0, 0.0), (3.0, 7.0)]), [" ⢸  ", " ⢸  "]);
        assert_eq!(
            drawn(&[(0.0, 0.0), (7.0, 7.0)], Glyphs::Ascii),
            ["  **", "**  "]
        );
    }
}
