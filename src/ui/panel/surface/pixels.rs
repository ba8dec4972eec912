//! The points of a map as parts of cells, and the line between them.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::app::RunView;
use crate::surface::{Grid, Plane, Span, work_of};
use crate::ui::style::{HALF, MapInk, Theme, Tone};
use crate::ui::widget::map_subject::Subject;

/// About how many multiplications there is time for in a frame. A larger network is drawn in larger blocks.
const MOST_WORK: usize = 12_000_000;

/// A map of fewer points says nothing.
const FEWEST_POINTS: usize = 64;

/// Whether even a coarse map takes longer than a frame.
pub(super) fn are_too_slow(run: &RunView) -> bool {
    work_of(&run.network) > MOST_WORK / FEWEST_POINTS
}

/// The points of a map, each of which is a cell or half of one. Row 0 is at the top.
pub(super) struct Pixels {
    pub(super) area: Rect,
    pub(super) ink: MapInk,
    theme: Theme,
    grid: Arc<Grid>,
    /// How many pixels a point of the grid covers, across and up.
    block: usize,
    columns: usize,
    rows: usize,
}

impl Pixels {
    /// Computes a map of this area.
    pub(super) fn new(
        run: &RunView,
        theme: Theme,
        ink: MapInk,
        subject: &Subject,
        plane: &Plane,
        area: Rect,
    ) -> Self {
        let columns = usize::from(area.width);
        let rows = usize::from(area.height) * theme.rows_of_cell();
        let work = work_of(&run.network);
        let mut block = 1;
        while columns.div_ceil(block) * rows.div_ceil(block) * work > MOST_WORK && block < 64 {
            block *= 2;
        }
        let points = (columns.div_ceil(block), rows.div_ceil(block));
        let plane = Plane {
            across: middles(plane.across, columns, points.0 * block, points.0),
            up: middles(plane.up, rows, points.1 * block, points.1),
            held: plane.held.clone(),
        };
        Self {
            area,
            ink,
            theme,
            grid: run.grid(&plane, points, subject.layers()),
            block,
            columns,
            rows,
        }
    }

    /// Draws every cell.
    pub(super) fn render(&self, buffer: &mut Buffer, subject: &Subject) {
        let area = self.area.intersection(buffer.area);
        for position in area.positions() {
            let (column, row) = self.pixel(position);
            let cell = &mut buffer[position];
            if self.theme.has_half_cells() {
                let [upper, lower] = [row, row + 1].map(|row| {
                    let tone = self.tone(subject, (column, row));
                    if self.is_line(subject, (column, row)) {
                        self.ink.line(tone)
                    } else {
                        self.ink.color(tone)
                    }
                });
                cell.set_symbol(HALF)
                    .set_style(self.theme.half_cell(upper, Some(lower)));
            } else if self.is_line(subject, (column, row)) {
                let symbol = self.line_symbol(subject, (column, row));
                let style = Style::new().add_modifier(Modifier::BOLD);
                cell.set_symbol(symbol).set_style(style);
            } else {
                let (symbol, style) = self.ink.cell(self.tone(subject, (column, row)));
                cell.set_symbol(symbol).set_style(style);
            }
        }
    }

    /// The pixel of a cell: its only or its upper one.
    fn pixel(&self, Position { x, y }: Position) -> (usize, usize) {
        let row = usize::from(y - self.area.y) * self.theme.rows_of_cell();
        (usize::from(x - self.area.x), row)
    }

    /// The tone of a cell that is covered by a character.
    pub(super) fn tone_of_cell(&self, subject: &Subject, position: Position) -> Tone {
        self.tone(subject, self.pixel(position))
    }

    fn tone(&self, subject: &Subject, pixel: (usize, usize)) -> Tone {
        subject.tone(&self.grid, self.point(pixel))
    }

    /// The point of the grid, whose rows begin at the bottom.
    fn point(&self, (column, row): (usize, usize)) -> (usize, usize) {
        let row = self.rows - 1 - row.min(self.rows - 1);
        (column / self.block, row / self.block)
    }

    /// Whether the line goes through a pixel: the other side begins beside it, and not nearer to there.
    fn is_line(&self, subject: &Subject, pixel: (usize, usize)) -> bool {
        let (side, distance) = subject.side(&self.grid, self.point(pixel));
        self.neighbours(pixel).into_iter().flatten().any(|beside| {
            let (other, its) = subject.side(&self.grid, self.point(beside));
            other != side && distance <= its
        })
    }

    /// The pixels on the left, on the right, above and below.
    fn neighbours(&self, (column, row): (usize, usize)) -> [Option<(usize, usize)>; 4] {
        [
            column.checked_sub(1).map(|column| (column, row)),
            (column + 1 < self.columns).then_some((column + 1, row)),
            row.checked_sub(1).map(|row| (column, row)),
            (row + 1 < self.rows).then_some((column, row + 1)),
        ]
    }

    /// The character of the line in a cell, in its direction.
    fn line_symbol(&self, subject: &Subject, pixel: (usize, usize)) -> &'static str {
        let is_other = |beside: Option<(usize, usize)>| {
            let side = |pixel| subject.side(&self.grid, self.point(pixel)).0;
            beside.is_some_and(|beside| side(beside) != side(pixel))
        };
        let [left, right, above, below] = self.neighbours(pixel).map(is_other);
        let [upright, flat, rising, falling] = self
            .theme
            .glyph(["│", "─", "╱", "╲"], ["|", "-", "/", "\\"]);
        match (left || right, above || below) {
            (true, false) => upright,
            (false, _) => flat,
            (true, true) if left == above => rising,
            (true, true) => falling,
        }
    }
}

/// The span between the first and the last point, each in the middle of its block. The last block may end after the span.
fn middles(span: Span, pixels: usize, covered: usize, points: usize) -> Span {
    let to = span.at(covered as f64 / pixels.max(1) as f64);
    Span { to, ..span }.of_middles(points)
}
