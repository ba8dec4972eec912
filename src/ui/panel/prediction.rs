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
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::App;
use crate::app::keymap::Context;
use crate::data::{Task, quantity};
use crate::nn::Activation;
use crate::ui::style::Theme;
use crate::ui::widget::text_field;

/// The width of a text field, in characters.
const FIELD_WIDTH: u16 = 8;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let title = if app.context() == Context::Prediction {
        "Predict: type"
    } else {
        "Predict (i)"
    };
    let panel = theme.panel(title);
    let inner = panel.inner(area);
    frame.render_widget(panel, area);

    let form = &app.run().prediction;
    // The answer and one remark always have their lines.
    let fields = u16::try_from(form.fields.len()).unwrap_or(u16::MAX);
    let fields = fields.min(inner.height.saturating_sub(2));
    let [fields_area, answer_area] =
        Layout::vertical([Constraint::Length(fields), Constraint::Fill(1)]).areas(inner);
    render_fields(frame, fields_area, app);
    render_answer(frame, answer_area, app);
}

fn render_answer(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let target = &app.run().dataset().target;
    let outputs = app.run().outputs_for(&app.run().prediction.values());
    let is_old = app.run().prediction.problem().is_some();
    let old = if is_old { theme.dim() } else { Style::new() };
    let mut lines = vec![Line::styled(
        answer(app, &outputs),
        old.patch(theme.strong()),
    )];
    let share = match target.task() {
        Task::Binary => Some(outputs[0]),
        Task::Classes => Some(confidence(target.task(), &outputs)),
        Task::Numbers => None,
    };
    let remarks = remarks(theme, app);
    // Where there is no room for all of it, remarks matter more than the bar.
    let width = usize::from(area.width.max(1));
    let rows: usize = remarks
        .iter()
        .map(|line| line.width().div_ceil(width))
        .sum();
    if let Some(share) = share.filter(|_| rows + 2 <= usize::from(area.height)) {
        lines.push(Line::styled(
            format!(" {}", theme.bar(share, 20.min(area.width))),
            old,
        ));
    }
    lines.extend(remarks);
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), area);
}

/// As many fields as there are rows, the focused one among them.
fn render_fields(frame: &mut Frame, area: Rect, app: &App) {
    let theme = Theme(app.appearance());
    let form = &app.run().prediction;
    let features = app.run().dataset().features();
    let names = features
        .iter()
        .map(|feature| Span::raw(feature.name()).width());
    let name_width = names.max().unwrap_or(0).min(usize::from(area.width / 2));
    let inputs = app.run().dataset().network_inputs(&form.values());
    let first = (form.focused + 1).saturating_sub(usize::from(area.height));
    for (index, row) in (first..form.fields.len()).zip(area.rows()) {
        let (field, feature) = (&form.fields[index], &features[index]);
        let is_edited = app.context() == Context::Prediction && form.focused == index;
        let arrow = theme.glyph("→", "->");
        let made = app.run().dataset().inputs().iter().zip(&inputs);
        let made = made.filter(|(input, _)| input.is_made_of(index));
        let made: Vec<String> = made.map(|(_, &value)| theme.short(value)).collect();
        let sees = format!(" {} {arrow} {}", feature.unit(), made.join(" "));
        let [name_area, open, field_area, close, sees_area] = Layout::horizontal([
            Constraint::Length(u16::try_from(name_width + 2).unwrap_or(u16::MAX)),
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
        let old = if field.problem.is_some() {
            theme.dim()
        } else {
            Style::new()
        };
        frame.render_widget(Line::raw(format!(" {}", feature.name())), name_area);
        frame.render_widget(Span::styled("[", bracket), open);
        let style = match (&field.problem, is_edited) {
            (Some(_), _) => theme.warning(),
            (None, true) => theme.typed(),
            (None, false) => Style::new(),
        };
        text_field::render(frame, field_area, &field.text, style, is_edited);
        frame.render_widget(Span::styled("]", bracket), close);
        frame.render_widget(Line::styled(sees, old), sees_area);
    }
}

/// "o1 0.803: F, 80 % sure"; for several classes the likeliest, for numbers the numbers.
fn answer(app: &App, outputs: &[f64]) -> String {
    let theme = Theme(app.appearance());
    let target = &app.run().dataset().target;
    let label = target.label(outputs);
    let are_probabilities = matches!(
        app.run().config().output_activation,
        Activation::Sigmoid | Activation::Softmax
    );
    let sure = match target.task() {
        Task::Binary | Task::Classes if are_probabilities => {
            format!(", {:.0} % sure", 100.0 * confidence(target.task(), outputs))
        }
        _ => String::new(),
    };
    match target.task() {
        Task::Binary => {
            let output = match outputs[0].abs() {
                0.0..1e3 => format!("{:.3}", outputs[0]),
                _ => theme.significant(outputs[0], 3),
            };
            format!(" o1 {output}: {label}{sure}")
        }
        Task::Classes | Task::Numbers => format!(" {label}{sure}"),
    }
}

/// How much of the outputs, if they are probabilities, is on the class that they speak for.
fn confidence(task: Task, outputs: &[f64]) -> f64 {
    match task {
        Task::Binary => outputs[0].max(1.0 - outputs[0]),
        Task::Classes | Task::Numbers => outputs.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    }
}

/// What there is to say about the typed values, most important first.
fn remarks(theme: Theme, app: &App) -> Vec<Line<'_>> {
    let dataset = &app.run().dataset();
    let mut remarks = Vec::new();
    if let Some((field, problem)) = app.run().prediction.problem() {
        remarks.push(Line::styled(
            format!(" {}: {problem}", dataset.features()[field].name()),
            theme.warning(),
        ));
    }
    let values = app.run().prediction.values();
    for (index, (feature, &value)) in dataset.features().iter().zip(&values).enumerate() {
        let (low, high) = app.run().prediction.fields[index].range;
        let is_number = feature.word(value).is_none();
        if is_number && !(low..=high).contains(&value) {
            let words = format!(
                " {} outside the training range {low} to {high} {}",
                feature.name(),
                feature.unit()
            );
            remarks.push(Line::styled(words, theme.warning()));
        }
    }
    let others = dataset.features().iter().zip(&values);
    let others: Vec<String> = others
        .flat_map(|(feature, &value)| quantity::in_other_units(value, feature.unit()))
        .collect();
    if !others.is_empty() {
        remarks.push(Line::raw(format!(" also {}", others.join(", "))));
    }
    remarks
}
