//! The kept runs, with their figures.
//!
//! ```text
//! ┌ Runs ────────────────────────────────────────────────────────────────┐
//! │   run        seed   epochs     loss  right  difference                │
//! │   C now        42    1,000   0.0021   100%  learning rate 0.3         │
//! │ › A shown      42    1,000   0.0035   100%  learning rate 0.1         │
//! │   B hidden     43      300   0.0412    75%  seed 43                   │
//! │ A: learning rate 0.1.                                                │
//! │ C  w1 +1.99   w2 +1.57   w3 +0.06   w4 +0.55   b1 +0.38   b2 +0.19   │
//! │ A  w1 +1.71   w2 +1.32   w3 +0.31   w4 +0.52   b1 +0.21   b2 +0.30   │
//! └──────────────────────────────────────────────────────────────────────┘
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::window;
use crate::app::{App, KeptRun, RunView, Target};
use crate::nn::Network;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{self, grouped};
use crate::ui::style::{Theme, cells, listed, shortened, width, wrapped};
use crate::ui::widget::visible::window as window_of;

/// With borders.
const WIDTH: u16 = 78;

/// The fewest lines about the selected run, and the fewest of the list with its heading.
const LEAST_ABOUT: u16 = 2;
const LEAST_LIST: u16 = 4;

/// The width of "  w1 +1.99 ".
const CELL: u16 = 12;
/// The number of parameters in a line.
const IN_A_LINE: usize = ((WIDTH - 4) / CELL) as usize;
/// The maximum number of lines of parameters for each run.
const MOST_LINES: u16 = 4;

pub(super) fn render(canvas: &mut Canvas, area: Rect, selected: usize) {
    let (theme, app) = (canvas.theme, canvas.app);
    let kept = &app.runs().kept;
    let rows = cells(kept.len() + 2);
    let text = about(app, kept.get(selected));
    let about_lines = wrapped(
        &theme.written(&text),
        WIDTH.min(area.width).saturating_sub(3),
    );
    // With the numbers of two runs and the borders below a short list.
    let most = area.height.saturating_sub(rows.min(LEAST_LIST) + 4);
    let about_height = cells(about_lines.len()).min(most).max(LEAST_ABOUT);
    let lines_each = parameter_lines(app, area.height.saturating_sub(rows + about_height));
    let numbers_height = 2 * cells(lines_each);
    let below_height = about_height + numbers_height;
    let height = rows.saturating_add(below_height + 2);
    let inner = window::open(canvas, area, "Runs", (WIDTH, height));
    let [list, below] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(below_height)]).areas(inner);
    let [about_area, numbers] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(numbers_height)]).areas(below);
    let mut lines = vec![heading(theme), present(theme, app, list.width)];
    let room = usize::from(list.height.saturating_sub(2));
    let seen = window_of(kept.len(), room, Some(selected));
    let rows = kept.iter().enumerate().skip(seen.start).take(seen.len());
    lines.extend(rows.map(|(index, run)| row(theme, app, run, index == selected, list.width)));
    canvas.draw(Paragraph::new(lines), list);
    for (index, line) in seen.zip(list.rows().skip(2)) {
        canvas.shows(line, Target::Run(index));
    }
    if let Some(run) = kept.get(selected) {
        render_numbers(canvas, numbers, run, lines_each);
    }
    let about_lines = about_lines.into_iter();
    canvas.lines(
        about_lines.map(|line| Line::raw(format!(" {line}"))),
        about_area,
    );
}

/// Draws the parameters of the present run and those of another, if their networks are alike.
fn render_numbers(canvas: &mut Canvas, area: Rect, run: &KeptRun, lines_each: usize) {
    let (theme, app) = (canvas.theme, canvas.app);
    if run.view.network.architecture() == app.run().network.architecture() {
        canvas.draw(
            Paragraph::new(side_by_side(theme, app, run, lines_each)),
            area,
        );
    } else {
        let text = " Networks that differ in shape or activation are not compared by weight.";
        canvas.write(Line::styled(text, theme.dim()), area);
    }
}

/// Returns the number of lines of parameters for each of two runs: as many as fit, but at least one.
fn parameter_lines(app: &App, room: u16) -> usize {
    let wanted = app.run().network.parameters().len().div_ceil(IN_A_LINE);
    let free = room.saturating_sub(2) / 2;
    wanted.min(usize::from(free.clamp(1, MOST_LINES)))
}

fn heading<'a>(theme: Theme) -> Line<'a> {
    let cells = columns(["run", "", "seed", "epochs", "loss", "right"]);
    Line::styled(format!("   {cells}  difference"), theme.dim())
}

fn present<'a>(theme: Theme, app: &App, room: u16) -> Line<'a> {
    let (run, letter) = (app.run(), app.runs().letter);
    let cells = figures(theme, letter, "now", run, run.training.position.epoch);
    let differences = brief(theme, &app.own_differences(), &cells, room);
    named(theme, letter, "   ", &cells, &differences)
}

