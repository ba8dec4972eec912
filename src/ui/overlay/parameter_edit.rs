//! The window for setting a weight or bias by hand.

use ratatui::layout::Rect;

use super::dialog::{self, Dialog};
use crate::app::keymap::Action;
use crate::app::{ParameterEdit, Practice};
use crate::ui::canvas::Canvas;

pub(super) fn render(canvas: &mut Canvas, area: Rect, edit: &ParameterEdit) {
    let name = canvas.app.run().network.parameter_name(edit.parameter);
    let undo = canvas.app.key_of(Action::Undo);
    let hint = match undo {
        Some(key) => format!("Applies from the next step; {key} undoes it."),
        // There are no steps, but answers.
        None if canvas.app.practice() == Practice::Nothing => {
            "The predictions follow at once.".to_owned()
        }
        None => "Applies from the next step.".to_owned(),
    };
    let dialog = Dialog {
        title: format!("Set {name}"),
        label: format!("{name} ="),
        field: &edit.text,
        problem: edit.value.as_ref().err().map(String::as_str),
        hint: &hint,
    };
    dialog::render(canvas, area, &dialog);
}
