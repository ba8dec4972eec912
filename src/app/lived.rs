//! Which changes have made a difference to a run: it is named by what it was trained with, not by what was set since.

use std::sync::Arc;

use super::RunView;
use crate::session::{PlacedChange, Position, Run};

impl RunView {
    /// Takes in the run as the trainer has it, which has come this far with these changes.
    pub(super) fn take_run(
        &mut self,
        run: &Arc<Run>,
        farthest: Position,
        changes: &[PlacedChange],
    ) {
        self.run = Arc::clone(run);
        let is_trained = changes.iter().all(|made| is_lived(made, farthest));
        if is_trained || farthest == Position::default() {
            self.trained = Arc::clone(run);
        }
        if farthest == Position::default() {
            self.begun.take(run);
        }
    }

    /// The changes that have made a difference.
    pub(super) fn lived_changes(&self) -> impl Iterator<Item = &PlacedChange> {
        let farthest = self.training.farthest;
        let changes = self.training.changes.iter();
        changes.filter(move |made| is_lived(made, farthest))
    }
}

/// Whether a change has made a difference to a run that has come this far: one of a parameter, or of a setting with
/// which a step was made.
fn is_lived(made: &PlacedChange, farthest: Position) -> bool {
    made.change.setting().is_none() || made.position < farthest
}
