//! Drawing data: points of classes are placed on the map by keys and by the mouse, saved as a CSV, and trained on.
//!
//! Training starts when the drawing is finished, and not with each point: so a run always has data that a file has
//! too, and can be saved, continued and repeated like any other.

use std::path::PathBuf;
use std::sync::Arc;

use super::keymap::Need;
use super::message::PreparationId;
use super::pointer::MapCell;
use super::turn::Turn;
use super::{App, Drawing, Effect, Focus, Gesture, Overlay, Question, SaveOutcome, Saved, View};
use crate::session::{DataSource, Existing, Run, Session};
use crate::trainer::StartState;

/// What a key does to the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Draw {
    /// Continues the one that was left, or begins one.
    Open,
    /// Begins with the samples of the present run.
    Data,
    /// Begins with no points, of the classes A and B.
    Empty,
    /// Chooses the class that is placed, by its index.
    Choose(usize),
    /// Chooses the next or previous class.
    TurnClass(Turn),
    /// Places a point.
    Place,
    /// Removes the nearest point.
    Remove,
    /// Removes all points.
    Clear,
    /// Undoes the latest change.
    Undo,
    /// Leaves the drawing.
    Leave,
}

/// The drawing, and what is waited for.
#[derive(Debug, Clone, Default)]
pub(super) struct DrawingMode {
    /// The drawing that is open, or was left.
    drawing: Option<Drawing>,
    /// The source of the points that are being saved.
    saving: Option<DataSource>,
    /// The preparation of a run on saved points.
    preparing: Option<PreparationId>,
}

impl DrawingMode {
    /// Whether a run on saved points is prepared under this ID.
    pub(super) fn is_awaited(&self, id: PreparationId) -> bool {
        self.preparing == Some(id)
    }
}

impl App {
    /// The drawing, while it is open.
    #[must_use]
    pub fn drawing(&self) -> Option<&Drawing> {
        let drawing = self.drawing.drawing.as_ref();
        drawing.filter(|_| self.focus == Focus::Drawing)
    }

    pub(super) fn drawing_mut(&mut self) -> Option<&mut Drawing> {
        let drawing = self.drawing.drawing.as_mut();
        drawing.filter(|_| self.focus == Focus::Drawing)
    }

    pub(super) fn draw(&mut self, draw: Draw) {
        match draw {
            Draw::Open if self.drawing.drawing.is_some() => {
                self.focus = Focus::Drawing;
                self.notice = Some("your drawing, as you left it".to_owned());
            }
            Draw::Open | Draw::Data => self.draw_on_data(),
            Draw::Empty => self.take_board(Drawing::empty()),
            Draw::Choose(class) => self.edit_drawing(|drawing| drawing.choose(class)),
            Draw::TurnClass(turn) => self.edit_drawing(|drawing| drawing.turn_class(turn)),
            Draw::Place => self.place_point(),
            Draw::Remove => self.remove_point(),
            Draw::Clear => self.edit_drawing(Drawing::clear),
            Draw::Undo => self.edit_drawing(Drawing::undo),
            Draw::Leave => self.leave_drawing(),
        }
    }

    fn edit_drawing(&mut self, edit: impl FnOnce(&mut Drawing)) {
        if let Some(drawing) = self.drawing_mut() {
            edit(drawing);
        }
    }

    /// Draws on the samples of the run, or says why not.
    fn draw_on_data(&mut self) {
        let (board, notice) = match Drawing::of_run(&self.run) {
            Ok(board) => (board, self.left_out()),
            Err(reason) => (Drawing::empty(), Some(format!("empty board: {reason}"))),
        };
        self.take_board(board);
        self.notice = notice;
    }

    /// Draws on another board; undoing returns to the one before.
    fn take_board(&mut self, board: Drawing) {
        self.focus = Focus::Drawing;
        match &mut self.drawing.drawing {
            Some(drawing) => drawing.replace(board),
            none => *none = Some(board),
        }
    }

    /// What a drawing that begins with the present data has not of it.
    fn left_out(&self) -> Option<String> {
        let dataset = self.run.dataset();
        let others = dataset.features().len() - 2;
        let left_out = [
            (others > 0).then(|| "the features not on the map".to_owned()),
            (!dataset.names.is_empty()).then(|| "the names".to_owned()),
        ];
        let left_out: Vec<String> = left_out.into_iter().flatten().collect();
        let is_split = dataset.training_samples < dataset.len();
        let texts = [
            (!left_out.is_empty()).then(|| format!("without {}", left_out.join(" and "))),
            is_split.then(|| "test samples become ordinary points".to_owned()),
        ];
        let texts: Vec<String> = texts.into_iter().flatten().collect();
        (!texts.is_empty()).then(|| format!("draw on a copy of the data, {}", texts.join("; ")))
    }

