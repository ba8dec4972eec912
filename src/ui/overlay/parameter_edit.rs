//! The field in which a weight or bias is set by hand.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{App, ParameterEdit};
use crate::ui::widget::text_field::{self, Dialog};

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App, edit: &ParameterEdit) {
    let name = app.run().network.parameter_name(edit.parameter);
    let dialog = Dialog {
        title: format!("Set {name}"),
        label: format!("{name} ="),
        field: &edit.text,
        problem: edit.problem.as_deref(),
        words: "Takes effect before the next step; u takes it back.",
    };
    text_field::render_dialog(frame, area, app, &dialog);
}
