//! The formulas of neurons with the numbers of the sample put in: the weighted sum and the activation.
//!
//! ```text
//! h1: z = 1.73·(−2) + (−0.0686)·(−1) + 0.507 = −2.88; h1 = sigmoid(z) = 0.0532
//! ```

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::legend::neuron_keys;
use super::matrices;
use crate::app::RunView;
use crate::nn::{Forward, Neuron, Source, Term};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{MINUS, activation as brief, significant};
use crate::ui::style::{Theme, cells};

/// The rows that a network needs for each unit of its largest layer, and at least, before formulas of neurons that nobody
/// has chosen are below it.
const ROWS_PER_UNIT: usize = 3;
const FEWEST_ROWS: u16 = 11;

/// A network and its activations for a sample.
#[derive(Clone, Copy)]
pub(super) struct Activations<'a> {
    pub(super) run: &'a RunView,
    /// The sample as the network sees it.
    pub(super) inputs: &'a [f64],
    pub(super) forward: &'a Forward,
}

/// Draws the formula of the chosen neuron, or of as many neurons as there is room for, into the last lines of the area;
/// returns the number of lines.
pub(super) fn render(canvas: &mut Canvas, area: Rect, of: Activations) -> u16 {
    let lines = match of.run.neuron {
        Some(_) if area.height <= 4 => Vec::new(),
        Some(neuron) => of.formula(canvas.theme, neuron, (area.width, 2), Form::Long),
        None => of_all(of, canvas, area),
    };
    canvas.last_lines(lines, area)
}

/// How a formula ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "h1 = sigmoid(z) = 0.999999".
    Long,
    /// "h1 = sigmoid(z) ≈ 1": as the diagram has it.
    Rounded,
    /// "h1 ≈ 1".
    Short,
}

/// The formulas of as many neurons as the diagram leaves room for; the last line counts the others. A blank one before
/// them gives way to a formula.
fn of_all<'a>(of: Activations, canvas: &Canvas, area: Rect) -> Vec<Line<'a>> {
    let (theme, network) = (canvas.theme, &of.run.network);
    if matrices::are_needed(network) {
        return Vec::new();
    }
    let sizes = network.architecture().sizes();
    let largest = sizes.into_iter().max().unwrap_or_default();
    let diagram = cells(ROWS_PER_UNIT * largest).max(FEWEST_ROWS);
    let all_room = usize::from(area.height.saturating_sub(diagram));
    let layers = network.layers().iter().enumerate();
    let neurons =
        layers.flat_map(|(layer, of)| (0..of.units).map(move |unit| Neuron { layer, unit }));
    let neurons: Vec<Neuron> = neurons.collect();
    let seen = &neurons[..all_room.min(neurons.len())];
    let formulas = of.formulas(theme, seen, area.width);
    let fit =
        seen.len() == neurons.len() && formulas.iter().map(Vec::len).sum::<usize>() == all_room;
    let room = all_room.saturating_sub(usize::from(!fit));
    let mut lines = Vec::new();
    for (index, formula) in formulas.into_iter().enumerate() {
        let is_last = index + 1 == neurons.len();
        if lines.len() + formula.len() + usize::from(!is_last) > room {
            if index > 0 {
                let more = theme.glyph("…", "...");
                let keys = neuron_keys(canvas).map_or_else(String::new, |keys| format!(": {keys}"));
                let text = format!("{more} {} more{keys}", neurons.len() - index);
                lines.push(Line::styled(theme.written(&text), theme.dim()));
            }
            break;
        }
        lines.extend(formula);
    }
    if !lines.is_empty() && lines.len() < all_room {
        lines.insert(0, Line::default());
    }
    lines
}

