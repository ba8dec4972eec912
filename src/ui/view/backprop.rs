//! The Backprop view: one step of training, number by number.
//!
//! With at least 110 columns:
//!
//! ```text
//! ┌ Step: Alice, sample 1 of 4 ──────┐┌ w1: Backward ──────────────────────────┐
//! │ network                          ││ Forward                                │
//! └──────────────────────────────────┘│ h1 = f(w1·x1 + w2·x2 + b1) = …         │
//! ┌ h1: sigmoid ────┐┌ Gradient norm ┐│ Loss                                   │
//! │ f, f′ and z     ││ layer by layer││ Backward                               │
//! └─────────────────┘└───────────────┘└────────────────────────────────────────┘
//! ```
//!
//! In a narrower window the formulas are below the network, with the curve and the norms beside it; a small window has
//! only the formulas.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::{Paragraph, Wrap};

use super::focus;
use crate::app::{Panel, TracedStep};
use crate::ui::canvas::Canvas;
use crate::ui::panel::{activation_curve, formulas, gradient_norms, network_diagram};

/// From this width, formulas have room beside the network.
const SIDE_BY_SIDE: u16 = 110;

/// A smaller window has only the formulas.
const SMALLEST: (u16, u16) = (60, 16);

/// The width of the curve and the norms beside the network, and the height of the curve below it.
const CURVE_WIDTH: u16 = 28;
const CURVE_HEIGHT: u16 = 9;

/// The areas of the panels.
struct Areas {
    formulas: Rect,
    /// The other panels, if there is room for them.
    network: Option<NetworkAreas>,
}

struct NetworkAreas {
    diagram: Rect,
    curve: Rect,
    norms: Rect,
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let Some(traced) = &canvas.app.run().backprop.shown else {
        return render_nothing(canvas, area);
    };
    if let Some(panel) = canvas.app.zoomed() {
        return render_panel(canvas, panel, area, traced);
    }
    let areas = areas(area, gradient_norms::height(canvas.app.run()));
    let network = areas.network.into_iter().flat_map(|network| {
        [
            (Panel::Network, network.diagram),
            (Panel::Curve, network.curve),
            (Panel::GradientNorms, network.norms),
        ]
    });
    for (panel, area) in network.chain([(Panel::Formulas, areas.formulas)]) {
        render_panel(canvas, panel, area, traced);
        focus::mark(canvas, panel, area);
    }
}

fn render_panel(canvas: &mut Canvas, panel: Panel, area: Rect, traced: &TracedStep) {
    match panel {
        Panel::Network => network_diagram::render_step(canvas, area, traced),
        Panel::Curve => activation_curve::render(canvas, area, traced),
        Panel::GradientNorms => gradient_norms::render(canvas, area, traced),
        _ => formulas::render(canvas, area, traced),
    }
}

/// Divides the area; the norms have the height that they need, if there is room.
fn areas(area: Rect, norms_height: u16) -> Areas {
    let half_each = [Constraint::Fill(1), Constraint::Fill(1)];
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return Areas {
            formulas: area,
            network: None,
        };
    }
    if area.width >= SIDE_BY_SIDE {
        let [left, formulas] = Layout::horizontal(half_each).areas(area);
        let lower_height = norms_height.max(CURVE_HEIGHT).min(area.height / 2);
        let [diagram, lower] =
            Layout::vertical([Constraint::Min(0), Constraint::Length(lower_height)]).areas(left);
        let [curve, norms] = Layout::horizontal(half_each).areas(lower);
        return Areas::new(formulas, diagram, curve, norms);
    }
    let [upper, formulas] = Layout::vertical(half_each).areas(area);
    let [diagram, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(CURVE_WIDTH)]).areas(upper);
    let norms_height = norms_height.min(upper.height / 2);
    let [curve, norms] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(norms_height)]).areas(right);
    Areas::new(formulas, diagram, curve, norms)
}

impl Areas {
    fn new(formulas: Rect, diagram: Rect, curve: Rect, norms: Rect) -> Self {
        let network = NetworkAreas {
            diagram,
            curve,
            norms,
        };
        Self {
            formulas,
            network: Some(network),
        }
    }
}

fn render_nothing(canvas: &mut Canvas, area: Rect) {
    let text = "No step to show yet: the samples are being evaluated, or training has stopped.";
    let inner = canvas.panel(area, "Step");
    canvas.draw(Paragraph::new(text).wrap(Wrap { trim: true }), inner);
}
