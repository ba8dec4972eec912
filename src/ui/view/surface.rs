//! The Surface view: the map of what the network has learned, or the loss around its parameters, with a legend on the
//! right; in a small window the legend and the readout are lines below. Below the legend, a large window has what the map
//! is made of, the network, and how the loss came to be what it is.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::app::Charted;
use crate::ui::canvas::Canvas;
use crate::ui::panel::{chart, network_diagram, slice, surface};
use crate::ui::style::cells;

/// A smaller window has lines instead of the panel on the right.
const SMALLEST: (u16, u16) = (60, 14);

/// The width of the legend, in a narrow, a wide and a very wide window.
const LEGEND: [u16; 3] = [32, 40, 64];
const WIDE: u16 = 110;
const WIDEST: u16 = 160;

/// The rows that a legend needs besides the classes, with all keys of the view; what it needs if there are more features
/// than the two of the map; and what that of a slice needs.
const LEGEND_ROWS: u16 = 22;
const ROWS_OF_OTHERS: u16 = 7;
const ROWS_OF_SLICE: u16 = 11;

/// The least heights of what may be below it.
const LOWEST_CHART: u16 = 9;
const LOWEST_NETWORK: u16 = 15;

/// What the areas of the view show.
struct Panels {
    map: fn(&mut Canvas, Rect),
    /// The map and the legend beside it.
    both: fn(&mut Canvas, [Rect; 2]),
    /// Below the map, in two lines.
    lines: fn(&mut Canvas, Rect),
}

const LEARNED: Panels = Panels {
    map: surface::render,
    both: surface::render_with_legend,
    lines: surface::render_lines,
};

const DRAWN: Panels = Panels {
    map: surface::render_drawing,
    both: |canvas, [map, legend]| {
        surface::render_drawing(canvas, map);
        surface::render_classes(canvas, legend);
    },
    lines: surface::render_drawing_lines,
};

const SLICED: Panels = Panels {
    map: slice::render,
    both: |canvas, [map, legend]| {
        slice::render(canvas, map);
        slice::render_legend(canvas, legend);
    },
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
    let Panels { map, both, lines } = shown;
    if canvas.app.zoomed().is_some() {
        return map(canvas, area);
    }
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let [upper, lower] =
            Layout::vertical([Constraint::Min(0), Constraint::Length(2)]).areas(area);
        map(canvas, upper);
        return lines(canvas, lower);
    }
    let [narrow, wide, widest] = LEGEND;
    let width = match area.width {
        ..WIDE => narrow,
        WIDEST.. if has_more(canvas) => widest,
        _ => wide,
    };
    let [left, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(width)]).areas(area);
    let [upper, below] = divided(canvas, right);
    both(canvas, [left, upper]);
    render_below(canvas, below);
}

/// Whether there is more to show than a legend: nothing is trained yet on data that one draws.
fn has_more(canvas: &Canvas) -> bool {
    canvas.app.drawing().is_none()
}

/// Divides the column of the legend: what it does not need is for other panels, if they have room there.
fn divided(canvas: &Canvas, area: Rect) -> [Rect; 2] {
    let dataset = canvas.app.run().dataset();
    let has_others = dataset.features().len() > 2;
    let needed = LEGEND_ROWS
        + cells(dataset.target.classes().len())
        + u16::from(has_others) * ROWS_OF_OTHERS
        + u16::from(canvas.app.shows_slice()) * ROWS_OF_SLICE;
    let left = area.height.saturating_sub(needed);
    let has_room = area.width >= LEGEND[1] && left >= LOWEST_CHART;
    let left = if has_room && has_more(canvas) {
        left
    } else {
        0
    };
    Layout::vertical([Constraint::Fill(1), Constraint::Length(left)]).areas(area)
}

/// Draws the network, if there is room for it too, and the loss over the epochs.
fn render_below(canvas: &mut Canvas, area: Rect) {
    if area.is_empty() {
        return;
    }
    let has_network = area.width >= LEGEND[2] && area.height >= LOWEST_NETWORK + LOWEST_CHART;
    let height = if has_network { area.height * 3 / 5 } else { 0 };
    let [network, loss] =
        Layout::vertical([Constraint::Length(height), Constraint::Fill(1)]).areas(area);
    if has_network {
        network_diagram::render_at_cursor(canvas, network);
    }
    chart::render_beside(canvas, loss, Charted::Loss);
}