/// Returns as many differences as have room after other cells, or else the start of the first one.
fn brief(theme: Theme, all: &[String], cells: &str, room: u16) -> String {
    let room = room.saturating_sub(width(cells) + 5);
    let differences = listed(all.iter().cloned(), room);
    differences.unwrap_or_else(|| {
        let mark = theme.glyph("…", "...");
        all.first()
            .map_or_else(String::new, |first| shortened(first, room, mark))
    })
}

fn row<'a>(theme: Theme, app: &App, run: &KeptRun, is_selected: bool, room: u16) -> Line<'a> {
    let state = match (run.is_shown, is_drawn(app, run)) {
        (false, _) => "hidden",
        (true, true) => "shown",
        (true, false) if has_other_loss(app, run) => "other loss",
        (true, false) => "other data",
    };
    let epochs = run.view.training.farthest.epoch;
    let cells = figures(theme, run.letter, state, &run.view, epochs);
    // The selected run has all of them below.
    let differences = brief(theme, &app.differences_of(run), &cells, room);
    if is_selected {
        let mark = theme.glyph(" › ", " > ");
        named(theme, run.letter, mark, &cells, &differences).style(theme.strong())
    } else {
        named(theme, run.letter, "   ", &cells, &differences)
    }
}

/// Returns a line with a mark, the letter in the colour of its curve, and the rest.
fn named<'a>(
    theme: Theme,
    letter: char,
    mark: &'a str,
    cells: &str,
    differences: &str,
) -> Line<'a> {
    let color = theme.run(letter).patch(theme.strong());
    let rest = cells.strip_prefix(letter).unwrap_or(cells);
    Line::from(vec![
        Span::raw(mark),
        Span::styled(letter.to_string(), color),
        Span::raw(format!("{rest}  {differences}")),
    ])
}

/// Lines up letter, whether it is shown, seed, epochs, loss and share of right samples.
fn columns([letter, shown, seed, epochs, loss, right]: [&str; 6]) -> String {
    format!("{letter:3} {shown:10} {seed:>6} {epochs:>11} {loss:>8} {right:>6}")
}

fn figures(theme: Theme, letter: char, state: &str, run: &RunView, epochs: u64) -> String {
    let training = run.training.evaluation.map(|now| now.training);
    let loss = training.map(|of| number::loss(of.loss));
    let accuracy = training.and_then(|of| of.quality.accuracy);
    let right = accuracy.map(number::percent);
    columns([
        &letter.to_string(),
        state,
        &short_seed(theme, run.config().seed),
        &grouped(epochs),
        &loss.unwrap_or_default(),
        &right.unwrap_or_default(),
    ])
}

/// Returns the seed, or the last digits of a long one.
fn short_seed(theme: Theme, seed: u64) -> String {
    let digits = seed.to_string();
    match digits.len() {
        ..=6 => digits,
        length => format!("{}{}", theme.glyph("…", "."), &digits[length - 5..]),
    }
}

/// Returns the parameters of the present run and those of another, alternating, in this many lines each.
fn side_by_side<'a>(theme: Theme, app: &App, run: &KeptRun, lines: usize) -> Vec<Line<'a>> {
    let both = [
        (app.runs().letter, &*app.run().network),
        (run.letter, &*run.view.network),
    ];
    let line = |at: usize, (letter, network): (char, &Network)| {
        let first = at * IN_A_LINE;
        let values = network.parameters().iter().enumerate();
        let cells = values.skip(first).take(IN_A_LINE).map(|(index, &value)| {
            let name = network.parameter_name(network.parameter_at(index));
            format!("{name:>5} {:6}", number::signed(value))
        });
        let color = theme.run(letter).patch(theme.strong());
        Line::from(vec![
            Span::styled(format!(" {letter}"), color),
            Span::raw(cells.collect::<String>()),
        ])
    };
    (0..lines)
        .flat_map(|at| both.map(|run| line(at, run)))
        .collect()
}

/// Returns all differences of a run from the present one, and whether its loss is comparable; or why there is no run.
fn about(app: &App, run: Option<&KeptRun>) -> String {
    let Some(run) = run else {
        return "No earlier runs yet. A run is kept here when you restart, apply settings, or change something \
                after going back."
            .to_owned();
    };
    let differences = app.differences_of(run).join(", ");
    let mut text = format!("{}: {differences}.", run.letter);
    if has_other_loss(app, run) {
        text += " Uses a different loss, so it is not on the chart.";
    } else if run.is_shown && !is_drawn(app, run) {
        text += " Uses different data, so it is not on the chart.";
    }
    text
}

/// Whether a kept run has another loss than the present one.
fn has_other_loss(app: &App, run: &KeptRun) -> bool {
    run.view.config().loss != app.run().config().loss
}

/// Whether the loss of a kept run can be on the chart, and is not hidden.
fn is_drawn(app: &App, run: &KeptRun) -> bool {
    app.drawn_runs().any(|drawn| drawn.letter == run.letter)
}
