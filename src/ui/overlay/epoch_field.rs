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
    let hint = match &field.epoch {
        Ok(epoch) if *epoch > run.training.farthest.epoch => {
            format!("not trained yet ({first}–{newest} are): Enter trains there, then pauses")
        }
        _ if first == newest => format!("only {newest} so far; a later epoch is trained first"),
        _ => format!("{first}–{newest}; a later epoch is trained first"),
    };
    let dialog = Dialog {
        title: "Go to epoch".to_owned(),
        label: "epoch".to_owned(),
        field: &field.text,
        problem: field.epoch.as_ref().err().map(String::as_str),
        hint: &hint,
    };
    dialog::render(canvas, area, &dialog);
}
