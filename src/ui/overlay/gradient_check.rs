//! The chain rule held against the definition of a derivative.
//!
//! ```text
//! ┌ Gradient check ─────────────────────────────────────────────┐
//! │ ∂L/∂w1: the two agree                                       │
//! │ by backprop            0.021469535                          │
//! │ by central difference  0.021469535                          │
//! │ relative error 3e−10                                        │
//! │                                                             │
//! │ all 9 parameters, this sample:                              │
//! │ no derivative differs from the central difference           │
//! │ w1    0.021469535   0.021469535  ✓                          │
//! │ …                                                           │
//! └─────────────────────────────────────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use crate::app::{App, GradientCheck};
use crate::nn::{Comparison, Verdict};
use crate::ui::style::Theme;
use crate::ui::style::number::aligned;

/// Enough to see where two derivatives part.
const DIGITS: usize = 8;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App, check: &GradientCheck) {
    let theme = Theme(app.appearance());
    let height = u16::try_from(check.compared.len() + 10).unwrap_or(u16::MAX);
    let area = area.centered(Constraint::Length(66), Constraint::Length(height));
    let panel = theme.panel("Gradient check");
    let mut lines = selected(theme, app, check);
    lines.push(Line::default());
    lines.extend(summary(theme, app, check));
    let room = usize::from(panel.inner(area).height).saturating_sub(lines.len());
    let first = check.scroll.min(check.compared.len().saturating_sub(room));
    let seen = &check.compared[first..check.compared.len().min(first + room)];
    lines.extend(table(theme, app, seen));
    frame.render_widget(Clear, area);
    frame.render_widget(Paragraph::new(lines).block(panel), area);
}

fn selected<'a>(theme: Theme, app: &App, check: &GradientCheck) -> Vec<Line<'a>> {
    let selected = &check.selected;
    let name = app.run().network.parameter_name(selected.parameter);
    let numbers = [selected.backprop, selected.difference];
    let numbers = aligned(&numbers.map(|number| theme.significant(number, DIGITS)));
    let error = theme.significant(selected.relative_error(), 1);
    let d = theme.glyph("∂", "d");
    vec![
        Line::styled(
            format!(" {d}L/{d}{name}: {}", words(selected.verdict)),
            theme.strong(),
        ),
        Line::raw(format!(" by backprop            {}", numbers[0])),
        Line::raw(format!(" by central difference  {}", numbers[1])),
        Line::raw(format!(" relative error {error}")),
    ]
}

fn summary<'a>(theme: Theme, app: &App, check: &GradientCheck) -> Vec<Line<'a>> {
    let (checked, all) = (check.compared.len(), app.run().network.parameters().len());
    let (bent, differing) = (check.count(Verdict::Bend), check.count(Verdict::Differ));
    let which = match (checked == all, check.samples) {
        (true, 1) => format!("all {all} parameters, this sample"),
        (true, samples) => format!("all {all} parameters, {samples} samples of the batch"),
        (false, samples) => {
            format!("{checked} of {all} parameters, {samples} samples of the batch")
        }
    };
    let outcome = match differing {
        0 => Line::styled(
            " no derivative differs from the central difference",
            theme.strong(),
        ),
        _ => Line::styled(
            format!(" {differing} of {checked} derivatives DIFFER from the central difference"),
            theme.warning(),
        ),
    };
    let mut lines = vec![Line::raw(format!(" {which}:")), outcome];
    if bent > 0 {
        lines.push(Line::raw(format!(
            " {bent} cannot be compared: a relu bends just there"
        )));
    }
    lines
}

fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agree => "the two agree",
        Verdict::Bend => "cannot be compared, a relu bends just there",
        Verdict::Differ => "the two DIFFER",
    }
}

fn table<'a>(theme: Theme, app: &App, compared: &[Comparison]) -> Vec<Line<'a>> {
    let column = |number: fn(&Comparison) -> f64| {
        let numbers: Vec<String> = compared
            .iter()
            .map(|comparison| theme.significant(number(comparison), DIGITS))
            .collect();
        aligned(&numbers)
    };
    let by_backprop = column(|comparison| comparison.backprop);
    let by_difference = column(|comparison| comparison.difference);
    let rows = compared.iter().zip(by_backprop.iter().zip(&by_difference));
    rows.map(|(comparison, (backprop, difference))| {
        let name = app.run().network.parameter_name(comparison.parameter);
        let (verdict, style) = match comparison.verdict {
            Verdict::Agree => (theme.glyph("✓", "ok"), theme.positive()),
            Verdict::Bend => ("bend", theme.dim()),
            Verdict::Differ => (theme.glyph("✗ differ", "DIFFER"), theme.warning()),
        };
        Line::from_iter([
            Span::styled(format!(" {name:6}"), theme.strong()),
            Span::raw(format!(" {backprop}  {difference}  ")),
            Span::styled(verdict, style),
        ])
    })
    .collect()
}
