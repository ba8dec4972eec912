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

mod curve;
mod kept;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Sparkline;

use crate::app::{App, LossAxis};
use crate::session::Evaluation;
use crate::trainer::{LossCurve, LossCurves};
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;
use crate::ui::widget::chart::{Axis, Plot};
use curve::Stroke;
pub(crate) use kept::place;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let panel = theme.panel(title(theme, app, area.width.saturating_sub(4)));
    let inner = panel.inner(area);
    frame.render_widget(panel, area);
    if inner.width < 12 || app.run().curves.training.epochs() == 0 {
        return;
    }
    if inner.height < 3 {
        // Too low for axes.
        return render_newest(
            frame,
            Rect {
                height: inner.height.min(1),
                ..inner
            },
            app,
        );
    }
    let sparkline_height = u16::from(inner.height >= 5);
    let [plot, epochs, newest] = Layout::vertical([
        Constraint::Min(1),
        Constraint::Length(1),
        Constraint::Length(sparkline_height),
    ])
    .areas(inner);
    let axis = loss_axis(app);
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
    render_curves(frame, curve, app, axis);
    let [_, epochs] = split.areas(epochs);
    render_epoch_labels(frame, epochs, app);
    render_newest(frame, newest, app);
}

/// What is drawn, and the newest losses.
fn title(theme: Theme, app: &App, room: u16) -> String {
    let scale = match app.loss_axis() {
        LossAxis::Linear => "",
        LossAxis::Log => ", log axis",
    };
    let name = app.run().config().loss.name();
    let at = if app.run().is_behind() {
        format!(" at epoch {}:", grouped(app.run().training.position.epoch))
    } else {
        String::new()
    };
    let Some(Evaluation { training, test }) = app.run().training.evaluation else {
        return format!("Loss ({name}{scale})");
    };
    let training = theme.loss(training.loss);
    let Some(test) = test.map(|test| theme.loss(test.loss)) else {
        return Theme::fitting(
            &[
                format!("Loss ({name}{scale}){at} {training}"),
                format!("Loss{at} {training}"),
                training,
            ],
            room,
        );
    };
    let (solid, dashed) = (theme.glyph("─", "**"), theme.glyph("╌", "* *"));
    let both = format!("{solid} {training}, test {dashed} {test}");
    let short = format!("{solid}{training} test {dashed}{test}");
    Theme::fitting(
        &[
            format!("Loss ({name}{scale}){at} {both}"),
            format!("Loss{scale}{at} {both}"),
            format!("Loss{at} {both}"),
            both,
            short,
        ],
        room,
    )
}

/// The axis of the losses of all runs that are drawn.
fn loss_axis(app: &App) -> Axis {
    let LossCurves { training, test } = &app.run().curves;
    // What diverged would press all else flat.
    let kept = app
        .drawn_runs()
        .filter(|run| !run.view.training.has_diverged());
    let kept = kept.map(|run| &run.view.curves.training);
    let ranges = kept.chain([training, test]).filter_map(LossCurve::range);
    let range = ranges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    let (low, high) = range.unwrap_or((0.0, 1.0));
    Axis::of_losses(app.loss_axis(), low, high)
}

pub(crate) fn render_loss_labels(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    labels: &[String; 3],
) {
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

fn render_curves(frame: &mut Frame, area: Rect, app: &App, losses: Axis) {
    let theme = Theme(app.appearance());
    let (first, last) = epochs(app);
    let epochs = Axis::between(first as f64, last as f64);
    let plot = Plot::new(theme, area.intersection(frame.area()), epochs, losses);
    let columns = usize::from(area.width) * 2;
    let LossCurves { training, test } = &app.run().curves;
    let [training, test] = [training, test].map(|curve| curve.in_at_most(columns));
    let stroke = |dashes| Stroke {
        marker: theme.marker(),
        dashes,
        style: Style::new(),
    };
    let buffer = frame.buffer_mut();
    kept::draw_curves(buffer, &plot, app);
    stroke(TEST_DASHES).draw(buffer, &plot, &test);
    stroke(&[true]).draw(buffer, &plot, &training);
    if app.drawn_runs().next().is_some() {
        kept::label(buffer, &plot, app);
    }
    if app.run().is_behind() {
        render_cursor(frame, &plot, app);
    }
}

/// Dashes and gaps of two cells.
const TEST_DASHES: &[bool] = &[true, true, true, true, false, false, false, false];

/// The first and the last epoch that is drawn.
fn epochs(app: &App) -> (u64, u64) {
    let kept = app.drawn_runs().map(|run| &run.view.curves.training);
    let curves = kept.chain([&app.run().curves.training]);
    let of = |curve: &LossCurve| {
        let first = curve.first_epoch();
        (first, first + curve.epochs().saturating_sub(1))
    };
    let both = curves.map(of);
    both.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
        .unwrap_or((0, 0))
}

/// Where the run is, if it has gone back: a line through the column of its epoch, behind the curves.
fn render_cursor(frame: &mut Frame, plot: &Plot, app: &App) {
    let theme = Theme(app.appearance());
    let (column, _) = plot.cell(app.run().training.position.epoch as f64, 0.0);
    for y in plot.area.top()..plot.area.bottom() {
        let Some(cell) = frame.buffer_mut().cell_mut((column, y)) else {
            continue;
        };
        if cell.symbol() == " " {
            cell.set_symbol(theme.glyph("┊", ":"));
        } else {
            cell.set_style(theme.chosen());
        }
    }
}

fn render_epoch_labels(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let (first, last) = epochs(app);
    frame.render_widget(Line::styled(grouped(first), theme.dim()), area);
    frame.render_widget(
        Line::styled(format!("epoch {}", grouped(last)), theme.dim()).right_aligned(),
        area,
    );
}

/// The newest epochs, one a column where the curve still has each by itself, on a scale of their own.
fn render_newest(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let curve = &app.run().curves.training;
    let past = curve.up_to(app.run().training.position.epoch);
    let words = |columns: u16| {
        let seen = past.len().min(usize::from(columns));
        let epochs: u64 = past[past.len() - seen..].iter().map(|of| of.epochs).sum();
        format!("last {} ", grouped(epochs))
    };
    let words_width = u16::try_from(words(area.width).len()).unwrap_or(u16::MAX);
    let [words_area, bars] =
        Layout::horizontal([Constraint::Length(words_width), Constraint::Fill(1)]).areas(area);
    frame.render_widget(Line::styled(words(bars.width), theme.dim()), words_area);
    let newest = &past[past.len() - past.len().min(usize::from(bars.width))..];
    let losses = newest.iter().map(|bucket| bucket.last);
    let low = losses.clone().fold(f64::INFINITY, f64::min);
    let high = losses.clone().fold(f64::NEG_INFINITY, f64::max);
    let axis = Axis::between(low, high);
    let bars_widget = Sparkline::default()
        .data(losses.map(|loss| 1 + axis.level(loss, 7)))
        .max(8)
        .bar_set(theme.sparkline());
    frame.render_widget(bars_widget, bars);
}
