//! A text field, scrolled to its cursor.

use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::Paragraph;

use crate::app::TextField;
use crate::ui::canvas::Canvas;
use crate::ui::style::{cells, cut};

/// Draws the text and the cursor; only the beginning of the text if the field does not receive the keys.
pub(crate) fn render(
    canvas: &mut Canvas,
    area: Rect,
    field: &TextField,
    style: Style,
    is_edited: bool,
) {
    if !is_edited {
        let text = cut(field.text(), area.width, canvas.theme.glyph("…", "."));
        return canvas.draw(Span::styled(text, style), area);
    }
    let input = &field.input;
    // One cell is for the cursor after the last character.
    let scroll = cells(input.visual_scroll(usize::from(area.width.saturating_sub(1))));
    let text = Paragraph::new(field.text()).style(style);
    canvas.draw(text.scroll((0, scroll)), area);
    if !area.is_empty() {
        let column = cells(input.visual_cursor()).saturating_sub(scroll);
        let cursor = Position::new(area.x + column.min(area.width - 1), area.y);
        canvas.frame.set_cursor_position(cursor);
    }
}

/// Splits a row into a name, a field and the rest, and draws brackets around the field.
pub(crate) fn row(
    canvas: &mut Canvas,
    area: Rect,
    [name_width, field_width]: [u16; 2],
    bracket: Style,
) -> [Rect; 3] {
    let [name, open, field, close, rest] = Layout::horizontal([
        Constraint::Length(name_width),
        Constraint::Length(1),
        Constraint::Length(field_width),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    canvas.draw(Span::styled("[", bracket), open);
    canvas.draw(Span::styled("]", bracket), close);
    [name, field, rest]
}
