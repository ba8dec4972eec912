//! The activation function of the selected neuron and its derivative, with the neuron marked on both.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Color;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use ratatui::widgets::canvas::Context;

use crate::app::TracedStep;
use crate::nn::Activation;
use crate::ui::canvas::Canvas;
use crate::ui::style::Theme;
use crate::ui::style::number::significant;
use crate::ui::widget::axes::{Across, Axes};
use crate::ui::widget::axis::Axis;
use crate::ui::widget::plot::Plot;
use crate::ui::widget::ticks::TickText;

/// The range of z is −6 to 6, or larger if the neuron is outside …
const USUAL_RANGE: f64 = 6.0;
/// … but never so large that the shape of the curve is lost.
const WIDEST_RANGE: f64 = 20.0;

/// A smaller area has no axes.
const FEWEST_COLUMNS: u16 = 24;
const FEWEST_ROWS: u16 = 6;

/// Points of a curve on either side of 0.
const POINTS: i32 = 120;
/// Every such point of the derivative is drawn as a dot.
const DOT_EVERY: usize = 6;

/// The position of the neuron: z, its activation f(z) and the slope f′(z).
#[derive(Debug, Clone, Copy)]
struct Here {
    z: f64,
    activation: f64,
    slope: f64,
}

pub(crate) fn render(canvas: &mut Canvas, area: Rect, traced: &TracedStep) {
    let neuron = canvas.app.run().backprop.selected.neuron();
    let function = traced.network.layers()[neuron.layer].activation;
    let name = traced.network.neuron_name(neuron);
    let inner = canvas.panel(area, format!("{name}: {}", function.name()));
    if function == Activation::Softmax {
        canvas.draw(Paragraph::new("Softmax: outputs sum to 1."), inner);
        return;
    }
    let layer = &traced.trace.layers[neuron.layer];
    let here = Here {
        z: layer.pre_activations[neuron.unit],
        activation: layer.activations[neuron.unit],
        slope: layer.slopes[neuron.unit],
    };
    let [curves, legend] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(2)]).areas(inner);
    if !curves.is_empty() && here.z.is_finite() {
        render_curves(canvas, curves, function, here);
    }
    canvas.draw(
        Paragraph::new(here.legend(canvas.theme, legend.width)),
        legend,
    );
}

impl Here {
    /// The three numbers with their signs, in as many digits as there is room for.
    fn legend<'a>(self, theme: Theme, room: u16) -> Vec<Line<'a>> {
        let [line, dots, here] = theme.glyph(["─", "┈", "●"], ["-", ".", "o"]);
        let prime = theme.glyph("′", "'");
        let written = |value, digits| theme.written(&significant(value, digits));
        let curves = |digits| {
            let [activation, slope] =
                [self.activation, self.slope].map(|value| written(value, digits));
            Line::from_iter([
                Span::styled(format!("f {line}{line} {activation}"), theme.strong()),
                Span::styled(format!("  f{prime} {dots}{dots} {slope}"), theme.dim()),
            ])
        };
        let mut texts = [3, 2].map(curves).into_iter();
        let fitting = texts.find(|text| text.width() <= usize::from(room));
        vec![
            Line::raw(format!("z {here} {}", written(self.z, 3))),
            fitting.unwrap_or_else(|| curves(1)),
        ]
    }
}

/// A function and its derivative over a range around 0.
struct Curves {
    z: Vec<f64>,
    activations: Vec<f64>,
    slopes: Vec<f64>,
}

impl Curves {
    fn of(function: Activation, range: f64) -> Self {
        let points = -POINTS..=POINTS;
        let z: Vec<f64> = points
            .map(|point| f64::from(point) / f64::from(POINTS) * range)
            .collect();
        let mut activations = z.clone();
        function.apply(&mut activations);
        let mut slopes = vec![1.0; z.len()];
        function.chain(&activations, &mut slopes);
        Self {
            z,
            activations,
            slopes,
        }
    }

    /// Returns the axis of the values: 0 to 1, extended to them by at most the range, as relu and linear have no bound.
    fn axis(&self, range: f64) -> Axis {
        let values = self.activations.iter().copied();
        let low = values.clone().fold(0.0, f64::min).max(-range);
        let high = values.fold(1.0, f64::max).min(range);
        Axis::between(low, high)
    }

    fn paint(&self, context: &mut Context, plot: &Plot) {
        for (z, slope) in self.z.iter().zip(&self.slopes).step_by(DOT_EVERY) {
            plot.dot(context, plot.point(*z, *slope), Color::Reset);
        }
        for (z, a) in self.z.windows(2).zip(self.activations.windows(2)) {
            let ends = [0, 1].map(|end| plot.point(z[end], a[end]));
            plot.line(context, ends[0], ends[1], Color::Reset);
        }
    }
}

/// Returns the plot of a function over z, with axes if there is room for them.
fn plot(canvas: &mut Canvas, area: Rect, range: f64, up: Axis) -> Plot {
    if area.width < FEWEST_COLUMNS || area.height < FEWEST_ROWS {
        let area = area.intersection(canvas.frame.area());
        return Plot::new(canvas.theme, area, Axis::between(-range, range), up);
    }
    let axes = Axes {
        up,
        text: TickText::Number,
        across: Across::Values("z", -range, range),
        margin: 0,
    };
    axes.render(canvas, area)
}

fn render_curves(canvas: &mut Canvas, area: Rect, function: Activation, here: Here) {
    let theme = canvas.theme;
    let range = (here.z.abs() * 1.2).clamp(USUAL_RANGE, WIDEST_RANGE);
    let curves = Curves::of(function, range);
    let plot = plot(canvas, area, range, curves.axis(range));
    let area = plot.area;
    let drawing = plot.drawing(theme.marker(), |context| {
        plot.upright(context, 0.0, Color::Reset);
        curves.paint(context, &plot);
    });
    canvas.draw(drawing, area);
    // Drawn without the canvas, which rounds text to other cells than dots.
    let marks = [(here.slope, theme.dim()), (here.activation, theme.strong())];
    for (value, style) in marks {
        let position = plot.cell(here.z, value);
        if let Some(cell) = canvas.frame.buffer_mut().cell_mut(position) {
            cell.set_symbol(theme.glyph("●", "o")).set_style(style);
        }
    }
}
