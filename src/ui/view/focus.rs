//! The focused panel has a bold border.

use ratatui::layout::{Position, Rect};
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
    let is_border = |position: &Position| {
        position.x == area.left()
            || position.x + 1 == area.right()
            || position.y == area.top()
            || position.y + 1 == area.bottom()
    };
    let buffer = canvas.frame.buffer_mut();
    for position in area.positions().filter(is_border) {
        let cell = &mut buffer[position];
        if cell.modifier.contains(Modifier::DIM) {
            cell.modifier = (cell.modifier - Modifier::DIM) | Modifier::BOLD;
        }
    }
}
