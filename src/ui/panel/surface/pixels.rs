//! The points of a map as parts of cells.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::RunView;
use crate::surface::{Grid, Plane, Span, work_of};
use crate::ui::style::{MapInk, Theme, Tone};
use crate::ui::widget::map_subject::Subject;
use crate::ui::widget::raster::{self, Pixel, Raster};

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
        let seen = Seen {
            pixels: self,
            subject,
        };
        raster::render(&seen, self.area, &self.ink, self.theme, buffer);
    }

    /// The tone of a cell that is covered by a character.
    pub(super) fn tone_of_cell(&self, subject: &Subject, position: Position) -> Tone {
        self.tone(subject, raster::pixel(self.area, self.theme, position))
    }

    fn tone(&self, subject: &Subject, pixel: Pixel) -> Tone {
        subject.tone(&self.grid, self.point(pixel))
    }

    /// The point of the grid, whose rows begin at the bottom.
    fn point(&self, (column, row): Pixel) -> (usize, usize) {
        let row = self.rows - 1 - row.min(self.rows - 1);
        (column / self.block, row / self.block)
    }
}

/// A quantity at the points of a map.
struct Seen<'a> {
    pixels: &'a Pixels,
    subject: &'a Subject<'a>,
}

impl Raster for Seen<'_> {
    fn size(&self) -> (usize, usize) {
        (self.pixels.columns, self.pixels.rows)
    }

    fn tone(&self, pixel: Pixel) -> Tone {
        self.pixels.tone(self.subject, pixel)
    }

    fn side(&self, pixel: Pixel) -> (usize, f64) {
        let pixels = self.pixels;
        self.subject.side(&pixels.grid, pixels.point(pixel))
    }
}

/// The span between the first and the last point, each in the middle of its block. The last block may end after the span.
fn middles(span: Span, pixels: usize, covered: usize, points: usize) -> Span {
    let to = span.at(covered as f64 / pixels.max(1) as f64);
    Span { to, ..span }.of_middles(points)
}
