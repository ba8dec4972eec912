//! The focused panel has a bold border; one that the last key has chosen, a heavy one.

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::app::Panel;
use crate::ui::canvas::Canvas;

/// Notes that a panel is shown, and marks its border if it is the focused one.
pub(super) fn mark(canvas: &mut Canvas, panel: Panel, area: Rect) {
    canvas.regions.seen.panels.add(panel);
    if canvas.app.focused_panel() == panel {
        embolden(canvas, area);
        if canvas.app.has_chosen_panel() {
            thicken(canvas, area);
        }
    }
}

/// Draws the border of a panel with heavy lines, which are seen where a terminal has no bold ones.
fn thicken(canvas: &mut Canvas, area: Rect) {
    let theme = canvas.theme;
    for position in border(canvas, area) {
        let cell = &mut canvas.frame.buffer_mut()[position];
        let heavy = match cell.symbol() {
            "─" => "━",
            "│" => "┃",
            "┌" => "┏",
            "┐" => "┓",
            "└" => "┗",
            "┘" => "┛",
            "-" if cell.modifier.contains(Modifier::BOLD) => theme.glyph("━", "="),
            _ => continue,
        };
        cell.set_symbol(heavy);
    }
}

/// The cells of the border of a panel.
fn border(canvas: &Canvas, area: Rect) -> Vec<Position> {
    let area = area.intersection(canvas.frame.area());
    let rows = area.rows().take(1).chain(area.rows().skip(1).last());
    let columns = area.columns().take(1).chain(area.columns().skip(1).last());
    rows.chain(columns).flat_map(Rect::positions).collect()
}

/// Makes the border of a panel bold.
pub(super) fn embolden(canvas: &mut Canvas, area: Rect) {
    for position in border(canvas, area) {
        let cell = &mut canvas.frame.buffer_mut()[position];
        if cell.modifier.contains(Modifier::DIM) {
            cell.modifier = (cell.modifier - Modifier::DIM) | Modifier::BOLD;
        }
    }
}
