//! The text of a page of the lessons: with its figures, the guess, the goals and the hints.

mod heading;
mod plain;
mod verdict;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::{
    App, Focus, Glyphs, Guessed, Handle, Hints, LessonPanel, PAGES, Page, Proof, RunView, Scene,
    TextField,
};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{MINUS, figure, significant};
use crate::ui::style::{Border, NO_BREAK, Theme, cells, cut, width, wrapped};
use crate::ui::widget::text_field;
use heading::{heading, list_key};
pub(crate) use plain::plain_text;
use verdict::{pending, verdict};

/// The columns of the borders and of the space before the text.
const BESIDE_TEXT: u16 = 3;

/// The width of a field.
const FIELD_WIDTH: u16 = 9;

/// Enough digits for the epoch of a goal.
const EPOCH_DIGITS: usize = 9;

/// A line of the page.
enum Row<'a> {
    Line(Line<'a>),
    /// The field for the guess.
    Guess(&'a TextField),
    /// The field of an input: its name, and what is typed.
    Input(&'a str, &'a TextField),
}

/// What is below the text, and the row where the goals begin.
struct Below<'a> {
    rows: Vec<Row<'a>>,
    first_goal: usize,
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect, scene: &Scene) {
    let panel = canvas.theme.panel(heading(scene.page));
    let inner = panel.inner(area);
    let [_, inner] = Layout::horizontal([Constraint::Length(1), Constraint::Fill(1)]).areas(inner);
    let height = usize::from(inner.height);
    let text = text_lines(canvas.theme, scene, inner.width);
    let mut below = rows_below(canvas.app, canvas.theme, scene, inner.width);
    // A heading for the goals is worth one empty line, not more.
    if text.len() + below.rows.len() <= height {
        let heading = Line::styled("Goals:", canvas.theme.strong());
        below.rows.insert(below.first_goal, Row::Line(heading));
    }
    let below = below.rows;
    let text = squeezed(text, height.saturating_sub(below.len()));
    let room = height.saturating_sub(text.len() + below.len());
    let notes = notes(canvas.app, canvas.theme, scene, (inner.width, room));
    let text = text.into_iter().chain(notes);
    let mut rows: Vec<Row> = text.map(Row::Line).collect();
    // A line apart, so that they are read as one; without room for both, all is one text that scrolls.
    if rows.len() + below.len() < height {
        rows.push(Row::Line(Line::default()));
    }
    rows.extend(below);
    let first = first_seen(&rows, scene.scroll, height);
    canvas.regions.seen.lesson = Some(first);
    let more = canvas.more_below(rows.len().saturating_sub(first + height));
    let taken = more.as_ref().map_or(0, Line::width);
    let list = list_key(canvas, usize::from(inner.width).saturating_sub(taken));
    let panel = more
        .into_iter()
        .chain(list)
        .fold(panel, Border::title_bottom);
    canvas.draw(panel, area);
    for (row, area) in rows.into_iter().skip(first).zip(inner.rows()) {
        row.render(canvas, area);
    }
}

/// Returns the height that shows all of a page at this width, including the borders.
pub(crate) fn height(canvas: &Canvas, width: u16, scene: &Scene) -> u16 {
    let (app, theme) = (canvas.app, canvas.theme);
    let width = width.saturating_sub(BESIDE_TEXT);
    let text = text_lines(theme, scene, width).len();
    let notes = notes(app, theme, scene, (width, usize::MAX)).len();
    let below = rows_below(app, theme, scene, width).rows.len();
    // With a heading for the goals, an empty line before what is below the text, and the borders.
    cells(text + notes + below + 4)
}

impl Row<'_> {
    fn render(self, canvas: &mut Canvas, area: Rect) {
        match self {
            Row::Line(line) => canvas.write(line, area),
            Row::Guess(field) => {
                let is_empty = field.text().is_empty();
                let remark = if is_empty {
                    "Esc skips"
                } else {
                    "Enter guesses"
                };
                render_field(canvas, area, ("Your guess:", field), remark);
            }
            Row::Input(name, field) => {
                render_field(canvas, area, (&format!("{name} ="), field), "Esc restores");
            }
        }
    }
}

/// Leaves out empty lines, the last ones first, as far as a text has no room for them.
fn squeezed(mut lines: Vec<Line>, room: usize) -> Vec<Line> {
    for index in (0..lines.len()).rev() {
        if lines.len() > room && lines[index].width() == 0 {
            lines.remove(index);
        }
    }
    lines
}

/// Returns the index of the first row that is seen: a field that is typed into always is.
fn first_seen(rows: &[Row], scroll: usize, height: usize) -> usize {
    let is_typed = |row: &Row| match row {
        Row::Line(_) => false,
        Row::Guess(field) => !field.text().is_empty(),
        Row::Input(..) => true,
    };
    let first = scroll.min(rows.len().saturating_sub(height));
    match rows.iter().position(is_typed) {
        Some(typed) => first.clamp((typed + 1).saturating_sub(height), typed),
        None => first,
    }
}

