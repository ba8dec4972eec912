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
//! │0.0413–0.0438 ▇▇▆▆▅▅▄▄▃▃▃▂▂▂▂▁▁▁▁▁▁│
//! └ last 21 epochs ───────────────────┘
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

use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::text::Line;

use crate::app::keymap::Action;
use crate::app::{App, Charted, Target};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::grouped;
use crate::ui::style::{Theme, fitting, key_room, title_room};
use crate::ui::widget::axes::{Across, Axes};
use crate::ui::widget::turn_key;
use labels::Labels;
use subject::Subject;

/// The least rows of a plot with its axis that remain below a legend, and the rows of a chart for each row of its legend.
const LOWEST_PLOT: u16 = 7;
const ROWS_PER_ENTRY: u16 = 5;

/// Draws what `t` has turned the chart to, with the moment that is marked.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let title = render_charted(canvas, area, canvas.app.charted(), true);
    render_key(canvas, area, &title);
}

/// Draws something else beside that chart; where that chart already shows it, the loss.
pub(crate) fn render_beside(canvas: &mut Canvas, area: Rect, charted: Charted) {
    let is_there = canvas.app.charted() == charted;
    let charted = if is_there { Charted::Loss } else { charted };
    render_charted(canvas, area, charted, false);
}

/// Draws a chart; returns its title.
fn render_charted(canvas: &mut Canvas, area: Rect, charted: Charted, has_mark: bool) -> String {
    let (app, theme) = (canvas.app, canvas.theme);
    let subject = subject_of(app, theme, charted);
    let titles: Vec<String> = subject
        .titles
        .iter()
        .map(|title| theme.written(title))
        .collect();
    let room = if has_mark {
        turn_key::title_room(canvas, Action::TurnChart, area.width)
    } else {
        title_room(None, area.width)
    };
    let title = fitting(&titles, room);
    let inner = canvas.panel(area, &*title);
    canvas.shows(area, Target::Chart);
    if inner.width >= 12 && app.run().curves.training.epochs() > 0 {
        let caption = render_inside(canvas, &subject, inner, has_mark);
        render_caption(canvas, area, caption);
    }
    title
}

/// Draws what is within the borders; returns the words of the border below: what the last row is, if it does not say so
/// itself, or what the dashes mean.
fn render_inside(
    canvas: &mut Canvas,
    subject: &Subject,
    inner: Rect,
    has_mark: bool,
) -> Option<String> {
    let (app, theme) = (canvas.app, canvas.theme);
    let below = below(app, subject, has_mark);
    if inner.height < 3 {
        // There is no room for axes.
        let height = inner.height.min(1);
        return below.render(canvas, Rect { height, ..inner });
    }
    let has_row_below = inner.height >= 5 && !below.is_empty();
    let rows = [
        Constraint::Fill(1),
        Constraint::Length(u16::from(has_row_below)),
    ];
    let [chart, row] = Layout::vertical(rows).areas(inner);
    let room = Rect {
        height: chart
            .height
            .saturating_sub(LOWEST_PLOT)
            .min(chart.height / ROWS_PER_ENTRY),
        ..chart
    };
    let legend = legend::lines(app, theme, subject, room);
    let chart = legend::render(canvas, legend, chart);
    render_chart(canvas, subject, chart);
    let caption = below.render(canvas, row);
    let dashes = || fitting(&subject.dashes, inner.width.saturating_sub(2));
    caption.or_else(|| Some(dashes()).filter(|text| !text.is_empty()))
}

/// Writes words into the border below.
fn render_caption(canvas: &mut Canvas, area: Rect, caption: Option<String>) {
    let border = area.rows().next_back().filter(|_| area.height > 2);
    let (Some(border), Some(caption)) = (border, caption) else {
        return;
    };
    let border = border.inner(Margin::new(1, 0));
    let text = Line::styled(format!(" {caption} "), canvas.theme.dim());
    canvas.write(text, border);
}

