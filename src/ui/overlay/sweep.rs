//! A sweep over many seeds; covers all panels.
//!
//! ```text
//! ┌ Sweep: people 2-2-1 sigmoid, sgd η 0.1, 1,000 epochs each ────────┐
//! │seeds [1000     ] from seed 42: Enter starts                   │
//! │████████████████████░░░░░░░░  640 of 1,000 seeds, about 3 s left  │
//! │loss: ─ median  ⠡⠡ 5–95%  ─ worst │ final loss   seeds            │
//! │1.00⡇                             │ 0.00100 to 0.00112  512 █████ │
//! │ …                                │ …                             │
//! │    0             epoch 1,000     │ b best   0.000574  seed 67    │
//! │                                  │ m median 0.00157   seed 43    │
//! │                                  │ w worst  0.464     seed 118   │
//! │solved 638 (99.68%)   learning 0   stuck 2 (0.32%)   diverged 0   │
//! └──────────────────────────────────────────────────────────────────┘
//! ```
//!
//! A narrow window has no histogram and a low one no chart either; counts and seeds are always there.

mod fan_chart;
mod histogram;
mod picks;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::window;
use crate::app::{App, RunView, SweepState};
use crate::session::setting::setting;
use crate::sweep::{Progress, Summary, time_left};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{grouped, significant};
use crate::ui::style::{Theme, cells, fitting};
use crate::ui::widget::text_field;
use picks::PICKS;

/// Smaller windows have no room for the histogram or for the chart.
const WIDTH_OF_BOTH: u16 = 70;
const HEIGHT_OF_CHART: u16 = 6;

/// The minimum width of the histogram, which has a third of the window.
const HISTOGRAM_WIDTH: u16 = 34;

/// The widths of "seeds " and of a field for a million.
const FIELD: [u16; 2] = [6, 9];

pub(super) fn render(canvas: &mut Canvas, area: Rect) {
    let sweep = canvas.app.sweep();
    let title = title(canvas.theme, canvas.app.run(), area.width.saturating_sub(4));
    let inner = window::open(canvas, area, &title, (area.width, area.height));
    // In a narrow window the counts take two lines.
    let counts_height = if inner.width < WIDTH_OF_BOTH { 2 } else { 1 };
    let [seeds, bar, body, counts] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(counts_height),
    ])
    .areas(inner);
    render_seeds(canvas, seeds);
    let Some(progress) = &sweep.progress else {
        if sweep.state == SweepState::Idle {
            render_explanation(canvas, body);
        }
        return;
    };
    render_bar(canvas, bar, progress);
    render_body(canvas, body, &progress.summary);
    render_counts(canvas, counts, &progress.summary);
}

/// Returns what is trained, how, and how long, as far as there is room.
fn title(theme: Theme, run: &RunView, room: u16) -> String {
    let (config, draft) = (run.config(), run.draft());
    let what = format!(
        "Sweep: {} {}",
        run.dataset().name,
        run.network.architecture()
    );
    let epochs = match config.epochs {
        0 => String::new(),
        epochs => format!(", {} epochs each", grouped(epochs)),
    };
    let label = |option| setting(option).label_of(&draft);
    let [rate, batches] = ["learning-rate", "batch-size"].map(label);
    let (optimizer, eta) = (config.optimizer.name(), theme.glyph("η", "rate"));
    let brief = format!("{optimizer} {eta} {}", config.learning_rate);
    fitting(
        &[
            format!("{what}, {optimizer}, {rate}, {batches}{epochs}"),
            format!("{what}, {brief}, {batches}{epochs}"),
            format!("{what}, {brief}{epochs}"),
            format!("{what}, {brief}"),
            format!("Sweep: {brief}"),
            "Sweep".to_owned(),
        ],
        room,
    )
}

/// Draws the number of seeds, which can be edited while no sweep is running.
fn render_seeds(canvas: &mut Canvas, area: Rect) {
    let (theme, sweep) = (canvas.theme, canvas.app.sweep());
    let is_edited = sweep.state == SweepState::Idle;
    let (bracket, style) = if is_edited {
        (theme.strong(), theme.typed())
    } else {
        (Style::new(), theme.dim())
    };
    let [name, field, rest] = text_field::row(canvas, area, FIELD, bracket);
    canvas.write(Line::raw("seeds"), name);
    text_field::render(canvas, field, &sweep.seeds, style, is_edited);
    let text = if let Some(problem) = &sweep.problem {
        Line::styled(format!(" {problem}"), theme.warning())
    } else {
        let state = state(canvas.app, rest.width.saturating_sub(1));
        Line::raw(format!(" {state}"))
    };
    canvas.write(text, rest);
}

