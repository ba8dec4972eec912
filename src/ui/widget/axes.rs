//! The axes of a chart: values on the left, epochs or other values below, both with round numbers.
//!
//! ```text
//! 0.2┤
//!    │
//! 0.0┤
//!    └┬─────────┬────────
//!     0        50   epoch
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::axis::Axis;
use super::plot::Plot;
use super::ticks::{TickText, Ticks};
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, widest, width};

/// A lower chart has no line above the epochs.
const LOWEST_WITH_LINE: u16 = 7;

/// Rows for each number on the left, cells for each number below, and the most numbers of an axis.
const ROWS_PER_TICK: u16 = 2;
const MOST_TICKS: u16 = 9;
const CELLS_PER_TICK: u16 = 6;

/// What an axis below a chart is of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Across {
    /// The first and the last epoch.
    Epochs(u64, u64),
    /// Values of this name, from the smallest to the largest.
    Values(&'static str, f64, f64),
}

impl Across {
    fn axis(self) -> Axis {
        match self {
            Self::Epochs(first, last) => Axis::between(first as f64, last as f64),
            Self::Values(_, low, high) => Axis::between(low, high),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Epochs(..) => "epoch",
            Self::Values(name, ..) => name,
        }
    }

    fn text(self) -> TickText {
        match self {
            Self::Epochs(..) => TickText::Count,
            Self::Values(..) => TickText::Number,
        }
    }

    /// Whether it has such a value: there are only whole epochs, and none after the last.
    fn has(self, value: f64) -> bool {
        match self {
            Self::Epochs(_, last) => value.fract().abs() < 1e-6 && value <= last as f64,
            Self::Values(..) => true,
        }
    }
}

/// What is charted: values from the bottom to the top, and something else from the left to the right.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Axes {
    pub(crate) up: Axis,
    /// How the values are written.
    pub(crate) text: TickText,
    pub(crate) across: Across,
    /// Cells to the right of the plot that remain free.
    pub(crate) margin: u16,
}

/// The rows of the plot, of the line below it, and of the numbers below that.
fn rows(area: Rect) -> [Rect; 3] {
    let has_line = area.height >= LOWEST_WITH_LINE;
    Layout::vertical([
        Constraint::Fill(1),
        Constraint::Length(u16::from(has_line)),
        Constraint::Length(1),
    ])
    .areas(area)
}

/// Returns the plot in an area in its height, before its width is known.
pub(crate) fn without_axes(theme: Theme, area: Rect, up: Axis) -> Plot {
    let [upper, ..] = rows(area);
    let area = Rect {
        height: upper.height,
        ..area
    };
    plot(theme, area, (up, up), &values(area, up))
}

/// The values that are written beside a plot of this height.
fn values(area: Rect, up: Axis) -> Ticks {
    up.ticks((area.height / ROWS_PER_TICK).clamp(2, MOST_TICKS))
}

fn plot(theme: Theme, area: Rect, (across, up): (Axis, Axis), ticks: &Ticks) -> Plot {
    let plot = Plot::new(theme, area, across, up);
    match ticks.values.first() {
        Some(lowest) if up.share(*lowest) <= 0.0 => plot.above_its_number(),
        _ => plot,
    }
}

impl Axes {
    /// Draws the axes, and returns the plot between them.
    pub(crate) fn render(self, canvas: &mut Canvas, area: Rect) -> Plot {
        let [upper, line, below] = rows(area);
        let ticks = values(upper, self.up);
        let texts = ticks.texts(self.text);
        let columns = |row: Rect| -> [Rect; 4] {
            Layout::horizontal([
                Constraint::Length(widest(&texts)),
                Constraint::Length(1),
                Constraint::Fill(1),
                Constraint::Length(self.margin),
            ])
            .areas(row)
        };
        let [labels, side, inside, _] = columns(upper);
        let inside = inside.intersection(canvas.frame.area());
        let plot = plot(canvas.theme, inside, (self.across.axis(), self.up), &ticks);
        Self::render_values(canvas, labels, side, &plot, ticks.values.iter().zip(&texts));
        let [_, corner, line, _] = columns(line);
        let theme = canvas.theme;
        canvas.fill(corner, theme.glyph("└", "+"), theme.dim());
        self.render_across(canvas, line, below, &plot);
        plot
    }

    fn render_values<'a>(
        canvas: &mut Canvas,
        labels: Rect,
        side: Rect,
        plot: &Plot,
        ticks: impl Iterator<Item = (&'a f64, &'a String)>,
    ) {
        let theme = canvas.theme;
        canvas.fill(side, theme.glyph("│", "|"), theme.dim());
        let mut taken = None;
        for (value, text) in ticks {
            let (_, y) = plot.cell(0.0, *value);
            if taken.replace(y) == Some(y) || !(labels.top()..labels.bottom()).contains(&y) {
                continue;
            }
            let row = |area: Rect| Rect {
                y,
                height: 1,
                ..area
            };
            canvas.write(dim(canvas, text).right_aligned(), row(labels));
            canvas.fill(row(side), theme.glyph("┤", "+"), theme.dim());
        }
    }

    fn render_across(self, canvas: &mut Canvas, line: Rect, below: Rect, plot: &Plot) {
        let theme = canvas.theme;
        canvas.fill(line, theme.glyph("─", "-"), theme.dim());
        let most = (plot.area.width / CELLS_PER_TICK).clamp(2, MOST_TICKS);
        let ticks = plot.across.ticks(most);
        // The name of the axis is at its right end, and may use the margin.
        let name = self.across.name();
        let end = below.right();
        let name_width = width(name);
        let mut free = below.x;
        for (value, text) in ticks.values.iter().zip(ticks.texts(self.across.text())) {
            let (x, _) = plot.cell(*value, 0.0);
            let text_width = width(&text);
            let last_start = end.saturating_sub(text_width);
            let start = x
                .saturating_sub(text_width / 2)
                .max(plot.area.x)
                .min(last_start);
            if !self.across.has(*value) || start < free {
                continue;
            }
            let at = |x: u16, width: u16, row: Rect| Rect { x, width, ..row }.intersection(row);
            canvas.write(dim(canvas, &text), at(start, text_width, below));
            canvas.fill(at(x, 1, line), theme.glyph("┬", "+"), theme.dim());
            free = start + text_width + 1;
        }
        if end.saturating_sub(name_width) >= free {
            canvas.write(dim(canvas, name).right_aligned(), below);
        }
    }
}

fn dim(canvas: &Canvas, text: &str) -> Line<'static> {
    Line::styled(text.to_owned(), canvas.theme.dim())
}