fn subject_of(app: &App, theme: Theme, charted: Charted) -> Subject<'_> {
    match charted {
        Charted::Loss => scores::loss(app, theme),
        Charted::Quality => scores::quality(app, theme),
        Charted::Parameters => parameters::subject(app, theme),
        Charted::GradientNorm => layers::gradient_norms(app, theme),
        Charted::UpdateRatio => layers::update_ratios(app, theme),
    }
}

/// Returns the key that turns the chart, with what it shows and what comes next.
fn key(canvas: &Canvas, room: u16) -> Option<String> {
    let charted = canvas.app.charted();
    let next = match charted.next() {
        Charted::Loss => "loss",
        Charted::Quality => "score",
        Charted::Parameters => "weights",
        Charted::GradientNorm => "gradients",
        Charted::UpdateRatio => "changes",
    };
    turn_key::text(canvas, Action::TurnChart, charted.place(), next, room)
}

/// Draws the key of the chart at the right end of its title, if there is room.
fn render_key(canvas: &mut Canvas, area: Rect, title: &str) {
    let Some(key) = key(canvas, key_room(title, area.width)) else {
        return;
    };
    let row = Rect {
        width: area.width - 1,
        height: area.height.min(1),
        ..area
    };
    // A style of the line would be that of the title too.
    canvas.write(canvas.theme.keys_line(&key), row);
    canvas.shows_key(area, Some(&key), Action::TurnChart);
}

fn render_chart(canvas: &mut Canvas, subject: &Subject, area: Rect) {
    let labels = Labels::new(canvas.app, canvas.theme, subject, area);
    let axes = Axes {
        up: subject.up,
        text: subject.text,
        across: epochs(canvas.app, subject),
        margin: labels.width(area.width / 2),
    };
    let plot = axes.render(canvas, area);
    plot.shows_epochs(canvas);
    if let Some(value) = subject.guide {
        marks::render_guide(canvas, canvas.theme, &plot, value);
    }
    for series in subject.series() {
        series.draw(canvas.frame.buffer_mut(), &plot);
    }
    marks::render(canvas, subject, &plot);
    marks::render_divergence(canvas, &plot);
    let column = Rect {
        x: plot.area.right(),
        width: axes.margin,
        ..plot.area
    };
    let column = column.intersection(canvas.frame.area());
    labels.render(canvas, &plot, column);
}

/// Returns the first and the last epoch that is drawn.
fn epochs(app: &App, subject: &Subject) -> Across {
    let kept = subject.kept_runs.iter().map(|run| &run.view);
    let curves = kept.chain([app.run()]).map(|run| &run.curves.training);
    let ends = curves.map(|curve| {
        let first = curve.first_epoch();
        (first, first + curve.epochs().saturating_sub(1))
    });
    let both = ends.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    let (first, last) = both.unwrap_or((0, 0));
    Across::Epochs(first, last)
}

/// What the row below a chart shows.
enum Below {
    /// The newest losses.
    Newest,
    /// Words, from the longest text to the shortest.
    Words(Vec<String>),
}

/// Returns what the row below is for: the mark, the newest losses, or a note.
fn below(app: &App, subject: &Subject, has_mark: bool) -> Below {
    match app.marked().filter(|_| has_mark) {
        Some(epoch) => {
            let at = format!("at epoch {}", grouped(epoch));
            Below::Words(vec![
                format!("{at}: Enter goes there, Esc removes the mark"),
                format!("{at}: Enter goes there"),
                at,
            ])
        }
        None if subject.charted == Charted::Loss => Below::Newest,
        None => Below::Words(subject.notes.clone()),
    }
}

impl Below {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Words(texts) if texts.is_empty())
    }

    /// Draws the row; returns what it is, if it does not say so itself.
    fn render(&self, canvas: &mut Canvas, area: Rect) -> Option<String> {
        let theme = canvas.theme;
        match self {
            Self::Newest => return newest::render(canvas, area),
            Self::Words(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| theme.written(text)).collect();
                let text = fitting(&texts, area.width);
                canvas.write(Line::styled(text, theme.dim()), area);
            }
        }
        None
    }
}
