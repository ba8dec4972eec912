//! The Train view, from 80×24:
//!
//! ```text
//! header      what is trained, the state of training, the seed
//! ┌ network diagram ──────┐┌ loss chart ───┐
//! │                       ││               │
//! └───────────────────────┘└───────────────┘
//! ┌ samples ──────────────┐┌ prediction ───┐
//! └───────────────────────┘└───────────────┘
//! status      epoch, progress, message
//! footer      keys
//! ```
//!
//! In a smaller window the diagram gives rows before the samples go, and then the diagram.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::app::Overview;
use crate::ui::canvas::Canvas;
use crate::ui::panel::{chart, confusion, network_diagram, prediction, samples};

/// The least height of a diagram above the samples, with borders.
const SMALLEST_DIAGRAM: u16 = 8;

/// The areas of the panels; `None` if there is no room for one.
struct Areas {
    diagram: Option<Rect>,
    loss: Rect,
    overview: Option<Rect>,
    prediction: Rect,
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    let areas = areas(area, samples::height(run));
    if let Some(area) = areas.diagram {
        network_diagram::render_run(canvas, area);
    }
    if let Some(area) = areas.overview {
        match run.overview {
            Overview::Table => samples::render(canvas, area),
            Overview::Confusion => confusion::render(canvas, area),
        }
    }
    chart::render(canvas, areas.loss);
    prediction::render(canvas, areas.prediction);
}

/// Divides the area; the samples have the height that they need, up to a third.
fn areas(area: Rect, samples_height: u16) -> Areas {
    if area.width < 60 || area.height < 14 {
        let [loss, prediction] =
            Layout::vertical([Constraint::Min(0), Constraint::Length(5)]).areas(area);
        return Areas {
            diagram: None,
            loss,
            overview: None,
            prediction,
        };
    }
    let [left, right] = Layout::horizontal([Constraint::Fill(3), Constraint::Fill(2)]).areas(area);
    let lower_height = samples_height.min(area.height / 3).max(7);
    let rows = Layout::vertical([Constraint::Min(0), Constraint::Length(lower_height)]);
    let [loss, prediction] = rows.areas(right);
    let (diagram, overview) = match rows.areas(left) {
        [upper, lower] if upper.height >= SMALLEST_DIAGRAM => (upper, Some(lower)),
        _ => (left, None),
    };
    Areas {
        diagram: Some(diagram),
        loss,
        overview,
        prediction,
    }
}
