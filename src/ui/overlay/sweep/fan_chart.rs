//! The fan of all seeds' losses over the run: the median, what nine tenths lie between, and the worst.
//!
//! ```text
//! loss: ─ median ░ 5–95 % ╌ worst
//! 1.00⠤⠤ ⠤⠤ ⠤⠤ ⠤⠤ ⠤⠤ ⠤⠤
//!     ⢣░░░
//!     ░⠈⠢⡀░░░░░░
//! .001░░░⠈⠒⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
//!     0       epoch 1,000
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};

use crate::app::LossAxis;
use crate::sweep::{FanPoint, SMALLEST};
use crate::ui::panel::loss_chart::render_loss_labels;
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;
use crate::ui::widget::chart::{Axis, Plot};

pub(super) fn render(frame: &mut Frame, area: Rect, theme: Theme, fan: &[FanPoint]) {
    let ([first, ..], [.., last]) = (fan, fan) else {
        return;
    };
    let [legend, plot, epochs] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
    ])
    .areas(area);
    if plot.height == 0 {
        return;
    }
    let words = theme.glyph(
        "loss: ─ median  ░ 5–95 %  ╌ worst",
        "loss: * median  : 5-95 %  w worst",
    );
    frame.render_widget(Line::styled(words, theme.dim()), legend);
    let low = fan
        .iter()
        .map(|point| point.low)
        .fold(f64::INFINITY, f64::min);
    let high = fan.iter().map(|point| point.worst).fold(0.0, f64::max);
    // Losses of runs that have learned and of runs that have not are powers of ten apart.
    let axis = Axis::of_losses(LossAxis::Log, low.max(SMALLEST), high.max(SMALLEST));
    let labels = axis.labels(theme);
    let label_widths = labels.iter().map(|label| Span::raw(label).width());
    let label_width = u16::try_from(label_widths.max().unwrap_or(0)).unwrap_or(u16::MAX);
    let split = Layout::horizontal([Constraint::Length(label_width), Constraint::Fill(1)]);
    let [label_area, curves] = split.areas(plot);
    render_loss_labels(frame, label_area, theme, &labels);
    render_band(frame, curves, theme, fan, axis);
    let worst = |point: &FanPoint| point.worst;
    let marker = theme.glyph(Marker::Braille, Marker::Custom('w'));
    let all_epochs = Axis::between(first.epoch as f64, last.epoch as f64);
    let plot = Plot::new(theme, curves, all_epochs, axis);
    render_curve(frame, &plot, marker, fan, worst, true);
    let median = |point: &FanPoint| point.median;
    render_curve(frame, &plot, theme.marker(), fan, median, false);

    let [_, epochs] = split.areas(epochs);
    frame.render_widget(Line::styled(grouped(first.epoch), theme.dim()), epochs);
    let words = format!("epoch {}", grouped(last.epoch));
    frame.render_widget(Line::styled(words, theme.dim()).right_aligned(), epochs);
}

/// Shades the cells between the 5th and the 95th percentile.
fn render_band(frame: &mut Frame, area: Rect, theme: Theme, fan: &[FanPoint], axis: Axis) {
    let area = area.intersection(frame.area());
    let row_of = |loss: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast of a float saturates"
        )]
        let row = (axis.share_from_top(loss) * f64::from(area.height)) as u16;
        row.min(area.height.saturating_sub(1))
    };
    let shade = theme.glyph("░", ":");
    for (column, x) in area.columns().zip(0u32..) {
        // The point in the middle of the column.
        let place = (2 * x as usize + 1) * (fan.len() - 1) / (2 * usize::from(area.width));
        let point = &fan[place.min(fan.len() - 1)];
        for row in row_of(point.high)..=row_of(point.low) {
            frame.buffer_mut()[(column.x, area.y + row)].set_symbol(shade);
        }
    }
}

fn render_curve(
    frame: &mut Frame,
    plot: &Plot,
    marker: Marker,
    fan: &[FanPoint],
    loss: impl Fn(&FanPoint) -> f64,
    is_dashed: bool,
) {
    let canvas = plot.canvas(marker, |context| {
        for (pair, index) in fan.windows(2).zip(0..) {
            // Dashes and gaps of some cells.
            if is_dashed && index % 6 >= 3 {
                continue;
            }
            let at = |point: &FanPoint| plot.point(point.epoch as f64, loss(point));
            plot.line(context, at(&pair[0]), at(&pair[1]), Color::Reset);
        }
    });
    frame.render_widget(canvas, plot.area);
}
