//! A text field, scrolled to its cursor.

use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::Paragraph;

use crate::app::{Target, TextField};
use crate::ui::canvas::Canvas;
use crate::ui::style::{cells, cut, width};

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
        return canvas.write(Span::styled(text, style), area);
    }
    let input = &field.input;
    // One cell is for the cursor after the last character.
    let scroll = cells(input.visual_scroll(usize::from(area.width.saturating_sub(1))));
    let text = Paragraph::new(field.text()).style(style);
    canvas.draw(text.scroll((0, scroll)), area);
    shows(canvas, area, field.text(), scroll, |cursor| Target::Text {
        cursor,
    });
    if !area.is_empty() {
        let column = cells(input.visual_cursor()).saturating_sub(scroll);
        let cursor = Position::new(area.x + column.min(area.width - 1), area.y);
        canvas.frame.set_cursor_position(cursor);
    }
}

/// Notes for each cell of a field which character it shows to the mouse, of a text that is scrolled by this many cells.
pub(crate) fn shows(
    canvas: &mut Canvas,
    area: Rect,
    text: &str,
    scroll: u16,
    target: impl Fn(usize) -> Target,
) {
    // Beyond the text, the cursor goes behind its last character.
    canvas.shows(area, target(text.chars().count()));
    let mut column = 0u16;
    for (cursor, character) in text.chars().enumerate() {
        let width = width(character.encode_utf8(&mut [0; 4]));
        let left = column.checked_sub(scroll);
        if let Some(left) = left.filter(|left| left + width <= area.width) {
            let x = area.x + left;
            canvas.shows(Rect { x, width, ..area }, target(cursor));
        }
        column = column.saturating_add(width);
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
    canvas.write(Span::styled("[", bracket), open);
    canvas.write(Span::styled("]", bracket), close);
    [name, field, rest]
}
