//! Asks whether to replace a file; the footer shows the answers.

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
        "{} already exists.\nReplace it? (y/n)",
        path.display()
    ));
    canvas.draw(text.wrap(Wrap { trim: true }), inner);
}
