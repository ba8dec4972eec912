//! A text that is typed, around its cursor.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Wrap};

use crate::app::{App, TextField};
use crate::ui::style::Theme;

/// Draws the text, and the cursor if it is this field that hears the keys.
pub(crate) fn render(
    frame: &mut Frame,
    area: Rect,
    field: &TextField,
    style: Style,
    is_edited: bool,
) {
    let input = &field.input;
    // One cell is the cursor's, behind the last character.
    let scroll = input.visual_scroll(usize::from(area.width.saturating_sub(1)));
    let scroll = u16::try_from(scroll).unwrap_or(u16::MAX);
    let text = Paragraph::new(field.text())
        .style(style)
        .scroll((0, scroll));
    frame.render_widget(text, area);
    if is_edited && !area.is_empty() {
        let column = u16::try_from(input.visual_cursor())
            .unwrap_or(u16::MAX)
            .saturating_sub(scroll);
        frame.set_cursor_position(Position::new(area.x + column.min(area.width - 1), area.y));
    }
}

/// One field over the panels, and what is to be said of it.
pub(crate) struct Dialog<'a> {
    pub(crate) title: String,
    /// Before the field.
    pub(crate) label: String,
    pub(crate) field: &'a TextField,
    /// Why the text will not do.
    pub(crate) problem: Option<&'a str>,
    /// What is said while there is no problem.
    pub(crate) words: &'a str,
}

/// Draws it in the middle of the area.
pub(crate) fn render_dialog(frame: &mut Frame, area: Rect, app: &App, dialog: &Dialog) {
    let theme = Theme(app.appearance());
    let panel = theme.panel(dialog.title.as_str());
    let area = area.centered(Constraint::Length(44), Constraint::Length(5));
    let inner = panel.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(panel, area);
    let [field, words_area] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(inner);
    let label = format!(" {} ", dialog.label);
    let label_width = u16::try_from(label.len()).unwrap_or(u16::MAX);
    let [label_area, field] =
        Layout::horizontal([Constraint::Length(label_width), Constraint::Fill(1)]).areas(field);
    frame.render_widget(Line::styled(label, theme.strong()), label_area);
    render(frame, field, dialog.field, theme.typed(), true);
    let (words, style) = match dialog.problem {
        Some(problem) => (problem, theme.warning()),
        None => (dialog.words, theme.dim()),
    };
    let words = Paragraph::new(words).style(style).wrap(Wrap { trim: true });
    frame.render_widget(words, words_area);
}
