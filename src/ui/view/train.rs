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
//! In a smaller window the diagram gives rows first, and then goes before the samples do. A larger one has more panels
//! below the loss and at the bottom: a map of what the network has learned, every weight over the epochs, how fast each
//! layer moves, and the gradient norms over the epochs. The chart keeps the rows that it has at 80×24: where the map would
//! take some of them, it is at the bottom instead of the last two.

mod small;

use ratatui::layout::{Constraint, Layout, Rect};

use super::focus;
use crate::app::{App, COLUMNS_FOR_TWO, Charted, Overview, Panel, RunView};
use crate::ui::canvas::Canvas;
use crate::ui::panel::{
    chart, confusion, network_diagram, prediction, samples, surface, update_ratios,
};
use crate::ui::style::Theme;
use small::{
    Areas, HIGHEST_COURSE, LOWEST_COURSE, LOWEST_OVERVIEW, SMALLEST_DIAGRAM, USUAL_CHART, columns,
};

/// A smaller window has no two panels above two others.
const SMALLEST: (u16, u16) = (60, SMALLEST_DIAGRAM + LOWEST_OVERVIEW);

/// A prediction that is higher than this with all its bars goes without.
const HIGHEST_PREDICTION: u16 = 11;

/// The least height of a window with a row of panels on the course of the run.
const LOWEST_WITH_COURSE: u16 = 30;

/// From this width on, the weights have a panel beside them.
const WIDE_ENOUGH_FOR_RATIOS: u16 = 100;

/// The least height of a chart below another panel.
const LOWEST_CHART: u16 = 9;

/// The least size of a map below the loss, and the least height of loss, map and samples together that have room.
const NARROWEST_MAP: u16 = 40;
const LOWEST_MAP: u16 = 8;
const LOWEST_WITH_MAP: u16 = USUAL_CHART + ROOMY_MAP + LOWEST_OVERVIEW;

/// The least height of the row below them: there, each line of the post's network has a row for its name.
const LOWEST_BELOW_MAP: u16 = 13;

/// The height of a map below the loss that has room enough.
const ROOMY_MAP: u16 = 12;

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    if let Some(panel) = canvas.app.zoomed() {
        return render_panel(canvas, panel, area);
    }
    let areas = Areas::of(area, canvas.theme, canvas.app);
    for (panel, area) in [
        (Panel::Network, areas.diagram),
        (Panel::Samples, areas.overview),
        (Panel::Chart, Some(areas.loss)),
        (Panel::Prediction, areas.prediction),
        (Panel::Weights, areas.weights),
        (Panel::Changes, areas.ratios),
        (Panel::Gradients, areas.gradients),
        (Panel::SmallMap, areas.map),
    ] {
        if let Some(area) = area {
            render_panel(canvas, panel, area);
            focus::mark(canvas, panel, area);
        }
    }
}

fn render_panel(canvas: &mut Canvas, panel: Panel, area: Rect) {
    match (panel, canvas.app.run().overview) {
        (Panel::Network, _) => render_networks(canvas, area),
        (Panel::Samples, Overview::Table) => samples::render(canvas, area),
        (Panel::Samples, Overview::Errors) => samples::render_errors(canvas, area),
        (Panel::Samples, Overview::Confusion) => confusion::render(canvas, area),
        (Panel::Samples, Overview::TestConfusion) => confusion::render_test(canvas, area),
        (Panel::Samples, Overview::Map) | (Panel::SmallMap, _) => {
            surface::render_small(canvas, area);
        }
        (Panel::Prediction, _) => prediction::render(canvas, area),
        (Panel::Weights, _) => chart::render_beside(canvas, area, Charted::Parameters),
        (Panel::Gradients, _) => chart::render_beside(canvas, area, Charted::GradientNorm),
        (Panel::Changes, _) => update_ratios::render(canvas, area),
        _ => chart::render(canvas, area),
    }
}

/// Draws the present network, and in a wide window beside it the one that it is compared with.
fn render_networks(canvas: &mut Canvas, area: Rect) {
    let is_wide = canvas.frame.area().width >= COLUMNS_FOR_TWO;
    match canvas.app.compared_run().filter(|_| is_wide) {
        Some(kept) => {
            let halves = [Constraint::Fill(1), Constraint::Fill(1)];
            let [left, right] = Layout::horizontal(halves).areas(area);
            let letter = canvas.app.runs().letter;
            network_diagram::render_run(canvas, left, Some(letter));
            network_diagram::render_kept(canvas, right, kept);
        }
        None => network_diagram::render_run(canvas, area, None),
    }
}

