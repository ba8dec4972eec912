//! A curve as dots: written straight into the cells, at a cost that is proportional to the columns that it crosses.

use std::mem;
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Style;

use super::plot::Plot;

/// The first of the Braille characters, which has no dot; each of the 8 bits that follow is a dot.
const BLANK: u32 = 0x2800;

/// The bits of the dots of a cell, by column and by row from the top.
const BITS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

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
        if plot.area.is_empty() {
            return;
        }
        let mut pen = Pen::new(self, plot, buffer);
        let mut before: Option<(f64, f64)> = None;
        for point in points {
            let here = plot.point(point.across, point.value);
            let (low, high) = point.range;
            let [bottom, top] = if high > low {
                [low, high].map(|value| plot.down(value))
            } else {
                [here.1; 2]
            };
            pen.line(
                before.replace(here).unwrap_or(here),
                here,
                (top, bottom),
                point.value < 0.0,
            );
        }
        pen.lift();
    }
}

/// Draws from left to right. What it draws in a column of cells is written when it leaves that.
struct Pen<'a, 'b> {
    stroke: Stroke<'a>,
    plot: &'b Plot,
    buffer: &'b mut Buffer,
    dots_per_cell: (u16, u16),
    /// The last column and the last row of dots.
    right: i64,
    lowest: i64,
    /// The column of cells that it is in, and the rows of which it has drawn something there.
    column: u16,
    rows: Range<u16>,
    /// What it has drawn in these rows.
    marks: Vec<Mark>,
}

/// What a curve has drawn in a cell.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    dots: u8,
    /// Whether its last value there is negative.
    is_negative: bool,
}

impl<'a, 'b> Pen<'a, 'b> {
    fn new(stroke: Stroke<'a>, plot: &'b Plot, buffer: &'b mut Buffer) -> Self {
        let (right, lowest) = plot.last_dots();
        Self {
            stroke,
            plot,
            buffer,
            dots_per_cell: plot.dots_per_cell(),
            right: nearest(right),
            lowest: nearest(lowest),
            column: 0,
            rows: 0..0,
            marks: vec![Mark::default(); usize::from(plot.area.height)],
        }
    }

    /// Draws a line from one point to another on its right, column by column, which in its last column also reaches from
    /// `top` to `bottom`. The first column is that of the line before.
    fn line(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        (top, bottom): (f64, f64),
        is_negative: bool,
    ) {
        let (first, last) = (nearest(from.0), nearest(to.0));
        let columns = last - first;
        if columns < 1 {
            let ends = (from.1.min(to.1).min(top), from.1.max(to.1).max(bottom));
            return self.upright(last, ends, is_negative);
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
            self.upright(first + column, (upper, lower), is_negative);
            before = here;
        }
    }

    /// Draws the dots of a column between two heights, in dots from the top, as far as they are visible.
    fn upright(&mut self, column: i64, (top, bottom): (f64, f64), is_negative: bool) {
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
        let (across, up) = self.dots_per_cell;
        if column / across != self.column {
            self.lift();
            self.column = column / across;
        }
        let (top, bottom) = (index(top.max(0)), index(bottom.min(self.lowest)));
        let (first, last) = (top / up, bottom / up);
        let bits = BITS[usize::from(column % across)];
        for row in first..=last {
            let start = if row == first { top % up } else { 0 };
            let end = if row == last { bottom % up } else { up - 1 };
            let drawn = &bits[usize::from(start)..=usize::from(end)];
            let mark = &mut self.marks[usize::from(row)];
            mark.dots |= drawn.iter().fold(0, |dots, bit| dots | bit);
            mark.is_negative = is_negative;
        }
        self.rows = if self.rows.is_empty() {
            first..last + 1
        } else {
            self.rows.start.min(first)..self.rows.end.max(last + 1)
        };
    }

    /// Writes what is drawn in a column of cells.
    fn lift(&mut self) {
        let area = self.plot.area;
        for row in mem::take(&mut self.rows) {
            let mark = mem::take(&mut self.marks[usize::from(row)]);
            let position = (area.x + self.column, area.y + row);
            if let Some(cell) = self.buffer.cell_mut(position).filter(|_| mark.dots != 0) {
                self.stroke.write(mark, self.dots_per_cell == (1, 1), cell);
            }
        }
    }
}

impl Stroke<'_> {
    /// Adds what it has drawn in a cell to the dots that are there.
    fn write(&self, mark: Mark, is_ascii: bool, cell: &mut Cell) {
        let symbol = if is_ascii {
            self.ascii
        } else {
            let there = cell.symbol().chars().next().map_or(BLANK, u32::from);
            let is_braille = (BLANK..BLANK + 0x100).contains(&there);
            let there = if is_braille { there } else { BLANK };
            char::from_u32(there | u32::from(mark.dots)).unwrap_or(' ')
        };
        let style = if mark.is_negative {
            self.styles.1
        } else {
            self.styles.0
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
