//! The kept runs, with their figures.
//!
//! ```text
//! ┌ Runs ───────────────────────────────────────────────────────────────┐
//! │   run         seed  epochs    loss  right  difference               │
//! │   C    now      42   1,000  0.0021   100%  learning rate 0.3        │
//! │ › A    shown    42   1,000  0.0035   100%  learning rate 0.1        │
//! │   B    hidden   43     300  0.0412    75%  seed 43                  │
//! │ A: learning rate 0.1.                                               │
//! │ C  w1 +1.99   w2 +1.57   w3 +0.06   w4 +0.55   b1 +0.38   b2 +0.19  │
//! │ A  w1 +1.71   w2 +1.32   w3 +0.31   w4 +0.52   b1 +0.21   b2 +0.30  │
//! └ 3 more parameters ──────────────────────────────────────────────────┘
//! ```

mod columns;

use std::iter;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::window;
use crate::app::{App, KeptRun, Target};
use crate::nn::Network;
use crate::ui::canvas::Canvas;
use crate::ui::style::{Theme, cells, number, widest, wrapped};
use crate::ui::widget::visible::{left_out_of, window as window_of};
use columns::{Columns, Differences, Figures, has_other_loss, is_drawn};

/// The least width with borders, if there is room.
const WIDTH: u16 = 78;

/// The cells before a run: the mark of the selected one.
const MARK: u16 = 3;

/// The fewest lines about the selected run, and the fewest of the list with its heading.
const LEAST_ABOUT: u16 = 2;
const LEAST_LIST: u16 = 4;

/// The width of "  w1 +1.99 ".
const CELL: u16 = 12;
/// The maximum number of lines of parameters for each run.
const MOST_LINES: u16 = 4;

/// The list: the present run, then the kept ones.
struct Table {
    figures: Vec<Figures>,
    differences: Vec<Differences>,
}

impl Table {
    fn of(theme: Theme, app: &App) -> Self {
        let kept = app.runs().kept.iter();
        let figures = kept.clone().map(|run| columns::of_kept(theme, app, run));
        let differences = kept.map(|run| [app.differences_of(run), app.brief_differences_of(run)]);
        Self {
            figures: iter::once(columns::of_present(theme, app))
                .chain(figures)
                .collect(),
            differences: iter::once(app.own_courses()).chain(differences).collect(),
        }
    }

    /// The width of a window that shows all of it.
    fn width(&self) -> u16 {
        let differences = self.differences.iter().map(|[all, _]| all.join(", "));
        let columns = Columns::wanted(&self.figures, widest(differences));
        (MARK + columns + 3).max(WIDTH)
    }
}

pub(super) fn render(canvas: &mut Canvas, area: Rect, selected: usize) {
    let (theme, app) = (canvas.theme, canvas.app);
    let kept = &app.runs().kept;
    let table = Table::of(theme, app);
    let width = table.width().min(area.width);
    let rows = cells(kept.len() + 2);
    let text = about(app, kept.get(selected));
    let about_lines = wrapped(&theme.written(&text), width.saturating_sub(3));
    // With the numbers of two runs and the borders below a short list.
    let most = area.height.saturating_sub(rows.min(LEAST_LIST) + 4);
    let about_height = cells(about_lines.len()).min(most).max(LEAST_ABOUT);
    let room = area.height.saturating_sub(rows + about_height);
    let lines_each = parameter_lines(app, in_a_line(width), room);
    let numbers_height = 2 * cells(lines_each);
    let below_height = about_height + numbers_height;
    let height = rows.saturating_add(below_height + 2);
    let inner = window::open(canvas, area, "Runs", (width, height));
    let [list, below] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(below_height)]).areas(inner);
    let [about_area, numbers] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(numbers_height)]).areas(below);
    let unseen = render_list(canvas, list, &table, selected);
    let unseen_parameters = kept
        .get(selected)
        .map_or(0, |run| render_numbers(canvas, numbers, run, lines_each));
    let [runs, columns] = unseen;
    let unseen = [
        (runs, "run"),
        (columns, "column"),
        (unseen_parameters, "parameter"),
    ];
    window::note(canvas, inner, left_out_of(&unseen));
    let about_lines = about_lines.into_iter();
    canvas.lines(
        about_lines.map(|line| Line::raw(format!(" {line}"))),
        about_area,
    );
}

