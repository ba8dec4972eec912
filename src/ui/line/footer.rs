//! The last line: what can be done now and by which key, from the key table.

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::app::Target;
use crate::app::keymap::{self, Binding};
use crate::ui::canvas::Canvas;
use crate::ui::style::{cells, width};

/// The cells between two entries.
const GAP: usize = 2;

/// Draws as many entries as fit; the last two (help and quit) are always there.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (app, theme) = (canvas.app, canvas.theme);
    let mut entries = keymap::footer(app.rows(), |binding| app.footer_text(binding));
    while entries.len() > 2 && taken(&entries) > area.width {
        entries.remove(entries.len() - 3);
    }
    let parts = entries.iter().flat_map(|(rows, help)| {
        let keys = rows.iter().map(|row| {
            let key = format!("{} ", row.keys[0]);
            (
                Span::styled(key, theme.strong()),
                Target::Command(row.action),
            )
        });
        // The text belongs to the key beside it.
        let last = rows.last().map(|row| Target::Command(row.action));
        let help = (Span::raw(*help), last.unwrap_or_default());
        let gap = (Span::raw(" ".repeat(GAP)), Target::Nothing);
        keys.chain([help, gap])
    });
    canvas.spans(parts, area);
}

/// Returns the width of these entries in cells.
fn taken(entries: &[(Vec<&Binding>, &str)]) -> u16 {
    let keys = |rows: &[&Binding]| -> u16 {
        let keys = rows.iter().map(|row| width(&row.keys[0].to_string()) + 1);
        keys.sum()
    };
    let widths = entries.iter().map(|(rows, help)| keys(rows) + width(help));
    let gaps = cells(GAP * entries.len().saturating_sub(1));
    widths.sum::<u16>() + gaps
}
