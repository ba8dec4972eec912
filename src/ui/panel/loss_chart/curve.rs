//! One curve of a chart.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::Context;

use crate::trainer::Bucket;
use crate::ui::widget::plot::Plot;

/// The look that distinguishes a curve from others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) marker: Marker,
    /// The pattern of columns of dots that are drawn, which repeats.
    pub(super) dashes: &'static [bool],
    pub(super) style: Style,
}

impl Stroke {
    /// Draws a curve on top of what is there.
    pub(super) fn draw(self, buffer: &mut Buffer, plot: &Plot, buckets: &[(u64, Bucket)]) {
        let mut drawn = Buffer::empty(plot.area);
        plot.drawing(self.marker, |context| {
            self.paint(context, plot, buckets);
        })
        .render(plot.area, &mut drawn);
        for position in plot.area.positions() {
            let symbol = drawn[position].symbol();
            if symbol != " "
                && let Some(cell) = buffer.cell_mut(position)
            {
                cell.reset();
                cell.set_symbol(symbol).set_style(self.style);
            }
        }
    }

    fn paint(self, context: &mut Context, plot: &Plot, buckets: &[(u64, Bucket)]) {
        let mut before = None;
        for (start, bucket) in buckets {
            let epoch = (start + bucket.epochs - 1) as f64;
            let height = |loss: f64| plot.point(epoch, loss).1;
            let point = (epoch, height(bucket.last));
            self.paint_line(context, plot, before.replace(point).unwrap_or(point), point);
            if bucket.max > bucket.min && self.is_drawn(plot, epoch) {
                let (x, low) = plot.point(epoch, bucket.min);
                plot.line(context, (x, low), (x, height(bucket.max)), Color::Reset);
            }
        }
    }

    /// Draws a line between two points (epoch, height) in pieces of a dot's width, each drawn or left out.
    fn paint_line(
        self,
        context: &mut Context,
        plot: &Plot,
        (epoch_before, height_before): (f64, f64),
        (epoch, height): (f64, f64),
    ) {
        let is_solid = self.dashes.iter().all(|&is_on| is_on);
        let pieces = if is_solid {
            1.0
        } else {
            (dot(plot, epoch) - dot(plot, epoch_before)).ceil().max(1.0)
        };
        let at = |piece: f64| {
            let share = piece / pieces;
            (
                epoch_before + (epoch - epoch_before) * share,
                height_before + (height - height_before) * share,
            )
        };
        let across = |epoch: f64| plot.point(epoch, 0.0).0;
        let mut piece = 0.0;
        while piece < pieces {
            let (from, to) = (at(piece), at(piece + 1.0));
            piece += 1.0;
            if self.is_drawn(plot, to.0) {
                let ends = [from, to].map(|(epoch, height)| (across(epoch), height));
                plot.line(context, ends[0], ends[1], Color::Reset);
            }
        }
    }

    fn is_drawn(self, plot: &Plot, epoch: f64) -> bool {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "columns of dots are few"
        )]
        let column = dot(plot, epoch) as usize;
        self.dashes[column % self.dashes.len()]
    }
}

/// Returns the column of dots of an epoch, in which dashes are counted.
fn dot(plot: &Plot, epoch: f64) -> f64 {
    plot.across.share(epoch) * f64::from(plot.area.width) * 2.0
}
