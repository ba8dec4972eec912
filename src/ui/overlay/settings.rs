//! The settings panel.
//!
//! ```text
//! ┌ Settings ────────────────────────────────────────────┐
//! │  dataset             spiral                          │
//! │› learning rate     ‹ 0.03 ›                          │
//! │  batch size          10                              │
//! │                                                      │
//! │ How far each step goes; too far and the loss jumps.  │
//! │ Enter restarts with seed 42.                         │
//! └──────────────────────────────────────────────────────┘
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};

use super::window;
use crate::app::{Consequence, Row, RunView, Settings};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::grouped;
use crate::ui::style::{Theme, cells};
use crate::ui::widget::text_field;

/// With borders.
const WIDTH: u16 = 62;

/// The width of the mark, the name, and what is before the value.
const VALUE_COLUMN: u16 = 24;

/// Two lines for the explanation, two for what Enter does.
const TEXT_HEIGHT: u16 = 4;

pub(super) fn render(canvas: &mut Canvas, area: Rect, settings: &Settings) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let rows = settings.rows();
    let height = cells(rows.len()).saturating_add(TEXT_HEIGHT + 2);
    let seen = usize::from(height.min(area.height).saturating_sub(TEXT_HEIGHT + 2));
    // The selected row is always visible.
    let first = (settings.selected + 1).saturating_sub(seen);
    let title = title(theme, first, seen, rows.len());
    let inner = window::open(canvas, area, &title, (WIDTH, height));
    let [list, text_area] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(TEXT_HEIGHT)]).areas(inner);
    for (index, line) in (first..rows.len()).zip(list.rows()) {
        let is_selected = index == settings.selected;
        canvas.draw(row(theme, settings, rows[index], is_selected), line);
        if is_selected {
            render_typed(canvas, line, settings);
        }
    }
    let explanation = Line::raw(format!(" {}", settings.selected().explanation()));
    let text = Paragraph::new(vec![explanation, consequence(theme, run, settings)]);
    canvas.draw(text.wrap(Wrap { trim: false }), text_area);
}

/// Returns the title, with the rows that are seen if these are not all.
fn title(theme: Theme, first: usize, seen: usize, rows: usize) -> String {
    if seen >= rows {
        return "Settings".to_owned();
    }
    let [to, arrows] = [theme.glyph("–", "-"), theme.glyph("↑↓", "arrows")];
    format!(
        "Settings {}{to}{} of {rows} ({arrows} scroll)",
        first + 1,
        first + seen
    )
}

/// Draws what is being typed over the value.
fn render_typed(canvas: &mut Canvas, line: Rect, settings: &Settings) {
    if let Some(typing) = &settings.typing {
        let columns = [Constraint::Length(VALUE_COLUMN), Constraint::Fill(1)];
        let [_, field] = Layout::horizontal(columns).areas(line);
        canvas.draw(Clear, field);
        text_field::render(canvas, field, &typing.text, canvas.theme.typed(), true);
    }
}

fn row<'a>(theme: Theme, settings: &Settings, row: Row, is_selected: bool) -> Line<'a> {
    let value = row.value(&settings.draft);
    let name = format!("{:20}", row.name());
    if !is_selected {
        return Line::raw(format!("  {name}  {value}"));
    }
    let [mark, open, close] = [
        theme.glyph("›", ">"),
        theme.glyph("‹", "<"),
        theme.glyph("›", ">"),
    ];
    Line::from(vec![
        Span::styled(format!("{mark} {name}"), theme.strong()),
        Span::styled(format!("{open} {value} {close}"), theme.strong()),
    ])
}

fn consequence<'a>(theme: Theme, run: &RunView, settings: &Settings) -> Line<'a> {
    let typing = settings.typing.as_ref();
    let typing_problem = typing.and_then(|typing| typing.problem.as_ref());
    if let Some(problem) = typing_problem.or(settings.problem.as_ref()) {
        return Line::styled(format!(" {problem}"), theme.warning());
    }
    if let Some(rows) = settings.rows_read {
        let rows = grouped(rows as u64);
        return Line::raw(format!(
            " Preparing the run: {rows} rows read. Esc cancels."
        ));
    }
    let text = match settings.consequence() {
        Consequence::Nothing => " Left and right change the value, or type one.".to_owned(),
        Consequence::Continues => continues(run),
        Consequence::Restarts => {
            format!(" Enter restarts with seed {}.", run.config().seed)
        }
    };
    Line::styled(text, theme.strong())
}

/// Returns what Enter does with a change that the run can continue with.
fn continues(run: &RunView) -> String {
    if run.is_behind() {
        let epoch = grouped(run.training.position.epoch);
        format!(" Enter continues from epoch {epoch} with this; the old run stays on the chart.")
    } else {
        " Enter applies this to the current run.".to_owned()
    }
}
