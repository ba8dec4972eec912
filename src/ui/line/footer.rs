//! The last line: what can be done now and by which key, from the key table.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::keymap;
use crate::ui::canvas::Canvas;
use crate::ui::style::{cells, width};

/// The cells between two entries.
const GAP: usize = 2;

/// Draws as many entries as fit; the last two (help and quit) are always there.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (app, theme) = (canvas.app, canvas.theme);
    let mut entries = keymap::footer(app.context(), |binding| app.footer_text(binding));
    while entries.len() > 2 && taken(&entries) > area.width {
        entries.remove(entries.len() - 3);
    }
    let spans = entries.iter().flat_map(|(key, help)| {
        [
            Span::styled(key, theme.strong()),
            Span::raw(format!(" {help}{}", " ".repeat(GAP))),
        ]
    });
    canvas.draw(spans.collect::<Line>(), area);
}

/// Returns the width of these entries in cells.
fn taken(entries: &[(String, &str)]) -> u16 {
    let widths = entries
        .iter()
        .map(|(key, help)| width(key) + 1 + width(help));
    let gaps = cells(GAP * entries.len().saturating_sub(1));
    widths.sum::<u16>() + gaps
}
