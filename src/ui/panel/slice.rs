//! The loss slice: the loss over two weights or biases, or two directions, around the present parameters.
//!
//! ```text
//! ┌ Loss slice over w1, w5 ──────────────────── ↑ w5 ┐
//! │ 0┤▓▓▓▒▒▒│░░░░                                    │
//! │  │▓▓▓●··│·•░░░░                                  │
//! │−5┤▓▓▒▒│░░░✚░ ▼                                   │
//! │  └──┬─────────┬───────                           │
//! │    −5         0                               w1 │
//! └──────────────────────────────────────────────────┘
//! ```
//!
//! All other parameters are those of one moment, which is in the title if it is not the present one. The path of
//! training is a projection: each of its points has the colour of its true loss, and is the weaker the farther it is
//! from the plane.

mod legend;
mod marks;
mod picture;
mod readout;
mod scale;
mod subject;

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

pub(crate) use legend::render as render_legend;

use crate::app::keymap::Action;
use crate::app::{MapAxis, MapCell, SliceAction, Target, Turn};
use crate::surface::Slice;
use crate::ui::canvas::Canvas;
use crate::ui::style::MapInk;
use crate::ui::widget::plane_axes::{self, Across};
use crate::ui::widget::raster;
use picture::Picture;
use subject::{drawn, names, title, whole_percent};

/// What puts another parameter on an axis.
const fn turns(axis: MapAxis) -> Action {
    Action::Slice(SliceAction::TurnAxis(axis, Turn::Forward))
}

/// Draws the slice with its axes, the path and the cursor.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    let Some((slice, scale)) = drawn(run) else {
        return render_reason(canvas, area);
    };
    let inner = render_panel(canvas, area, slice);
    let size = (
        usize::from(inner.width),
        usize::from(inner.height) * canvas.theme.rows_of_cell(),
    );
    let picture = Picture::new(&slice.grid, &scale, size);
    let ink = MapInk::new(canvas.theme, canvas.app.background(), &[]);
    let buffer = canvas.frame.buffer_mut();
    raster::render(&picture, inner, &ink, canvas.theme, buffer);
    let first = MapCell {
        column: 0,
        row: 0,
        size: (inner.width, inner.height),
    };
    canvas.shows(inner, Target::SlicePoint(first));
    let area = inner.intersection(canvas.frame.area());
    marks::Marks {
        theme: canvas.theme,
        slice,
        scale: &scale,
        picture: &picture,
        ink: &ink,
        area,
    }
    .render(canvas.frame.buffer_mut(), run.slice.cursor());
}

/// Draws the readout and the scale in one line each, where there is no room for a panel.
pub(crate) fn render_lines(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    let Some((slice, scale)) = drawn(run) else {
        return;
    };
    let readout = readout::line(canvas.theme, run, slice, area.width);
    let lines = [Line::raw(readout), legend::scale_line(canvas, &scale)];
    for (line, row) in lines.into_iter().zip(area.rows()) {
        canvas.write(line, row);
    }
}

/// Says why there is no slice, or how far it is.
fn render_reason(canvas: &mut Canvas, area: Rect) {
    let view = &canvas.app.run().slice;
    let reason = match (view.problem(), view.progress()) {
        (Some(problem), _) => format!("No loss slice: {problem}."),
        (None, Some(done)) => format!("Computing: {}", whole_percent(done)),
        (None, None) => "No loss slice: the loss overflows everywhere around here.".to_owned(),
    };
    let inner = canvas.panel(area, "Loss slice");
    canvas.draw(Paragraph::new(reason).wrap(Wrap { trim: true }), inner);
}

/// Draws border and axes; returns the area of the picture.
fn render_panel(canvas: &mut Canvas, area: Rect, slice: &Slice) -> Rect {
    let [across, up] = names(slice);
    let arrow = canvas.theme.glyph("↑", "^");
    let up = format!("{arrow} {up}");
    let title = title(canvas.theme, canvas.app.run(), slice, area.width);
    let panel = canvas.theme.panel_with_key(title, Some(&up), area.width);
    let inner = panel.inner(area).intersection(canvas.frame.area());
    canvas.draw(panel, area);
    canvas.shows_key(area, Some(&up), turns(MapAxis::Up));
    let [span, up] = slice.grid.spans;
    let across = Across {
        span,
        names: [across.clone(), across],
        turns: Some(turns(MapAxis::Across)),
    };
    plane_axes::render(canvas, inner, &across, up)
}
