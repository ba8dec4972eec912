//! Windows without room for two panels above two others.
//!
//! A low one has the samples instead of the diagram; a narrow one has panels one above another:
//!
//! ```text
//! ┌ loss ─────────────────┐     ┌ diagram ──┐
//! └───────────────────────┘     ┌ loss ─────┐
//! ┌ samples ────┐┌ predict ┐    ┌ samples ──┐
//! └─────────────┘└─────────┘    ┌ predict ──┐
//! ```
//!
//! Without rows for all of them the diagram goes first, and then the samples or the prediction: what is shown is of a
//! sample or of typed values.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::app::{App, Overview, Panel, RunView, Shown};
use crate::ui::panel::samples;
use crate::ui::style::cells;

/// The least height of a diagram above the samples, with borders.
pub(super) const SMALLEST_DIAGRAM: u16 = 8;

/// The least height of the samples, with borders.
pub(super) const LOWEST_OVERVIEW: u16 = 7;

/// The height of the chart at 80×24, which it has in every larger window too.
pub(super) const USUAL_CHART: u16 = 14;

/// The heights of a row of panels on the course of the run.
pub(super) const LOWEST_COURSE: u16 = 9;
pub(super) const HIGHEST_COURSE: u16 = 18;

/// The heights of a loss of one row, and the least one with axes: one row more than the former would be empty.
const LOWEST_LOSS: u16 = 3;
const LOWEST_LOSS_WITH_AXES: u16 = 5;

/// The height of a loss whose axes can be read.
const READABLE_LOSS: u16 = 6;

/// The heights of samples with one row below the heading, and of a prediction with one field.
const LOWEST_SAMPLES: u16 = 4;
const LOWEST_PREDICTION: u16 = 5;

/// What a prediction needs beside its fields: borders, the answer, a remark.
const AROUND_FIELDS: u16 = 4;

/// The areas of the panels; `None` if there is no room for one.
pub(super) struct Areas {
    pub(super) diagram: Option<Rect>,
    pub(super) loss: Rect,
    pub(super) overview: Option<Rect>,
    pub(super) prediction: Option<Rect>,
    pub(super) weights: Option<Rect>,
    pub(super) ratios: Option<Rect>,
    pub(super) gradients: Option<Rect>,
    pub(super) map: Option<Rect>,
}

/// The rows of panels that stand one above another.
struct Rows {
    free: u16,
    diagram: u16,
    loss: u16,
    samples: u16,
    prediction: u16,
    weights: u16,
}

impl Areas {
    /// The loss above the samples and the prediction.
    pub(super) fn low(area: Rect, run: &RunView) -> Self {
        let wanted = most_samples(area, run).max(wanted_prediction(run));
        let [loss, lower] = below_loss(area, wanted);
        let [overview, prediction] = columns(lower);
        Self {
            overview: Some(overview),
            prediction: Some(prediction),
            ..Self::only(loss)
        }
    }

    /// One panel above another.
    pub(super) fn narrow(area: Rect, diagram: u16, app: &App) -> Self {
        let run = app.run();
        if area.height < LOWEST_LOSS + LOWEST_SAMPLES + LOWEST_PREDICTION {
            return Self::lowest(area, app);
        }
        let rows = Rows::of(area, diagram, run);
        let heights = [
            rows.diagram,
            rows.loss,
            rows.samples,
            rows.prediction,
            rows.weights,
        ];
        let [diagram, loss, overview, prediction, weights] =
            Layout::vertical(heights.map(Constraint::Length)).areas(area);
        Self {
            diagram: (!diagram.is_empty()).then_some(diagram),
            overview: Some(overview),
            prediction: Some(prediction),
            weights: (!weights.is_empty()).then_some(weights),
            ..Self::only(loss)
        }
    }

    /// The loss above the samples, or above the prediction while typed values are shown.
    fn lowest(area: Rect, app: &App) -> Self {
        let run = app.run();
        // Only the table of the samples has nothing to show then.
        let is_free = run.overview == Overview::Table || app.focused_panel() == Panel::Prediction;
        let is_typed = run.shown == Shown::Prediction && is_free;
        let wanted = if is_typed {
            wanted_prediction(run)
        } else {
            most_samples(area, run)
        };
        let [loss, other] = below_loss(area, wanted);
        Self {
            overview: Some(other).filter(|_| !is_typed),
            prediction: Some(other).filter(|_| is_typed),
            ..Self::only(loss)
        }
    }

    pub(super) fn only(loss: Rect) -> Self {
        Self {
            diagram: None,
            loss,
            overview: None,
            prediction: None,
            weights: None,
            ratios: None,
            gradients: None,
            map: None,
        }
    }
}

impl Rows {
    /// Divides the rows: what tells the most has them first.
    fn of(area: Rect, diagram: u16, run: &RunView) -> Self {
        let lowest = LOWEST_LOSS + LOWEST_SAMPLES + LOWEST_PREDICTION;
        let mut rows = Self {
            free: area.height.saturating_sub(lowest),
            diagram: 0,
            loss: LOWEST_LOSS,
            samples: LOWEST_SAMPLES,
            prediction: LOWEST_PREDICTION,
            weights: 0,
        };
        rows.give(|rows| &mut rows.samples, most_samples(area, run));
        rows.give(|rows| &mut rows.prediction, wanted_prediction(run));
        if rows.loss + rows.free >= LOWEST_LOSS_WITH_AXES {
            rows.give(|rows| &mut rows.loss, READABLE_LOSS);
        }
        if rows.free >= SMALLEST_DIAGRAM {
            rows.give(|rows| &mut rows.diagram, diagram.min(area.height / 2));
        }
        rows.give(|rows| &mut rows.loss, USUAL_CHART);
        let most = samples::height(run).min(area.height / 3);
        rows.give(|rows| &mut rows.samples, most);
        if rows.free >= LOWEST_COURSE {
            rows.give(|rows| &mut rows.weights, HIGHEST_COURSE);
        }
        rows.give(|rows| &mut rows.loss, u16::MAX);
        rows
    }

    /// Gives a panel free rows, until it has the most of what it can use.
    fn give(&mut self, panel: fn(&mut Self) -> &mut u16, most: u16) {
        let given = most.saturating_sub(*panel(self)).min(self.free);
        *panel(self) += given;
        self.free -= given;
    }
}

/// The loss above something that wants this many rows. Without rows for axes, the loss needs one.
fn below_loss(area: Rect, wanted: u16) -> [Rect; 2] {
    let height = match area.height.saturating_sub(wanted) {
        height @ LOWEST_LOSS_WITH_AXES.. => height,
        _ => LOWEST_LOSS,
    };
    Layout::vertical([Constraint::Length(height), Constraint::Fill(1)]).areas(area)
}

/// The rows that the samples have before other panels are higher: half of them for a map, which needs its axes.
fn most_samples(area: Rect, run: &RunView) -> u16 {
    match run.overview {
        Overview::Map => (area.height / 2).max(LOWEST_OVERVIEW),
        _ => samples::height(run).min(LOWEST_OVERVIEW),
    }
}

fn wanted_prediction(run: &RunView) -> u16 {
    cells(run.prediction.fields.len()).saturating_add(AROUND_FIELDS)
}

/// The left and the right column of panels.
pub(super) fn columns(area: Rect) -> [Rect; 2] {
    Layout::horizontal([Constraint::Fill(3), Constraint::Fill(2)]).areas(area)
}
