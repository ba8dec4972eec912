//! The norm of the gradient in each layer, which shows where it vanishes on its way back.
//!
//! ```text
//! ┌ Gradient size: Alice ─────┐
//! │h1..h8  1.2e−5 ▆▆          │
//! │h9..h16 0.0074 ▆▆▆▆▆▆▆     │
//! │o1      0.31   ▆▆▆▆▆▆▆▆▆▆▆▆│
//! └ norm, log bars ── g check ┘
//! ```

use ratatui::layout::Rect;

use crate::app::keymap::Action;
use crate::app::{OverlayKind, RunView, TracedStep};

use crate::ui::canvas::Canvas;
use crate::ui::style::number::significant;
use crate::ui::style::{cells, fitting, layer_name, penalty_names, width};
use crate::ui::widget::bars::{self, Bar};
use crate::ui::widget::visible::{left_out, spread};

/// The fewest powers of ten from the start of the bars to the end of the longest.
const FEWEST_DECADES: f64 = 3.0;

/// Returns the height of the panel, including its borders.
pub(crate) fn height(run: &RunView) -> u16 {
    cells(run.network.layers().len() + 2)
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect, traced: &TracedStep) {
    let (run, theme) = (canvas.app.run(), canvas.theme);
    let mut panel = theme.panel(theme.written(&title(run, traced, area.width.saturating_sub(4))));
    let inner = panel.inner(area);
    let norms = &traced.step.gradient_norms;
    let seen: Vec<usize> = spread(norms.len(), usize::from(inner.height)).collect();
    let check = Action::Open(OverlayKind::GradientCheck);
    let key = canvas.key_text(check, "check");
    if let Some(text) = left_out(norms.len() - seen.len(), "layer") {
        panel = panel.title_bottom(text);
    } else {
        let meanings = theme.glyph(
            [
                "√Σ gradient² of its weights and biases, log bars",
                "√Σ gradient², log bars",
                "norm, log bars",
            ],
            [
                "root of squares of its weights and biases, log bars",
                "root of squares, log bars",
                "norm, log bars",
            ],
        );
        let taken = key.as_deref().map_or(0, |key| width(key) + 2);
        let room = area.width.saturating_sub(taken + 5);
        let scale = fitting(&meanings, room);
        panel = panel.title_bottom(format!(" {scale} "));
        if let Some(key) = &key {
            panel = panel.title_bottom(theme.keys_line(key));
        }
    }
    canvas.draw(panel, area);
    let border = area.rows().next_back().unwrap_or_default();
    canvas.shows_key(border, key.as_deref(), check);
    let lengths = lengths(norms);
    let bars = seen.iter().map(|&layer| Bar {
        name: layer_name(&run.network, layer),
        number: significant(norms[layer], 2),
        length: lengths[layer],
    });
    bars::render(canvas, inner, &bars.collect::<Vec<_>>());
}

/// Returns the lengths of bars on one logarithmic scale, 0 to 1, of which 1 is the largest norm and only 0 is no norm.
fn lengths(norms: &[f64]) -> Vec<f64> {
    // An infinite norm is as good as the largest number.
    let sizes = norms.iter().map(|norm| norm.min(f64::MAX).log10());
    let known = sizes.clone().filter(|size| size.is_finite());
    let low = known.clone().fold(f64::INFINITY, f64::min);
    let high = known.fold(f64::NEG_INFINITY, f64::max);
    let decades = ((high - low).ceil() + 1.0).max(FEWEST_DECADES);
    let length = |size: f64| {
        if size.is_finite() {
            1.0 - (high - size) / decades
        } else {
            0.0
        }
    };
    sizes.map(length).collect()
}

/// Returns what the norm is of: with a penalty, the optimizer gets another gradient than that of the loss.
fn title(run: &RunView, traced: &TracedStep, room: u16) -> String {
    let whose = traced.whose(run.dataset());
    // What is followed outside the step has no gradient: it is that of the step which training makes next.
    let (step, of_step) = if run.is_probing() {
        (format!("next step on {whose}"), ", next")
    } else {
        (format!("step on {whose}"), " size")
    };
    let short = match run.before_step() {
        "" => format!("Gradient{of_step}: {whose}"),
        before => format!("Gradient{before}"),
    };
    let texts = match penalty_names(run.config().penalty) {
        Some(penalty) => [
            format!("Gradient size (norm) per layer, {step}, without {penalty}"),
            format!("Gradient size, {step}, without {penalty}"),
            format!("{whose}: gradient without {penalty}"),
            format!("Gradient without {penalty}"),
        ],
        None => [
            format!("Gradient size (norm) per layer, {step}"),
            format!("Gradient size, {step}"),
            short,
            format!("Gradient: {whose}"),
        ],
    };
    fitting(&texts, room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_on_one_scale_that_shows_a_small_factor_and_a_vanishing_gradient() {
        let about = |norms: &[f64], expected: &[f64]| {
            let lengths = lengths(norms);
            assert_eq!(lengths.len(), expected.len());
            let pairs = lengths.iter().zip(expected);
            let error = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(error < 1e-9, "{lengths:?}");
        };
        about(&[0.01, 1.0], &[1.0 / 3.0, 1.0]);
        about(&[1e-9, 1e-5, 1.0], &[0.1, 0.5, 1.0]);
        about(&[0.0, 2.0, 2.0], &[0.0, 1.0, 1.0]);
        about(&[0.0], &[0.0]);
        let extremes = lengths(&[5e-324, 1e308, f64::INFINITY]);
        assert!(extremes.iter().all(|length| (0.0..=1.0).contains(length)));
        assert!(extremes[0] > 0.0 && extremes[2] == 1.0, "{extremes:?}");
    }
}
