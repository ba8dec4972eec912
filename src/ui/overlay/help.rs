//! The keys and what they do, generated from the key table.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::window;
use crate::app::keymap::{self, Context};
use crate::ui::canvas::Canvas;
use crate::ui::style::{cells, widest, width};

pub(super) fn render(canvas: &mut Canvas, area: Rect, scroll: usize) {
    let theme = canvas.theme;
    let lines = lines(canvas);
    let widest = lines.iter().map(Line::width).max().unwrap_or(0);
    let size = (cells(widest + 3), cells(lines.len() + 2));
    let hidden = size.1.saturating_sub(area.height);
    let title = if hidden > 0 {
        theme.glyph("Help (↑↓ scroll)", "Help (arrows scroll)")
    } else {
        "Help"
    };
    let inner = window::open(canvas, area, title, size);
    let text = Paragraph::new(lines).scroll((cells(scroll).min(hidden), 0));
    canvas.draw(text, inner);
}

/// Returns a line for each key of the view; keys that do nothing at present are dim.
fn lines(canvas: &Canvas) -> Vec<Line<'static>> {
    let (app, theme) = (canvas.app, canvas.theme);
    let keys = keymap::heard_in(Context::View(app.view()));
    let keys: Vec<_> = keys.map(|key| (key.keys_text(), key)).collect();
    let keys_width = widest(keys.iter().map(|(text, _)| text));
    let line = |(text, key): (String, &keymap::Binding)| {
        let padding = usize::from(keys_width - width(&text) + 2);
        let (strong, plain) = if app.has_effect(key) {
            (theme.strong(), Style::new())
        } else {
            (theme.dim(), theme.dim())
        };
        Line::from_iter([
            Span::styled(format!(" {text}{}", " ".repeat(padding)), strong),
            Span::styled(key.help, plain),
        ])
    };
    keys.into_iter().map(line).collect()
}
