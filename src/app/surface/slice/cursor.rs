//! The cursor of a slice, the steps along its path, and the part of the plane that is seen.

use super::super::pointing::{nearer, round_middle};
use super::super::window::{Window, round_step, stepped, zoomed};
use crate::app::pointer::MapCell;
use crate::app::turn::Turn;
use crate::app::{App, Direction, Effect, RunView};
use crate::surface::PathPoint;

impl RunView {
    /// The ranges that are seen, across and up, or will be once they are computed; `None` if there is no slice yet.
    fn slice_window(&self) -> Option<Window> {
        let shown = || {
            let slice = self.slice.shown()?;
            Some(slice.grid.spans.map(|span| (span.from, span.to)))
        };
        self.slice.window.or_else(shown)
    }

    /// Moves the cursor to the next round value, from θ₀ if it is nowhere yet. At the border it takes the plane with it.
    pub(in crate::app) fn move_slice_cursor(&mut self, direction: Direction) {
        let (Some(spans), Some(slice)) = (self.slice_window(), self.slice.shown()) else {
            return;
        };
        let cursor = self.slice.cursor().unwrap_or(slice.plane.center());
        let Some((window, cursor)) = stepped(spans, cursor, direction) else {
            return;
        };
        let steps = spans.map(round_step);
        let is_near = |point: &PathPoint| {
            let distance = |axis: usize| (point.at[axis] - cursor[axis]).abs();
            (0..2).all(|axis| distance(axis) <= steps[axis].length() / 2.0)
        };
        let chosen = nearest(&slice.path, is_near);
        (self.slice.chosen, self.slice.cursor) = (chosen, Some(cursor));
        if window != spans {
            self.slice.window = Some(window);
        }
    }

    /// Moves the cursor to a point of the path within a cell, or else to a round value there.
    pub(in crate::app) fn place_slice_cursor(&mut self, cell: MapCell) {
        let Some(slice) = self.slice.shown() else {
            return;
        };
        let [across, up] = slice.grid.spans;
        let in_cell =
            |point: &PathPoint| cell.contains([across.share(point.at[0]), up.share(point.at[1])]);
        let Some(row) = cell.size.1.checked_sub(cell.row + 1) else {
            return;
        };
        let values = [
            round_middle(across, cell.column, cell.size.0),
            round_middle(up, row, cell.size.1),
        ];
        self.slice.chosen = nearest(&slice.path, in_cell);
        self.slice.cursor = self.slice.chosen.is_none().then_some(values);
    }

    /// Whether the cursor is in a cell.
    pub(in crate::app) fn slice_cursor_is_in(&self, cell: MapCell) -> bool {
        let (Some(slice), Some(cursor)) = (self.slice.shown(), self.slice.cursor()) else {
            return false;
        };
        let [across, up] = slice.grid.spans;
        cell.contains([across.share(cursor[0]), up.share(cursor[1])])
    }

    /// Moves the cursor to the next or previous point of the path; at first to the one before or after θ₀.
    pub(super) fn turn_path(&mut self, turn: Turn) {
        if let Some(epoch) = self.next_on_path(turn) {
            (self.slice.chosen, self.slice.cursor) = (Some(epoch), None);
        }
    }

    /// The epoch of the next or previous point of the path, or of its end; `None` if there is no path.
    fn next_on_path(&self, turn: Turn) -> Option<u64> {
        let slice = self.slice.shown()?;
        let present = slice.request.position.epoch;
        let epoch = self.slice.chosen().map_or(present, |point| point.epoch);
        let path = &slice.path;
        let next = match turn {
            Turn::Forward => path.iter().find(|point| point.epoch > epoch),
            Turn::Back => path.iter().rev().find(|point| point.epoch < epoch),
        };
        let at_end = match turn {
            Turn::Forward => path.last(),
            Turn::Back => path.first(),
        };
        next.or(at_end).map(|point| point.epoch)
    }

    /// The epoch of the end of the path in a direction, if the cursor is there.
    pub(in crate::app) fn end_of_path(&self, turn: Turn) -> Option<u64> {
        let chosen = self.slice.chosen()?.epoch;
        (self.next_on_path(turn) == Some(chosen)).then_some(chosen)
    }

    /// Shows a smaller or a larger part of the plane around some shares of it, or around the cursor or the middle.
    pub(in crate::app) fn zoom_slice(&mut self, around: Option<[f64; 2]>, turn: Turn) {
        if let Some(window) = self.slice_zoomed(around, turn) {
            self.slice.window = Some(window);
        }
    }

    /// What is then seen; `None` if it cannot be smaller or larger.
    pub(in crate::app) fn slice_zoomed(
        &self,
        around: Option<[f64; 2]>,
        turn: Turn,
    ) -> Option<Window> {
        let spans = self.slice_window()?;
        let whole = self.slice.whole.unwrap_or(spans);
        let middle = || spans.map(|(low, high)| f64::midpoint(low, high));
        let around = around.or(self.slice.cursor()).unwrap_or_else(middle);
        let zoomed = [0, 1].map(|axis| zoomed(spans[axis], whole[axis], around[axis], turn));
        let [Some(across), Some(up)] = zoomed else {
            return None;
        };
        Some([across, up])
    }

    /// Zooms a slice around a cell: nearer if the wheel is turned up.
    pub(in crate::app) fn zoom_slice_at(&mut self, cell: MapCell, turn: Turn) {
        let Some(slice) = self.slice.shown() else {
            return;
        };
        let [across, up] = slice.grid.spans;
        let [column, row] = cell.middle();
        self.zoom_slice(Some([across.at(column), up.at(row)]), nearer(turn));
    }
}

impl MapCell {
    /// Whether the values at these shares of the spans across and up are in the cell.
    fn contains(self, [across, up]: [f64; 2]) -> bool {
        let is_in = |share: f64, cell: u16, cells: u16| {
            let place = share * f64::from(cells);
            let is_last = cell + 1 == cells && share <= 1.0;
            place >= f64::from(cell) && (place < f64::from(cell + 1) || is_last)
        };
        let (columns, rows) = self.size;
        let row = rows.checked_sub(self.row + 1);
        is_in(across, self.column, columns) && row.is_some_and(|row| is_in(up, row, rows))
    }

    /// The shares of its middle across and up.
    fn middle(self) -> [f64; 2] {
        let share = |cell: u16, cells: u16| (f64::from(cell) + 0.5) / f64::from(cells.max(1));
        let (columns, rows) = self.size;
        [share(self.column, columns), 1.0 - share(self.row, rows)]
    }
}

/// The epoch of the point that is nearest to the plane among some of a path; of equal ones the last.
fn nearest(path: &[PathPoint], is_meant: impl Fn(&PathPoint) -> bool) -> Option<u64> {
    let meant = path.iter().rev().filter(|point| is_meant(point));
    let nearest = meant.min_by(|a, b| a.distance.total_cmp(&b.distance));
    nearest.map(|point| point.epoch)
}

impl App {
    /// Goes to the epoch of the chosen point of the path.
    pub(in crate::app) fn go_to_path_point(&mut self) -> Vec<Effect> {
        match self.run.slice.chosen() {
            Some(point) => self.go_to(point.epoch),
            None => Vec::new(),
        }
    }

    /// Shows all of the path again.
    pub(in crate::app) fn show_whole_slice(&mut self) {
        self.run.slice.window = None;
    }
}
