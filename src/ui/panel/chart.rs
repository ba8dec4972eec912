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
//! │0.0413 to 0.0438 ▇▇▆▅▄▄▃▃▃▂▂▂▂▁▁▁▁▁│
//! └ last 21 epochs ───────────────────┘
//! ```
//!
//! Curves arrive in bounded memory, and each is drawn with at most one point for a column of dots.

mod along;
mod labels;
mod layers;
mod legend;
mod marks;
mod newest;
mod parameters;
mod row;
mod scores;
mod series;
mod subject;
mod title;
mod window;

use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::text::Line;

use crate::app::keymap::Action;
use crate::app::{App, Charted, Target};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::grouped;
use crate::ui::style::{Theme, fitting, key_room, title_room, width};
use crate::ui::widget::axes::{Across, Axes};
use crate::ui::widget::turn_key;
use labels::Labels;
use subject::Subject;

/// The least rows of a plot with its axis that remain below a legend, and the rows of a chart for each row of its legend.
const LOWEST_PLOT: u16 = 7;
const ROWS_PER_ENTRY: u16 = 5;

/// Draws what `t` has turned the chart to, with the moment that is marked.
pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let (app, theme) = (canvas.app, canvas.theme);
    let subject = subject_of(app, theme, app.charted());
    let title = title(canvas, &subject, area.width);
    let caption = render_titled(canvas, area, &subject, &title, true);
    render_key(canvas, area, &title, &caption);
}

/// Draws something else beside that chart; where that chart already shows it, the loss.
pub(crate) fn render_beside(canvas: &mut Canvas, area: Rect, charted: Charted) {
    let (app, theme) = (canvas.app, canvas.theme);
    let is_there = app.charted() == charted;
    let charted = if is_there { Charted::Loss } else { charted };
    let subject = subject_of(app, theme, charted);
    let title = fitting(&all_titles(theme, &subject), title_room(None, area.width));
    render_titled(canvas, area, &subject, &title, false);
}

/// Returns the longest title beside which the key names what comes next, or has at least its own room.
fn title(canvas: &Canvas, subject: &Subject, panel_width: u16) -> String {
    let action = Action::TurnChart;
    let mut titles = all_titles(canvas.theme, subject);
    let room = turn_key::title_room_beside(canvas, action, next(canvas.app), panel_width);
    let whole = titles.iter().take(subject.titles.len());
    let beside_name = whole.enumerate().find(|(_, title)| width(title) <= room);
    if let Some((index, _)) = beside_name {
        return titles.swap_remove(index);
    }
    fitting(&titles, turn_key::title_room(canvas, action, panel_width))
}

fn all_titles(theme: Theme, subject: &Subject) -> Vec<String> {
    let titles = subject.titles.iter().chain(&subject.cut_titles);
    titles.map(|title| theme.written(title)).collect()
}

/// Draws a chart; returns what its border below says.
fn render_titled(
    canvas: &mut Canvas,
    area: Rect,
    subject: &Subject,
    title: &str,
    has_mark: bool,
) -> String {
    let inner = canvas.panel(area, title);
    canvas.shows(area, Target::Chart);
    if inner.width < 12 || canvas.app.run().curves.training.epochs() == 0 {
        return String::new();
    }
    let caption = render_inside(canvas, subject, inner, has_mark).unwrap_or_default();
    render_caption(canvas, area, &caption);
    caption
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
    let is_row = inner.height < 3;
    let numbers = is_row.then(|| row::text(app, theme, subject, inner.width));
    let numbers = numbers.flatten().map(|text| vec![text]);
    let notes = numbers.unwrap_or_else(|| subject.notes.clone());
    let below = below(app, subject.charted, notes, has_mark);
    if is_row {
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
    let caption = below.render(canvas, row).filter(|_| has_row_below);
    let dashes = || fitting(&subject.dashes, inner.width.saturating_sub(2));
    caption.or_else(|| Some(dashes()).filter(|text| !text.is_empty()))
}

/// Writes words into the border below.
fn render_caption(canvas: &mut Canvas, area: Rect, caption: &str) {
    let border = area.rows().next_back().filter(|_| area.height > 2);
    let Some(border) = border.filter(|_| !caption.is_empty()) else {
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

/// The chart that comes next.
fn next(app: &App) -> &'static str {
    match app.charted().next() {
        Charted::Loss => "loss",
        Charted::Quality => "score",
        Charted::Parameters => "weights",
        Charted::GradientNorm => "gradient",
        Charted::UpdateRatio => "changes",
    }
}

/// Draws the key of the chart at the right end of its title, or of its border below, if only there it can name what comes
/// next.
fn render_key(canvas: &mut Canvas, area: Rect, title: &str, caption: &str) {
    let (action, app) = (Action::TurnChart, canvas.app);
    let next = next(app);
    let [above, below] = [title, caption].map(|text| key_room(text, area.width));
    let is_named_above = turn_key::naming(canvas, action, next, above).is_some();
    let below = turn_key::naming(canvas, action, next, below)
        .filter(|_| !is_named_above && area.height > 2);
    let mut rows = area.rows();
    let (row, key) = if below.is_some() {
        (rows.next_back(), below)
    } else {
        let places = app.charted().place();
        let key = turn_key::text(canvas, action, places, next, above);
        (rows.next(), key)
    };
    let (Some(row), Some(key)) = (row, key) else {
        return;
    };
    let border = Rect {
        width: row.width - 1,
        ..row
    };
    // A style of the line would be that of the title too.
    canvas.write(canvas.theme.keys_line(&key), border);
    canvas.shows_key(row, Some(&key), action);
}

fn render_chart(canvas: &mut Canvas, subject: &Subject, area: Rect) {
    let labels = Labels::new(canvas.app, canvas.theme, subject, area);
    let axes = Axes {
        up: subject.up,
        text: subject.text,
        across: Across::Epochs(subject.window.first, subject.window.last),
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
    along::render(canvas, subject, &plot);
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

/// What the row below a chart shows.
enum Below {
    /// The newest losses.
    Newest,
    /// Words, from the longest text to the shortest.
    Words(Vec<String>),
}

/// Returns what the row below is for: the mark, the newest losses, or a note.
fn below(app: &App, charted: Charted, notes: Vec<String>, has_mark: bool) -> Below {
    match app.marked().filter(|_| has_mark) {
        Some(epoch) => {
            let at = format!("at epoch {}", grouped(epoch));
            Below::Words(vec![
                format!("{at}: Enter goes there, Esc removes the mark"),
                format!("{at}: Enter goes there"),
                at,
            ])
        }
        None if charted == Charted::Loss => Below::Newest,
        None => Below::Words(notes),
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
