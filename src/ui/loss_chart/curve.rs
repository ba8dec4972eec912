//! One curve in a chart.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{self, Canvas, Context};

use super::Axis;
use crate::trainer::Bucket;

/// What a chart shows: epochs from left to right, losses from bottom to top.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    pub(super) area: Rect,
    pub(super) first: f64,
    pub(super) last: f64,
    pub(super) axis: Axis,
    /// Across and up.
    pub(super) dots_per_cell: (f64, f64),
}

/// How a curve is told from others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) marker: Marker,
    /// Which columns of dots are drawn, over and over.
    pub(super) dashes: &'static [bool],
    pub(super) style: Style,
}

impl Plot {
    /// The cell of an epoch and a loss, where the canvas places them.
    pub(super) fn cell(&self, epoch: u64, loss: f64) -> (u16, u16) {
        let cell = |value: f64, (low, high): (f64, f64), cells: u16, dots_per_cell: f64| {
            let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
            let dot = (share * (f64::from(cells) * dots_per_cell - 1.0).max(0.0)).round();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "within the area"
            )]
            let cell = (dot / dots_per_cell) as u16;
            cell
        };
        let Rect { width, height, .. } = self.area;
        let (across, up) = self.dots_per_cell;
        let column = cell(epoch as f64, (self.first, self.last), width, across);
        let losses = (self.axis.low, self.axis.high);
        let row = cell(self.axis.place(loss), losses, height, up);
        (
            self.area.x + column,
            self.area.y + height.saturating_sub(1).saturating_sub(row),
        )
    }

    /// Draws a curve over what is there.
    pub(super) fn draw(&self, buffer: &mut Buffer, buckets: &[(u64, Bucket)], stroke: Stroke) {
        let mut drawn = Buffer::empty(self.area);
        Canvas::default()
            .marker(stroke.marker)
            .x_bounds([self.first, self.last])
            .y_bounds([self.axis.low, self.axis.high])
            .paint(|context| self.paint(context, buckets, stroke.dashes))
            .render(self.area, &mut drawn);
        for position in self.area.positions() {
            let symbol = drawn[position].symbol();
            if symbol != " "
                && let Some(cell) = buffer.cell_mut(position)
            {
                cell.reset();
                cell.set_symbol(symbol).set_style(stroke.style);
            }
        }
    }

    fn paint(&self, context: &mut Context, buckets: &[(u64, Bucket)], dashes: &[bool]) {
        let dots = f64::from(self.area.width) * 2.0;
        let dot = |x: f64| (x - self.first) / (self.last - self.first) * dots;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "columns of dots are few"
        )]
        let is_drawn = |x: f64| dashes[dot(x) as usize % dashes.len()];
        let is_solid = dashes.iter().all(|&is_on| is_on);
        let mut before: Option<(f64, f64)> = None;
        for (start, bucket) in buckets {
            let x = (start + bucket.epochs - 1) as f64;
            let [min, max, y] =
                [bucket.min, bucket.max, bucket.last].map(|loss| self.axis.place(loss));
            let (x_before, y_before) = before.replace((x, y)).unwrap_or((x, y));
            // Dashes in pieces of a dot's width, each of which is drawn or not.
            let pieces = if is_solid {
                1.0
            } else {
                (dot(x) - dot(x_before)).ceil().max(1.0)
            };
            let mut piece = 0.0;
            while piece < pieces {
                let at = |piece: f64| {
                    let share = piece / pieces;
                    (
                        x_before + (x - x_before) * share,
                        y_before + (y - y_before) * share,
                    )
                };
                let ((x1, y1), (x2, y2)) = (at(piece), at(piece + 1.0));
                piece += 1.0;
                if is_drawn(x2) {
                    line(context, (x1, y1), (x2, y2));
                }
            }
            if max > min && is_drawn(x) {
                line(context, (x, min), (x, max));
            }
        }
    }
}

fn line(context: &mut Context, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
    context.draw(&canvas::Line::new(x1, y1, x2, y2, Color::Reset));
}
