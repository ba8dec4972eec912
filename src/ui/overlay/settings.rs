//! The settings, over the panels.
//!
//! ```text
//! ┌ Settings ────────────────────────────────────────────┐
//! │  dataset             spiral                          │
//! │› learning rate     ‹ 0.03 ›                          │
//! │  batch size          10                              │
//! │                                                      │
//! │ How far each step goes; too far and the loss jumps.  │
//! │ Enter starts again with seed 42.                     │
//! └──────────────────────────────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};

use crate::app::{App, Consequence, Setting, Settings};
use crate::ui::style::Theme;
use crate::ui::style::number::grouped;

const WIDTH: u16 = 62;

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
        frame.render_widget(
            row(theme, settings, rows[index], index == settings.selected),
            line,
        );
    }
    let explanation = Line::raw(format!(" {}", settings.selected().explanation()));
    let text = Paragraph::new(vec![explanation, consequence(theme, app, settings)]);
    frame.render_widget(text.wrap(Wrap { trim: false }), words);
}

fn row<'a>(theme: Theme, settings: &Settings, setting: Setting, is_selected: bool) -> Line<'a> {
    let value = settings.value(setting);
    let name = format!("{:20}", setting.name());
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
    if let Some(problem) = &settings.problem {
        return Line::styled(format!(" {problem}"), theme.warning());
    }
    if let Some(rows) = settings.rows_read {
        let rows = grouped(rows as u64);
        return Line::raw(format!(
            " Preparing the run: {rows} rows read. Esc cancels."
        ));
    }
    let words = match settings.consequence() {
        Consequence::Nothing => " Left and right change the value.".to_owned(),
        Consequence::GoesOn => goes_on(app),
        Consequence::StartsAgain => format!(
            " Enter: starts again with seed {}.",
            app.run().config().seed
        ),
    };
    Line::styled(words, theme.strong())
}

/// What comes of a change on the way.
fn goes_on(app: &App) -> String {
    if app.run().is_behind() {
        let epoch = grouped(app.run().training.position.epoch);
        format!(
            " Enter: goes on from epoch {epoch} with this; the run as it was stays on the chart."
        )
    } else {
        " Enter: the run goes on with this.".to_owned()
    }
}
