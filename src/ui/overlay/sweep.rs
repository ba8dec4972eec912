//! A sweep over many seeds, in the place of all panels.
//!
//! ```text
//! ┌ Sweep: people 2-2-1 sigmoid, 1,000 epochs each ──────────────────┐
//! │seeds [1000   ] from seed 42 on                                   │
//! │████████████████████░░░░░░░░  640 of 1,000 seeds, about 3 s left  │
//! │loss: ─ median ░ 5–95 % ╌ worst   │ loss from    seeds            │
//! │1.00⡇                             │ 0.001          512 ██████████ │
//! │ …                                │ …                             │
//! │    0             epoch 1,000     │ b best   0.000574  seed 67    │
//! │                                  │ m median 0.00157   seed 43    │
//! │                                  │ w worst  0.464     seed 118   │
//! │solved 638 (99.68 %)  learning 0  stuck 2 (0.32 %)  diverged 0    │
//! └──────────────────────────────────────────────────────────────────┘
//! ```
//!
//! In a narrow window the histogram goes first, in a low one the chart too; counts and seeds stay.

mod fan_chart;
mod histogram;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};

use crate::app::{App, SweepState};
use crate::sweep::{Progress, SeedLoss, Summary, time_left};
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;
use crate::ui::widget::text_field;

/// Below these, there is no room for histogram or chart.
const WIDTH_OF_BOTH: u16 = 70;
const HEIGHT_OF_CHART: u16 = 6;

/// The least width of the histogram; it has a third of the window.
const HISTOGRAM_WIDTH: u16 = 34;
const PICKS: u16 = 3;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let panel = theme.panel(title(app, area.width.saturating_sub(4)));
    let inner = panel.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(panel, area);
    // In a narrow window the counts take two lines.
    let counts_height = if inner.width < WIDTH_OF_BOTH { 2 } else { 1 };
    let [seeds, bar, body, counts] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(counts_height),
    ])
    .areas(inner);
    render_seeds(frame, seeds, app);
    let Some(progress) = &app.sweep().progress else {
        if app.sweep().state == SweepState::Idle {
            render_explanation(frame, body, app);
        }
        return;
    };
    render_bar(frame, bar, app, progress);
    render_body(frame, body, theme, &progress.summary);
    render_counts(frame, counts, theme, &progress.summary);
}

fn title(app: &App, room: u16) -> String {
    let what = format!(
        "Sweep: {} {}",
        app.run().dataset().name,
        app.run().network.architecture()
    );
    let epochs = match app.run().config().epochs {
        0 => String::new(),
        epochs => format!(", {} epochs each", grouped(epochs)),
    };
    Theme::fitting(&[what.clone() + &epochs, what, "Sweep".to_owned()], room)
}