    /// Leaves the drawing. One that was changed is kept.
    pub(super) fn leave_drawing(&mut self) {
        let is_changed = self.drawing().is_some_and(Drawing::is_changed);
        self.focus = Focus::Run;
        if is_changed {
            self.notice = Some("the drawing is kept, not saved – p continues it".to_owned());
        } else {
            self.drawing.drawing = None;
        }
    }

    fn place_point(&mut self) {
        self.edit_drawing(Drawing::begin_stroke);
        self.paint();
    }

    fn remove_point(&mut self) {
        let removed = self.drawing_mut().map(Drawing::remove_nearest);
        self.notice = (removed == Some(false)).then(|| "no point is near the cursor".to_owned());
    }

    /// Does what the mouse does to a cell of the board.
    pub(super) fn draw_at(&mut self, gesture: Gesture, cell: MapCell) {
        self.notice = None;
        match gesture {
            Gesture::Press(_) => {
                self.edit_drawing(|drawing| drawing.place_cursor(cell));
                self.place_point();
            }
            Gesture::Drag => {
                self.edit_drawing(|drawing| drawing.place_cursor(cell));
                self.paint();
            }
            Gesture::RightPress => {
                self.edit_drawing(|drawing| drawing.place_cursor(cell));
                self.remove_point();
            }
            Gesture::Release | Gesture::Wheel(_) => {}
        }
    }

    fn paint(&mut self) {
        let painted = self.drawing_mut().map(Drawing::paint);
        self.notice = painted.and_then(Result::err);
    }

    /// Why a need of the drawing is not met; `None` if it is met.
    pub(super) fn drawing_lacks(&self, need: Need) -> Option<String> {
        let drawing = self.drawing()?;
        let points = drawing.points();
        let (is_there, reason) = match need {
            Need::Class(class) => (drawing.can_choose(class), "there is no such class yet"),
            Need::Point => (!points.points.is_empty(), "there is no point yet"),
            Need::Drawn => (drawing.is_changed(), "nothing to undo"),
            _ => (
                points.used_classes().len() > 1,
                "two classes with a point each are needed to train",
            ),
        };
        (!is_there).then(|| reason.to_owned())
    }

    /// Saves the drawn points, if they can be learned from.
    pub(super) fn save_points(&mut self, path: PathBuf, existing: Existing) -> Vec<Effect> {
        let Some(drawing) = self.drawing() else {
            return Vec::new();
        };
        let points = drawing.points();
        match DataSource::of_points(points, &path, self.run.source().seed) {
            Ok(source) => {
                let csv = points.csv();
                self.drawing.saving = Some(source);
                vec![Effect::SavePoints {
                    csv,
                    path,
                    existing,
                }]
            }
            Err(problem) => {
                self.notice = Some(format!("not saved: {problem:#}"));
                Vec::new()
            }
        }
    }

    /// Prepares a run on the saved points, or says why they are not saved.
    pub(super) fn hear_points_saved(&mut self, outcome: SaveOutcome) -> Vec<Effect> {
        match outcome {
            SaveOutcome::Saved(_) => {
                let Some(source) = self.drawing.saving.take() else {
                    return Vec::new();
                };
                let mut draft = self.run.draft();
                draft.take_drawn(source);
                self.preparation = self.preparation.next();
                self.drawing.preparing = Some(self.preparation);
                return vec![Effect::Prepare {
                    id: self.preparation,
                    draft: Box::new(draft),
                    present: Arc::clone(&self.run.run),
                }];
            }
            SaveOutcome::Exists(path) => {
                self.overlay = Overlay::Ask(Question::Replace(Saved::Points, path));
            }
            SaveOutcome::Failed(reason) => self.notice = Some(reason),
        }
        Vec::new()
    }

    /// Shows the run on the drawn points, which trains at once, and its map.
    pub(super) fn show_drawn(&mut self, run: Arc<Run>, session: Box<Session>) -> Vec<Effect> {
        self.drawing = DrawingMode::default();
        (self.focus, self.view) = (Focus::Run, View::Surface);
        let file = &run.source.data;
        let count = run.dataset.len();
        self.notice = Some(format!(
            "saved {file}; training on its {count} points – p draws more"
        ));
        let start = self.start(StartState::Running);
        self.begin_prepared(run, session, start)
    }
}
