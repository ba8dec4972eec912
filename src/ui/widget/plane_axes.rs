//! The axes of a plane: values of one feature on the left, of another below, both with round numbers.
//!
//! ```text
//! 70┤
//!   │
//! 60┤
//!   └─┬─────────┬──────────
//!    120       140   weight (lb)
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::axis::Axis;
use super::ticks::{TickText, Ticks};
use crate::app::Target;
use crate::app::keymap::Action;
use crate::surface::Span;
use crate::ui::canvas::Canvas;
use crate::ui::style::{fitting, widest, width};

/// Rows for each number on the left, cells for each number below, and the most numbers of an axis.
const ROWS_PER_TICK: u16 = 3;
const CELLS_PER_TICK: u16 = 10;
const MOST_TICKS: u16 = 9;

/// A smaller map has no axes.
const SMALLEST: (u16, u16) = (16, 5);

/// The axis from left to right.
pub(crate) struct Across {
    pub(crate) span: Span,
    /// Its name, and its unit or a shorter name for where there is little room.
    pub(crate) names: [String; 2],
    /// What puts something else on the axis.
    pub(crate) turns: Option<Action>,
}

/// Where the parts of the axes lie.
struct Areas {
    /// The numbers on the left, and the line beside them.
    labels: Rect,
    side: Rect,
    corner: Rect,
    /// The line below, and the numbers below it.
    line: Rect,
    below: Rect,
    inner: Rect,
}

impl Areas {
    /// `None` if there is no room for axes.
    fn of(area: Rect, texts: &[String]) -> Option<Self> {
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            return None;
        }
        let [upper, line, below] = rows(area);
        let columns = |row: Rect| -> [Rect; 3] {
            Layout::horizontal([
                Constraint::Length(widest(texts)),
                Constraint::Length(1),
                Constraint::Fill(1),
            ])
            .areas(row)
        };
        let [labels, side, inner] = columns(upper);
        let [_, corner, line] = columns(line);
        Some(Self {
            labels,
            side,
            corner,
            line,
            below,
            inner,
        })
    }
}