/// The number of seeds, which can be typed while no sweep is under way.
fn render_seeds(frame: &mut Frame, area: Rect, app: &App) {
    let (theme, sweep) = (Theme(app.appearance()), &app.sweep());
    let is_edited = sweep.state == SweepState::Idle;
    let [name, open, field, close, words] = Layout::horizontal([
        Constraint::Length(6),
        Constraint::Length(1),
        Constraint::Length(9),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    let bracket = if is_edited {
        theme.strong()
    } else {
        Style::new()
    };
    frame.render_widget(Line::raw("seeds"), name);
    frame.render_widget(Span::styled("[", bracket), open);
    let style = if is_edited {
        theme.typed()
    } else {
        theme.dim()
    };
    text_field::render(frame, field, &sweep.seeds, style, is_edited);
    frame.render_widget(Span::styled("]", bracket), close);
    let words_of_it = match &sweep.problem {
        Some(problem) => Line::styled(format!(" {problem}"), theme.warning()),
        None => Line::raw(format!(" {}", state(app, words.width.saturating_sub(1)))),
    };
    frame.render_widget(words_of_it, words);
}

/// What Enter does, or what is under way.
fn state(app: &App, room: u16) -> String {
    let from = format!("from seed {} on", app.run().config().seed);
    let starts = match app.sweep().progress {
        None => "Enter starts",
        Some(_) => "Enter starts again",
    };
    match app.sweep().state {
        SweepState::Idle => Theme::fitting(&[format!("{from}: {starts}"), from], room),
        SweepState::Running => "running: Esc stops".to_owned(),
        SweepState::Ending => "stopping".to_owned(),
    }
}

fn render_explanation(frame: &mut Frame, area: Rect, app: &App) {
    let order = if app.run().config().shuffle {
        "the first weights and the order of the samples"
    } else {
        "the first weights"
    };
    let given = match app.run().config().initial_layers {
        Some(_) => " The weights that were given are left out: each seed draws its own.",
        None => "",
    };
    let words = format!(
        "\nTrains this very configuration from many seeds on all cores, and compares what becomes of them. \
         A seed decides {order}; the data is the same for all.{given}\n\n\
         solved: in the end, all training samples are right.\n\
         stuck: they are not, and in the last tenth of the run the loss fell by less than 1 %.\n\
         learning: they are not, but the loss still fell.\n\
         diverged: the loss or a weight was not a number any more.\n\n\
         Then b, m and w show the run of the best, the median and the worst seed, from its start."
    );
    frame.render_widget(Paragraph::new(words).wrap(Wrap { trim: false }), area);
}

fn render_bar(frame: &mut Frame, area: Rect, app: &App, progress: &Progress) {
    let theme = Theme(app.appearance());
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
    let words = [format!("{count} from {first} on{time}"), count];
    let words = Line::raw(Theme::fitting(&words, area.width));
    let width = u16::try_from(words.width()).unwrap_or(u16::MAX);
    let [bar, words_area] = Layout::horizontal([Constraint::Fill(1), Constraint::Length(width)])
        .spacing(2)
        .areas(area);
    frame.render_widget(Line::raw(theme.bar(*done, bar.width)), bar);
    frame.render_widget(words, words_area);
}

fn render_body(frame: &mut Frame, area: Rect, theme: Theme, summary: &Summary) {
    if area.width >= WIDTH_OF_BOTH && area.height >= HEIGHT_OF_CHART + PICKS {
        let right_width = HISTOGRAM_WIDTH.max(area.width / 3);
        let [chart, right] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(right_width)])
                .spacing(2)
                .areas(area);
        let [bins, picks] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(PICKS)]).areas(right);
        fan_chart::render(frame, chart, theme, &summary.fan);
        histogram::render(frame, bins, theme, &summary.histogram);
        render_picks(frame, picks, theme, summary);
        return;
    }
    let [chart, picks] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(PICKS)]).areas(area);
    if chart.height >= HEIGHT_OF_CHART {
        fan_chart::render(frame, chart, theme, &summary.fan);
    }
    render_picks(frame, picks, theme, summary);
}

/// The seeds that can be opened.
fn render_picks(frame: &mut Frame, area: Rect, theme: Theme, summary: &Summary) {
    let Some(losses) = summary.losses else {
        return;
    };
    let picks = [
        ("b", "best", losses.best),
        ("m", "median", losses.median),
        ("w", "worst", losses.worst),
    ];
    for ((key, name, SeedLoss { seed, loss }), row) in picks.into_iter().zip(area.rows()) {
        let loss = theme.significant(loss, 3);
        let line = Line::from(vec![
            Span::styled(key, theme.strong()),
            Span::raw(format!(" {name:6} {loss:9} seed {seed}")),
        ]);
        frame.render_widget(line, row);
    }
}

/// How many seeds came to what.
fn render_counts(frame: &mut Frame, area: Rect, theme: Theme, summary: &Summary) {
    let counts = &summary.counts;
    let spans = counts.told().flat_map(|(verdict, count)| {
        let share = match count {
            0 => String::new(),
            _ => format!(" ({:.2} %)", counts.percent(verdict)),
        };
        [
            Span::raw(format!("{} ", verdict.name())),
            Span::styled(grouped(count), theme.strong()),
            Span::raw(format!("{share}   ")),
        ]
    });
    let test = summary.losses.and_then(|losses| losses.test_median);
    let test = test.map(|loss| format!("median test loss {}", theme.significant(loss, 3)));
    let line: Line = spans.chain(test.map(Span::raw)).collect();
    frame.render_widget(Paragraph::new(line).wrap(Wrap { trim: false }), area);
}
