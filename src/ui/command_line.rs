//! The run as one command line, to be copied.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Wrap};

use super::Theme;
use crate::app::App;

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App, line: &str) {
    let theme = Theme(app.appearance);
    let width = area.width.min(72);
    let line = Line::raw(line.to_owned());
    let rows = line
        .width()
        .div_ceil(usize::from(width.saturating_sub(2).max(1)));
    // One more than it fills, as words are not broken; borders; and the remark.
    let height = u16::try_from(rows + 4).unwrap_or(u16::MAX);
    let area = area.centered(Constraint::Length(width), Constraint::Length(height));
    let remark = Line::styled("Copied, where the terminal allows it.", theme.dim());
    let text = Paragraph::new(vec![line, remark]).wrap(Wrap { trim: false });
    frame.render_widget(Clear, area);
    frame.render_widget(text.block(theme.panel("This run as a command line")), area);
}
