//! The keys, over everything else; generated from the key table.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use crate::app::App;
use crate::app::keymap::{self, Context};
use crate::ui::style::Theme;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App, scroll: usize) {
    let theme = Theme(app.appearance());
    let entries = keymap::heard_in(Context::View(app.view()));
    let entries: Vec<_> = entries
        .map(|binding| (binding.keys_text(), binding))
        .collect();
    let keys_width = entries
        .iter()
        .map(|(keys, _)| Span::raw(keys).width())
        .max()
        .unwrap_or(0);
    let lines: Vec<Line> = entries
        .into_iter()
        .map(|(keys, binding)| {
            let padding = keys_width - Span::raw(&keys).width() + 2;
            let keys = format!(" {keys}{}", " ".repeat(padding));
            // What is of no use now is dim.
            let (strong, plain) = if app.is_of_use(binding) {
                (theme.strong(), Style::new())
            } else {
                (theme.dim(), theme.dim())
            };
            Line::from(vec![
                Span::styled(keys, strong),
                Span::styled(binding.help, plain),
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
    let scroll = u16::try_from(scroll).unwrap_or(u16::MAX).min(hidden);
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
