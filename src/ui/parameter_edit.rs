//! The field in which a weight or bias is set by hand.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Wrap};

use super::{Theme, text_field};
use crate::app::{App, ParameterEdit};

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App, edit: &ParameterEdit) {
    let theme = Theme(app.appearance);
    let name = app.network.parameter_name(edit.parameter);
    let panel = theme.panel(format!("Set {name}"));
    let area = area.centered(Constraint::Length(44), Constraint::Length(5));
    let inner = panel.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(panel, area);
    let [field, words] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(inner);
    let label = format!(" {name} = ");
    let label_width = u16::try_from(label.len()).unwrap_or(u16::MAX);
    let [label_area, field] =
        Layout::horizontal([Constraint::Length(label_width), Constraint::Fill(1)]).areas(field);
    frame.render_widget(Line::styled(label, theme.strong()), label_area);
    text_field::render(frame, field, &edit.text, theme.typed(), true);
    let (problem, style) = match &edit.problem {
        Some(problem) => (problem.as_str(), theme.warning()),
        None => (
            "Takes effect before the next step; u takes it back.",
            theme.dim(),
        ),
    };
    let words_text = Paragraph::new(problem)
        .style(style)
        .wrap(Wrap { trim: true });
    frame.render_widget(words_text, words);
}