impl Activations<'_> {
    /// Returns the formulas of some neurons, all in the same form: the longest one without breaks, or else the long one.
    fn formulas<'a>(self, theme: Theme, neurons: &[Neuron], width: u16) -> Vec<Vec<Line<'a>>> {
        let written = |form: Form| -> Vec<Vec<Line>> {
            let formulas = neurons.iter();
            let formulas = formulas.map(|neuron| self.formula(theme, *neuron, (width, 2), form));
            formulas.collect()
        };
        let have_no_breaks = |formulas: &[Vec<Line>]| formulas.iter().all(|of| of.len() <= 1);
        let long = written(Form::Long);
        if have_no_breaks(&long) {
            return long;
        }
        let mut shorter = [Form::Rounded, Form::Short].into_iter().map(written);
        let whole = shorter.find(|formulas| have_no_breaks(formulas));
        whole.unwrap_or(long)
    }

    /// Returns the formula of a neuron, broken between terms, with as many of these as fit into some lines of a width.
    fn formula<'a>(
        self,
        theme: Theme,
        neuron: Neuron,
        (width, rows): (u16, usize),
        form: Form,
    ) -> Vec<Line<'a>> {
        /// The cells of " + 1·2".
        const SHORTEST_TERM: usize = 6;
        let most = usize::from(width) * rows / SHORTEST_TERM + 1;
        let mut terms = self.terms(theme, neuron, (most, form));
        loop {
            let lines = packed(self.parts(theme, neuron, &terms, form), width);
            if lines.len() <= rows || terms.is_empty() {
                return lines;
            }
            terms.pop();
        }
    }

    /// The first products of the weighted sum of a neuron: "+ (−0.0686)·(−1)", the first one without its sign.
    fn terms(
        self,
        theme: Theme,
        neuron: Neuron,
        (most, form): (usize, Form),
    ) -> Vec<Span<'static>> {
        let network = &self.run.network;
        let weights = network.weights_into(neuron.layer, neuron.unit).iter();
        let terms = weights.zip(network.terms(neuron)).take(most).enumerate();
        let times = theme.glyph("·", "*");
        let product = |(index, (&weight, term)): (usize, (&f64, Term))| {
            let value = self.value(term.source);
            let value = match rounded(value).filter(|_| form != Form::Long) {
                Some(number) => theme.written(&format!("≈{number}")),
                None => in_parentheses(written(theme, value)),
            };
            let weight_text = written(theme, weight);
            let text = match index {
                0 => format!("{weight_text}{times}{value}"),
                _ => format!("+ {}{times}{value}", in_parentheses(weight_text)),
            };
            Span::styled(text, theme.signed(weight))
        };
        terms.map(product).collect()
    }

    /// The parts of a formula, which are not broken: some terms, how many are left out, the bias, and the results.
    fn parts(
        self,
        theme: Theme,
        neuron: Neuron,
        terms: &[Span<'static>],
        form: Form,
    ) -> Vec<Span<'static>> {
        let Neuron { layer, unit } = neuron;
        let network = &self.run.network;
        let fan_in = network.layers()[layer].fan_in;
        let name = network.neuron_name(neuron);
        let mut parts = vec![Span::styled(format!("{name}: z ="), theme.strong())];
        parts.extend_from_slice(terms);
        if terms.len() < fan_in {
            let more = theme.glyph("…", "...");
            parts.push(Span::raw(format!("+ {more} {} more", fan_in - terms.len())));
        }
        let number = |value| written(theme, value);
        let bias = in_parentheses(number(network.bias(layer, unit)));
        let z = number(self.forward.pre_activations_of(network, layer)[unit]);
        let activation = self.forward.of_layer(network, layer)[unit];
        let is = || match rounded(activation) {
            Some(number) => theme.written(&format!("≈ {number}")),
            None => format!("= {}", number(activation)),
        };
        let function = network.layers()[layer].activation.name();
        parts.push(Span::raw(format!("+ {bias}")));
        parts.push(Span::raw(format!("= {z};")));
        parts.push(Span::raw(match form {
            Form::Long => format!("{name} = {function}(z) = {}", number(activation)),
            Form::Rounded => format!("{name} = {function}(z) {}", is()),
            Form::Short => format!("{name} {}", is()),
        }));
        parts
    }

    /// The value of an input or the activation of a neuron.
    fn value(&self, source: Source) -> f64 {
        match source {
            Source::Input(index) => self.inputs[index],
            Source::Neuron(Neuron { layer, unit }) => {
                self.forward.of_layer(&self.run.network, layer)[unit]
            }
        }
    }
}

/// Puts parts into lines, with a space between them, and before those that continue.
fn packed(parts: Vec<Span>, width: u16) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            None => lines.push(part.into()),
            Some(line) if line.width() + 1 + part.width() <= usize::from(width) => {
                line.push_span(Span::raw(" "));
                line.push_span(part);
            }
            Some(_) => lines.push(Line::from(vec![Span::raw("   "), part])),
        }
    }
    lines
}

/// Returns what a number is near to where it would be written with many nines.
fn rounded(value: f64) -> Option<String> {
    brief(value).strip_prefix('≈').map(str::to_owned)
}

fn written(theme: Theme, value: f64) -> String {
    theme.written(&significant(value, 3))
}

/// Returns a number as it is written after an operator.
fn in_parentheses(number: String) -> String {
    let is_negative = [MINUS, "-"].iter().any(|sign| number.starts_with(sign));
    if is_negative {
        format!("({number})")
    } else {
        number
    }
}
