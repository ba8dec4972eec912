//! A curve as dots: written straight into the cells, at a cost that is proportional to the columns that it crosses.

use std::mem;
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::axis::Axis;
use super::plot::Plot;

/// The first of the Braille characters, which has no dot; each of the 8 bits that follow is a dot.
pub(super) const BLANK: u32 = 0x2800;

/// The bits of the dots of a cell, by column and by row from the top.
pub(super) const BITS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

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
        let mut before: Option<Spot> = None;
        for point in points {
            let here = Spot::of(plot.point(point.across, point.value));
            // The last value of a curve that only falls or rises is an end of its range.
            let row = |value: f64| {
                if value == point.value {
                    here.row
                } else {
                    nearest(plot.down(value))
                }
            };
            let (low, high) = point.range;
            let reach = if high > low {
                [high, low].map(row)
            } else {
                [here.row; 2]
            };
            let from = before.replace(here).unwrap_or(here);
            pen.line(from, here, reach, point.value < 0.0);
        }
        pen.lift();
    }
}

impl Stroke<'_> {
    /// Draws a line across an area to the right of a plot, from where a value is to the middle of a row of cells.
    pub(crate) fn lead(self, buffer: &mut Buffer, plot: &Plot, area: Rect, value: f64, row: u16) {
        let area = area.intersection(buffer.area);
        // Its values are how many dots it is below the top.
        let (_, lowest) = plot.last_dots();
        let strip = plot.beside(area, Axis::between(0.0, 1.0), Axis::between(-lowest, 0.0));
        let middle = f64::from(row) * f64::from(plot.dots_per_cell().1) + 1.0;
        let points = [(0.0, plot.down(value)), (1.0, middle)].map(|(across, down)| Point {
            across,
            value: -down,
            range: (-down, -down),
        });
        self.draw(buffer, &strip, points.into_iter());
    }
}

/// Where a point is: how far from the top, and the nearest column and row of dots.
#[derive(Debug, Clone, Copy)]
struct Spot {
    down: f64,
    column: i64,
    row: i64,
}

impl Spot {
    /// Of a point in dots from the left and from the top.
    fn of((across, down): (f64, f64)) -> Self {
        Self {
            down,
            column: nearest(across),
            row: nearest(down),
        }
    }
}

/// Draws from left to right. What it draws in a column of cells is written when it leaves that.
struct Pen<'a, 'b> {
    stroke: Stroke<'a>,
    plot: &'b Plot,
    buffer: &'b mut Buffer,
    /// Dots of a cell, across and up.
    across: Dots,
    up: Dots,
    /// The last column and the last row of dots.
    right: i64,
    lowest: i64,
    /// The column of cells that it is in, and the rows of which it has drawn something there.
    column: u16,
    rows: Range<u16>,
    /// What it has drawn in these rows.
    marks: Vec<Mark>,
}

/// How many dots a cell has along an axis: a power of two, as a division takes longer than all else that is done with a
/// dot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dots {
    log2: u32,
}

impl Dots {
    pub(crate) const fn of_cell(count: u16) -> Self {
        Self {
            log2: count.trailing_zeros(),
        }
    }

    /// The cell that a dot is in, and which of its dots that is.
    pub(crate) fn place(self, dot: u16) -> (u16, u16) {
        let cell = dot >> self.log2;
        (cell, dot - (cell << self.log2))
    }

    pub(crate) fn count(self) -> u16 {
        1 << self.log2
    }
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
            across: Dots::of_cell(plot.dots_per_cell().0),
            up: Dots::of_cell(plot.dots_per_cell().1),
            right: nearest(right),
            lowest: nearest(lowest),
            column: 0,
            rows: 0..0,
            marks: vec![Mark::default(); usize::from(plot.area.height)],
        }
    }

    /// Draws a line from one point to another on its right, column by column, which in its last column also reaches from
    /// the first to the second of two rows of dots. The first column is that of the line before.
    fn line(&mut self, from: Spot, to: Spot, [top, bottom]: [i64; 2], is_negative: bool) {
        let columns = to.column - from.column;
        let mut before = from.row;
        for column in 1..columns {
            let share = column as f64 / columns as f64;
            let here = nearest(from.down + (to.down - from.down) * share);
            let start = start(before, here);
            let ends = (start.min(here), start.max(here));
            self.upright(from.column + column, ends, is_negative);
            before = here;
        }
        let start = if columns < 1 {
            before
        } else {
            start(before, to.row)
        };
        let ends = (start.min(to.row).min(top), start.max(to.row).max(bottom));
        self.upright(to.column, ends, is_negative);
    }

    /// Draws the dots of a column between two rows of dots, as far as they are visible.
    fn upright(&mut self, column: i64, (top, bottom): (i64, i64), is_negative: bool) {
        if bottom < 0 || top > self.lowest {
            return;
        }
        let Some(column) = u16::try_from(column).ok().filter(|_| column <= self.right) else {
            return;
        };
        let dashes = self.stroke.dashes;
        if dashes.len() > 1 && !dashes[usize::from(column) % dashes.len()] {
            return;
        }
        let (cell, dot) = self.across.place(column);
        if cell != self.column {
            self.lift();
            self.column = cell;
        }
        let (first, top) = self.up.place(index(top.max(0)));
        let (last, bottom) = self.up.place(index(bottom.min(self.lowest)));
        let bits = BITS[usize::from(dot)];
        for row in first..=last {
            let start = if row == first { top } else { 0 };
            let end = if row == last {
                bottom
            } else {
                self.up.count() - 1
            };
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
                self.stroke.write(mark, self.across.count() == 1, cell);
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

/// The row in which a line begins in a column: that of the column before, unless it is the same one or the next.
fn start(before: i64, here: i64) -> i64 {
    if (before - here).abs() <= 1 {
        here
    } else {
        before
    }
}

/// Returns the nearest whole number of dots; halves are away from 0, as for `round`, which is a call.
pub(super) fn nearest(dots: f64) -> i64 {
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
