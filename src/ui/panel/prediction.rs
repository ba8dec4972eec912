//! The prediction box: what is typed, what the network sees of it, and its prediction.
//!
//! ```text
//! ┌ Predict (i) ─────────────────┐
//! │ weight [128     ] lb → −7    │
//! │ height [63      ] in → −3    │
//! │ o1 0.803: P(F) = 0.80        │
//! │ ████████░░                   │
//! │ = 58 kg, 160 cm, 5'3"        │
//! └──────────────────────────────┘
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::RunView;
use crate::app::keymap::Context;
use crate::data::{Feature, Task, quantity};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{short, significant};
use crate::ui::style::{Theme, cells, widest};
use crate::ui::widget::text_field;

/// The width of a text field in characters.
const FIELD_WIDTH: u16 = 8;

/// The maximum width of the bar.
const BAR_WIDTH: u16 = 20;

pub(crate) fn render(canvas: &mut Canvas, area: Rect) {
    let is_typed = canvas.app.context() == Context::Prediction;
    let title = if is_typed {
        "Predict – editing"
    } else {
        "Predict (i)"
    };
    let inner = canvas.panel(area, title);
    // The answer and one remark always have room.
    let fields = cells(canvas.app.run().prediction.fields.len());
    let fields = Constraint::Length(fields.min(inner.height.saturating_sub(2)));
    let [fields, answer] = Layout::vertical([fields, Constraint::Fill(1)]).areas(inner);
    render_fields(canvas, fields, is_typed);
    render_answer(canvas, answer);
}

/// Draws as many fields as there are rows, including the focused one.
fn render_fields(canvas: &mut Canvas, area: Rect, is_typed: bool) {
    let run = canvas.app.run();
    let (form, dataset) = (&run.prediction, run.dataset());
    let names = dataset.features().iter().map(Feature::name);
    let name_width = widest(names).min(area.width / 2) + 2;
    let inputs = dataset.network_inputs(&form.values());
    let first = (form.focused + 1).saturating_sub(usize::from(area.height));
    for (index, row) in (first..form.fields.len()).zip(area.rows()) {
        let is_edited = is_typed && form.focused == index;
        render_field(canvas, row, index, name_width, &inputs, is_edited);
    }
}

/// Draws a feature's name, its field, and the network's inputs that result from it.
fn render_field(
    canvas: &mut Canvas,
    area: Rect,
    index: usize,
    name_width: u16,
    inputs: &[f64],
    is_edited: bool,
) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let (field, feature) = (
        &run.prediction.fields[index],
        &run.dataset().features()[index],
    );
    let bracket = theme.focused(is_edited);
    let widths = [name_width, FIELD_WIDTH];
    let [name_area, field_area, inputs_area] = text_field::row(canvas, area, widths, bracket);
    let style = match (&field.problem, is_edited) {
        (Some(_), _) => theme.warning(),
        (None, true) => theme.typed(),
        (None, false) => Style::new(),
    };
    let old = match field.problem {
        Some(_) => theme.dim(),
        None => Style::new(),
    };
    let made = run.dataset().inputs().iter().zip(inputs);
    let made = made.filter(|(input, _)| input.is_made_of(index));
    let made: Vec<String> = made.map(|(_, &value)| short(value)).collect();
    let arrow = theme.glyph("→", "->");
    let seen = format!(" {} {arrow} {}", feature.unit(), made.join(" "));
    canvas.draw(Line::raw(format!(" {}", feature.name())), name_area);
    text_field::render(canvas, field_area, &field.text, style, is_edited);
    canvas.draw(Line::styled(seen, old), inputs_area);
}

fn render_answer(canvas: &mut Canvas, area: Rect) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let outputs = run.outputs_for(&run.prediction.values());
    let old = match run.prediction.problem() {
        Some(_) => theme.dim(),
        None => Style::new(),
    };
    let mut lines = vec![Line::styled(
        answer(run, &outputs),
        old.patch(theme.strong()),
    )];
    let remarks = remarks(theme, run);
    // Where there is no room for everything, remarks are more important than the bar.
    let width = usize::from(area.width.max(1));
    let rows = remarks.iter().map(|line| line.width().div_ceil(width));
    let has_room = rows.sum::<usize>() + 2 <= usize::from(area.height);
    if let Some(share) = share(run.dataset().target.task(), &outputs).filter(|_| has_room) {
        let bar = theme.bar(share, BAR_WIDTH.min(area.width));
        lines.push(Line::styled(format!(" {bar}"), old));
    }
    lines.extend(remarks);
    canvas.draw(Paragraph::new(lines).wrap(Wrap { trim: false }), area);
}

/// Returns what the bar shows: the output, or that of the likeliest class.
fn share(task: Task, outputs: &[f64]) -> Option<f64> {
    match task {
        Task::Binary => Some(outputs[0]),
        Task::Classes => Some(confidence(task, outputs)),
        Task::Numbers => None,
    }
}

/// Returns "o1 0.803: P(F) = 0.80"; for several classes the likeliest, for numbers the numbers.
fn answer(run: &RunView, outputs: &[f64]) -> String {
    let target = &run.dataset().target;
    let label = target.label(outputs);
    let are_probabilities = run.config().output_activation.gives_shares();
    let prediction = match target.task() {
        Task::Binary | Task::Classes if are_probabilities => {
            format!("P({label}) = {:.2}", confidence(target.task(), outputs))
        }
        _ => label,
    };
    match target.task() {
        Task::Binary => {
            let output = match outputs[0].abs() {
                0.0..1e3 => format!("{:.3}", outputs[0]),
                _ => significant(outputs[0], 3),
            };
            format!(" o1 {output}: {prediction}")
        }
        Task::Classes | Task::Numbers => format!(" {prediction}"),
    }
}

/// Returns the probability of the predicted class, if the outputs are probabilities.
fn confidence(task: Task, outputs: &[f64]) -> f64 {
    match task {
        Task::Binary => outputs[0].max(1.0 - outputs[0]),
        Task::Classes | Task::Numbers => outputs.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    }
}

/// Returns remarks on the typed values, most important first.
fn remarks(theme: Theme, run: &RunView) -> Vec<Line<'_>> {
    let dataset = run.dataset();
    let mut remarks = Vec::new();
    if let Some((field, problem)) = run.prediction.problem() {
        remarks.push(Line::styled(
            format!(" {}: {problem}", dataset.features()[field].name()),
            theme.warning(),
        ));
    }
    let values = run.prediction.values();
    for (index, (feature, &value)) in dataset.features().iter().zip(&values).enumerate() {
        let (low, high) = run.prediction.fields[index].range;
        let is_number = feature.word(value).is_none();
        if is_number && !(low..=high).contains(&value) {
            let to = if low < 0.0 { " to " } else { "–" };
            let range = format!("{low}{to}{high} {}", feature.unit());
            let text = format!(
                " {} outside the training data ({})",
                feature.name(),
                range.trim_end()
            );
            remarks.push(Line::styled(text, theme.warning()));
        }
    }
    let others = dataset.features().iter().zip(&values);
    let others: Vec<String> = others
        .flat_map(|(feature, &value)| quantity::in_other_units(value, feature.unit()))
        .collect();
    if !others.is_empty() {
        remarks.push(Line::raw(format!(" = {}", others.join(", "))));
    }
    remarks
}
