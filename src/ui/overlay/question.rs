//! Whether to replace a file; the answers stand in the footer.

use std::path::Path;

use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Wrap};

use super::window;
use crate::ui::canvas::Canvas;

/// With borders.
const SIZE: (u16, u16) = (52, 4);

pub(super) fn render(canvas: &mut Canvas, area: Rect, path: &Path) {
    let inner = window::open(canvas, area, "Save", SIZE);
    let text = Paragraph::new(format!(
        "{} is there already.\nReplace it? y replaces it, n keeps it.",
        path.display()
    ));
    canvas.draw(text.wrap(Wrap { trim: true }), inner);
}
