//! A text that is typed, around its cursor.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Paragraph;

use crate::app::TextField;

/// Draws the text, and the cursor if it is this field that hears the keys.
pub(super) fn render(
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
