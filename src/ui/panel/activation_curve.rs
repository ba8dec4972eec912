//! The activation function of the selected neuron and its derivative, with the neuron marked on both.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use ratatui::widgets::canvas::Context;

use crate::app::TracedStep;
use crate::nn::Activation;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{activation, short, significant};
use crate::ui::style::{Theme, fitting};
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
    let (theme, backprop) = (canvas.theme, &canvas.app.run().backprop);
    let neuron = backprop.selected.neuron();
    let function = traced.network.layers()[neuron.layer].activation;
    let neuron_name = traced.network.neuron_name(neuron);
    let start = format!("{neuron_name}{}", canvas.app.run().before_step());
    let name = format!("{start}: {}", function.name());
    let titles = [format!("{name}, {}", values_of(function)), name, start];
    let panel = theme.panel(theme.written(&fitting(&titles, area.width.saturating_sub(4))));
    let inner = panel.inner(area);
    if function == Activation::Softmax {
        canvas.draw(panel, area);
        return canvas.say("Softmax: outputs sum to 1.", inner);
    }
    let layer = &traced.trace.layers[neuron.layer];
    let here = Here {
        z: layer.pre_activations[neuron.unit],
        activation: layer.activations[neuron.unit],
        slope: layer.slopes[neuron.unit],
    };
    let digits = backprop.digits;
    let [area_of_curves, legend] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(2)]).areas(inner);
    let curves = Curves::of(function, here.range());
    let is_drawn = !area_of_curves.is_empty() && here.z.is_finite();
    let panel = if is_drawn && !has_axes(area_of_curves) {
        panel.title_bottom(format!(" {} ", theme.written(&curves.extent())))
    } else {
        panel
    };
    canvas.draw(panel, area);
    if is_drawn {
        render_curves(canvas, area_of_curves, &curves, here);
    }
    let legend_lines = here.legend(theme, (legend.width, digits));
    canvas.draw(Paragraph::new(legend_lines), legend);
}

/// Returns what the values of a function lie between: "0 to 1", "0 and up".
fn values_of(function: Activation) -> String {
    let (least, most) = function.range();
    match (least.is_finite(), most.is_finite()) {
        (true, true) => format!("{} to {}", short(least), short(most)),
        (true, false) => format!("{} and up", short(least)),
        _ => "any number".to_owned(),
    }
}

impl Here {
    /// How far the curves reach on either side of 0.
    fn range(self) -> f64 {
        (self.z.abs() * 1.2).ceil().clamp(USUAL_RANGE, WIDEST_RANGE)
    }

    /// The sign of its place on the curves: at their end it says that it is beyond.
    fn sign(self, theme: Theme) -> &'static str {
        match self.range() {
            range if self.z > range => theme.glyph("▶", ">"),
            range if self.z < -range => theme.glyph("◀", "<"),
            _ => theme.glyph("●", "o"),
        }
    }

    /// The three numbers with their signs, in as many of the chosen digits as there is room for; f as the diagram has it
    /// where its nines have none.
    fn legend<'a>(self, theme: Theme, (room, digits): (u16, usize)) -> Vec<Line<'a>> {
        let [line, dots] = theme.glyph(["⠒⠒", "⠂⠐"], ["**", ".."]);
        let here = self.sign(theme);
        let prime = theme.glyph("′", "'");
        let of = |digits, is_brief| {
            let written = |value| theme.written(&significant(value, digits));
            let z = Span::raw(format!("z {here} {}", written(self.z)));
            let f = if is_brief {
                theme.written(&activation(self.activation))
            } else {
                written(self.activation)
            };
            let f = format!("f {line} {f}");
            let slope = format!("f{prime} {dots} {}", written(self.slope));
            [
                z,
                Span::styled(f, theme.strong()),
                Span::styled(slope, theme.dim()),
            ]
        };
        let split = |(digits, is_brief), first| {
            let [z, f, slope] = of(digits, is_brief);
            let gap = || Span::raw("  ");
            match first {
                1 => [Line::from(z), Line::from_iter([f, gap(), slope])],
                _ => [Line::from_iter([z, gap(), f]), Line::from(slope)],
            }
        };
        let fits = |lines: &[Line; 2]| lines.iter().all(|line| line.width() <= usize::from(room));
        let whole = (1..=digits).rev().map(|digits| (digits, false));
        let brief = (1..=digits).rev().map(|digits| (digits, true));
        let mut shapes = whole
            .chain(brief)
            .flat_map(|numbers| [split(numbers, 1), split(numbers, 2)]);
        shapes
            .find(fits)
            .unwrap_or_else(|| split((1, true), 1))
            .into()
    }
}

/// A function and its derivative over a range around 0.
struct Curves {
    range: f64,
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
            range,
            z,
            activations,
            slopes,
        }
    }

    /// Returns the ends of the axis of the values: 0 to 1, extended to them by at most the range, as relu and linear have no
    /// bound.
    fn bounds(&self) -> (f64, f64) {
        let values = self.activations.iter().copied();
        let low = values.clone().fold(0.0, f64::min).max(-self.range);
        let high = values.fold(1.0, f64::max).min(self.range);
        (low, high)
    }

    /// Returns what is drawn of them, where there are no axes to say so: "z −6 to 6, f 0 to 1".
    fn extent(&self) -> String {
        let ((low, high), range) = (self.bounds(), self.range);
        let [low, high, from, to] = [low, high, -range, range].map(short);
        format!("z {from} to {to}, f {low} to {high}")
    }

    /// Draws both curves and the line at z = 0. Where a cell shows only one character, each curve has another one.
    fn paint(&self, context: &mut Context, plot: &Plot) {
        let sign = |context: &mut Context, sign: char| {
            if !plot.has_dots() {
                context.marker(Marker::Custom(sign));
            }
        };
        sign(context, '|');
        plot.upright(context, 0.0, Color::Reset);
        sign(context, '.');
        for (z, slope) in self.z.iter().zip(&self.slopes).step_by(DOT_EVERY) {
            plot.dot(context, plot.point(*z, *slope), Color::Reset);
        }
        sign(context, '*');
        for (z, a) in self.z.windows(2).zip(self.activations.windows(2)) {
            let ends = [0, 1].map(|end| plot.point(z[end], a[end]));
            plot.line(context, ends[0], ends[1], Color::Reset);
        }
    }
}

fn has_axes(area: Rect) -> bool {
    area.width >= FEWEST_COLUMNS && area.height >= FEWEST_ROWS
}

/// Returns the plot of the curves over z, with axes if there is room for them.
fn plot(canvas: &mut Canvas, area: Rect, curves: &Curves) -> Plot {
    let (range, (low, high)) = (curves.range, curves.bounds());
    let up = Axis::between(low, high);
    if !has_axes(area) {
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

fn render_curves(canvas: &mut Canvas, area: Rect, curves: &Curves, here: Here) {
    let theme = canvas.theme;
    let plot = plot(canvas, area, curves);
    let area = plot.area;
    let drawing = plot.drawing(theme.marker(), |context| curves.paint(context, &plot));
    canvas.draw(drawing, area);
    // Drawn without the canvas, which rounds text to other cells than dots.
    let marks = [(here.slope, theme.dim()), (here.activation, theme.strong())];
    for (value, style) in marks {
        let position = plot.cell(here.z, value);
        if let Some(cell) = canvas.frame.buffer_mut().cell_mut(position) {
            cell.set_symbol(here.sign(theme)).set_style(style);
        }
    }
}
