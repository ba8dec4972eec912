//! The legend of a diagram with lines.

use ratatui::text::{Line, Span};

use super::subject::Subject;
use crate::app::Edges;
use crate::ui::style::penalty_names;

/// Returns what the lines mean and how to see missing numbers; the parts that fit, most important first.
pub(super) fn of_lines(subject: &Subject, room: u16, points_to_formulas: bool) -> Line<'static> {
    let theme = subject.theme;
    let signs = [
        Span::styled(theme.glyph(" + ⠒⠒⠒⠒", " + ----"), theme.positive()),
        Span::styled(theme.glyph(" − ⠒⠂⠒⠂", " - -- --"), theme.negative()),
    ];
    let mut parts = vec![Line::from_iter(signs), Line::raw(subject.scale())];
    if points_to_formulas {
        let text = theme.written(" ←/→ formula of a neuron");
        parts.insert(0, Line::styled(text, theme.strong()));
    }
    if subject.edges == Edges::Gradients {
        let penalty = penalty_names(subject.run.config().penalty);
        let without = penalty.map_or_else(String::new, |names| format!(" without {names}"));
        let text = format!(" edges: gradients{without}");
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
