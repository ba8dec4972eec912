//! The Surface view: the map of what the network has learned, or the loss around its parameters, with a legend on the
//! right; in a small window the legend and the readout are lines below.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::ui::canvas::Canvas;
use crate::ui::panel::{slice, surface};

/// A smaller window has lines instead of the panel on the right.
const SMALLEST: (u16, u16) = (60, 14);

/// The width of the legend, in a narrow and in a wide window.
const LEGEND: [u16; 2] = [32, 40];
const WIDE: u16 = 110;

/// What the areas of the view show.
struct Panels {
    map: fn(&mut Canvas, Rect),
    /// Beside the map, whose area it is told too.
    legend: fn(&mut Canvas, Rect, Rect),
    /// Below the map, in two lines.
    lines: fn(&mut Canvas, Rect),
}

const LEARNED: Panels = Panels {
    map: surface::render,
    legend: surface::render_legend,
    lines: surface::render_lines,
};

const DRAWN: Panels = Panels {
    map: surface::render_drawing,
    legend: surface::render_classes,
    lines: surface::render_drawing_lines,
};

const SLICED: Panels = Panels {
    map: slice::render,
    legend: |canvas, area, _| slice::render_legend(canvas, area),
    lines: slice::render_lines,
};

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let shown = if canvas.app.drawing().is_some() {
        DRAWN
    } else if canvas.app.shows_slice() {
        SLICED
    } else {
        LEARNED
    };
    let Panels { map, legend, lines } = shown;
    if canvas.app.zoomed().is_some() {
        return map(canvas, area);
    }
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let [upper, lower] =
            Layout::vertical([Constraint::Min(0), Constraint::Length(2)]).areas(area);
        map(canvas, upper);
        return lines(canvas, lower);
    }
    let [narrow, wide] = LEGEND;
    let width = if area.width < WIDE { narrow } else { wide };
    let [left, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(width)]).areas(area);
    map(canvas, left);
    legend(canvas, right, left);
}
