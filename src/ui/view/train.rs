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
//! In a smaller window the samples go first, then the diagram.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::app::{App, Overview};
use crate::ui::panel::{confusion, loss_chart, network_diagram, prediction, samples};

pub(crate) fn render(frame: &mut Frame, body: Rect, app: &App) {
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
