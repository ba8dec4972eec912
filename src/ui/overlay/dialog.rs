//! A window with one text field and a hint.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use super::window;
use crate::app::TextField;
use crate::ui::canvas::Canvas;
use crate::ui::style::cells;
use crate::ui::widget::text_field;

/// With borders.
const SIZE: (u16, u16) = (44, 5);

/// That of a window for a path.
const WIDE: (u16, u16) = (76, 7);

/// A text field with its labels.
pub(super) struct Dialog<'a> {
    pub(super) title: String,
    /// The text before the field.
    pub(super) label: String,
    pub(super) field: &'a TextField,
    /// Why the text was rejected.
    pub(super) problem: Option<&'a str>,
    /// The line below the field while there is no problem.
    pub(super) hint: &'a str,
}

pub(super) fn render(canvas: &mut Canvas, area: Rect, dialog: &Dialog) {
    render_in(canvas, area, SIZE, dialog);
}

/// Draws it with room for a path.
pub(super) fn render_wide(canvas: &mut Canvas, area: Rect, dialog: &Dialog) {
    render_in(canvas, area, WIDE, dialog);
}

fn render_in(canvas: &mut Canvas, area: Rect, size: (u16, u16), dialog: &Dialog) {
    let theme = canvas.theme;
    let inner = window::open(canvas, area, &dialog.title, size);
    let [field, hint_area] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(inner);
    let label = format!(" {} ", dialog.label);
    let label_width = Constraint::Length(cells(label.len()));
    let [label_area, field] = Layout::horizontal([label_width, Constraint::Fill(1)]).areas(field);
    canvas.write(Line::styled(label, theme.strong()), label_area);
    text_field::render(canvas, field, dialog.field, theme.typed(), true);
    let (text, style) = match dialog.problem {
        Some(problem) => (problem, theme.warning()),
        None => (dialog.hint, theme.dim()),
    };
    let text = Paragraph::new(text).style(style);
    canvas.draw(text.wrap(Wrap { trim: true }), hint_area);
}