/// Draws the present run and as many others as there are rows; returns how many runs and columns have no room.
fn render_list(canvas: &mut Canvas, list: Rect, table: &Table, selected: usize) -> [usize; 2] {
    let (theme, app) = (canvas.theme, canvas.app);
    let columns = Columns::fit(&table.figures, list.width.saturating_sub(MARK + 1));
    let kept = &app.runs().kept;
    let room = usize::from(list.height.saturating_sub(2));
    let seen = window_of(kept.len(), room, Some(selected));
    let headings = Line::styled(format!("   {}", columns.headings()), theme.dim());
    let letters = iter::once(app.runs().letter).chain(kept.iter().map(|run| run.letter));
    let rows = letters.enumerate().map(|(at, letter)| {
        let text = columns.row(theme, &table.figures[at], &table.differences[at]);
        row(theme, letter, &text, at == selected + 1)
    });
    let is_seen = |at: usize| at == 0 || seen.contains(&(at - 1));
    let rows = rows.enumerate().filter(|(at, _)| is_seen(*at));
    let lines = iter::once(headings).chain(rows.map(|(_, line)| line));
    canvas.draw(Paragraph::new(lines.collect::<Vec<_>>()), list);
    let unseen = kept.len() - seen.len();
    for (index, line) in seen.zip(list.rows().skip(2)) {
        canvas.shows(line, Target::Run(index));
    }
    [unseen, columns.left_out()]
}

/// Returns a line with a mark if it is selected, and the letter in the colour of its curve.
fn row(theme: Theme, letter: char, text: &str, is_selected: bool) -> Line<'static> {
    let color = theme.run(letter).patch(theme.strong());
    let mark = if is_selected {
        theme.glyph(" › ", " > ")
    } else {
        "   "
    };
    let rest = text.strip_prefix(letter).unwrap_or(text);
    let line = Line::from(vec![
        Span::raw(mark),
        Span::styled(letter.to_string(), color),
        Span::raw(rest.to_owned()),
    ]);
    if is_selected {
        line.style(theme.strong())
    } else {
        line
    }
}

/// Draws the parameters of the present run and those of another, if their networks are alike; returns how many have no
/// room.
fn render_numbers(canvas: &mut Canvas, area: Rect, run: &KeptRun, lines_each: usize) -> usize {
    let (theme, app) = (canvas.theme, canvas.app);
    if run.view.network.architecture() == app.run().network.architecture() {
        let of = (lines_each, in_a_line(area.width + 2));
        canvas.draw(Paragraph::new(side_by_side(theme, app, run, of)), area);
        let all = app.run().network.parameters().len();
        return all.saturating_sub(of.0 * of.1);
    }
    let text = "Networks that differ in shape or activation are not compared by weight.";
    let lines = wrapped(text, area.width.saturating_sub(1)).into_iter();
    canvas.lines(
        lines.map(|line| Line::styled(format!(" {line}"), theme.dim())),
        area,
    );
    0
}

/// Returns the number of parameters in a line of a window of this width.
fn in_a_line(width: u16) -> usize {
    usize::from(width.saturating_sub(4) / CELL).max(1)
}

/// Returns the number of lines of parameters for each of two runs: as many as fit, but at least one.
fn parameter_lines(app: &App, in_a_line: usize, room: u16) -> usize {
    let wanted = app.run().network.parameters().len().div_ceil(in_a_line);
    let free = room.saturating_sub(2) / 2;
    wanted.min(usize::from(free.clamp(1, MOST_LINES)))
}

/// Returns the parameters of the present run and those of another, alternating, in this many lines each, of this many.
fn side_by_side<'a>(
    theme: Theme,
    app: &App,
    run: &KeptRun,
    (lines, in_a_line): (usize, usize),
) -> Vec<Line<'a>> {
    let both = [
        (app.runs().letter, &*app.run().network),
        (run.letter, &*run.view.network),
    ];
    let line = |at: usize, (letter, network): (char, &Network)| {
        let first = at * in_a_line;
        let values = network.parameters().iter().enumerate();
        let cells = values.skip(first).take(in_a_line).map(|(index, &value)| {
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
