//! Floor 4: the picture of an [`App`]. [`render`] lays the panels out; each panel is a file with one
//! `render(frame, area, app)`, which changes nothing.
//!
//! The Train view, from 80×24 up:
//!
//! ```text
//! header      what is trained, how it goes, the seed
//! ┌ network diagram ──────┐┌ loss chart ───┐
//! │                       ││               │
//! └───────────────────────┘└───────────────┘
//! ┌ samples ──────────────┐┌ prediction ───┐
//! └───────────────────────┘└───────────────┘
//! status      epoch, progress, words
//! footer      keys
//! ```
//!
//! In a smaller window the samples go first, then the diagram; below 40×12 one line asks for more room.

mod backprop;
mod chart;
mod command_line;
mod confusion;
mod epoch_field;
mod footer;
mod gradient_check;
mod header;
mod help;
mod loss_chart;
mod network_diagram;
mod number;
mod parameter_edit;
mod prediction;
mod question;
mod runs;
mod samples;
mod settings;
mod status;
mod svg;
mod sweep;
mod text_field;
mod theme;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

pub use svg::picture;
pub use theme::Theme;

use crate::app::{App, Overlay, Overview, View};

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
        View::Train => render_train(frame, body, app),
        View::Backprop => backprop::render(frame, body, app),
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

/// The Train view.
fn render_train(frame: &mut Frame, body: Rect, app: &App) {
    let lower_height = Constraint::Length(samples::height(app).min(body.height / 3).max(7));
    if body.width < 60 || body.height < 14 {
        let [upper, lower] =
            Layout::vertical([Constraint::Min(0), Constraint::Length(5)]).areas(body);
        loss_chart::render(frame, upper, app);
        prediction::render(frame, lower, app);
        return;
    }
    let [left, right] = Layout::horizontal([Constraint::Fill(3), Constraint::Fill(2)]).areas(body);
    let [upper_right, lower_right] =
        Layout::vertical([Constraint::Min(0), lower_height]).areas(right);
    if body.width < 80 || body.height < 21 {
        network_diagram::render(frame, left, app);
    } else {
        let [upper_left, lower_left] =
            Layout::vertical([Constraint::Min(0), lower_height]).areas(left);
        network_diagram::render(frame, upper_left, app);
        match app.run().overview {
            Overview::Table => samples::render(frame, lower_left, app),
            Overview::Confusion => confusion::render(frame, lower_left, app),
        }
    }
    loss_chart::render(frame, upper_right, app);
    prediction::render(frame, lower_right, app);
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
