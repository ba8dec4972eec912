//! The map: what the network says at every point of the plane of two features.
//!
//! ```text
//! ┌ Surface: P(F) over weight, height ── ↑ height (in) ┐
//! │75┤▒░┃░░····                                        │
//! │  │▒▒▒░░┃░·····                       B             │
//! │65┤▓▓▓▒▒▒▒░┃┃░·A··                                  │
//! │  └┬─────────┬─────────                             │
//! │  120       140                        weight (lb)  │
//! └────────────────────────────────────────────────────┘
//! ```
//!
//! With colours, a cell shows two points, one above the other; without, one. The line is where the answer changes.
//! Samples are drawn over it, each with the sign of its class.

mod legend;
mod pixels;
mod points;
mod readout;

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

pub(crate) use legend::render as render_legend;

use crate::app::keymap::Action;
use crate::app::{MapAxis, MapCell, RunView, Target};
use crate::surface::Plane;
use crate::ui::canvas::Canvas;
use crate::ui::style::{MapInk, fitting, width};
use crate::ui::widget::map_subject::Subject;
use crate::ui::widget::plane_axes::{self, Across};
use pixels::Pixels;

/// Why there is no map.
const NO_MAP: &str = "A map needs two features that are numbers.";
const TOO_LARGE: &str = "This network is too large for a map that keeps up with it.";

/// The plane of a map, or why there is none.
fn mapped(run: &RunView, plane: Option<Plane>) -> Result<Plane, &'static str> {
    if pixels::are_too_slow(run) {
        return Err(TOO_LARGE);
    }
    plane.ok_or(NO_MAP)
}

/// Draws the map with its axes, the samples and the cursor.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    let plane = match mapped(run, run.plane()) {
        Ok(plane) => plane,
        Err(reason) => return render_reason(canvas, area, "Surface", reason),
    };
    let subject = Subject::chosen(run);
    let title = title("Surface: ", run, &subject, &plane, area.width);
    let inner = render_panel(canvas, area, title, &plane);
    let map = render_map(canvas, inner, &subject, &plane);
    let first = MapCell {
        column: 0,
        row: 0,
        size: (inner.width, inner.height),
    };
    canvas.shows(inner, Target::Point(first));
    points::render_cursor(canvas, &map, &subject, &plane);
}

/// Draws a small map of the prediction over all data, without a cursor.
pub(crate) fn render_small(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    let plane = match mapped(run, run.whole_plane()) {
        Ok(plane) => plane,
        Err(reason) => return render_reason(canvas, area, "Map", reason),
    };
    let subject = Subject::prediction(run);
    let title = title("Map: ", run, &subject, &plane, area.width);
    let inner = render_panel(canvas, area, title, &plane);
    render_map(canvas, inner, &subject, &plane);
}

/// Says why there is no map.
fn render_reason(canvas: &mut Canvas, area: Rect, title: &'static str, reason: &str) {
    let inner = canvas.panel(area, title);
    canvas.draw(Paragraph::new(reason).wrap(Wrap { trim: true }), inner);
}

/// Draws border and axes; returns the area of the map.
fn render_panel(canvas: &mut Canvas, area: Rect, title: String, plane: &Plane) -> Rect {
    let features = canvas.app.run().dataset().features();
    let [across, up] = [plane.across, plane.up].map(|span| {
        let feature = &features[span.feature];
        [feature.to_string(), feature.unit().to_owned()]
    });
    let arrow = canvas.theme.glyph("↑", "^");
    let up = up.map(|name| format!("{arrow} {name}"));
    let room = area.width.saturating_sub(width(&title) + 8);
    let up = fitting(&up, room);
    let panel = canvas.theme.panel_with_key(title, Some(&up), area.width);
    let inner = panel.inner(area).intersection(canvas.frame.area());
    canvas.draw(panel, area);
    canvas.shows_key(area, Some(&up), Action::TurnMapFeature(MapAxis::Up));
    let across = Across {
        span: plane.across,
        names: across,
        turns: Action::TurnMapFeature(MapAxis::Across),
    };
    plane_axes::render(canvas, inner, &across, plane.up)
}

/// Draws the map and the samples; returns how it was drawn.
fn render_map(canvas: &mut Canvas, area: Rect, subject: &Subject, plane: &Plane) -> Pixels {
    let run = canvas.app.run();
    let classes = run.dataset().target.classes();
    let ink = MapInk::new(canvas.theme, canvas.app.background(), classes);
    let pixels = Pixels::new(run, canvas.theme, ink, subject, plane, area);
    pixels.render(canvas.frame.buffer_mut(), subject);
    points::render_samples(canvas, &pixels, subject, plane);
    pixels
}

/// Returns the longest title that fits: what is shown over which features.
fn title(before: &str, run: &RunView, subject: &Subject, plane: &Plane, room: u16) -> String {
    let name = |feature: usize| run.dataset().features()[feature].name();
    let (across, up) = (name(plane.across.feature), name(plane.up.feature));
    let what = subject.name();
    fitting(
        &[
            format!("{before}{what} over {across}, {up}"),
            format!("{what} over {across}, {up}"),
            format!("{before}{what}"),
            what,
        ],
        room.saturating_sub(6),
    )
}

/// Draws the legend and the readout in one line each, where there is no room for a panel.
pub(crate) fn render_lines(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    if run.plane().is_none() {
        return;
    }
    let readout = readout::line(canvas.theme, run, area.width);
    let legend = legend::line(canvas);
    let lines: [Line; 2] = [Line::raw(readout), legend];
    for (line, row) in lines.into_iter().zip(area.rows()) {
        canvas.draw(line, row);
    }
}
