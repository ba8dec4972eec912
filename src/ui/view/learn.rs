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
//! A small window has only the text; a high one has more of the page's panels; a larger one has them in two columns, and
//! further panels there and below the text.

use ratatui::layout::{Constraint, Flex, Layout, Rect};

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
const LOWEST_WITH_WEIGHTS: u16 = 12;
const LOWEST_CURVE: u16 = 8;
const LOWEST_FORMULAS: u16 = 8;
const LOWEST_CHART: u16 = 8;
const LOWEST_MAP: u16 = 12;
const HIGHEST_SAMPLES: u16 = 9;

/// The least height of a window with more panels than the page needs: in a lower one, the text keeps its column.
const LEAST_HEIGHT_WITH_MORE: u16 = 30;

/// The least width of each of two columns of panels.
const LEAST_COLUMN: u16 = 60;

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
    let text_height = lesson::height(canvas, text.width, scene).min(text.height);
    let [columns @ .., below] = &mut columns(canvas, (text, text_height), panels, scene)[..] else {
        return;
    };
    let taken = [Constraint::Fill(1), Constraint::Length(below.taken())];
    let [text, area_below] = Layout::vertical(taken).areas(text);
    below.area = area_below;
    lesson::render(canvas, text, scene);
    let mut panels: Vec<(LessonPanel, Rect)> = columns.iter().flat_map(Column::areas).collect();
    panels.extend(below.areas());
    for (panel, area) in panels {
        render_panel(canvas, area, panel);
        if panel == scene.page.panels[0] {
            // What the page is about.
            focus::embolden(canvas, area);
        }
    }
}

/// Panels one below another, with their least heights.
struct Column {
    area: Rect,
    panels: Vec<(LessonPanel, u16)>,
}

/// Returns as many of the page's panels as there is room for, in columns; the last column is below the text.
fn columns(
    canvas: &Canvas,
    (text, text_height): (Rect, u16),
    area: Rect,
    scene: &Scene,
) -> Vec<Column> {
    let count = (area.width / LEAST_COLUMN).clamp(1, 2);
    let areas = Layout::horizontal(vec![Constraint::Fill(1); count.into()]).split(area);
    let [_, below] =
        Layout::vertical([Constraint::Length(text_height), Constraint::Fill(1)]).areas(text);
    let column = |area: &Rect| Column {
        area: *area,
        panels: Vec::new(),
    };
    let mut columns: Vec<Column> = areas.iter().map(column).collect();
    for &panel in scene.page.panels {
        let height = least_height(canvas, panel);
        put(&mut columns, (panel, height), Column::room);
    }
    if columns[0].panels.is_empty() {
        // It is cut rather than left out.
        columns[0].panels.push((scene.page.panels[0], area.height));
    }
    columns.push(column(&below));
    let has_more = area.height >= LEAST_HEIGHT_WITH_MORE;
    for &panel in scene.page.more.iter().filter(|_| has_more) {
        let height = least_height(canvas, panel);
        put(&mut columns, (panel, height), Column::spare);
    }
    columns
}

/// Adds a panel to the column with the most room, if there is enough.
fn put(columns: &mut [Column], panel: (LessonPanel, u16), room: fn(&Column) -> u16) {
    // The first of those with the same room.
    let most = columns.iter_mut().rev().max_by_key(|column| room(column));
    if let Some(column) = most.filter(|column| panel.1 <= room(column)) {
        column.panels.push(panel);
    }
}

impl Column {
    /// The rows that are left if each panel has its least height.
    fn room(&self) -> u16 {
        let heights = self.panels.iter().map(|(_, height)| height);
        self.area.height.saturating_sub(heights.sum())
    }

    /// The rows that are left if each panel that can grow has twice its least height.
    fn spare(&self) -> u16 {
        let growing = self.panels.iter().filter(|(panel, _)| grows(*panel));
        let growth = growing.map(|(_, height)| height).sum();
        self.room().saturating_sub(growth)
    }

    fn one_grows(&self) -> bool {
        self.panels.iter().any(|(panel, _)| grows(*panel))
    }

    /// The rows of the column below the text that its panels take.
    fn taken(&self) -> u16 {
        if self.one_grows() {
            self.heights().iter().sum()
        } else {
            self.area.height - self.room()
        }
    }

    /// The heights of the panels: what is left goes to those that can grow, the lowest first.
    fn heights(&self) -> Vec<u16> {
        let mut heights: Vec<u16> = self.panels.iter().map(|(_, height)| *height).collect();
        let one_grows = self.one_grows();
        for _ in 0..self.room() {
            let panels = self.panels.iter().enumerate();
            let growing = panels.filter(|&(index, &(panel, _))| {
                let can_grow = grows(panel) || !one_grows && index == 0;
                can_grow && heights[index] < greatest_height(panel, self.area.width)
            });
            match growing
                .map(|(index, _)| index)
                .min_by_key(|&index| heights[index])
            {
                Some(lowest) => heights[lowest] += 1,
                None => break,
            }
        }
        heights
    }

    /// The panels with their areas.
    fn areas(&self) -> Vec<(LessonPanel, Rect)> {
        let heights = self.heights().into_iter().map(Constraint::Length);
        let areas = Layout::vertical(heights).flex(Flex::Start).split(self.area);
        let panels = self.panels.iter().map(|(panel, _)| *panel);
        panels.zip(areas.iter().copied()).collect()
    }
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

/// The height from which on a panel of this width is only stretched.
fn greatest_height(panel: LessonPanel, width: u16) -> u16 {
    match panel {
        LessonPanel::Curve => width * 2 / 5,
        _ => u16::MAX,
    }
}

fn least_height(canvas: &Canvas, panel: LessonPanel) -> u16 {
    let run = canvas.app.run();
    match panel {
        LessonPanel::Network | LessonPanel::Step
            if network_diagram::lists_weights(&run.network) =>
        {
            LOWEST_WITH_WEIGHTS
        }
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
