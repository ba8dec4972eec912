//! The last line: the keys that are heard now, from the key table.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::{App, keymap};
use crate::ui::style::Theme;

/// As many entries as fit; the last two (help and quit) always stay.
pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let mut entries = keymap::footer(app.context(), |binding| app.is_of_use(binding));
    while entries.len() > 2 && width(&entries) > usize::from(area.width) {
        entries.remove(entries.len() - 3);
    }
    let spans = entries.iter().flat_map(|(key, words)| {
        [
            Span::styled(format!(" {key}"), theme.strong()),
            Span::raw(format!(" {words} ")),
        ]
    });
    frame.render_widget(spans.collect::<Line>(), area);
}

fn width(entries: &[(String, &str)]) -> usize {
    entries
        .iter()
        .map(|(key, words)| Span::raw(key).width() + Span::raw(*words).width() + 3)
        .sum()
}
