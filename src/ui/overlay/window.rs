//! The window that an overlay is drawn in.

use ratatui::layout::{Constraint, Rect};
use ratatui::widgets::Clear;

use crate::app::Target;
use crate::ui::canvas::Canvas;

/// Clears a window in the middle of the area and draws its border; returns the area inside it. The size includes the
/// borders, and is at most that of the area.
pub(super) fn open(
    canvas: &mut Canvas,
    area: Rect,
    title: &str,
    (width, height): (u16, u16),
) -> Rect {
    let area = area.centered(Constraint::Length(width), Constraint::Length(height));
    canvas.draw(Clear, area);
    canvas.shows(area, Target::Window);
    canvas.panel(area, title)
}

/// Writes what has no room into the lower border of a window.
pub(super) fn note(canvas: &mut Canvas, inner: Rect, text: Option<String>) {
    let border = Rect {
        y: inner.bottom(),
        height: 1,
        ..inner
    };
    canvas.write(text.unwrap_or_default(), border);
}
