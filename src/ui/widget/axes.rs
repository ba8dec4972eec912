//! The axes of a chart over the epochs: values on the left, epochs below, both with round numbers.
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
use super::ticks::TickText;
use crate::ui::canvas::Canvas;
use crate::ui::style::{widest, width};

/// A lower chart has no line above the epochs.
const LOWEST_WITH_LINE: u16 = 7;

/// Rows for each number on the left, cells for each number below, and the most numbers of an axis.
const ROWS_PER_TICK: u16 = 2;
const MOST_TICKS: u16 = 9;
const CELLS_PER_TICK: u16 = 6;

/// What is charted: values from the bottom to the top, epochs from the left to the right.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Axes {
    pub(crate) up: Axis,
    /// How the values are written.
    pub(crate) text: TickText,
    /// The first and the last epoch.
    pub(crate) epochs: (u64, u64),
    /// Cells to the right of the plot that remain free.
    pub(crate) margin: u16,
}

impl Axes {
    /// Draws the axes, and returns the plot between them.
    pub(crate) fn render(self, canvas: &mut Canvas, area: Rect) -> Plot {
        let has_line = area.height >= LOWEST_WITH_LINE;
        let [upper, line, below] = Layout::vertical([
            Constraint::Fill(1),
            Constraint::Length(u16::from(has_line)),
            Constraint::Length(1),
        ])
        .areas(area);
        let ticks = self
            .up
            .ticks((upper.height / ROWS_PER_TICK).clamp(2, MOST_TICKS));
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
        let [labels, side, plot, _] = columns(upper);
        let (first, last) = (self.epochs.0 as f64, self.epochs.1 as f64);
        let plot = plot.intersection(canvas.frame.area());
        let plot = Plot::new(canvas.theme, plot, Axis::between(first, last), self.up);
        Self::render_values(canvas, labels, side, &plot, ticks.values.iter().zip(&texts));
        let [_, corner, line, _] = columns(line);
        canvas.draw(dim(canvas, canvas.theme.glyph("└", "+")), corner);
        self.render_epochs(canvas, line, below, &plot);
        plot
    }

    fn render_values<'a>(
        canvas: &mut Canvas,
        labels: Rect,
        side: Rect,
        plot: &Plot,
        ticks: impl Iterator<Item = (&'a f64, &'a String)>,
    ) {
        for row in side.rows() {
            canvas.draw(dim(canvas, canvas.theme.glyph("│", "|")), row);
        }
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
            canvas.draw(dim(canvas, text).right_aligned(), row(labels));
            canvas.draw(dim(canvas, canvas.theme.glyph("┤", "+")), row(side));
        }
    }

    fn render_epochs(self, canvas: &mut Canvas, line: Rect, below: Rect, plot: &Plot) {
        let theme = canvas.theme;
        let rule = theme.glyph("─", "-").repeat(usize::from(line.width));
        canvas.draw(dim(canvas, &rule), line);
        let most = (plot.area.width / CELLS_PER_TICK).clamp(2, MOST_TICKS);
        let ticks = plot.across.ticks(most);
        // The name of the axis is at its right end, and may use the margin.
        let name = "epoch";
        let end = below.right();
        let name_width = width(name);
        let mut free = below.x;
        for (value, text) in ticks.values.iter().zip(ticks.texts(TickText::Count)) {
            let (x, _) = plot.cell(*value, 0.0);
            let is_whole = value.fract().abs() < 1e-6;
            let text_width = width(&text);
            let last_start = end.saturating_sub(text_width);
            let start = x
                .saturating_sub(text_width / 2)
                .max(plot.area.x)
                .min(last_start);
            if !is_whole || start < free || *value > self.epochs.1 as f64 {
                continue;
            }
            let at = |x: u16, width: u16, row: Rect| Rect { x, width, ..row }.intersection(row);
            canvas.draw(dim(canvas, &text), at(start, text_width, below));
            canvas.draw(dim(canvas, theme.glyph("┬", "+")), at(x, 1, line));
            free = start + text_width + 1;
        }
        if end.saturating_sub(name_width) >= free {
            canvas.draw(dim(canvas, name).right_aligned(), below);
        }
    }
}

fn dim(canvas: &Canvas, text: &str) -> Line<'static> {
    Line::styled(text.to_owned(), canvas.theme.dim())
}