/// Returns the text, broken into lines of this width; formulas and commands are bold, and stay as they are if they fit.
fn text_lines<'a>(theme: Theme, scene: &Scene, width: u16) -> Vec<Line<'a>> {
    let lines = scene.text(figure).into_iter();
    lines
        .flat_map(|line| {
            let line = theme.written(&line).replace('…', theme.glyph("…", "..."));
            let (lines, style) = if line.starts_with(' ') {
                (set_off(line, width), theme.strong())
            } else {
                (wrapped(&line, width), Style::new())
            };
            let lines = lines.into_iter();
            lines.map(move |line| Line::styled(line, style))
        })
        .collect()
}

/// Returns a line that is set off from the text: if it is too wide, with narrower gaps, or else broken.
fn set_off(line: String, room: u16) -> Vec<String> {
    if width(&line) <= room {
        return vec![line];
    }
    let parts = line
        .split("  ")
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let narrow = format!(" {}", parts.collect::<Vec<_>>().join("  "));
    if width(&narrow) <= room {
        return vec![narrow];
    }
    let lines = wrapped(narrow.trim_start(), room.saturating_sub(1));
    lines.into_iter().map(|line| format!(" {line}")).collect()
}

/// Returns what is said of the run beside the text, as far as there is room: which run a letter is, and that the text is
/// about another one.
fn notes<'a>(
    app: &App,
    theme: Theme,
    scene: &Scene,
    (width, mut room): (u16, usize),
) -> Vec<Line<'a>> {
    let other = scene.other_than_text();
    let other =
        other.map(|variant| format!("The text is about the first run; this one has {variant}."));
    let mut notes = Vec::new();
    for text in letters(app, scene).into_iter().chain(other) {
        let lines = wrapped(&theme.written(&text), width);
        // With an empty line before it.
        if lines.len() < room {
            room -= lines.len() + 1;
            notes.push(Line::default());
            notes.extend(
                lines
                    .into_iter()
                    .map(|line| Line::styled(line, theme.dim())),
            );
        }
    }
    notes
}

/// Returns which runs the letters of the chart are, if it has any: a low one has no room for a legend.
fn letters(app: &App, scene: &Scene) -> Option<String> {
    let runs = app.drawn_runs().map(|run| {
        let differences = app.differences_of(run).join(", ");
        format!(" {}: {differences}.", run.letter)
    });
    let runs: String = runs.collect();
    let has_chart = scene.page.panels.contains(&LessonPanel::Chart);
    let letter = app.runs().letter;
    (has_chart && !runs.is_empty()).then(|| format!("On the chart, {letter} is this run.{runs}"))
}

/// Returns the guess, the goals, what can be changed, and the hint.
fn rows_below<'a>(app: &'a App, theme: Theme, scene: &'a Scene, width: u16) -> Below<'a> {
    let mut rows = guess(app, theme, scene, width);
    let first_goal = rows.len();
    rows.extend(goals(theme, scene, width).map(Row::Line));
    let paragraph = |text: String, style: Style| {
        let lines = wrapped(&theme.written(&text), width).into_iter();
        lines.map(move |line| Row::Line(Line::styled(line, style)))
    };
    if scene.is_done() {
        rows.extend(paragraph(done(theme, scene.page), theme.strong()));
    }
    match app.focus() {
        // Enter means the guess.
        Focus::Guess | Focus::Drawing => {}
        Focus::Prediction => rows.push(input(app.run())),
        Focus::Run => {
            let text = handle_text(app, theme, scene);
            rows.extend(
                text.into_iter()
                    .flat_map(|text| paragraph(text, Style::new())),
            );
        }
    }
    let hint = match scene.hints {
        Hints::None => return Below { rows, first_goal },
        Hints::Nudge => scene.page.nudge.to_owned(),
        Hints::Keys => {
            // An open guess takes the first Enter, and a field the r.
            let [before, first] = match app.focus() {
                Focus::Guess => ["", "a guess, then "],
                Focus::Prediction => ["Esc, ", ""],
                Focus::Drawing | Focus::Run => ["", ""],
            };
            let keys = scene.page.solution.text();
            format!("Keys from the start ({before}r): {first}{keys}")
        }
        Hints::Done => "Done for you. r starts the lesson again.".to_owned(),
    };
    rows.extend(paragraph(hint, theme.dim()));
    Below { rows, first_goal }
}

/// Returns what is said when all goals are reached.
fn done(theme: Theme, page: &Page) -> String {
    let dash = theme.glyph("–", "-");
    if PAGES.last().is_some_and(|last| last.name == page.name) {
        return format!("done {dash} that was the last lesson");
    }
    format!(
        "done {dash} {} for the next lesson",
        theme.glyph("→", "Right")
    )
}

/// The input that is typed.
fn input(run: &RunView) -> Row<'_> {
    let focused = run.prediction.focused;
    let feature = &run.dataset().features()[focused];
    Row::Input(feature.name(), &run.prediction.fields[focused].text)
}

