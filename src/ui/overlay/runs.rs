//! The runs that are kept, over the panels.
//!
//! ```text
//! ┌ Runs ────────────────────────────────────────────────────────────────┐
//! │   run    seed   epochs     loss  right  different                     │
//! │   C now    42    1,000   0.0021  100 %                                │
//! │ › A shown  42    1,000   0.0035  100 %  learning rate 0.1             │
//! │   B hidden 43      300   0.0412   75 %  seed 43                       │
//! │ A: learning rate 0.1.                                                │
//! │ C  w1 +1.99   w2 +1.57   w3 +0.06   w4 +0.55   b1 +0.38   b2 +0.19   │
//! │ A  w1 +1.71   w2 +1.32   w3 +0.31   w4 +0.52   b1 +0.21   b2 +0.30   │
//! └──────────────────────────────────────────────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};

use crate::app::{App, KeptRun};
use crate::nn::Network;
use crate::session::Evaluation;
use crate::ui::panel::loss_chart;
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;

const WIDTH: u16 = 78;

/// Lines on the selected run.
const WORDS_HEIGHT: u16 = 2;

/// "  w1 +1.99 "
const CELL: u16 = 12;
/// As many parameters stand in a line.
const IN_A_LINE: usize = ((WIDTH - 4) / CELL) as usize;
/// More lines of them are not told.
const MOST_LINES: u16 = 4;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App, selected: usize) {
    let theme = Theme(app.appearance());
    let kept = &app.runs().kept;
    let rows = u16::try_from(kept.len() + 2).unwrap_or(u16::MAX);
    // Of the parameters as many lines as there is room for, but always one of each run.
    let wanted = app.run().network.parameters().len().div_ceil(IN_A_LINE);
    let free = area
        .height
        .saturating_sub(rows.saturating_add(WORDS_HEIGHT + 2))
        / 2;
    let most = usize::from(free.clamp(1, MOST_LINES));
    let numbers_height = 2 * u16::try_from(wanted.min(most)).unwrap_or(MOST_LINES);
    let words_height = WORDS_HEIGHT + numbers_height;
    let height = rows.saturating_add(words_height + 2);
    let area = area.centered(Constraint::Length(WIDTH), Constraint::Length(height));
    let panel = theme.panel("Runs");
    let inner = panel.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(panel, area);
    let [list, words] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(words_height)]).areas(inner);
    let mut lines = vec![heading(theme), present(theme, app)];
    let rows = kept.iter().enumerate();
    lines.extend(rows.map(|(index, run)| row(theme, app, run, index == selected)));
    frame.render_widget(Paragraph::new(lines), list);
    let [words, numbers] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(numbers_height)]).areas(words);
    let text = match kept.get(selected) {
        Some(run) => {
            let lines = side_by_side(theme, app, run, usize::from(numbers_height / 2));
            frame.render_widget(Paragraph::new(lines), numbers);
            about(app, run)
        }
        None => "No other runs yet. A reset, applied settings, or a change where the run has gone back keep \
                 the last one here."
            .to_owned(),
    };
    let text = Paragraph::new(format!(" {text}")).wrap(Wrap { trim: false });
    frame.render_widget(text, words);
}

fn heading<'a>(theme: Theme) -> Line<'a> {
    let cells = columns(["run", "", "seed", "epochs", "loss", "right"].map(str::to_owned));
    Line::styled(format!("   {cells}  different"), theme.dim())
}

fn present<'a>(theme: Theme, app: &App) -> Line<'a> {
    let [seed, epochs, loss, right] = figures(
        theme,
        app.run().config().seed,
        app.run().training.position.epoch,
        app.run().training.evaluation,
    );
    let letter = app.runs().letter;
    let cells = columns([
        letter.to_string(),
        "now".to_owned(),
        seed,
        epochs,
        loss,
        right,
    ]);
    named(theme, letter, "   ", &cells, "")
}

fn row<'a>(theme: Theme, app: &App, run: &KeptRun, is_selected: bool) -> Line<'a> {
    let [seed, epochs, loss, right] = figures(
        theme,
        run.view.config().seed,
        run.view.training.newest.epoch,
        run.view.training.evaluation,
    );
    let is_drawn = if run.is_shown { "shown" } else { "hidden" };
    let cells = columns([
        run.letter.to_string(),
        is_drawn.to_owned(),
        seed,
        epochs,
        loss,
        right,
    ]);
    let mark = if is_selected {
        theme.glyph(" › ", " > ")
    } else {
        "   "
    };
    let line = named(
        theme,
        run.letter,
        mark,
        &cells,
        &app.differences_of(run).join(", "),
    );
    if is_selected {
        line.style(theme.strong())
    } else {
        line
    }
}

/// The mark, the letter in the colour of its curve, and the rest.
fn named<'a>(theme: Theme, letter: char, mark: &'a str, cells: &str, words: &str) -> Line<'a> {
    let color = theme.run(loss_chart::place(letter)).patch(theme.strong());
    let rest = cells.strip_prefix(letter).unwrap_or(cells);
    Line::from(vec![
        Span::raw(mark),
        Span::styled(letter.to_string(), color),
        Span::raw(format!("{rest}  {words}")),
    ])
}

/// Letter, whether it is shown, seed, epochs, loss, share of right samples.
fn columns([letter, shown, seed, epochs, loss, right]: [String; 6]) -> String {
    format!("{letter:3} {shown:6} {seed:>6} {epochs:>11} {loss:>8} {right:>6}")
}

fn figures(theme: Theme, seed: u64, epochs: u64, evaluation: Option<Evaluation>) -> [String; 4] {
    let training = evaluation.map(|evaluation| evaluation.training);
    let loss = training.map(|of| theme.loss(of.loss));
    let accuracy = training.and_then(|of| of.accuracy);
    let right = accuracy.map(|share| format!("{:.0} %", 100.0 * share));
    [
        short_seed(theme, seed),
        grouped(epochs),
        loss.unwrap_or_default(),
        right.unwrap_or_default(),
    ]
}

/// The seed, or its last digits.
fn short_seed(theme: Theme, seed: u64) -> String {
    let digits = seed.to_string();
    match digits.len() {
        ..=6 => digits,
        length => format!("{}{}", theme.glyph("…", "."), &digits[length - 5..]),
    }
}

/// The parameters of the present run and of another near its end, one below the other, in so many lines each.
fn side_by_side<'a>(theme: Theme, app: &App, run: &KeptRun, lines: usize) -> Vec<Line<'a>> {
    let both = [
        (app.runs().letter, &app.run().network),
        (run.letter, &run.view.network),
    ];
    let line = |at: usize, (letter, network): (char, &Network)| {
        let first = at * IN_A_LINE;
        let values = network.parameters().iter().enumerate();
        let cells = values.skip(first).take(IN_A_LINE).map(|(index, &value)| {
            let name = network.parameter_name(network.parameter_at(index));
            format!("{name:>5} {:6}", theme.signed_number(value))
        });
        let color = theme.run(loss_chart::place(letter)).patch(theme.strong());
        Line::from(vec![
            Span::styled(format!(" {letter}"), color),
            Span::raw(cells.collect::<String>()),
        ])
    };
    (0..lines)
        .flat_map(|at| both.map(|run| line(at, run)))
        .collect()
}

/// All that is different about a run, and what may keep it from the chart.
fn about(app: &App, run: &KeptRun) -> String {
    let differences = app.differences_of(run).join(", ");
    let mut words = format!("{}: {differences}.", run.letter);
    if run.view.config().loss != app.run().config().loss {
        words += " Its loss is of another kind, and not on the chart.";
    }
    words
}
