//! The mouse on the map: cells stand for values.

use super::window::RoundStep;
use crate::app::RunView;
use crate::app::pointer::MapCell;
use crate::app::turn::Turn;
use crate::surface::{Plane, Span};

impl RunView {
    /// Moves the cursor to a round value within a cell of the map.
    pub(in crate::app) fn place_cursor(&mut self, cell: MapCell) {
        let values = self.in_cell(cell);
        if values.is_some() {
            self.surface.cursor = values;
        }
    }

    /// Whether the cursor was moved to a cell of the map.
    pub(in crate::app) fn cursor_is_in(&self, cell: MapCell) -> bool {
        self.surface.cursor.is_some() && self.surface.cursor == self.in_cell(cell)
    }

    /// Shows a smaller part of the plane around a cell if the wheel is turned up, and a larger one if down.
    pub(in crate::app) fn zoom_at(&mut self, cell: MapCell, turn: Turn) {
        if let Some(values) = self.in_cell(cell) {
            self.zoom_around(Some(values), nearer(turn));
        }
    }

    /// The round values across and up that are nearest to the middle of a cell.
    fn in_cell(&self, cell: MapCell) -> Option<[f64; 2]> {
        values_in(&self.plane()?, cell)
    }
}

/// The round values across and up that are nearest to the middle of a cell of a plane; `None` outside of it.
pub(super) fn values_in(plane: &Plane, MapCell { column, row, size }: MapCell) -> Option<[f64; 2]> {
    let row = size.1.checked_sub(row + 1)?;
    let across = round_middle(plane.across, column, size.0);
    Some([across, round_middle(plane.up, row, size.1)])
}

/// How the wheel zooms: nearer if it is turned up.
pub(super) fn nearer(turn: Turn) -> Turn {
    match turn {
        Turn::Back => Turn::Forward,
        Turn::Forward => Turn::Back,
    }
}

/// The middle of one of `parts` equal parts of a span, as a round value.
pub(super) fn round_middle(span: Span, part: u16, parts: u16) -> f64 {
    let parts = f64::from(parts.max(1));
    let middle = span.at((f64::from(part) + 0.5) / parts);
    // Half a part, so that the nearest multiple is within it.
    let round = RoundStep::below((span.to / 2.0 - span.from / 2.0) / parts).nearest(middle);
    if round.is_finite() { round } else { middle }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_a_round_value_within_it() {
        for (from, to) in [(117.0, 163.0), (-0.02, 0.013), (-6e9, 1e10)] {
            let span = Span {
                feature: 0,
                from,
                to,
            };
            for part in 0..47 {
                let share = span.share(round_middle(span, part, 47)) * 47.0;
                assert!(share >= f64::from(part) && share <= f64::from(part + 1));
            }
        }
        let span = Span {
            feature: 0,
            from: 117.0,
            to: 163.0,
        };
        assert_eq!(round_middle(span, 3, 46), 120.5);
    }
}
