//! The text of a page of the lessons: with its figures, the guess, the goals and the hints.

mod heading;
mod plain;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::app::{App, Guessed, Handle, Hints, Page, RunView, Scene};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::significant;
use crate::ui::style::{Theme, cells, width, wrapped};
use crate::ui::widget::text_field;
use heading::heading;
pub(crate) use plain::plain_text;

/// The width of the field for a guess.
const FIELD_WIDTH: u16 = 9;

/// What is below the text.
enum Row<'a> {
    Line(Line<'a>),
    /// The field for the guess.
    Field,
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect, scene: &Scene) {
    let inner = canvas.panel(area, heading(scene.page));
    let [_, inner] = Layout::horizontal([Constraint::Length(1), Constraint::Fill(1)]).areas(inner);
    let rows = rows(canvas.app, canvas.theme, scene, inner.width);
    let height = cells(rows.len()).min(inner.height);
    let [text, below] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(height)]).areas(inner);
    canvas.draw(
        Paragraph::new(text_lines(canvas.theme, scene, text.width)),
        text,
    );
    for (row, area) in rows.into_iter().zip(below.rows()) {
        match row {
            Row::Line(line) => canvas.draw(line, area),
            Row::Field => render_field(canvas, area, scene),
        }
    }
}

/// Returns the text, broken into lines of this width; formulas are bold and stay as they are.
fn text_lines<'a>(theme: Theme, scene: &Scene, width: u16) -> Vec<Line<'a>> {
    let write = |value, digits| significant(value, digits);
    let lines = scene.text(write).into_iter();
    lines
        .flat_map(|line| {
            let line = theme.written(&line).replace('…', theme.glyph("…", "..."));
            if line.starts_with(' ') {
                return vec![Line::styled(line, theme.strong())];
            }
            wrapped(&line, width).into_iter().map(Line::raw).collect()
        })
        .collect()
}

/// Returns the guess, the goals, what can be changed, and the hint.
fn rows<'a>(app: &App, theme: Theme, scene: &'a Scene, width: u16) -> Vec<Row<'a>> {
    let mut rows = guess(app, theme, scene, width);
    rows.extend(goals(theme, scene).map(Row::Line));
    let paragraph = |text: String, style: Style| {
        let lines = wrapped(&theme.written(&text), width).into_iter();
        lines.map(move |line| Row::Line(Line::styled(line, style)))
    };
    if scene.is_done() {
        let text = format!(
            "done {} {} goes on",
            theme.glyph("–", "-"),
            theme.glyph("→", "Right")
        );
        rows.extend(paragraph(text, theme.strong()));
    }
    if let Some(handle) = app.handle() {
        let name = handle_text(app.run(), scene.page, handle);
        let others = if app.handles() > 1 {
            " (Up, Down: others)"
        } else {
            ""
        };
        rows.extend(paragraph(format!("Enter {name}{others}"), Style::new()));
    }
    let hint = match scene.hints {
        Hints::None => return rows,
        Hints::Nudge => format!("{} (h: the keys)", scene.page.nudge),
        Hints::Keys => format!("Keys: {} (h: do it for me)", scene.page.solution.text()),
        Hints::Done => "Done for you. r starts the page again.".to_owned(),
    };
    rows.extend(paragraph(hint, theme.dim()));
    rows
}

/// Returns what Enter does to something: "changes w1 = 0", "starts --optimizer adam".
fn handle_text(run: &RunView, page: &Page, handle: Handle) -> String {
    match handle {
        Handle::Input(index) => {
            let feature = &run.dataset().features()[index];
            let typed = run.prediction.fields[index].text.text();
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
        Handle::Variant(index) => format!("starts it with {}", page.variants()[index]),
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
        // Only a sweep has an answer that is nowhere else.
        Guessed::Nothing if scene.page.sweeps => match app.guess_answer() {
            Some(answer) => paragraph(&format!("{} {}.", guess.question, significant(answer, 4))),
            None => paragraph("The seeds are being trained."),
        },
        Guessed::Nothing => Vec::new(),
        Guessed::Typing(_) => {
            let mut rows = paragraph(guess.question);
            rows.push(Row::Field);
            rows
        }
        Guessed::Made(guessed) => {
            let guessed_text = significant(*guessed, 4);
            let text = match app.guess_answer() {
                Some(answer) => format!("You said {guessed_text}. {}", verdict(*guessed, answer)),
                None => format!("You said {guessed_text}. It is not known yet."),
            };
            paragraph(&format!("{} {text}", guess.question))
        }
    }
}

/// Returns how near a guess was.
fn verdict(guessed: f64, answer: f64) -> String {
    let (off, text) = ((guessed - answer).abs(), significant(answer, 3));
    if off <= 0.005 * answer.abs() || off == 0.0 {
        format!("It is {text}: right.")
    } else if off <= 0.1 * answer.abs().max(0.01) {
        format!("It is {text}: very near.")
    } else {
        format!("It is {text}: {} off.", significant(off, 2))
    }
}

/// Returns "✓ o1 above 0.9  0.953" for each goal.
fn goals(theme: Theme, scene: &Scene) -> impl Iterator<Item = Line<'_>> {
    let [open, reached] = theme.glyph(["○", "✓"], ["[ ]", "[x]"]);
    scene.goals().map(move |(goal, value)| {
        let text = theme.written(goal.text);
        match value {
            None => Line::raw(format!("{open} {text}")),
            Some(value) => Line::from(vec![
                Span::styled(format!("{reached} {text}"), theme.strong()),
                Span::raw(format!("  {}", theme.written(&significant(value, 3)))),
            ]),
        }
    })
}

fn render_field(canvas: &mut Canvas, area: Rect, scene: &Scene) {
    let theme = canvas.theme;
    let Guessed::Typing(field) = &scene.guess else {
        return;
    };
    let name = "Your guess:";
    let widths = [width(name) + 1, FIELD_WIDTH];
    let [name_area, field_area, rest] = text_field::row(canvas, area, widths, theme.strong());
    canvas.draw(Span::raw(name), name_area);
    text_field::render(canvas, field_area, field, theme.typed(), true);
    canvas.draw(Span::styled(" Enter skips", theme.dim()), rest);
}