/// The rows of the plane, of the line below, and of the numbers below it.
fn rows(area: Rect) -> [Rect; 3] {
    Layout::vertical([
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area)
}

/// The numbers on the left.
fn numbers(area: Rect, up: Span) -> (Vec<f64>, Vec<String>) {
    let [upper, ..] = rows(area);
    let most = (upper.height / ROWS_PER_TICK).clamp(2, MOST_TICKS);
    let ticks = ticks(up, most);
    let texts = ticks.texts(TickText::Number);
    (ticks.values, texts)
}

/// Returns the area between the axes.
pub(crate) fn inner(area: Rect, up: Span) -> Rect {
    let (_, texts) = numbers(area, up);
    Areas::of(area, &texts).map_or(area, |areas| areas.inner)
}

/// Draws the axes of a plane, and returns the area between them.
pub(crate) fn render(canvas: &mut Canvas, area: Rect, across: &Across, up: Span) -> Rect {
    let (values, texts) = numbers(area, up);
    let Some(areas) = Areas::of(area, &texts) else {
        return area;
    };
    for row in areas.side.rows() {
        draw(canvas, canvas.theme.glyph("│", "|"), row);
    }
    let values = values.into_iter().zip(&texts);
    render_left(canvas, up, values, areas.labels, areas.side);
    draw(canvas, canvas.theme.glyph("└", "+"), areas.corner);
    let rule = canvas
        .theme
        .glyph("─", "-")
        .repeat(usize::from(areas.line.width));
    draw(canvas, &rule, areas.line);
    render_below(canvas, across, areas.line, areas.below);
    areas.inner
}

/// Draws the numbers on the left, and their marks at the side of the map.
fn render_left<'t>(
    canvas: &mut Canvas,
    span: Span,
    values: impl Iterator<Item = (f64, &'t String)>,
    labels: Rect,
    side: Rect,
) {
    let mut taken = None;
    for (value, text) in values {
        let row = place(span, value, side.height);
        // In a low map, two numbers can have one row.
        let Some(row) = row.filter(|_| row != taken) else {
            continue;
        };
        taken = Some(row);
        let y = side.bottom() - 1 - row;
        let row = |area: Rect| Rect {
            y,
            height: 1,
            ..area
        };
        let text = Line::styled(text.clone(), canvas.theme.dim()).right_aligned();
        canvas.write(text, row(labels));
        draw(canvas, canvas.theme.glyph("┤", "+"), row(side));
    }
}

/// Draws the name of the axis at its end, or its unit if there is little room, and the numbers before it.
fn render_below(canvas: &mut Canvas, across: &Across, line: Rect, below: Rect) {
    let Across { span, names, turns } = across;
    let (name, numbers) = name_and_numbers(*span, names, line, below);
    let text = Line::styled(name.clone(), canvas.theme.dim()).right_aligned();
    canvas.write(text, below);
    let cells = Rect {
        x: below.right().saturating_sub(width(&name)),
        width: width(&name),
        ..below
    };
    let target = turns.map_or(Target::Nothing, Target::Command);
    canvas.shows(cells.intersection(below), target);
    for Number { x, start, text } in numbers {
        let at = |x: u16, width: u16, row: Rect| Rect { x, width, ..row }.intersection(row);
        draw(canvas, &text, at(start, width(&text), below));
        draw(canvas, canvas.theme.glyph("┬", "+"), at(x, 1, line));
    }
}

/// A number below a plane: the cell of its mark, and that of its first character.
struct Number {
    x: u16,
    start: u16,
    text: String,
}

/// Returns the longest name that leaves room for the numbers before it. One number alone shows no scale: rather than
/// that, they are finer, and then the name is shorter, or there is none.
fn name_and_numbers(
    span: Span,
    names: &[String; 2],
    line: Rect,
    below: Rect,
) -> (String, Vec<Number>) {
    let usual = (line.width / CELLS_PER_TICK).clamp(2, MOST_TICKS);
    let name = fitting(names, line.width / 3);
    let of = |name: &str, most: u16| {
        let end = below.right().saturating_sub(width(name) + 1);
        numbers_before(end, span, (line, below), most)
    };
    for name in [name.as_str(), &names[1], ""] {
        for most in usual..=usual + MOST_TICKS {
            let numbers = of(name, most);
            if numbers.len() > 1 {
                return (name.to_owned(), numbers);
            }
        }
    }
    let numbers = of(&name, usual);
    (name, numbers)
}

/// Returns the numbers that end before a column, each free of the one before it.
fn numbers_before(end: u16, span: Span, (line, below): (Rect, Rect), most: u16) -> Vec<Number> {
    let ticks = ticks(span, most);
    let mut free = below.x;
    let mut numbers = Vec::new();
    for (value, text) in ticks.values.iter().zip(ticks.texts(TickText::Number)) {
        let Some(column) = place(span, *value, line.width) else {
            continue;
        };
        let (x, text_width) = (line.x + column, width(&text));
        let start = x.saturating_sub(text_width / 2);
        if start >= free && start + text_width <= end {
            free = start + text_width + 1;
            numbers.push(Number { x, start, text });
        }
    }
    numbers
}

fn ticks(span: Span, most: u16) -> Ticks {
    Axis::between(span.from, span.to).ticks(most)
}

/// Returns the cell of a value along so many of them; `None` outside.
pub(crate) fn place(span: Span, value: f64, cells: u16) -> Option<u16> {
    if !span.reaches(value) || cells == 0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the cells"
    )]
    let cell = (span.share(value) * f64::from(cells)) as u16;
    Some(cell.min(cells - 1))
}

fn draw(canvas: &mut Canvas, text: &str, area: Rect) {
    let text = Line::styled(text.to_owned(), canvas.theme.dim());
    canvas.write(text, area);
}
