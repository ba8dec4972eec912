//! Points that are being drawn: a board of two features, a cursor, and a way back.

use super::pointing::values_in;
use super::window::{RoundStep, Window, stepped};
use crate::app::pointer::MapCell;
use crate::app::turn::{Turn, turn_choice};
use crate::app::{Direction, Draw, RunView};
use crate::data::{Point, Points};
use crate::surface::{Plane, Span};

/// How far from a place a point is that is removed there, as a share of the board.
const REACH: f64 = 0.06;

/// The most changes that can be undone.
const MOST_UNDONE: usize = 100;

/// What is seen of an empty board.
const EMPTY: Window = [(-1.0, 1.0); 2];

/// Points that are being drawn.
#[derive(Debug, Clone)]
pub struct Drawing {
    board: Board,
    /// The raw values of the cursor, across and up.
    cursor: [f64; 2],
    /// The board before each change, the latest one last.
    before: Vec<Board>,
    /// The board before the stroke of the mouse that is under way, until it changes something.
    stroke: Option<Board>,
}

/// What a change changes, and undoing restores.
#[derive(Debug, Clone, PartialEq)]
struct Board {
    points: Points,
    window: Window,
    /// The index of the class that is placed.
    chosen: usize,
}

impl Drawing {
    /// An empty board from −1 to 1, with the classes A and B.
    #[must_use]
    pub(in crate::app) fn empty() -> Self {
        Self::of(Board {
            points: Points::empty(),
            window: EMPTY,
            chosen: 0,
        })
    }

    /// The samples of a run over the two features of its map.
    ///
    /// # Errors
    ///
    /// One clause, if they cannot be drawn on.
    pub(in crate::app) fn of_run(run: &RunView) -> Result<Self, String> {
        let plane = run.whole_plane();
        let plane = plane.ok_or("this data has not two features that are numbers")?;
        let spans = [plane.across, plane.up];
        Ok(Self::of(Board {
            points: Points::of(run.dataset(), spans.map(|span| span.feature))?,
            window: spans.map(|span| (span.from, span.to)),
            chosen: 0,
        }))
    }

    fn of(board: Board) -> Self {
        Self {
            cursor: middle(board.window),
            board,
            before: Vec::new(),
            stroke: None,
        }
    }

    /// The points.
    #[must_use]
    pub fn points(&self) -> &Points {
        &self.board.points
    }

    /// The index of the class that is placed.
    #[must_use]
    pub fn chosen(&self) -> usize {
        self.board.chosen
    }

    /// The raw values of the cursor, across and up.
    #[must_use]
    pub fn cursor(&self) -> [f64; 2] {
        self.cursor
    }

    /// What is seen of the plane; feature 0 is across, feature 1 up.
    #[must_use]
    pub fn plane(&self) -> Plane {
        let [across, up] = self.board.window;
        let span = |feature, (from, to)| Span { feature, from, to };
        Plane {
            across: span(0, across),
            up: span(1, up),
            held: vec![0.0; 2],
        }
    }

    /// Why an action would leave the drawing as it is; `None` if it changes it.
    #[must_use]
    pub(in crate::app) fn end_of(&self, draw: Draw) -> Option<String> {
        let points = self.points();
        match draw {
            Draw::Choose(class) if class == self.chosen() => {
                let name = points.classes.get(class)?;
                Some(format!("{name} is the class that is placed"))
            }
            Draw::Empty if self.board == Self::empty().board => {
                Some("the board is empty".to_owned())
            }
            _ => None,
        }
    }

