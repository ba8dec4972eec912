//! The settings, over the panels.
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

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};

use crate::app::{App, Consequence, Row, Settings};
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;
use crate::ui::widget::text_field;

const WIDTH: u16 = 62;

/// A mark, the name, and what stands before the value.
const VALUE_COLUMN: u16 = 24;

/// Two lines of explanation, one or two of what Enter does.
const WORDS_HEIGHT: u16 = 4;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App, settings: &Settings) {
    let theme = Theme(app.appearance());
    let rows = settings.rows();
    let wanted = u16::try_from(rows.len())
        .unwrap_or(u16::MAX)
        .saturating_add(WORDS_HEIGHT + 2);
    let area = area.centered(Constraint::Length(WIDTH), Constraint::Length(wanted));
    let panel = theme.panel("Settings");
    let inner = panel.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(panel, area);
    let [list, words] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(WORDS_HEIGHT)]).areas(inner);
    // The selected one is always among those that are seen.
    let first = (settings.selected + 1).saturating_sub(usize::from(list.height));
    for (index, line) in (first..rows.len()).zip(list.rows()) {
        let is_selected = index == settings.selected;
        frame.render_widget(row(theme, settings, rows[index], is_selected), line);
        if is_selected {
            render_typed(frame, line, theme, settings);
        }
    }
    let explanation = Line::raw(format!(" {}", settings.selected().explanation()));
    let text = Paragraph::new(vec![explanation, consequence(theme, app, settings)]);
    frame.render_widget(text.wrap(Wrap { trim: false }), words);
}

/// What is typed, in the place of the value.
fn render_typed(frame: &mut Frame, line: Rect, theme: Theme, settings: &Settings) {
    if let Some(typing) = &settings.typing {
        let columns = [Constraint::Length(VALUE_COLUMN), Constraint::Fill(1)];
        let [_, field] = Layout::horizontal(columns).areas(line);
        frame.render_widget(Clear, field);
        text_field::render(frame, field, &typing.text, theme.typed(), true);
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

fn consequence<'a>(theme: Theme, app: &App, settings: &Settings) -> Line<'a> {
    let typing = settings.typing.as_ref();
    let typed_wrong = typing.and_then(|typing| typing.problem.as_ref());
    if let Some(problem) = typed_wrong.or(settings.problem.as_ref()) {
        return Line::styled(format!(" {problem}"), theme.warning());
    }
    if let Some(rows) = settings.rows_read {
        let rows = grouped(rows as u64);
        return Line::raw(format!(
            " Preparing the run: {rows} rows read. Esc cancels."
        ));
    }
    let words = match settings.consequence() {
        Consequence::Nothing => " Left and right change the value, or type one.".to_owned(),
        Consequence::Continues => continues(app),
        Consequence::Restarts => {
            format!(" Enter restarts with seed {}.", app.run().config().seed)
        }
    };
    Line::styled(words, theme.strong())
}

/// What comes of a change that the run continues with.
fn continues(app: &App) -> String {
    if app.run().is_behind() {
        let epoch = grouped(app.run().training.position.epoch);
        format!(" Enter continues from epoch {epoch} with this; the old run stays on the chart.")
    } else {
        " Enter applies this to the current run.".to_owned()
    }
}
