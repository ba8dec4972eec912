//! The window for typing an epoch to go to.

use ratatui::layout::Rect;

use super::dialog::{self, Dialog};
use crate::app::EpochField;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::grouped;

pub(super) fn render(canvas: &mut Canvas, area: Rect, field: &EpochField) {
    let run = canvas.app.run();
    let first = grouped(run.curves.training.first_epoch());
    let newest = grouped(run.training.farthest.epoch);
    let dialog = Dialog {
        title: "Go to epoch".to_owned(),
        label: "epoch".to_owned(),
        field: &field.text,
        problem: field.problem.as_deref(),
        hint: &format!("{first}–{newest}, Enter to go"),
    };
    dialog::render(canvas, area, &dialog);
}
