//! The field in which an epoch is typed.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{App, EpochField};
use crate::ui::style::number::grouped;
use crate::ui::widget::text_field::{self, Dialog};

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App, field: &EpochField) {
    let first = grouped(app.run().curves.training.first_epoch());
    let newest = grouped(app.run().training.newest.epoch);
    let dialog = Dialog {
        title: "Go to an epoch".to_owned(),
        label: "epoch".to_owned(),
        field: &field.text,
        problem: field.problem.as_deref(),
        words: &format!("From {first} to {newest}; Enter goes there."),
    };
    text_field::render_dialog(frame, area, app, &dialog);
}