impl Areas {
    /// Divides the area.
    fn of(area: Rect, theme: Theme, app: &App) -> Self {
        let run = app.run();
        let diagram = network_diagram::height(theme, run);
        if area.width < SMALLEST.0 {
            return Self::narrow(area, diagram, app);
        }
        if area.height < SMALLEST.1 {
            return Self::low(area, run);
        }
        let others = diagram
            .max(USUAL_CHART)
            .saturating_add(lowest_overview(run));
        let height = (area.height * 36 / 100).min(area.height.saturating_sub(others));
        if area.height < LOWEST_WITH_COURSE || height < LOWEST_COURSE {
            return Self::usual(area, diagram, run);
        }
        let height = height.min(HIGHEST_COURSE);
        let height = match area.height.saturating_sub(LOWEST_WITH_MAP) {
            below if has_map(run) && below >= LOWEST_BELOW_MAP => height.min(below),
            _ => height,
        };
        let [upper, course] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(height)]).areas(area);
        Self::usual(upper, diagram, run)
            .with_map(run)
            .with_course(course, run)
    }

    /// Four panels; the samples have the height that they need, up to a third and to what the diagram leaves.
    fn usual(area: Rect, diagram: u16, run: &RunView) -> Self {
        let [left, right] = columns(area);
        let free = area.height.saturating_sub(diagram);
        let most = (area.height / 3).max(lowest_overview(run)).min(free);
        let most = most.max(LOWEST_OVERVIEW);
        let lower_height = match run.overview {
            // As high as the diagram can spare.
            Overview::Map => (area.height / 2).min(area.height.saturating_sub(SMALLEST_DIAGRAM)),
            _ => samples::height(run).min(most),
        };
        let lower_height = lower_height.max(LOWEST_OVERVIEW);
        let rows = Layout::vertical([Constraint::Min(0), Constraint::Length(lower_height)]);
        let [loss, prediction] = rows.areas(right);
        let [diagram, overview] = rows.areas(left);
        Self {
            diagram: Some(diagram),
            overview: Some(overview),
            prediction: Some(prediction),
            ..Self::only(loss)
        }
    }

    /// Adds a map below the loss, if there is one that nothing else shows, and room for both.
    fn with_map(self, run: &RunView) -> Self {
        let loss = self.loss;
        let has_room = loss.width >= NARROWEST_MAP && loss.height >= USUAL_CHART + LOWEST_MAP;
        if !has_map(run) || !has_room {
            return self;
        }
        // The loss is what one looks at most, unless the map needs rows for its axes and its title.
        let most = loss.height.saturating_mul(3) / 5;
        let height = most.min(loss.height.saturating_sub(ROOMY_MAP));
        let rows = [
            Constraint::Length(height.max(USUAL_CHART)),
            Constraint::Fill(1),
        ];
        let [loss, map] = Layout::vertical(rows).areas(loss);
        Self {
            loss,
            map: Some(map),
            ..self
        }
    }

    /// Adds the panels on the course of the run so far.
    fn with_course(self, area: Rect, run: &RunView) -> Self {
        if area.width < WIDE_ENOUGH_FOR_RATIOS {
            return Self {
                weights: Some(area),
                ..self
            };
        }
        let [weights, right] = columns(area);
        if has_map(run) && self.map.is_none() {
            return Self {
                weights: Some(weights),
                map: Some(right),
                ..self
            };
        }
        let ratios = update_ratios::height(run).min(right.height);
        let has_chart = right.height - ratios >= LOWEST_CHART;
        let ratios = if has_chart { ratios } else { right.height };
        let [ratios, gradients] =
            Layout::vertical([Constraint::Length(ratios), Constraint::Fill(1)]).areas(right);
        Self {
            weights: Some(weights),
            ratios: Some(ratios),
            gradients: has_chart.then_some(gradients),
            ..self
        }
    }
}

/// The least height of the samples where the diagram and the chart have theirs: the prediction beside them has a bar for
/// each class, of a few.
fn lowest_overview(run: &RunView) -> u16 {
    let wanted = prediction::height(run);
    if wanted <= HIGHEST_PREDICTION {
        wanted.max(LOWEST_OVERVIEW)
    } else {
        LOWEST_OVERVIEW
    }
}

/// Whether there is a map beside the other panels.
fn has_map(run: &RunView) -> bool {
    run.surface.features.is_some() && run.overview != Overview::Map
}