    /// Whether there is a change to undo.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        !self.before.is_empty()
    }

    /// Moves the cursor to the next round value. At the border it takes the board with it.
    pub(in crate::app) fn move_cursor(&mut self, direction: Direction) {
        if let Some((window, cursor)) = stepped(self.board.window, self.cursor, direction) {
            (self.board.window, self.cursor) = (window, cursor);
        }
    }

    /// Moves the cursor into a cell of the board.
    pub(in crate::app) fn place_cursor(&mut self, cell: MapCell) {
        if let Some(cursor) = values_in(&self.plane(), cell) {
            self.cursor = cursor;
        }
    }

    /// Chooses the class that is placed; the one after the last is added, if there is room.
    pub(in crate::app) fn choose(&mut self, class: usize) {
        if !self.can_choose(class) {
            return;
        }
        if class == self.board.points.classes.len() {
            self.keep_before();
            self.board.points.add_class();
        }
        self.board.chosen = class;
    }

    /// Chooses the next or previous class, around the ends.
    pub(in crate::app) fn turn_class(&mut self, turn: Turn) {
        let classes: Vec<usize> = (0..self.board.points.classes.len()).collect();
        turn_choice(&mut self.board.chosen, &classes, turn);
    }

    /// Whether a class can be chosen: it is there, or the next one to be added.
    #[must_use]
    pub fn can_choose(&self, class: usize) -> bool {
        let count = self.board.points.classes.len();
        class < count || class == count && self.board.points.clone().add_class()
    }

    /// What is painted from now on is undone as one change.
    pub(in crate::app) fn begin_stroke(&mut self) {
        self.stroke = Some(self.board.clone());
    }

    /// Places a point of the chosen class under the cursor, in the stroke that was begun. A point that is there already
    /// gets this class.
    ///
    /// # Errors
    ///
    /// Why there is no change.
    pub(in crate::app) fn paint(&mut self) -> Result<(), String> {
        let (class, cursor) = (self.board.chosen, self.cursor);
        let points = &mut self.board.points.points;
        let is_full = points.len() >= Points::MOST;
        let here = points.iter_mut().find(|point| point.values == cursor);
        match here {
            Some(here) if here.class == class => {
                let name = &self.board.points.classes[class];
                return Err(format!("there is a point of {name} already"));
            }
            Some(here) => here.class = class,
            None if is_full => {
                return Err(format!("a drawing has at most {} points", Points::MOST));
            }
            None => points.push(Point {
                values: cursor,
                class,
            }),
        }
        if let Some(before) = self.stroke.take() {
            self.before.push(before);
            self.forget_oldest();
        }
        Ok(())
    }

    /// Removes the point nearest to the cursor; returns whether there is one within reach.
    pub(in crate::app) fn remove_nearest(&mut self) -> bool {
        let Some(nearest) = self.nearest() else {
            return false;
        };
        self.keep_before();
        self.board.points.points.remove(nearest);
        true
    }

    /// The index of the point within reach that is nearest to the cursor, of several the one that was placed last.
    fn nearest(&self) -> Option<usize> {
        let Plane { across, up, .. } = self.plane();
        let distance = |point: &Point| {
            let apart = |span: Span, axis: usize| {
                span.share(point.values[axis]) - span.share(self.cursor[axis])
            };
            apart(across, 0).hypot(apart(up, 1))
        };
        let points = self.board.points.points.iter().enumerate().rev();
        let within = points
            .map(|(index, point)| (index, distance(point)))
            .filter(|(_, distance)| *distance <= REACH);
        let nearest = within.min_by(|(_, one), (_, other)| one.total_cmp(other));
        nearest.map(|(index, _)| index)
    }

    /// Removes all points.
    pub(in crate::app) fn clear(&mut self) {
        self.keep_before();
        self.board.points.points.clear();
    }

    /// Goes on with another board; undoing returns to this one.
    pub(in crate::app) fn replace(&mut self, other: Self) {
        self.keep_before();
        (self.board, self.cursor) = (other.board, other.cursor);
    }

    /// Undoes the latest change.
    pub(in crate::app) fn undo(&mut self) {
        let Some(before) = self.before.pop() else {
            return;
        };
        // What is placed next stays, if there is such a class.
        let chosen = self.board.chosen.min(before.points.classes.len() - 1);
        self.board = Board { chosen, ..before };
        for (value, (low, high)) in self.cursor.iter_mut().zip(self.board.window) {
            *value = value.clamp(low, high);
        }
    }

    fn keep_before(&mut self) {
        self.before.push(self.board.clone());
        self.forget_oldest();
    }

    fn forget_oldest(&mut self) {
        let too_many = self.before.len().saturating_sub(MOST_UNDONE);
        self.before.drain(..too_many);
    }
}

/// Round values near the middle of what is seen.
fn middle(window: Window) -> [f64; 2] {
    window.map(|(low, high)| {
        let step = RoundStep::below((high - low) / 10.0);
        step.nearest(f64::midpoint(low, high))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(drawing: &mut Drawing) -> Result<(), String> {
        drawing.begin_stroke();
        drawing.paint()
    }

    #[test]
    fn points_are_placed_recoloured_removed_and_undone() {
        let mut drawing = Drawing::empty();
        assert_eq!(place(&mut drawing), Ok(()));
        let again = "there is a point of A already".to_owned();
        assert_eq!(place(&mut drawing), Err(again));
        drawing.choose(1);
        place(&mut drawing).unwrap();
        assert_eq!(drawing.points().counts(), [0, 1]);
        drawing.move_cursor(Direction::Right);
        assert_eq!(drawing.cursor(), [0.05, 0.0]);
        assert!(drawing.remove_nearest() && !drawing.remove_nearest());
        drawing.undo();
        drawing.undo();
        assert_eq!(drawing.points().counts(), [1, 0]);
        drawing.clear();
        assert_eq!(drawing.points().counts(), [0, 0]);
        drawing.undo();
        drawing.undo();
        assert!(!drawing.is_changed() && drawing.points().points.is_empty());
    }

    #[test]
    fn a_point_out_of_reach_stays() {
        let mut drawing = Drawing::empty();
        place(&mut drawing).unwrap();
        for _ in 0..3 {
            drawing.move_cursor(Direction::Up);
        }
        assert!(!drawing.remove_nearest());
        drawing.move_cursor(Direction::Down);
        assert!(drawing.remove_nearest());
    }

    #[test]
    fn a_stroke_is_undone_as_one_change() {
        let mut drawing = Drawing::empty();
        place(&mut drawing).unwrap();
        drawing.begin_stroke();
        // The first point of the stroke is there already.
        drawing.paint().unwrap_err();
        for _ in 0..3 {
            drawing.move_cursor(Direction::Left);
            drawing.paint().unwrap();
        }
        assert_eq!(drawing.points().points.len(), 4);
        drawing.undo();
        assert_eq!(drawing.points().points.len(), 1);
    }

    #[test]
    fn the_class_after_the_last_is_added() {
        let mut drawing = Drawing::empty();
        drawing.choose(3);
        assert!(!drawing.can_choose(3) && drawing.chosen() == 0);
        drawing.choose(2);
        assert_eq!(drawing.points().classes, ["A", "B", "C"]);
        drawing.turn_class(Turn::Forward);
        assert_eq!(drawing.chosen(), 0);
        drawing.undo();
        assert_eq!(drawing.points().classes, ["A", "B"]);
        (2..6).for_each(|class| drawing.choose(class));
        assert!(drawing.chosen() == 5 && !drawing.can_choose(6));
    }

    #[test]
    fn a_board_ends_where_numbers_end() {
        let mut drawing = Drawing::empty();
        for _ in 0..2000 {
            drawing.move_cursor(Direction::Up);
        }
        let plane = drawing.plane();
        assert!(plane.up.to == drawing.cursor()[1] && plane.up.to > 90.0);
    }
}