/// Returns what Enter does to what is chosen: "Enter changes w1 = 0 (↑↓ others)".
fn handle_text(app: &App, theme: Theme, scene: &Scene) -> Option<String> {
    let effect = effect_text(app.run(), scene, app.handle()?);
    let others = match (app.handles(), theme.0.glyphs) {
        (..=1, _) => String::new(),
        (_, Glyphs::Unicode) => format!(" (↑↓{NO_BREAK}others)"),
        (_, Glyphs::Ascii) => " (Up, Down: others)".to_owned(),
    };
    Some(format!("Enter {effect}{others}"))
}

/// Returns what Enter does to something: "changes w1 = 0", "restarts with optimizer adam".
fn effect_text(run: &RunView, scene: &Scene, handle: Handle) -> String {
    match handle {
        Handle::Input(index) => {
            let feature = &run.dataset().features()[index];
            let typed = run.prediction.fields[index].text.text();
            let typed = match typed.strip_prefix('-') {
                Some(digits) if typed.parse::<f64>().is_ok() => format!("{MINUS}{digits}"),
                _ => typed.to_owned(),
            };
            format!("changes {} = {typed} {}", feature.name(), feature.unit())
                .trim_end()
                .to_owned()
        }
        Handle::Parameter(index) => {
            let name = run.network.parameter_name(run.network.parameter_at(index));
            format!(
                "changes {name} = {}",
                significant(run.network.parameters()[index], 3)
            )
        }
        Handle::Variant(index) if scene.variant == Some(index) => {
            format!("starts {} again", scene.variants[index])
        }
        Handle::Variant(index) => format!("restarts with {}", scene.variants[index]),
    }
}

/// Returns the question with the field, or how near the guess was.
fn guess<'a>(app: &App, theme: Theme, scene: &'a Scene, width: u16) -> Vec<Row<'a>> {
    let Some(guess) = &scene.page.guess else {
        return Vec::new();
    };
    let paragraph = |text: &str| {
        let lines = wrapped(&theme.written(text), width).into_iter();
        lines
            .map(|line| Row::Line(Line::raw(line)))
            .collect::<Vec<_>>()
    };
    match &scene.guess {
        Guessed::Nothing => match app.guess_answer() {
            Some(answer) => paragraph(&format!("{} {}.", guess.question, figure(answer, 4))),
            None => paragraph(&format!("{} {}", guess.question, pending(scene.page))),
        },
        Guessed::Typing(field) => {
            let mut rows = paragraph(guess.question);
            rows.push(Row::Guess(field));
            rows
        }
        Guessed::Made(guessed) => {
            let verdict = match app.guess_answer() {
                Some(answer) => verdict(*guessed, answer),
                None => pending(scene.page).to_owned(),
            };
            let guessed = figure(*guessed, 4);
            paragraph(&format!(
                "{} You guessed {guessed}. {verdict}",
                guess.question
            ))
        }
    }
}

/// Returns "✓ o1 above 0.9  0.953" for each goal; the number is never cut.
fn goals(theme: Theme, scene: &Scene, room: u16) -> impl Iterator<Item = Line<'_>> {
    let [open, reached] = theme.glyph(["○", "✓"], ["[ ]", "[x]"]);
    scene.goals().map(move |(goal, value)| {
        let text = theme.written(goal.text);
        let Some(value) = value else {
            return Line::raw(format!("{open} {text}"));
        };
        let value = match goal.proof {
            Proof::Number => format!("  {}", theme.written(&figure(value, 3))),
            Proof::Epoch => format!("  at epoch {}", figure(value, EPOCH_DIGITS)),
            Proof::Nothing => String::new(),
        };
        let room = room.saturating_sub(width(&value));
        let text = format!("{reached} {text}");
        let text = cut(&text, room, theme.glyph("…", "."));
        Line::from(vec![Span::styled(text, theme.strong()), Span::raw(value)])
    })
}

/// Draws a field that is typed into, with its name and what else can be done.
fn render_field(canvas: &mut Canvas, area: Rect, (name, field): (&str, &TextField), remark: &str) {
    let theme = canvas.theme;
    let widths = [width(name) + 1, FIELD_WIDTH];
    let [name_area, field_area, rest] = text_field::row(canvas, area, widths, theme.strong());
    canvas.write(Span::raw(name), name_area);
    text_field::render(canvas, field_area, field, theme.typed(), true);
    canvas.write(Span::styled(format!(" {remark}"), theme.dim()), rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_is_too_wide_has_a_narrower_gap_or_is_broken() {
        let command = " nnscope mine.csv      your own table";
        let lines = |room| set_off(command.to_owned(), room);
        assert_eq!(lines(37), [command]);
        assert_eq!(lines(36), [" nnscope mine.csv  your own table"]);
        assert_eq!(lines(30), [" nnscope mine.csv  your own", " table"]);
    }
}
