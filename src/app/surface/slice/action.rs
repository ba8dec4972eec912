//! What keys do to a loss slice.

use crate::app::turn::Turn;
use crate::app::{App, Effect, MapAxis};

/// What a key can do to a loss slice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table of keys says what each does")]
pub enum SliceAction {
    TurnSurface,
    ShowWhole,
    TurnAxis(MapAxis, Turn),
    TurnAxes,
    PutSelectedAcross,
    TurnPath(Turn),
    GoToPathPoint,
}

impl App {
    pub(in crate::app) fn act_on_slice(&mut self, action: SliceAction) -> Vec<Effect> {
        match action {
            SliceAction::TurnSurface => self.turn_surface(),
            SliceAction::ShowWhole => self.show_whole_slice(),
            SliceAction::TurnAxis(axis, turn) => self.turn_slice_axis(axis, turn),
            SliceAction::TurnAxes => self.run.turn_axes(),
            SliceAction::PutSelectedAcross => self.put_selected_across(),
            SliceAction::TurnPath(turn) => self.run.turn_path(turn),
            SliceAction::GoToPathPoint => return self.go_to_path_point(),
        }
        Vec::new()
    }
}
