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

mod drawing;
mod frame;
mod held;
mod legend;
mod pixels;
mod points;
mod readout;
mod row;
mod seen;

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

pub(crate) use drawing::{
    render as render_drawing, render_classes, render_lines as render_drawing_lines,
};

use crate::app::keymap::Action;
use crate::app::{MapAxis, MapCell, Overview, RunView, ShownMap, Target};
use crate::surface::Plane;
use crate::ui::canvas::Canvas;
use crate::ui::style::{MapInk, fitting, width};
use crate::ui::widget::map_state;
use crate::ui::widget::map_subject::Subject;
use crate::ui::widget::turn_key;
use pixels::Pixels;
use points::Marks;
use seen::Seen;

/// Why there is no map.
const NO_MAP: &str = "A map needs two features that are numbers.";
const NOT_YET: &str = "Computing the map";

/// What a border has beside its title and the name in its right corner: corners, spaces, an arrow.
const BESIDE: u16 = 10;

/// The most cells of the key in the border below a small map, beside the signs.
const LONGEST_KEY: u16 = 10;

/// Draws the map with its axes, the samples and the cursor, and a row of small ones over a third feature below it.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    render_marked(canvas, area);
}

/// The same, and what it means beside it.
pub(crate) fn render_with_legend(canvas: &mut Canvas, [map, legend]: [Rect; 2]) {
    let marks = render_marked(canvas, map);
    legend::render(canvas, legend, &marks);
}

/// Draws the map and the row; returns the samples that are marked on the map.
fn render_marked(canvas: &mut Canvas, area: Rect) -> Marks {
    let [area, below] = row::divided(canvas, area);
    row::render(canvas, below);
    let run = canvas.app.run();
    let Some(plane) = run.plane() else {
        render_reason(canvas, area, "Surface");
        return Marks::default();
    };
    let subject = Subject::chosen(run);
    let (inner, drawn) = render_map(canvas, area, ["Surface: ", ""], &subject, &plane);
    let first = MapCell {
        column: 0,
        row: 0,
        size: (inner.width, inner.height),
    };
    canvas.shows(inner, Target::Point(first));
    drawn.map_or_else(Marks::default, |(pixels, marks)| {
        points::render_cursor(canvas, &pixels, &subject, &plane);
        marks
    })
}

/// Draws a small map of the prediction, or of the neuron that is chosen, over all data, without a cursor.
pub(crate) fn render_small(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    let Some(plane) = run.whole_plane() else {
        return render_reason(canvas, area, "Map");
    };
    let subject = Subject::chosen(run);
    // The Surface view has it in its legend.
    let held = held::text(run).unwrap_or_default();
    let (_, drawn) = render_map(canvas, area, ["Map: ", &held], &subject, &plane);
    let border = Rect {
        x: area.x + 1,
        y: area.bottom().saturating_sub(1),
        width: area.width.saturating_sub(2),
        height: 1,
    };
    let border = border.intersection(canvas.frame.area());
    let key = (run.overview == Overview::Map)
        .then(|| turn_key::of_overviews(canvas, LONGEST_KEY.min(border.width / 2)))
        .flatten();
    let taken = key.as_deref().map_or(0, |key| width(key) + 2);
    let marks = drawn.map(|(_, marks)| marks).unwrap_or_default();
    if canvas.app.shows_data() {
        let signs = legend::signs_line(canvas, &marks, border.width - taken);
        canvas.write(signs, border);
    }
    if let Some(key) = key {
        canvas.write(canvas.theme.keys_line(&key), border);
        let panel = Rect {
            y: border.y,
            ..area
        };
        canvas.shows_key(panel, Some(&key), Action::TurnOverview);
    }
}

/// Says why there is no map.
fn render_reason(canvas: &mut Canvas, area: Rect, title: &'static str) {
    let inner = canvas.panel(area, title);
    canvas.draw(Paragraph::new(NO_MAP).wrap(Wrap { trim: true }), inner);
}

/// Draws the panel, the map and the samples; returns the area of the map and how it was drawn, if there is anything of it.
fn render_map(
    canvas: &mut Canvas,
    area: Rect,
    words: [&str; 2],
    subject: &Subject,
    plane: &Plane,
) -> (Rect, Option<(Pixels, Marks)>) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let seen = Seen::within(canvas, area, subject, plane);
    let marks = seen.marks(run, plane);
    let Seen {
        inner,
        samples,
        shown,
    } = seen;
    // The title says how far the map is.
    let state = map_state::text(theme, shown.as_ref());
    let title = title(words, run, subject, plane, (&state, area.width));
    render_panel(canvas, area, title, plane);
    let Some(ShownMap { map, .. }) = shown else {
        canvas.say(NOT_YET, inner);
        return (inner, None);
    };
    let classes = run.dataset().target.classes();
    let ink = MapInk::new(theme, canvas.app.background(), classes);
    let pixels = Pixels::new(theme, ink, map, inner);
    pixels.render(canvas.frame.buffer_mut(), subject);
    points::render_samples(canvas, &pixels, subject, &marks, &samples);
    if canvas.app.has_prediction_box() {
        points::render_typed(canvas, &pixels, subject, plane);
    }
    (inner, Some((pixels, marks)))
}

/// Draws border and axes.
fn render_panel(canvas: &mut Canvas, area: Rect, title: String, plane: &Plane) {
    let features = canvas.app.run().dataset().features();
    let names = [plane.across, plane.up].map(|span| {
        let feature = &features[span.feature];
        [feature.to_string(), feature.name().to_owned()]
    });
    let turns = [MapAxis::Across, MapAxis::Up].map(Action::TurnMapFeature);
    frame::render(canvas, area, title, plane, names, Some(turns));
}

/// Returns the longest title that fits: what is shown over which features, where the others are held, and how far it is.
/// The names of the axes stand there, too.
fn title(
    [before, held]: [&str; 2],
    run: &RunView,
    subject: &Subject,
    plane: &Plane,
    (state, room): (&str, u16),
) -> String {
    let features = run.dataset().features();
    let [across, up] = [plane.across, plane.up].map(|span| features[span.feature].name());
    // What is on the other axis stands in the same row, to be clicked.
    let beside = width(up) + BESIDE;
    let what = subject.name();
    let others = |named: &str| match held {
        "" => String::new(),
        held => format!(", {named} {held}"),
    };
    let [long, short] = ["other features", "others"].map(others);
    fitting(
        &[
            format!("{before}{what} over {across}, {up}{short}{state}"),
            format!("{before}{what}{long}{state}"),
            format!("{before}{what}{short}{state}"),
            // The legend names what is shown.
            match held {
                "" => format!("{before}{what} over {across}, {up}{state}"),
                held => format!("{before}others {held}{state}"),
            },
            format!("{before}{what} over {across}, {up}{state}"),
            format!("{before}{what}{state}"),
            format!("{what}{state}"),
        ],
        room.saturating_sub(beside),
    )
}

/// Draws the legend and the readout in one line each, where there is no room for a panel.
pub(crate) fn render_lines(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    if run.plane().is_none() {
        return;
    }
    let readout = readout::line(canvas.theme, run, area.width);
    let legend = legend::line(canvas, area.width);
    let lines: [Line; 2] = [Line::raw(readout), legend];
    for (line, row) in lines.into_iter().zip(area.rows()) {
        canvas.write(line, row);
    }
}
