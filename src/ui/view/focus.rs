//! The focused panel has a bold border.

use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::app::Panel;
use crate::ui::canvas::Canvas;

/// Makes the border of a panel bold if it is the focused one.
pub(super) fn mark(canvas: &mut Canvas, panel: Panel, area: Rect) {
    if canvas.app.focused_panel() == panel {
        embolden(canvas, area);
    }
}

/// Makes the border of a panel bold.
pub(super) fn embolden(canvas: &mut Canvas, area: Rect) {
    let area = area.intersection(canvas.frame.area());
    let buffer = canvas.frame.buffer_mut();
    let rows = area.rows().take(1).chain(area.rows().skip(1).last());
    let columns = area.columns().take(1).chain(area.columns().skip(1).last());
    for position in rows.chain(columns).flat_map(Rect::positions) {
        let cell = &mut buffer[position];
        if cell.modifier.contains(Modifier::DIM) {
            cell.modifier = (cell.modifier - Modifier::DIM) | Modifier::BOLD;
        }
    }
}
