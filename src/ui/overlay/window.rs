//! The window that an overlay is drawn in.

use ratatui::layout::{Constraint, Rect};
use ratatui::widgets::Clear;

use crate::ui::canvas::Canvas;

/// Clears a window in the middle of the area, at most as large as that, and draws its border; returns the area inside
/// it. Its size is with borders.
pub(super) fn open(
    canvas: &mut Canvas,
    area: Rect,
    title: &str,
    (width, height): (u16, u16),
) -> Rect {
    let area = area.centered(Constraint::Length(width), Constraint::Length(height));
    canvas.draw(Clear, area);
    canvas.panel(area, title)
}
