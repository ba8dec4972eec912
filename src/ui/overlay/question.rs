//! Whether to replace a file; the answers stand in the footer.

use std::path::Path;

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::widgets::{Clear, Paragraph, Wrap};

use crate::app::App;
use crate::ui::style::Theme;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App, path: &Path) {
    let theme = Theme(app.appearance());
    let words = format!(
        "{} is there already.\nReplace it? y replaces it, n keeps it.",
        path.display()
    );
    let area = area.centered(Constraint::Length(52), Constraint::Length(4));
    frame.render_widget(Clear, area);
    let text = Paragraph::new(words)
        .wrap(Wrap { trim: true })
        .block(theme.panel("Save"));
    frame.render_widget(text, area);
}
