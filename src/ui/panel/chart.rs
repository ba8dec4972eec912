//! The chart of a run over its epochs: the loss, a score, every weight and bias, or a norm of each layer.
//!
//! ```text
//! ┌ Loss (mse) ─ 0.0413, test ╌ 0.052 ┐
//! │B this run  A learning rate 0.1    │
//! │0.3┤⡇                              │
//! │   │⢣                              │
//! │0.2┤⠈⠢⡀                            │
//! │   │  ⠈⠒⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤ A   │
//! │0.0┤                         B     │
//! │   └┬─────────┬─────────┬──────    │
//! │    0        50       100     epoch│
//! │last 21: 0.0413–0.0438 ▇▆▅▄▃▃▂▂▂▁▁▁│
//! └───────────────────────────────────┘
//! ```
//!
//! Curves arrive in bounded memory, and each is drawn with at most one point for a column of dots.

mod labels;
mod layers;
mod legend;
mod marks;
mod newest;
mod parameters;
mod scores;
mod series;
mod subject;
mod title;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use crate::app::{App, Charted};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::grouped;
use crate::ui::style::{Theme, fitting, width};
use crate::ui::widget::axes::Axes;
use labels::Labels;
use subject::Subject;

/// The least rows of a plot with its axis that remain below a legend.
const LOWEST_PLOT: u16 = 7;

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (app, theme) = (canvas.app, canvas.theme);
    let subject = subject_of(app, theme);
    let titles: Vec<String> = subject
        .titles
        .iter()
        .map(|title| theme.written(title))
        .collect();
    let title = fitting(&titles, area.width.saturating_sub(4));
    let inner = canvas.panel(area, &*title);
    render_key(canvas, area, width(&title));
    if inner.width < 12 || app.run().curves.training.epochs() == 0 {
        return;
    }
    if inner.height < 3 {
        // There is no room for axes.
        let height = inner.height.min(1);
        return render_below(canvas, &subject, Rect { height, ..inner });
    }
    let has_row_below = inner.height >= 5 && has_row_below(app, &subject);
    let rows = [
        Constraint::Fill(1),
        Constraint::Length(u16::from(has_row_below)),
    ];
    let [chart, below] = Layout::vertical(rows).areas(inner);
    let room = Rect {
        height: chart
            .height
            .saturating_sub(LOWEST_PLOT)
            .min(chart.height / 3),
        ..chart
    };
    let legend = legend::lines(app, theme, &subject, room);
    let chart = legend::render(canvas, legend, chart);
    render_chart(canvas, &subject, chart);
    render_below(canvas, &subject, below);
}

fn subject_of(app: &App, theme: Theme) -> Subject<'_> {
    match app.charted() {
        Charted::Loss => scores::loss(app, theme),
        Charted::Quality => scores::quality(app, theme),
        Charted::Parameters => parameters::subject(app, theme),
        Charted::GradientNorm => layers::gradient_norms(app, theme),
        Charted::UpdateRatio => layers::update_ratios(app, theme),
    }
}

/// Draws the key of the chart at the right end of its title, if there is room.
fn render_key(canvas: &mut Canvas, area: Rect, title: u16) {
    let text = " t turns ";
    let taken = title + width(text) + 5;
    if area.width >= taken {
        let row = Rect {
            width: area.width - 2,
            height: area.height.min(1),
            ..area
        };
        // A style of the line would be that of the title too.
        canvas.draw(Line::raw(text).right_aligned(), row);
    }
}

fn render_chart(canvas: &mut Canvas, subject: &Subject, area: Rect) {
    let labels = Labels::new(canvas.app, canvas.theme, subject, area.width);
    let axes = Axes {
        up: subject.up,
        text: subject.text,
        epochs: epochs(canvas.app, subject),
        margin: labels.width(area.width / 2),
    };
    let plot = axes.render(canvas, area);
    if let Some(value) = subject.guide {
        marks::render_guide(canvas, canvas.theme, &plot, value);
    }
    for series in subject.series() {
        series.draw(canvas.frame.buffer_mut(), &plot);
    }
    marks::render(canvas, subject, &plot);
    let column = Rect {
        x: plot.area.right(),
        width: axes.margin,
        ..plot.area
    };
    let column = column.intersection(canvas.frame.area());
    labels.render(canvas, subject, &plot, column);
}

/// Returns the first and the last epoch that is drawn.
fn epochs(app: &App, subject: &Subject) -> (u64, u64) {
    let kept = subject.kept_runs.iter().map(|run| &run.view);
    let curves = kept.chain([app.run()]).map(|run| &run.curves.training);
    let ends = curves.map(|curve| {
        let first = curve.first_epoch();
        (first, first + curve.epochs().saturating_sub(1))
    });
    let both = ends.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    both.unwrap_or((0, 0))
}

/// Whether there is anything to say below the chart.
fn has_row_below(app: &App, subject: &Subject) -> bool {
    app.marked().is_some() || app.charted() == Charted::Loss || !subject.notes.is_empty()
}

/// Draws the row below the chart: what the mark is for, the newest losses, or a note.
fn render_below(canvas: &mut Canvas, subject: &Subject, area: Rect) {
    let (app, theme) = (canvas.app, canvas.theme);
    let texts = if let Some(epoch) = app.marked() {
        let epoch = grouped(epoch);
        vec![
            format!("at epoch {epoch}: Enter goes there, Esc removes the mark"),
            format!("at epoch {epoch}: Enter goes there"),
            format!("at epoch {epoch}"),
        ]
    } else if app.charted() == Charted::Loss {
        return newest::render(canvas, area);
    } else {
        subject.notes.clone()
    };
    let texts: Vec<String> = texts.iter().map(|text| theme.written(text)).collect();
    let text = fitting(&texts, area.width);
    canvas.draw(Line::styled(text, theme.dim()), area);
}
