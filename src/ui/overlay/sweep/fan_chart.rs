//! The losses of all seeds over the run: the median, the 5th to the 95th percentile, and the worst.
//!
//! ```text
//! loss: ─ median  ⠡ 5–95%  ─ worst (above)
//!    1┤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
//!     │⢣⠡⠡⠡
//!     │⠡⠘⠣⡡⠡⠡⠡⠡⠡
//! 0.01┤⠡⠡⠡⠘⠓⠥⠥⠥⠥⠥⠥⠥⠥⠥⠥⠥⠥
//!     └┬────────┬─────────
//!      0       500  epoch
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::sweep::{FanPoint, SMALLEST};
use crate::ui::canvas::Canvas;
use crate::ui::widget::axes::{Across, Axes};
use crate::ui::widget::axis::Axis;
use crate::ui::widget::band::{Band, Ends};
use crate::ui::widget::dots::{Point, Stroke};
use crate::ui::widget::plot::Plot;
use crate::ui::widget::ticks::TickText;

/// The dots of the curves: a gap would hide where one falls steeply.
const SOLID: &[bool] = &[true];

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
        "loss: ─ median  ⠡⠡ 5–95%  ─ worst (above)",
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
    let worst = Stroke {
        ascii: 'w',
        dashes: SOLID,
        styles: (theme.second(), theme.second()),
    };
    render_curve(canvas, &plot, worst, fan, |point| point.worst);
    let median = Stroke {
        ascii: '*',
        dashes: SOLID,
        styles: (theme.strong(), theme.strong()),
    };
    render_curve(canvas, &plot, median, fan, |point| point.median);
}

/// Returns a logarithmic axis: the losses of runs that learned and of runs that did not are powers of ten apart.
fn loss_axis(fan: &[FanPoint]) -> Axis {
    let lows = fan.iter().map(|point| point.low);
    let low = lows.fold(f64::INFINITY, f64::min);
    let high = fan.iter().map(|point| point.worst).fold(0.0, f64::max);
    Axis::around_losses(low.max(SMALLEST), high.max(SMALLEST))
}

/// Fills what is between the 5th and the 95th percentile.
fn render_band(canvas: &mut Canvas, plot: &Plot, fan: &[FanPoint]) {
    let band = Band {
        ascii: ":",
        style: Style::new(),
    };
    let ends = fan.iter().map(|point| Ends {
        across: point.epoch as f64,
        low: point.low,
        high: point.high,
    });
    band.draw(canvas.frame.buffer_mut(), plot, ends);
}

/// Draws a curve of one of the losses of each point.
fn render_curve(
    canvas: &mut Canvas,
    plot: &Plot,
    stroke: Stroke,
    fan: &[FanPoint],
    loss: fn(&FanPoint) -> f64,
) {
    let points = fan.iter().map(|point| Point {
        across: point.epoch as f64,
        value: loss(point),
        range: (loss(point), loss(point)),
    });
    stroke.draw(canvas.frame.buffer_mut(), plot, points);
}
