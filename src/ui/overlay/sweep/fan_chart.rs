//! The losses of all seeds over the run: the median, the 5th to the 95th percentile, and the worst.
//!
//! ```text
//! loss: ─ median  ░ 5–95%  ╌ worst
//!    1┤⠤⠤ ⠤⠤ ⠤⠤ ⠤⠤ ⠤⠤ ⠤⠤
//!     │⢣░░░
//!     │░⠈⠢⡀░░░░░░
//! 0.01┤░░░⠈⠒⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
//!     └┬────────┬─────────
//!      0       500  epoch
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::text::Line;

use crate::app::LossAxis;
use crate::sweep::{FanPoint, SMALLEST};
use crate::ui::canvas::Canvas;
use crate::ui::widget::axes::{Across, Axes};
use crate::ui::widget::axis::Axis;
use crate::ui::widget::plot::Plot;
use crate::ui::widget::ticks::TickText;

pub(super) fn render(canvas: &mut Canvas, area: Rect, fan: &[FanPoint]) {
    let ([first, ..], [.., last]) = (fan, fan) else {
        return;
    };
    let [legend, chart] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    if chart.height < 2 {
        return;
    }
    let theme = canvas.theme;
    let text = theme.glyph(
        "loss: ─ median  ░ 5–95%  ╌ worst",
        "loss: * median  : 5-95%  w worst",
    );
    canvas.write(Line::styled(text, theme.dim()), legend);
    let losses = loss_axis(fan);
    let axes = Axes {
        up: losses,
        text: TickText::Number,
        across: Across::Epochs(first.epoch, last.epoch),
        margin: 0,
    };
    let plot = axes.render(canvas, chart);
    render_band(canvas, &plot, fan);
    let worst = Curve {
        loss: |point| point.worst,
        marker: theme.glyph(Marker::Braille, Marker::Custom('w')),
        is_dashed: true,
    };
    worst.render(canvas, &plot, fan);
    let median = Curve {
        loss: |point| point.median,
        marker: theme.marker(),
        is_dashed: false,
    };
    median.render(canvas, &plot, fan);
}

/// Returns a logarithmic axis: the losses of runs that learned and of runs that did not are powers of ten apart.
fn loss_axis(fan: &[FanPoint]) -> Axis {
    let lows = fan.iter().map(|point| point.low);
    let low = lows.fold(f64::INFINITY, f64::min);
    let high = fan.iter().map(|point| point.worst).fold(0.0, f64::max);
    Axis::of_losses(LossAxis::Log, low.max(SMALLEST), high.max(SMALLEST))
}

/// Shades the cells between the 5th and the 95th percentile.
fn render_band(canvas: &mut Canvas, plot: &Plot, fan: &[FanPoint]) {
    let area = plot.area.intersection(canvas.frame.area());
    let row_of = |loss: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast of a float saturates"
        )]
        let row = (plot.up.share_from_top(loss) * f64::from(area.height)) as u16;
        row.min(area.height.saturating_sub(1))
    };
    let shade = canvas.theme.glyph("░", ":");
    for (column, x) in area.columns().zip(0u32..) {
        // The point at the middle of the column.
        let index = (2 * x as usize + 1) * (fan.len() - 1) / (2 * usize::from(area.width));
        let point = &fan[index.min(fan.len() - 1)];
        for row in row_of(point.high)..=row_of(point.low) {
            canvas.frame.buffer_mut()[(column.x, area.y + row)].set_symbol(shade);
        }
    }
}

/// A curve of one of the losses of each point.
struct Curve {
    loss: fn(&FanPoint) -> f64,
    marker: Marker,
    is_dashed: bool,
}

impl Curve {
    fn render(&self, canvas: &mut Canvas, plot: &Plot, fan: &[FanPoint]) {
        let drawing = plot.drawing(self.marker, |context| {
            for (pair, index) in fan.windows(2).zip(0..) {
                // Three points drawn, then three left out.
                if self.is_dashed && index % 6 >= 3 {
                    continue;
                }
                let at = |point: &FanPoint| plot.point(point.epoch as f64, (self.loss)(point));
                plot.line(context, at(&pair[0]), at(&pair[1]), Color::Reset);
            }
        });
        canvas.draw(drawing, plot.area);
    }
}
