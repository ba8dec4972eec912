//! The loss of every epoch so far, and below it the newest epochs by themselves.
//!
//! ```text
//! ┌ Loss (mse) 0.0413 ───────────┐
//! │0.34⡇                         │
//! │    ⢣                         │
//! │    ⠈⠢⡀                       │
//! │0.00  ⠈⠒⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤│
//! │    0         70         140  │
//! │last 21  ▇▆▅▄▃▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁│
//! └──────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Sparkline;
use ratatui::widgets::canvas::{Canvas, Line as Stroke};

use super::Theme;
use super::number::grouped;
use crate::app::{App, LossAxis};

/// A loss of 0 has no logarithm; no training gets below this.
const SMALLEST_LOSS: f64 = 1e-300;

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance);
    let scale = match app.loss_axis {
        LossAxis::Linear => "",
        LossAxis::Log => ", log axis",
    };
    let title = format!(
        "Loss ({}{scale}) {}",
        app.config.loss.name(),
        app.training
            .evaluation
            .map_or_else(String::new, |now| theme.loss(now.training.loss))
    );
    let panel = theme.panel(title);
    let inner = panel.inner(area);
    frame.render_widget(panel, area);
    if inner.width < 12 || inner.height < 3 || app.curves.training.epochs() == 0 {
        return;
    }
    let sparkline_height = u16::from(inner.height >= 5);
    let [plot, epochs, newest] = Layout::vertical([
        Constraint::Min(1),
        Constraint::Length(1),
        Constraint::Length(sparkline_height),
    ])
    .areas(inner);
    let axis = Axis::of(app);
    let labels = axis.labels(theme);
    let label_width = labels
        .iter()
        .map(|label| Span::raw(label).width())
        .max()
        .unwrap_or(0);
    let label_width = u16::try_from(label_width).unwrap_or(u16::MAX);
    let split = Layout::horizontal([Constraint::Length(label_width), Constraint::Fill(1)]);

    let [label_area, curve] = split.areas(plot);
    render_loss_labels(frame, label_area, theme, &labels);
    render_curve(frame, curve, app, axis);
    let [_, epochs] = split.areas(epochs);
    render_epoch_labels(frame, epochs, app);
    render_newest(frame, newest, app);
}

/// The range of the vertical axis: losses, or their logarithms.
#[derive(Debug, Clone, Copy)]
struct Axis {
    kind: LossAxis,
    low: f64,
    high: f64,
}

impl Axis {
    fn of(app: &App) -> Self {
        let kind = app.loss_axis;
        let (low, high) = app.curves.training.range().unwrap_or((0.0, 1.0));
        let (low, high) = match kind {
            LossAxis::Linear => (0.0, high),
            LossAxis::Log => (place(kind, low).floor(), place(kind, high).ceil()),
        };
        // A range of nothing cannot be drawn.
        Self {
            kind,
            low,
            high: if high > low { high } else { low + 1.0 },
        }
    }

    /// The labels from the top: highest, middle, lowest.
    fn labels(self, theme: Theme) -> [String; 3] {
        [self.high, f64::midpoint(self.low, self.high), self.low].map(|place| match self.kind {
            LossAxis::Linear => theme.loss(place),
            LossAxis::Log => theme.loss(10f64.powf(place)),
        })
    }
}

/// Where a loss lies on its axis.
fn place(axis: LossAxis, loss: f64) -> f64 {
    match axis {
        LossAxis::Linear => loss,
        LossAxis::Log => loss.max(SMALLEST_LOSS).log10(),
    }
}

fn render_loss_labels(frame: &mut Frame, area: Rect, theme: Theme, labels: &[String; 3]) {
    let rows = [area.y, area.y + (area.height - 1) / 2, area.bottom() - 1];
    for (index, (label, y)) in labels.iter().zip(rows).enumerate() {
        // In a low window the lowest label is written last and wins.
        if index != 1 || area.height >= 5 {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            frame.render_widget(
                Line::styled(label.as_str(), theme.dim()).right_aligned(),
                line,
            );
        }
    }
}

fn render_curve(frame: &mut Frame, area: Rect, app: &App, axis: Axis) {
    let theme = Theme(app.appearance);
    let columns = usize::from(area.width) * 2;
    let buckets = app.curves.training.in_at_most(columns);
    let first = app.curves.training.first_epoch() as f64;
    let last = first + (app.curves.training.epochs().max(2) - 1) as f64;
    let canvas = Canvas::default()
        .marker(theme.marker())
        .x_bounds([first, last])
        .y_bounds([axis.low, axis.high])
        .paint(|context| {
            let mut previous: Option<(f64, f64)> = None;
            for (start, bucket) in &buckets {
                let x = (start + bucket.epochs - 1) as f64;
                let [min, max, y] =
                    [bucket.min, bucket.max, bucket.last].map(|l| place(axis.kind, l));
                let (x_before, y_before) = previous.unwrap_or((x, y));
                let color = ratatui::style::Color::Reset;
                context.draw(&Stroke {
                    x1: x_before,
                    y1: y_before,
                    x2: x,
                    y2: y,
                    color,
                });
                if max > min {
                    context.draw(&Stroke {
                        x1: x,
                        y1: min,
                        x2: x,
                        y2: max,
                        color,
                    });
                }
                previous = Some((x, y));
            }
        });
    frame.render_widget(canvas, area);
}

fn render_epoch_labels(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance);
    let first = app.curves.training.first_epoch();
    let last = first + app.curves.training.epochs() - 1;
    frame.render_widget(Line::styled(grouped(first), theme.dim()), area);
    frame.render_widget(
        Line::styled(format!("epoch {}", grouped(last)), theme.dim()).right_aligned(),
        area,
    );
}

/// The newest epochs, one a column where the curve still has each by itself, on a scale of their own.
fn render_newest(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance);
    let words = |columns: u16| {
        let epochs = u64::from(columns) * app.curves.training.bucket_width();
        format!(
            "last {} ",
            grouped(epochs.min(app.curves.training.epochs()))
        )
    };
    let words_width = u16::try_from(words(area.width).len()).unwrap_or(u16::MAX);
    let [words_area, bars] =
        Layout::horizontal([Constraint::Length(words_width), Constraint::Fill(1)]).areas(area);
    frame.render_widget(Line::styled(words(bars.width), theme.dim()), words_area);
    let newest = app.curves.training.newest(usize::from(bars.width));
    let losses = newest.iter().map(|bucket| bucket.last);
    let low = losses.clone().fold(f64::INFINITY, f64::min);
    let high = losses.clone().fold(f64::NEG_INFINITY, f64::max);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 1 to 8"
    )]
    let level = |loss: f64| {
        if high > low {
            1 + ((loss - low) / (high - low) * 7.0).round() as u64
        } else {
            1
        }
    };
    let bars_widget = Sparkline::default()
        .data(losses.map(level))
        .max(8)
        .bar_set(theme.sparkline());
    frame.render_widget(bars_widget, bars);
}
