//! The legend of a diagram with lines.

use ratatui::text::{Line, Span};

use super::edges::Unseen;
use super::subject::Subject;
use crate::app::keymap::Action;
use crate::app::{Edges, Panel, Turn};
use crate::ui::canvas::Canvas;
use crate::ui::style::penalty_names;
use crate::ui::widget::visible::counted;

/// Returns the keys that turn to a neuron and its formula: "←/→", beside a map "h/l".
pub(super) fn neuron_keys(canvas: &Canvas) -> Option<String> {
    let key = |turn| canvas.app.offered_key(Action::TurnNeuron(turn));
    let keys = format!("{}/{}", key(Turn::Back)?, key(Turn::Forward)?);
    Some(keys.replace("Left", "←").replace("Right", "→"))
}

/// Returns where the edges and numbers are that have no room: in the formulas of a run, in the table of a step, which counts them.
pub(super) fn elsewhere(
    canvas: &Canvas,
    subject: &Subject,
    has_all_numbers: bool,
    unseen: Unseen,
) -> Option<String> {
    if subject.is_of_run() {
        let keys = neuron_keys(canvas).filter(|_| !has_all_numbers)?;
        return Some(match unseen.lines {
            0 => format!("{keys} formula of a neuron"),
            lines => format!("{keys} shows {} not drawn", counted(lines, "weight")),
        });
    }
    if canvas.app.scene().is_some() {
        // No key of a lesson leads there: its weights are listed.
        return None;
    }
    let table = Action::ToggleZoom(Some(Panel::StepParameters));
    let key = canvas.key_text(table, "table");
    let key = key.map_or_else(String::new, |key| format!(": {key}"));
    let numbers = unseen.numbers;
    let of = match subject.edges {
        Edges::Weights => "weight",
        Edges::Gradients => "gradient",
    };
    (numbers > 0).then(|| format!("{} not shown{key}", counted(numbers, of)))
}

/// Returns what the lines mean and how to see missing numbers; the parts that fit, most important first.
pub(super) fn of_lines(subject: &Subject, room: u16, elsewhere: Option<String>) -> Line<'static> {
    let theme = subject.theme;
    let signs = [
        Span::styled(theme.glyph(" + ⠒⠒⠒⠒", " + ----"), theme.positive()),
        Span::styled(theme.glyph(" − ⠒⠒ ⠒⠒", " - -- --"), theme.negative()),
    ];
    let mut parts = vec![Line::from_iter(signs), Line::raw(subject.scale())];
    if let Some(text) = elsewhere {
        let text = theme.written(&format!(" {text}"));
        parts.insert(0, Line::styled(text, theme.strong()));
    }
    if subject.edges == Edges::Gradients {
        let penalty = penalty_names(subject.run.config().penalty);
        let without = penalty.map_or_else(String::new, |names| format!(" without {names}"));
        let text = format!(" lines: gradients{without}");
        parts.insert(0, Line::styled(text, theme.strong()));
    }
    let mut legend = Line::default();
    for part in parts {
        if legend.width() + part.width() < usize::from(room) {
            legend.spans.extend(part);
        }
    }
    legend.push_span(" ");
    legend
}
