//! The loss of every epoch so far, and below it the newest epochs on a separate scale.
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

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Sparkline;

use crate::app::{App, LossAxis};
use crate::session::{Evaluation, Score};
use crate::trainer::{Bucket, Curve, Curves};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{self, grouped};
use crate::ui::style::{Theme, fitting, width};
use crate::ui::widget::axis::Axis;
use crate::ui::widget::chart;
use crate::ui::widget::plot::Plot;
use curve::Stroke;

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let title = title(canvas.theme, canvas.app, area.width.saturating_sub(4));
    let inner = canvas.panel(area, title);
    if inner.width < 12 || canvas.app.run().curves.training.epochs() == 0 {
        return;
    }
    if inner.height < 3 {
        // There is no room for axes.
        let line = Rect {
            height: inner.height.min(1),
            ..inner
        };
        return render_newest(canvas, line);
    }
    let newest_height = Constraint::Length(u16::from(inner.height >= 5));
    let [chart, newest] = Layout::vertical([Constraint::Fill(1), newest_height]).areas(inner);
    let (losses, epochs) = (loss_axis(canvas.app), epochs(canvas.app));
    let curves = chart::render_labels(canvas, chart, losses, epochs);
    let epochs = Axis::between(epochs.0 as f64, epochs.1 as f64);
    let curves = curves.intersection(canvas.frame.area());
    render_curves(canvas, &Plot::new(canvas.theme, curves, epochs, losses));
    render_newest(canvas, newest);
}

/// Returns the kind of loss and its values: of the shown parameters, or at the end of the epoch that is named.
fn title(theme: Theme, app: &App, room: u16) -> String {
    let run = app.run();
    let scale = match app.loss_axis() {
        LossAxis::Linear => "",
        LossAxis::Log => ", log axis",
    };
    let name = run.config().loss.name();
    let Some(scores) = &run.training.scores else {
        return format!("Loss ({name}{scale})");
    };
    let position = run.training.position;
    // Where a run has gone back, its newest loss is on the chart too.
    let viewed = (run.is_behind() && position.step == 0).then_some(position.epoch);
    let epoch = scores.at_epoch.or(viewed).map(grouped);
    let said = |text: &dyn Fn(&str) -> String| epoch.as_deref().map(text).unwrap_or_default();
    let at = said(&|epoch| format!(" at epoch {epoch}:"));
    let short = said(&|epoch| format!("epoch {epoch}: "));
    let shortest = said(&|epoch| format!("{epoch}: "));
    let Evaluation { training, test } = scores.assessment.evaluation;
    let loss = |score: Score| theme.written(&number::loss(score.loss));
    let training = loss(training);
    let Some(test) = test.map(loss) else {
        let texts = [
            format!("Loss ({name}{scale}){at} {training}"),
            format!("Loss{at} {training}"),
            format!("{short}{training}"),
            format!("{shortest}{training}"),
        ];
        return fitting(&texts, room);
    };
    let (solid, dashed) = (theme.glyph("─", "**"), theme.glyph("╌", "* *"));
    let both = format!("{solid} {training}, test {dashed} {test}");
    let texts = [
        format!("Loss ({name}{scale}){at} {both}"),
        format!("Loss{scale}{at} {both}"),
        format!("Loss{at} {both}"),
        format!("{short}{both}"),
        format!("{short}{solid}{training} test {dashed}{test}"),
        format!("{short}{solid}{training} {dashed}{test}"),
        format!("{shortest}{solid}{training} {dashed}{test}"),
    ];
    fitting(&texts, room)
}

/// Returns the axis of the losses of all runs that are drawn.
fn loss_axis(app: &App) -> Axis {
    let Curves { training, test, .. } = &app.run().curves;
    // A diverged run would flatten all other curves.
    let kept = app
        .drawn_runs()
        .filter(|run| !run.view.training.has_diverged());
    let kept = kept.map(|run| &run.view.curves.training);
    let ranges = kept.chain([training, test]).filter_map(Curve::range);
    let range = ranges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    let (low, high) = range.unwrap_or((0.0, 1.0));
    Axis::of_losses(app.loss_axis(), low, high)
}

/// Returns the first and the last epoch that is drawn.
fn epochs(app: &App) -> (u64, u64) {
    let kept = app.drawn_runs().map(|run| &run.view.curves.training);
    let curves = kept.chain([&app.run().curves.training]);
    let of = |curve: &Curve| {
        let first = curve.first_epoch();
        (first, first + curve.epochs().saturating_sub(1))
    };
    let both = curves.map(of);
    both.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
        .unwrap_or((0, 0))
}

fn render_curves(canvas: &mut Canvas, plot: &Plot) {
    let (app, theme) = (canvas.app, canvas.theme);
    let columns = usize::from(plot.area.width) * 2;
    let Curves { training, test, .. } = &app.run().curves;
    let [training, test] = [training, test].map(|curve| curve.in_at_most(columns));
    let stroke = |dashes| Stroke {
        marker: theme.marker(),
        dashes,
        style: Style::new(),
    };
    kept::draw_curves(canvas, plot);
    let buffer = canvas.frame.buffer_mut();
    stroke(TEST_DASHES).draw(buffer, plot, &test);
    stroke(&[true]).draw(buffer, plot, &training);
    if app.drawn_runs().next().is_some() {
        kept::label(canvas, plot);
    }
    if app.run().is_behind() {
        render_cursor(canvas, plot);
    }
}

/// Dashes and gaps of two cells.
const TEST_DASHES: &[bool] = &[true, true, true, true, false, false, false, false];

/// Draws a line through the column of the present epoch of a run that went back, behind the curves.
fn render_cursor(canvas: &mut Canvas, plot: &Plot) {
    let epoch = canvas.app.run().training.position.epoch;
    let (column, _) = plot.cell(epoch as f64, 0.0);
    for y in plot.area.top()..plot.area.bottom() {
        let Some(cell) = canvas.frame.buffer_mut().cell_mut((column, y)) else {
            continue;
        };
        if cell.symbol() == " " {
            cell.set_symbol(canvas.theme.glyph("┊", ":"));
        } else {
            cell.set_style(canvas.theme.chosen());
        }
    }
}

/// Draws the newest epochs on a separate scale, one per column where the curve still has each of them.
fn render_newest(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let past = run.curves.training.up_to(run.training.position.epoch);
    let newest = |columns: u16| &past[past.len() - past.len().min(usize::from(columns))..];
    let text = |buckets: &[Bucket]| {
        let epochs: u64 = buckets.iter().map(|of| of.epochs).sum();
        format!("last {} ", grouped(epochs))
    };
    let text_width = Constraint::Length(width(&text(newest(area.width))));
    let [text_area, bars] = Layout::horizontal([text_width, Constraint::Fill(1)]).areas(area);
    let newest = newest(bars.width);
    canvas.draw(Line::styled(text(newest), theme.dim()), text_area);
    let losses = newest.iter().map(|bucket| bucket.last);
    let low = losses.clone().fold(f64::INFINITY, f64::min);
    let high = losses.clone().fold(f64::NEG_INFINITY, f64::max);
    let axis = Axis::between(low, high);
    let sparkline = Sparkline::default()
        .data(losses.map(|loss| 1 + axis.level(loss, 7)))
        .max(8)
        .bar_set(theme.sparkline());
    canvas.draw(sparkline, bars);
}
