//! The border and the axes of a plane of two features.

use ratatui::layout::Rect;

use crate::app::keymap::Action;
use crate::surface::Plane;
use crate::ui::canvas::Canvas;
use crate::ui::style::{fitting, width};
use crate::ui::widget::plane_axes::{self, Across};

/// Draws border and axes with the names or the units of what is across and up, which `turns` turns; returns the area
/// between them.
pub(super) fn render(
    canvas: &mut Canvas,
    area: Rect,
    title: String,
    plane: &Plane,
    [across, up]: [[String; 2]; 2],
    turns: Option<[Action; 2]>,
) -> Rect {
    let arrow = canvas.theme.glyph("↑", "^");
    let up = up.map(|name| format!("{arrow} {name}"));
    let room = area.width.saturating_sub(width(&title) + 8);
    let up = fitting(&up, room);
    let panel = canvas.theme.panel_with_key(title, Some(&up), area.width);
    let inner = panel.inner(area).intersection(canvas.frame.area());
    canvas.draw(panel, area);
    if let Some([_, turns]) = turns {
        canvas.shows_key(area, Some(&up), turns);
    }
    let across = Across {
        span: plane.across,
        names: across,
        turns: turns.map(|[turns, _]| turns),
    };
    plane_axes::render(canvas, inner, &across, plane.up)
}
