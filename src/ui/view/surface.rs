//! The Surface view: the map of what the network has learned, with its legend on the right; in a small window the legend
//! and the readout are lines below.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::ui::canvas::Canvas;
use crate::ui::panel::surface;

/// A smaller window has lines instead of the panel on the right.
const SMALLEST: (u16, u16) = (60, 14);

/// The width of the legend, in a narrow and in a wide window.
const LEGEND: [u16; 2] = [32, 40];
const WIDE: u16 = 110;

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    if canvas.app.zoomed().is_some() {
        return surface::render(canvas, area);
    }
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let [map, lines] =
            Layout::vertical([Constraint::Min(0), Constraint::Length(2)]).areas(area);
        surface::render(canvas, map);
        return surface::render_lines(canvas, lines);
    }
    let [narrow, wide] = LEGEND;
    let width = if area.width < WIDE { narrow } else { wide };
    let [map, legend] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(width)]).areas(area);
    surface::render(canvas, map);
    surface::render_legend(canvas, legend, map);
}
