//! The points of a map as parts of cells.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::{RunView, ShownMap};
use crate::surface::{Grid, Map, MapArea, Plane};
use crate::ui::style::{MapInk, Theme, Tone};
use crate::ui::widget::map_subject::Subject;
use crate::ui::widget::raster::{self, Pixel, Raster};

/// The points of a map, each of which is a cell or half of one. Row 0 is at the top.
pub(super) struct Pixels {
    pub(super) area: Rect,
    pub(super) ink: MapInk,
    theme: Theme,
    map: Arc<Map>,
    columns: usize,
    rows: usize,
}

/// The map of this area with the outputs for some samples, and whether it is of the shown parameters; `None` as long as
/// there is nothing of it.
pub(super) fn map(
    run: &RunView,
    theme: Theme,
    subject: &Subject,
    plane: &Plane,
    (area, samples): (Rect, Vec<usize>),
) -> Option<ShownMap> {
    let (columns, rows) = size(theme, area);
    run.map(MapArea {
        plane: Plane {
            across: plane.across.of_middles(columns),
            up: plane.up.of_middles(rows),
            held: plane.held.clone(),
        },
        points: (columns, rows),
        layers: subject.layers(),
        samples,
    })
}

/// The columns and rows of points in an area.
fn size(theme: Theme, area: Rect) -> (usize, usize) {
    let rows = usize::from(area.height) * theme.rows_of_cell();
    (usize::from(area.width), rows)
}

impl Pixels {
    /// The points of a map of this area.
    pub(super) fn new(theme: Theme, ink: MapInk, map: Arc<Map>, area: Rect) -> Self {
        let (columns, rows) = size(theme, area);
        Self {
            area,
            ink,
            theme,
            map,
            columns,
            rows,
        }
    }

    fn grid(&self) -> &Grid {
        &self.map.grid
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
        subject.tone(self.grid(), self.point(pixel))
    }

    /// The point of the grid, whose rows begin at the bottom.
    fn point(&self, (column, row): Pixel) -> (usize, usize) {
        (column, self.rows - 1 - row.min(self.rows - 1))
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
        self.subject.side(pixels.grid(), pixels.point(pixel))
    }
}
