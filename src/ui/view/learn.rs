//! The Learn view: the text of a page, and beside it the ordinary panels on the page's run.
//!
//! ```text
//! ┌ Lesson 5: Which way is down? (the post)┐┌ network diagram ─────────┐
//! │ text with computed figures             ││                          │
//! │ guess, goals, what Enter changes, hint │└──────────────────────────┘
//! │                                        │┌ formulas ────────────────┐
//! └────────────────────────────────────────┘└──────────────────────────┘
//! ```
//!
//! A small window has only the text; a high one has more of the page's panels.

use ratatui::layout::{Constraint, Layout, Rect};

use super::focus;
use crate::app::{LessonPanel, Scene};
use crate::ui::canvas::Canvas;
use crate::ui::panel::{
    activation_curve, chart, formulas, gradient_norms, lesson, network_diagram, prediction,
    samples, surface,
};

/// The least width of a window with panels beside the text.
const LEAST_WIDTH: u16 = 72;

/// The width of the text at 80 columns, and the widest.
const TEXT_WIDTH: u16 = 45;
const WIDEST_TEXT: u16 = 58;

/// The least heights of panels, with borders.
const LOWEST_NETWORK: u16 = 7;
const LOWEST_CURVE: u16 = 8;
const LOWEST_FORMULAS: u16 = 9;
const LOWEST_CHART: u16 = 8;
const LOWEST_MAP: u16 = 12;
const HIGHEST_SAMPLES: u16 = 9;

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let Some(scene) = canvas.app.scene() else {
        return;
    };
    if area.width < LEAST_WIDTH {
        return lesson::render(canvas, area, scene);
    }
    let width = (area.width / 2).clamp(TEXT_WIDTH, WIDEST_TEXT);
    let [text, panels] =
        Layout::horizontal([Constraint::Length(width), Constraint::Fill(1)]).areas(area);
    lesson::render(canvas, text, scene);
    for (index, (panel, area)) in areas(canvas, panels, scene).into_iter().enumerate() {
        render_panel(canvas, area, panel);
        if index == 0 {
            // What the page is about.
            focus::embolden(canvas, area);
        }
    }
}

/// Returns as many of the page's panels as there is room for, with their areas; what is left goes to those that can grow.
fn areas(canvas: &Canvas, area: Rect, scene: &Scene) -> Vec<(LessonPanel, Rect)> {
    let mut room = area.height;
    let mut panels = Vec::new();
    for &panel in scene.page.panels {
        let height = least_height(canvas, panel);
        if height <= room {
            room -= height;
            panels.push((panel, height));
        }
    }
    if panels.is_empty() {
        return scene.page.panels[..1]
            .iter()
            .map(|&panel| (panel, area))
            .collect();
    }
    let one_grows = panels.iter().any(|(panel, _)| grows(*panel));
    let heights = panels.iter().enumerate().map(|(index, &(panel, height))| {
        if grows(panel) || !one_grows && index == 0 {
            Constraint::Min(height)
        } else {
            Constraint::Length(height)
        }
    });
    let areas = Layout::vertical(heights).split(area);
    panels
        .iter()
        .map(|(panel, _)| *panel)
        .zip(areas.iter().copied())
        .collect()
}

/// Whether a panel shows more in more room.
fn grows(panel: LessonPanel) -> bool {
    !matches!(
        panel,
        LessonPanel::Prediction
            | LessonPanel::Samples
            | LessonPanel::GivenSamples
            | LessonPanel::GradientNorms
    )
}

fn least_height(canvas: &Canvas, panel: LessonPanel) -> u16 {
    let run = canvas.app.run();
    match panel {
        LessonPanel::Network | LessonPanel::Step => {
            let wanted = network_diagram::height(canvas.theme, run);
            wanted.clamp(LOWEST_NETWORK, LOWEST_NETWORK + 2)
        }
        LessonPanel::Formulas => LOWEST_FORMULAS,
        LessonPanel::Curve => LOWEST_CURVE,
        LessonPanel::GradientNorms => gradient_norms::height(run),
        LessonPanel::Samples | LessonPanel::GivenSamples => {
            samples::height(run).min(HIGHEST_SAMPLES)
        }
        LessonPanel::Chart => LOWEST_CHART,
        LessonPanel::Map => LOWEST_MAP,
        // The fields, the answer and a remark.
        LessonPanel::Prediction => 6,
    }
}

fn render_panel(canvas: &mut Canvas, area: Rect, panel: LessonPanel) {
    match panel {
        LessonPanel::Network => return network_diagram::render_run(canvas, area, None),
        LessonPanel::Samples => return samples::render(canvas, area),
        LessonPanel::GivenSamples => return samples::render_given(canvas, area),
        LessonPanel::Chart => return chart::render(canvas, area),
        LessonPanel::Prediction => return prediction::render(canvas, area),
        LessonPanel::Map => return surface::render_small(canvas, area),
        LessonPanel::Step
        | LessonPanel::Formulas
        | LessonPanel::Curve
        | LessonPanel::GradientNorms => {}
    }
    let Some(step) = canvas.app.lesson_step() else {
        let _ = canvas.panel(area, "Step");
        return;
    };
    match panel {
        LessonPanel::Step => network_diagram::render_step(canvas, area, &step),
        LessonPanel::Formulas => formulas::render(canvas, area, &step),
        LessonPanel::Curve => activation_curve::render(canvas, area, &step),
        _ => gradient_norms::render(canvas, area, &step),
    }
}
