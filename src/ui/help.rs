//! The keys, over everything else; generated from the key table.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use super::Theme;
use crate::app::{App, keymap};

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App, scroll: u16) {
    let theme = Theme(app.appearance());
    let entries: Vec<_> = keymap::help_lines(app.view().context()).collect();
    let keys_width = entries
        .iter()
        .map(|(keys, _)| Span::raw(keys).width())
        .max()
        .unwrap_or(0);
    let lines: Vec<Line> = entries
        .into_iter()
        .map(|(keys, words)| {
            let padding = keys_width - Span::raw(&keys).width() + 2;
            Line::from(vec![
                Span::styled(format!(" {keys}{}", " ".repeat(padding)), theme.strong()),
                Span::raw(words),
            ])
        })
        .collect();
    let width = lines.iter().map(Line::width).max().unwrap_or(0) + 3;
    let height = lines.len() + 2;
    let area = area.centered(
        Constraint::Length(u16::try_from(width).unwrap_or(u16::MAX)),
        Constraint::Length(u16::try_from(height).unwrap_or(u16::MAX)),
    );
    let hidden = u16::try_from(height)
        .unwrap_or(u16::MAX)
        .saturating_sub(area.height);
    let scroll = scroll.min(hidden);
    let title = if hidden > 0 {
        "Help: scroll with the arrows"
    } else {
        "Help"
    };
    frame.render_widget(Clear, area);
    let text = Paragraph::new(lines)
        .scroll((scroll, 0))
        .block(theme.panel(title));
    frame.render_widget(text, area);
}
