//! Overlays: windows that cover the panels for a while.

mod command_line;
mod dialog;
mod epoch_field;
mod gradient_check;
mod help;
mod lessons;
mod parameter_edit;
mod path_field;
mod preparing;
mod question;
mod runs;
mod settings;
mod sweep;
mod window;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::{Overlay, Target};

/// Draws the overlay that is open, if any.
pub(super) fn render(canvas: &mut Canvas, area: Rect) {
    if !matches!(canvas.app.overlay(), Overlay::None) {
        canvas.shows(area, Target::Outside);
    }
    match canvas.app.overlay() {
        Overlay::None => {}
        Overlay::Help { page, selected } => help::render(canvas, area, *page, *selected),
        Overlay::Ask(question) => question::render(canvas, area, question),
        Overlay::Save(field) => path_field::render_save(canvas, area, "Save the run", field),
        Overlay::SavePoints(field) => {
            path_field::render_save(canvas, area, "Save the points and train", field);
        }
        Overlay::Open(field) => path_field::render_open(canvas, area, field),
        Overlay::Settings(settings) => settings::render(canvas, area, settings),
        Overlay::CommandLine(line) => command_line::render(canvas, area, line),
        Overlay::Edit(edit) => parameter_edit::render(canvas, area, edit),
        Overlay::GoTo(field) => epoch_field::render(canvas, area, field),
        Overlay::Lessons { selected } => lessons::render(canvas, area, *selected),
        Overlay::Runs { selected } => runs::render(canvas, area, *selected),
        Overlay::GradientCheck(check) => gradient_check::render(canvas, area, check),
        Overlay::Sweep => sweep::render(canvas, area),
    }
}
