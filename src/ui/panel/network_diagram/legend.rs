//! The legend of a diagram with lines.

use ratatui::text::{Line, Span};

use super::subject::Subject;
use crate::app::keymap::Action;
use crate::app::{Edges, Labels, Panel, Turn};
use crate::ui::canvas::Canvas;
use crate::ui::style::{cells, fitting, penalty_names, width};
use crate::ui::widget::visible::counted;

/// Returns the keys that turn to a neuron and its formula: "←/→", beside a map "h/l".
pub(super) fn neuron_keys(canvas: &Canvas) -> Option<String> {
    let key = |turn| canvas.app.offered_key(Action::TurnNeuron(turn));
    let keys = format!("{}/{}", key(Turn::Back)?, key(Turn::Forward)?);
    Some(keys.replace("Left", "←").replace("Right", "→"))
}

/// Returns how many weights have no room for their label, and which key shows the missing numbers: in the formulas of a run,
/// or in the table of a step. The longest text is first; there is none if no label is missing.
pub(super) fn elsewhere(
    canvas: &Canvas,
    subject: &Subject,
    has_all_numbers: bool,
    unlabelled: usize,
) -> Vec<String> {
    if has_all_numbers || canvas.app.scene().is_some() {
        // No key of a lesson leads there: its weights are listed.
        return Vec::new();
    }
    let (long, short) = if subject.is_of_run() {
        let keys = neuron_keys(canvas);
        let formula = |keys: &String| format!("{keys} formula of a neuron");
        (keys.as_ref().map(formula), keys)
    } else {
        let table = Action::ToggleZoom(Some(Panel::StepParameters));
        (canvas.key_text(table, "table"), None)
    };
    if unlabelled == 0 {
        return Vec::from_iter(long.filter(|_| subject.is_of_run()));
    }
    let count = without_label(subject, unlabelled);
    let briefly = format!("{} not shown", counted(unlabelled, label(subject)));
    let keys: Vec<String> = [long, short].into_iter().flatten().collect();
    let with_keys = keys.iter().map(|key| format!("{count}: {key}"));
    let shortest = keys.last().map(|key| format!("{briefly}: {key}"));
    with_keys.chain(shortest).chain([count.clone()]).collect()
}

/// Returns what labels the edges.
fn label(subject: &Subject) -> &'static str {
    match (subject.labels.first(), subject.edges) {
        (Some(Labels::Names), _) => "name",
        (_, Edges::Gradients) => "gradient",
        (_, Edges::Weights) => "value",
    }
}

/// Returns "20 weights without their value", where values are what labels the edges.
fn without_label(subject: &Subject, count: usize) -> String {
    match label(subject) {
        label @ "gradient" => format!("{} not shown", counted(count, label)),
        label => {
            let their = if count == 1 { "its" } else { "their" };
            format!("{} without {their} {label}", counted(count, "weight"))
        }
    }
}

/// Returns what the lines mean and where missing numbers are, in one of these texts; the parts that fit, most important
/// first.
pub(super) fn of_lines(subject: &Subject, room: u16, elsewhere: &[String]) -> Line<'static> {
    let theme = subject.theme;
    let signs = Line::from_iter([
        Span::styled(theme.glyph(" + ⠒⠒⠒⠒", " + ----,"), theme.positive()),
        Span::styled(theme.glyph(" − ⠒⠒ ⠒⠒", " - -- --"), theme.negative()),
    ]);
    let mut legend = of_gradients(subject)
        .filter(|text| text.width() < usize::from(room))
        .unwrap_or_default();
    // Lines of hyphens would run into one another.
    let comma = theme.glyph("", ",");
    let texts = elsewhere.iter().map(|text| theme.written(text));
    let texts: Vec<String> = texts.map(|text| format!(" {text}")).collect();
    let has_room = |text: &&String| {
        let taken = [legend.width(), usize::from(width(text)), signs.width()];
        taken.iter().sum::<usize>() + 2 * comma.len() < usize::from(room)
    };
    let free = room.saturating_sub(cells(legend.width() + comma.len()) + 1);
    // The last is without the key, which matters more than the signs.
    let mut with_key = texts.iter().take(texts.len().max(2) - 1);
    let text = with_key.find(has_room).cloned();
    let text = text.unwrap_or_else(|| fitting(&texts, free));
    let elsewhere = Line::styled(text, theme.strong());
    let parts = [elsewhere, signs, Line::raw(subject.scale())];
    for part in parts.into_iter().filter(|part| part.width() > 0) {
        let comma = if legend.width() == 0 { "" } else { comma };
        if legend.width() + comma.len() + part.width() < usize::from(room) {
            legend.push_span(comma);
            legend.spans.extend(part);
        }
    }
    legend.push_span(" ");
    legend
}

/// What lines mean that are not weights.
fn of_gradients(subject: &Subject) -> Option<Line<'static>> {
    let penalty = penalty_names(subject.run.config().penalty);
    let without = penalty.map_or_else(String::new, |names| format!(" without {names}"));
    let text = format!(" lines: gradients{without}");
    (subject.edges == Edges::Gradients).then(|| Line::styled(text, subject.theme.strong()))
}
