//! The activation function of the selected neuron, its derivative, and where the neuron is on them.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Color;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use ratatui::widgets::canvas::Context;

use crate::app::{App, TracedStep};
use crate::nn::Activation;
use crate::ui::style::Theme;
use crate::ui::widget::chart::{Axis, Plot};

/// z is drawn from −6 to 6, or further if the neuron is further out …
const USUAL_RANGE: f64 = 6.0;
/// … but not so far that the bend of the curve is lost.
const WIDEST_RANGE: f64 = 20.0;

/// Points of a curve.
const POINTS: i32 = 120;

pub(crate) fn render(frame: &mut Frame, area: Rect, app: &App, traced: &TracedStep) {
    let theme = Theme(app.appearance());
    let neuron = app.run().backprop.selected.neuron();
    let function = traced.network.layers()[neuron.layer].activation;
    let name = traced.network.neuron_name(neuron);
    let panel = theme.panel(format!("{name}: {}", function.name()));
    let inner = panel.inner(area);
    frame.render_widget(panel, area);
    if function == Activation::Softmax {
        let words = "All outputs together:\ntheir sum is 1.";
        frame.render_widget(Paragraph::new(words), inner);
        return;
    }
    let layer = &traced.trace.layers[neuron.layer];
    let z = layer.pre_activations[neuron.unit];
    let (a, slope) = (layer.activations[neuron.unit], layer.slopes[neuron.unit]);
    let [plot, words] = Layout::vertical([Constraint::Min(0), Constraint::Length(2)]).areas(inner);
    if plot.height > 0 && plot.width > 0 && z.is_finite() {
        render_curves(frame, plot, theme, function, (z, a, slope));
    }
    let number = |value| theme.significant(value, 3);
    let [line, dots, here] = theme.glyph(["─", "┈", "●"], ["-", ".", "o"]);
    let prime = theme.glyph("′", "'");
    let legend = Line::from_iter([
        Span::raw(format!("z {here} {}", number(z))),
        Span::styled(format!("  f{prime} {dots}{dots}"), theme.negative()),
    ]);
    let values = Line::from_iter([
        Span::styled(format!("f {line}{line} {}", number(a)), theme.positive()),
        Span::styled(format!("  f{prime} {}", number(slope)), theme.negative()),
    ]);
    frame.render_widget(Paragraph::new(vec![legend, values]), words);
}

fn render_curves(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    function: Activation,
    (z, a, slope): (f64, f64, f64),
) {
    let range = (z.abs() * 1.2).clamp(USUAL_RANGE, WIDEST_RANGE);
    let z = z.clamp(-range, range);
    let samples: Vec<f64> = (-POINTS..=POINTS)
        .map(|point| f64::from(point) / f64::from(POINTS) * range)
        .collect();
    let mut activations = samples.clone();
    function.apply(&mut activations);
    let mut slopes = vec![1.0; samples.len()];
    function.chain(&activations, &mut slopes);
    // Relu and linear go on for ever: what is seen of them has the size of their slope and the neuron.
    let low = activations.iter().copied().fold(0.0, f64::min).max(-range);
    let high = activations.iter().copied().fold(1.0, f64::max).min(range);
    let area = area.intersection(frame.area());
    let (across, up) = (Axis::between(-range, range), Axis::between(low, high));
    let plot = Plot::new(theme, area, across, up);
    let point = |z: &f64, value: &f64| plot.point(*z, *value);
    let color = |style: ratatui::style::Style| style.fg.unwrap_or(Color::Reset);
    let draw = |context: &mut Context| {
        plot.line(context, point(&0.0, &low), point(&0.0, &high), Color::Reset);
        let dotted = samples.iter().zip(&slopes).step_by(6);
        for (z, slope) in dotted {
            plot.dot(context, point(z, slope), color(theme.negative()));
        }
        for (z, a) in samples.windows(2).zip(activations.windows(2)) {
            let ends = (point(&z[0], &a[0]), point(&z[1], &a[1]));
            plot.line(context, ends.0, ends.1, color(theme.positive()));
        }
    };
    let canvas = plot.canvas(theme.marker(), draw);
    frame.render_widget(canvas, area);
    // Not by the canvas, which rounds text to other cells than dots.
    let cell = |share: f64, cells: u16| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast keeps to the range"
        )]
        let cell = (share * f64::from(cells)) as u16;
        cell.min(cells.saturating_sub(1))
    };
    let here = theme.glyph("●", "o");
    for (value, style) in [(slope, theme.negative()), (a, theme.strong())] {
        let column = cell(across.share(z), area.width);
        let row = cell(up.share_from_top(value), area.height);
        let place = (area.x + column, area.y + row);
        if let Some(cell) = frame.buffer_mut().cell_mut(place) {
            cell.set_symbol(here).set_style(style);
        }
    }
}
