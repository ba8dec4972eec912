//! The prediction box: what is typed, what the network sees of it, what it says.
//!
//! ```text
//! ┌ Predict (i) ─────────────────┐
//! │ weight [128     ] lb → −7    │
//! │ height [63      ] in → −3    │
//! │ o1 0.803: F, 80 % sure       │
//! │ ████████░░                   │
//! │ also 58 kg, 160 cm, 5'3"     │
//! └──────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::Theme;
use crate::app::keymap::Context;
use crate::app::{App, Field};
use crate::data::{Dataset, quantity};

/// The width of a text field, in characters.
const FIELD_WIDTH: u16 = 8;

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance);
    let title = if app.context() == Context::Prediction {
        "Predict: type"
    } else {
        "Predict (i)"
    };
    let panel = theme.panel(title);
    let inner = panel.inner(area);
    frame.render_widget(panel, area);

    let form = &app.prediction;
    let fields = u16::try_from(form.fields.len()).unwrap_or(u16::MAX);
    let [fields_area, answer_area] =
        Layout::vertical([Constraint::Length(fields), Constraint::Fill(1)]).areas(inner);
    render_fields(frame, fields_area, app);

    let values = form.values();
    let output = app.output_for(&values);
    let old = if form.problem().is_some() {
        theme.dim()
    } else {
        Style::new()
    };
    let answer = Line::styled(answer(&app.dataset, output), old.patch(theme.strong()));
    let bar = Line::styled(format!(" {}", theme.bar(output, 20.min(inner.width))), old);
    let mut lines = vec![answer, bar];
    let remarks = remarks(theme, app);
    // Where there is no room for all of it, remarks matter more than the bar.
    let width = usize::from(inner.width.max(1));
    let rows_of_remarks: usize = remarks
        .iter()
        .map(|line| line.width().div_ceil(width))
        .sum();
    if lines.len() + rows_of_remarks > usize::from(answer_area.height) {
        lines.pop();
    }
    lines.extend(remarks);
    frame.render_widget(
        Paragraph::new(lines).wrap(Wrap { trim: false }),
        answer_area,
    );
}

fn render_fields(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance);
    let form = &app.prediction;
    let features = &app.dataset.features;
    let name_width = features
        .iter()
        .map(|feature| feature.name.len())
        .max()
        .unwrap_or(0);
    let scaled = app
        .dataset
        .scaling
        .apply(&form.values())
        .collect::<Vec<_>>();
    for (index, (field, row)) in form.fields.iter().zip(area.rows()).enumerate() {
        let is_edited = app.context() == Context::Prediction && form.focused == index;
        let name = Line::from(format!(" {:name_width$} ", features[index].name));
        let sees = format!(
            " {} {} {}",
            features[index].unit,
            theme.glyph("→", "->"),
            theme.short(scaled[index])
        );
        let [name_area, open, field_area, close, sees_area] = Layout::horizontal([
            Constraint::Length(u16::try_from(name.width()).unwrap_or(u16::MAX)),
            Constraint::Length(1),
            Constraint::Length(FIELD_WIDTH),
            Constraint::Length(1),
            Constraint::Fill(1),
        ])
        .areas(row);
        let bracket = if is_edited {
            theme.strong()
        } else {
            theme.dim()
        };
        frame.render_widget(name, name_area);
        frame.render_widget(Span::styled("[", bracket), open);
        frame.render_widget(Span::styled("]", bracket), close);
        render_field(frame, field_area, theme, field, is_edited);
        let sees = if field.problem.is_some() {
            Line::styled(sees, theme.dim())
        } else {
            Line::raw(sees)
        };
        frame.render_widget(sees, sees_area);
    }
}

/// The text of a field around its cursor.
fn render_field(frame: &mut Frame, area: Rect, theme: Theme, field: &Field, is_edited: bool) {
    // One cell is the cursor's, behind the last character.
    let scroll = field
        .input
        .visual_scroll(usize::from(area.width.saturating_sub(1)));
    let scroll = u16::try_from(scroll).unwrap_or(u16::MAX);
    let style = match (&field.problem, is_edited) {
        (Some(_), _) => theme.warning(),
        (None, true) => Style::new().add_modifier(Modifier::UNDERLINED),
        (None, false) => Style::new(),
    };
    let text = Paragraph::new(field.input.value())
        .style(style)
        .scroll((0, scroll));
    frame.render_widget(text, area);
    if is_edited && !area.is_empty() {
        let column = u16::try_from(field.input.visual_cursor())
            .unwrap_or(u16::MAX)
            .saturating_sub(scroll);
        frame.set_cursor_position(Position::new(area.x + column.min(area.width - 1), area.y));
    }
}

/// "o1 0.80: F, 80 % sure".
fn answer(dataset: &Dataset, output: f64) -> String {
    let class = dataset.class_of(output);
    let sure = 100.0 * output.max(1.0 - output);
    format!(" o1 {output:.3}: {class}, {sure:.0} % sure")
}

/// What there is to say about the typed values, most important first.
fn remarks(theme: Theme, app: &App) -> Vec<Line<'_>> {
    let dataset = &app.dataset;
    let mut remarks = Vec::new();
    if let Some((field, problem)) = app.prediction.problem() {
        remarks.push(Line::styled(
            format!(" {}: {problem}", dataset.features[field].name),
            theme.warning(),
        ));
    }
    let values = app.prediction.values();
    for (index, (feature, &value)) in dataset.features.iter().zip(&values).enumerate() {
        let (low, high) = dataset.range(index);
        if !(low..=high).contains(&value) {
            let words = format!(
                " {} outside the training range {low} to {high} {}",
                feature.name, feature.unit
            );
            remarks.push(Line::styled(words, theme.warning()));
        }
    }
    let others = dataset.features.iter().zip(&values);
    let others: Vec<String> = others
        .flat_map(|(feature, &value)| quantity::in_other_units(value, &feature.unit))
        .collect();
    if !others.is_empty() {
        remarks.push(Line::raw(format!(" also {}", others.join(", "))));
    }
    remarks
}
