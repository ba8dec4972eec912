//! Floor 4: the picture of an [`App`]. [`render`] draws it and changes nothing.
//!
//! The folder of a file says what it is: a [`view`] lays out panels, a [`panel`] draws one thing about a run, an
//! [`overlay`] lies over the panels for a while, a [`line`] is above or below them. They are made of [`widget`]s, in one
//! [`style`]. In a window below 40×12, one line asks for more room.

mod line;
mod overlay;
mod panel;
mod style;
mod svg;
mod view;
mod widget;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

pub use style::Theme;
pub use svg::picture;

use crate::app::{App, Overlay, View};
use line::{footer, header, status};
use overlay::{
    command_line, epoch_field, gradient_check, help, parameter_edit, question, runs, settings,
    sweep,
};

/// Draws the whole screen. Any size of frame will do, 0×0 included.
pub fn render(frame: &mut Frame, app: &App) {
    let area = frame.area();
    if area.width < 40 || area.height < 12 {
        ask_for_room(frame, area, Theme(app.appearance()));
        return;
    }
    let [header, body, status, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    header::render(frame, header, app);
    match app.view() {
        View::Train => view::train::render(frame, body, app),
        View::Backprop => view::backprop::render(frame, body, app),
    }
    status::render(frame, status, app);
    footer::render(frame, footer, app);
    // All but the footer, which has the keys of what lies over the panels.
    let over = Rect {
        height: area.height - 1,
        ..area
    };
    match &app.overlay() {
        Overlay::None => {}
        Overlay::Help { scroll } => help::render(frame, over, app, *scroll),
        Overlay::Replace(path) => question::render(frame, over, app, path),
        Overlay::Settings(settings) => settings::render(frame, over, app, settings),
        Overlay::CommandLine(line) => command_line::render(frame, over, app, line),
        Overlay::Edit(edit) => parameter_edit::render(frame, over, app, edit),
        Overlay::GoTo(field) => epoch_field::render(frame, over, app, field),
        Overlay::Runs { selected } => runs::render(frame, over, app, *selected),
        Overlay::GradientCheck(check) => gradient_check::render(frame, over, app, check),
        Overlay::Sweep => sweep::render(frame, over, app),
    }
}

fn ask_for_room(frame: &mut Frame, area: Rect, theme: Theme) {
    let by = theme.glyph("×", "x");
    let words = format!(
        "needs 40{by}12, this is {}{by}{}: q quits",
        area.width, area.height
    );
    let line = Rect {
        height: area.height.min(1),
        ..area
    };
    frame.render_widget(Line::raw(words), line);
}
