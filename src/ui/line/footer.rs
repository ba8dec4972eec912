//! The last line: the keys that can be pressed now, from the key table.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::keymap;
use crate::ui::canvas::Canvas;
use crate::ui::style::width;

/// Draws as many entries as fit; the last two (help and quit) are always there.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (app, theme) = (canvas.app, canvas.theme);
    let mut entries = keymap::footer(app.context(), |binding| app.has_effect(binding));
    while entries.len() > 2 && taken(&entries) > area.width {
        entries.remove(entries.len() - 3);
    }
    let spans = entries.iter().flat_map(|(key, help)| {
        [
            Span::styled(format!(" {key}"), theme.strong()),
            Span::raw(format!(" {help} ")),
        ]
    });
    canvas.draw(spans.collect::<Line>(), area);
}

/// Returns the width of these entries in cells.
fn taken(entries: &[(String, &str)]) -> u16 {
    let widths = entries
        .iter()
        .map(|(key, help)| width(key) + width(help) + 3);
    widths.sum()
}