/// Returns what Enter does, or the state of a running sweep.
fn state(app: &App, room: u16) -> String {
    let from = format!("from seed {}", app.run().config().seed);
    let starts = match app.sweep().progress {
        None => "Enter starts",
        Some(_) => "Enter restarts",
    };
    match app.sweep().state {
        SweepState::Idle => fitting(&[format!("{from}: {starts}"), from], room),
        SweepState::Running => "running: Esc stops".to_owned(),
        SweepState::Ending => "stopping".to_owned(),
    }
}

fn render_explanation(canvas: &mut Canvas, area: Rect) {
    let config = canvas.app.run().config();
    let order = if config.shuffle {
        "the initial weights and the order of the samples"
    } else {
        "the initial weights"
    };
    let given = match config.initial_layers {
        Some(_) => " The given initial weights are not used: each seed draws its own.",
        None => "",
    };
    let text = format!(
        "\nTrains this configuration from many seeds on all cores and compares the results. \
         A seed decides {order}; the data is the same for all.{given}\n\n\
         solved: all training samples correct at the end\n\
         stuck: not solved; the loss fell by less than 1% in the last tenth of the run\n\
         learning: not solved, but the loss was still falling\n\
         diverged: the loss or a weight overflowed\n\n\
         b, m, w open the best, median or worst run."
    );
    canvas.draw(Paragraph::new(text).wrap(Wrap { trim: false }), area);
}

fn render_bar(canvas: &mut Canvas, area: Rect, progress: &Progress) {
    let Progress {
        summary,
        done,
        elapsed,
        is_over,
    } = progress;
    let (finished, seeds) = (summary.counts.total(), summary.seeds);
    let (of, first) = (grouped(seeds), summary.first_seed);
    let time = if *is_over {
        format!(", {:.1} s", elapsed.as_secs_f64())
    } else {
        let left = time_left(*done, *elapsed);
        left.map_or(String::new(), |left| format!(", about {left} left"))
    };
    let count = match grouped(finished) {
        _ if finished == seeds => format!("{of} seeds"),
        finished if *is_over => format!("stopped: {finished} of {of} seeds"),
        finished => format!("{finished} of {of} seeds"),
    };
    let text = [format!("{count} from {first}{time}"), count];
    let text = Line::raw(fitting(&text, area.width));
    let width = Constraint::Length(cells(text.width()));
    let [bar, text_area] = Layout::horizontal([Constraint::Fill(1), width])
        .spacing(2)
        .areas(area);
    canvas.write(Line::raw(canvas.theme.bar(*done, bar.width)), bar);
    canvas.write(text, text_area);
}

fn render_body(canvas: &mut Canvas, area: Rect, summary: &Summary) {
    let above = |picks| Layout::vertical([Constraint::Fill(1), Constraint::Length(picks)]);
    if area.width >= WIDTH_OF_BOTH && area.height >= HEIGHT_OF_CHART + PICKS {
        let right_width = HISTOGRAM_WIDTH.max(area.width / 3);
        let [chart, right] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(right_width)])
                .spacing(2)
                .areas(area);
        let room = right.height.saturating_sub(histogram::height(summary) + 1);
        let [bins, picks] = above(picks::height(summary, room)).areas(right);
        fan_chart::render(canvas, chart, &summary.fan);
        histogram::render(canvas, bins, [&summary.fine_histogram, &summary.histogram]);
        picks::render(canvas, picks, summary);
        return;
    }
    let [chart, picks] = above(PICKS).areas(area);
    if chart.height >= HEIGHT_OF_CHART {
        fan_chart::render(canvas, chart, &summary.fan);
    }
    picks::render(canvas, picks, summary);
}

/// Draws how many seeds ended how.
fn render_counts(canvas: &mut Canvas, area: Rect, summary: &Summary) {
    let (theme, counts) = (canvas.theme, &summary.counts);
    let spans = counts.reported().flat_map(|(verdict, count)| {
        let share = match count {
            0 => String::new(),
            _ => format!(" ({:.2}%)", counts.percent(verdict)),
        };
        [
            Span::raw(format!("{} ", verdict.name())),
            Span::styled(grouped(count), theme.strong()),
            Span::raw(format!("{share}   ")),
        ]
    });
    let test = summary.losses.and_then(|losses| losses.test_median);
    let test = test.map(|loss| format!("median test loss {}", significant(loss, 3)));
    let line: Line = spans.chain(test.map(Span::raw)).collect();
    canvas.draw(Paragraph::new(line).wrap(Wrap { trim: false }), area);
}
