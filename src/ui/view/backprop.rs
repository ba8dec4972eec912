//! The Backprop view: one step of training, number by number.
//!
//! With at least 110 columns and enough rows:
//!
//! ```text
//! ┌ Step: Alice, sample 1 of 4 ──────┐┌ w1: Backward ──────────────────────────┐
//! │ network                          ││ Forward                                │
//! └──────────────────────────────────┘│ h1 = f(w1·x1 + w2·x2 + b1) = …         │
//! ┌ h1: sigmoid ────┐┌ Gradient size ┐└────────────────────────────────────────┘
//! │ f, f′ and z     │└───────────────┘┌ Every weight and bias in this step ────┐
//! │                 │┌ Every neuron ─┐│ value, gradient, step                  │
//! └─────────────────┘└───────────────┘└────────────────────────────────────────┘
//! ```
//!
//! A still larger one also has every weight and bias over the epochs.
//!
//! In a narrower window the formulas are below the network, with the curve and the norms beside it; a small window has
//! only the formulas.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::{Paragraph, Wrap};

use super::focus;
use crate::app::{Charted, Panel, RunView, TracedStep};
use crate::ui::canvas::Canvas;
use crate::ui::panel::{
    activation_curve, chart, formulas, gradient_norms, network_diagram, step_neurons,
    step_parameters,
};
use crate::ui::style::cells;

/// From this width, formulas have room beside the network.
const SIDE_BY_SIDE: u16 = 110;

/// Two areas of the same size.
const HALVES: [Constraint; 2] = [Constraint::Fill(1), Constraint::Fill(1)];

/// A smaller window has only the formulas.
const SMALLEST: (u16, u16) = (60, 16);

/// The width of the curve and the norms beside the network, and the height of the curve below it.
const CURVE_WIDTH: u16 = 28;
const CURVE_HEIGHT: u16 = 9;

/// The height up to which the curve grows with the window, as does the table of neurons, if they need no more.
const ROOMY_CURVE: u16 = 15;

/// From these heights on, a wide window has the table of parameters below the formulas, and below that a chart.
const LOWEST_WITH_PARAMETERS: u16 = 30;
const LOWEST_WITH_CHART: u16 = 50;
const CHART_HEIGHT: u16 = 16;

/// The rows that formulas need besides the terms of a sum; what is left of a high window is for the chart.
const ROOMY_FORMULAS: u16 = 18;

/// The areas of the panels; `None` if there is no room for one.
struct Areas {
    formulas: Rect,
    network: Option<NetworkAreas>,
    parameters: Option<Rect>,
    chart: Option<Rect>,
}

struct NetworkAreas {
    diagram: Rect,
    curve: Rect,
    norms: Rect,
    neurons: Option<Rect>,
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    let Some(traced) = &run.backprop.shown else {
        return render_nothing(canvas, area);
    };
    if let Some(panel) = canvas.app.zoomed() {
        return render_panel(canvas, panel, area, traced);
    }
    let areas = Areas::of(area, run);
    let network = areas.network.into_iter().flat_map(|network| {
        [
            (Panel::StepNeurons, network.neurons),
            (Panel::Network, Some(network.diagram)),
            (Panel::Curve, Some(network.curve)),
            (Panel::GradientNorms, Some(network.norms)),
        ]
    });
    let others = [
        (Panel::Formulas, Some(areas.formulas)),
        (Panel::StepParameters, areas.parameters),
        (Panel::Weights, areas.chart),
    ];
    for (panel, area) in network.chain(others) {
        if let Some(area) = area {
            render_panel(canvas, panel, area, traced);
            focus::mark(canvas, panel, area);
        }
    }
}

fn render_panel(canvas: &mut Canvas, panel: Panel, area: Rect, traced: &TracedStep) {
    match panel {
        Panel::Network => network_diagram::render_step(canvas, area, traced),
        Panel::Curve => activation_curve::render(canvas, area, traced),
        Panel::GradientNorms => gradient_norms::render(canvas, area, traced),
        Panel::StepNeurons => step_neurons::render(canvas, area, traced),
        Panel::StepParameters => step_parameters::render(canvas, area, traced),
        Panel::Weights => chart::render_beside(canvas, area, Charted::Parameters),
        _ => formulas::render(canvas, area, traced),
    }
}

