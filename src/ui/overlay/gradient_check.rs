//! The gradients of backpropagation, checked against central differences.
//!
//! ```text
//! ┌ Gradient check: epoch 57, sample 2 of 4: Bob ──────────────────┐
//! │ ∂L/∂w1: the two agree                                          │
//! │ backpropagation                0.021469535                     │
//! │ measured: w1 nudged both ways  0.021469535  central difference │
//! │ relative error 3e−10, at most 1e−6 counts as agreement         │
//! │                                                                │
//! │ all 9 gradients match the numerical ones (this sample)         │
//! │ w1    0.021469535   0.021469535  ✓                             │
//! │ …                                                              │
//! └────────────────────────────────────────────────────────────────┘
//! ```

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::window;
use crate::app::{GradientCheck, RunView};
use crate::nn::{Agreement, Comparison, Network};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{aligned, grouped, significant};
use crate::ui::style::{Theme, cells, fitting};

/// Enough digits to show where two derivatives differ.
const DIGITS: usize = 8;

/// A relative error that may be larger than this is explained.
const LARGE_SHARE: f64 = 0.01;

/// With borders.
const WIDTH: u16 = 66;

pub(super) fn render(canvas: &mut Canvas, area: Rect, check: &GradientCheck) {
    let (theme, network) = (canvas.theme, &canvas.app.run().network);
    let height = cells(check.compared.len() + 10);
    let title = title(
        canvas.app.run(),
        check,
        WIDTH.min(area.width).saturating_sub(4),
    );
    let inner = window::open(canvas, area, &title, (WIDTH, height));
    let mut lines = selected(theme, network, check, inner.width);
    lines.push(Line::default());
    lines.extend(summary(theme, network, check));
    let room = usize::from(inner.height).saturating_sub(lines.len());
    let first = check.scroll.min(check.compared.len().saturating_sub(room));
    canvas.regions.seen.comparisons = Some(first);
    canvas.regions.seen.list = Some(room.max(1));
    let seen = &check.compared[first..check.compared.len().min(first + room)];
    lines.extend(table(theme, network, seen));
    canvas.draw(Paragraph::new(lines), inner);
}

/// Returns which step is checked: the run may train on meanwhile.
fn title(run: &RunView, check: &GradientCheck, room: u16) -> String {
    let (epoch, step) = (grouped(check.position.epoch), check.position.step + 1);
    let steps = run.steps_per_epoch();
    if run.batch_size() > 1 {
        return format!("Gradient check: epoch {epoch}, batch {step} of {steps}");
    }
    let at = format!("epoch {epoch}, sample {step} of {steps}");
    let name = run.dataset().sample_name(check.first_sample);
    let texts = [
        format!("Gradient check: {at}: {name}"),
        format!("Gradient check: {at}"),
        at,
    ];
    fitting(&texts, room)
}

fn numbers<'c>(theme: Theme, values: impl Iterator<Item = f64> + 'c) -> Vec<String> {
    let numbers = values.map(|value| theme.written(&significant(value, DIGITS)));
    aligned(&numbers.collect::<Vec<_>>())
}

fn selected<'a>(
    theme: Theme,
    network: &Network,
    check: &GradientCheck,
    room: u16,
) -> Vec<Line<'a>> {
    let selected = &check.selected;
    let name = network.parameter_name(selected.parameter);
    let numbers = numbers(theme, [selected.backprop, selected.difference].into_iter());
    let largest = selected.backprop.abs().max(selected.difference.abs());
    let [error, allowed] = [selected.relative_error(), selected.tolerance / largest]
        .map(|share| theme.written(&significant(share, 1)));
    let why = if selected.tolerance > LARGE_SHARE * largest {
        ": so small a gradient drowns in rounding"
    } else {
        ""
    };
    // Of two zeros there is no relative error to allow.
    let allowed = if largest > 0.0 {
        format!(", at most {allowed} counts as agreement{why}")
    } else {
        String::new()
    };
    let d = theme.glyph("∂", "d");
    let label = format!("measured: {name} nudged both ways");
    let label_width = label.len();
    let short = format!(" {label}  {}", numbers[1]);
    let measured = [format!("{short}  central difference"), short];
    vec![
        Line::styled(
            format!(" {d}L/{d}{name}: {}", outcome(selected.agreement)),
            theme.strong(),
        ),
        Line::raw(format!(
            " {:label_width$}  {}",
            "backpropagation", numbers[0]
        )),
        Line::raw(fitting(&measured, room)),
        Line::raw(format!(" relative error {error}{allowed}")),
    ]
}

fn summary<'a>(theme: Theme, network: &Network, check: &GradientCheck) -> Vec<Line<'a>> {
    let (checked, all) = (check.compared.len(), network.parameters().len());
    let (at_kinks, differing) = (check.count(Agreement::Kink), check.count(Agreement::Differ));
    let samples = match check.samples {
        1 => "this sample".to_owned(),
        samples => format!("{samples} samples"),
    };
    let outcome = match differing {
        0 => Line::styled(
            format!(" all {checked} gradients match the numerical ones ({samples})"),
            theme.strong(),
        ),
        _ => Line::styled(
            format!(" {differing} of {checked} gradients DIFFER from numerical ones ({samples})"),
            theme.warning(),
        ),
    };
    let mut lines = vec![outcome];
    if checked < all {
        let text = format!(" {checked} of {all} parameters were checked");
        lines.push(Line::raw(text));
    }
    if at_kinks > 0 {
        let text = format!(" {at_kinks} not differentiable here (ReLU kink)");
        lines.push(Line::raw(text));
    }
    lines
}

fn outcome(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Agree => "the two agree",
        Agreement::Kink => "not differentiable here (ReLU kink)",
        Agreement::Differ => "the two DIFFER",
    }
}

fn table<'a>(theme: Theme, network: &Network, compared: &[Comparison]) -> Vec<Line<'a>> {
    let by_backprop = numbers(theme, compared.iter().map(|of| of.backprop));
    let by_difference = numbers(theme, compared.iter().map(|of| of.difference));
    let rows = compared.iter().zip(by_backprop.iter().zip(&by_difference));
    rows.map(|(comparison, (backprop, difference))| {
        let name = network.parameter_name(comparison.parameter);
        let (result, style) = match comparison.agreement {
            Agreement::Agree => (theme.glyph("✓", "ok"), theme.strong()),
            Agreement::Kink => ("kink", theme.dim()),
            Agreement::Differ => (theme.glyph("✗ differ", "DIFFER"), theme.warning()),
        };
        Line::from_iter([
            Span::styled(format!(" {name:6}"), theme.strong()),
            Span::raw(format!(" {backprop}  {difference}  ")),
            Span::styled(result, style),
        ])
    })
    .collect()
}