impl Areas {
    /// Divides the area; the norms have the height that they need, if there is room.
    fn of(area: Rect, run: &RunView) -> Self {
        let only_formulas = Self {
            formulas: area,
            network: None,
            parameters: None,
            chart: None,
        };
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            return only_formulas;
        }
        if area.width >= SIDE_BY_SIDE {
            return Self::side_by_side(area, run);
        }
        let [upper, formulas] = Layout::vertical(HALVES).areas(area);
        let columns = [Constraint::Fill(1), Constraint::Length(CURVE_WIDTH)];
        let [diagram, right] = Layout::horizontal(columns).areas(upper);
        let norms = gradient_norms::height(run).min(upper.height / 2);
        let [curve, norms] =
            Layout::vertical([Constraint::Min(0), Constraint::Length(norms)]).areas(right);
        Self {
            formulas,
            network: Some(NetworkAreas {
                diagram,
                curve,
                norms,
                neurons: None,
            }),
            ..only_formulas
        }
    }

    fn side_by_side(area: Rect, run: &RunView) -> Self {
        let [left, right] = Layout::horizontal(HALVES).areas(area);
        let has = |is_shown: bool, height: u16| Constraint::Length(u16::from(is_shown) * height);
        let has_parameters = area.height >= LOWEST_WITH_PARAMETERS;
        let has_chart = area.height >= LOWEST_WITH_CHART;
        let parameters = step_parameters::height(run).min(area.height / 3);
        let layers = run.network.layers().iter();
        let terms = layers.map(|layer| layer.fan_in).max().unwrap_or_default();
        let formulas = cells(terms).saturating_add(parameters + ROOMY_FORMULAS);
        let chart = area.height.saturating_sub(formulas);
        let [formulas, parameters, chart] = Layout::vertical([
            Constraint::Fill(1),
            has(has_parameters, parameters),
            has(has_chart, chart.max(CHART_HEIGHT)),
        ])
        .areas(right);
        Self {
            formulas,
            network: Some(NetworkAreas::beside_formulas(left, run)),
            parameters: has_parameters.then_some(parameters),
            chart: has_chart.then_some(chart),
        }
    }
}

impl NetworkAreas {
    /// The diagram above the curve, the norms and the neurons.
    fn beside_formulas(area: Rect, run: &RunView) -> Self {
        let norms_height = gradient_norms::height(run);
        let usual = norms_height.max(CURVE_HEIGHT).min(area.height / 2);
        let needed = (norms_height + step_neurons::height(run)).max(ROOMY_CURVE);
        let lower_height = usual.max(needed.min(area.height / 3));
        let [diagram, lower] =
            Layout::vertical([Constraint::Min(0), Constraint::Length(lower_height)]).areas(area);
        let [curve, right] = Layout::horizontal(HALVES).areas(lower);
        let has_neurons = norms_height + step_neurons::LOWEST <= lower.height;
        let norms_height = if has_neurons {
            norms_height
        } else {
            lower.height
        };
        let [norms, neurons] =
            Layout::vertical([Constraint::Length(norms_height), Constraint::Fill(1)]).areas(right);
        Self {
            diagram,
            curve,
            norms,
            neurons: has_neurons.then_some(neurons),
        }
    }
}

fn render_nothing(canvas: &mut Canvas, area: Rect) {
    let run = canvas.app.run();
    let text = if run.training.is_running() && run.is_step_divided() {
        "A step this large takes long to look at: it is shown when training pauses."
    } else {
        "No step to show yet: the samples are being evaluated, or training has stopped."
    };
    let inner = canvas.panel(area, "Step");
    canvas.draw(Paragraph::new(text).wrap(Wrap { trim: true }), inner);
}
