//! The forward pass of the selected neuron: h1 = f(w1·x1 + w2·x2 + b1) = … = 0.0474.

use super::equation::{Equation, with_parentheses};
use super::part::{Part, texts};
use super::sum::Sum;
use super::table::Table;
use super::writer::FormulaWriter;
use crate::app::Selection;
use crate::data::Input;
use crate::nn::{Activation, Neuron, Parameter};
use crate::ui::style::plain;

/// Below this slope, a saturating function passes back almost no gradient.
const SATURATED: f64 = 0.01;

/// The maximum number of inputs that are shown one by one.
const MOST_INPUTS: usize = 7;

/// The other neurons of a network with more hidden ones are not written out.
const MOST_OTHERS: usize = 4;

/// Of more outputs not all are written out, nor all powers of e in their sum.
const MOST_OUTPUTS: usize = 4;

pub(super) fn parts<'a>(writer: &'a FormulaWriter) -> Vec<Part<'a>> {
    let neuron = writer.selected().neuron();
    let mut parts = Vec::new();
    if neuron.layer == 0 {
        parts.extend(texts(inputs(writer)));
    }
    parts.extend(activation(writer, neuron));
    parts.push(function(writer, neuron).into());
    parts.extend(texts(writer.slope_equation(neuron).lines(&writer.page)));
    parts.extend(texts(saturation(writer, neuron)));
    if let Selection::Parameter(parameter) = writer.selected() {
        parts.push(share(writer, parameter).into());
    }
    parts.extend(rest(writer, neuron));
    parts
}

/// How the prediction comes about beside the selected neuron: the other neurons of a small network, and the outputs, of many
/// only that of the sample's class.
fn rest<'a>(writer: &'a FormulaWriter, selected: Neuron) -> Vec<Part<'a>> {
    let network = writer.network();
    let neurons = |layer: usize| {
        let units = 0..network.layers()[layer].units;
        units.map(move |unit| Neuron { layer, unit })
    };
    let last = network.layers().len() - 1;
    let hidden: Vec<Neuron> = (0..last).flat_map(neurons).collect();
    let is_short = |neuron: &Neuron| Sum::into(*neuron, writer).is_short();
    let is_small = hidden.len() <= MOST_OTHERS && hidden.iter().all(is_short);
    let hidden = hidden.into_iter().filter(|_| is_small);
    let targets = &writer.traced.trace.targets;
    let largest = targets.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let is_written =
        |neuron: &Neuron| targets.len() <= MOST_OUTPUTS || targets[neuron.unit] == largest;
    let outputs = neurons(last).filter(is_written);
    let others = hidden.chain(outputs).filter(|neuron| *neuron != selected);
    let others: Vec<Neuron> = others.collect();
    let equations = others.iter().map(|neuron| equation(writer, *neuron));
    let of_softmax = |neuron: &&Neuron| writer.function(neuron.layer) == Activation::Softmax;
    let shares = others
        .iter()
        .filter(of_softmax)
        .map(|neuron| softmax(writer, *neuron));
    texts(
        equations
            .chain(shares)
            .flat_map(|equation| equation.lines(&writer.page)),
    )
    .collect()
}

/// Returns "x1 = weight = −2, x2 = height = −1", as the network sees them; "x1² = weight² = 4" if it is a formula.
fn inputs(writer: &FormulaWriter) -> Option<String> {
    let inputs = writer.run.dataset().inputs();
    if inputs.len() > MOST_INPUTS {
        return None;
    }
    let inputs = inputs.iter().zip(&writer.traced.trace.inputs);
    let texts: Vec<String> = inputs
        .map(
            |(
                Input {
                    name,
                    label,
                    symbol,
                },
                value,
            )| {
                let value = writer.number(*value);
                if plain(symbol) == *name {
                    return format!("{symbol} = {value}");
                }
                format!("{symbol} = {label} = {value}")
            },
        )
        .collect();
    Some(texts.join(", "))
}

/// The weighted sum and f of it, with a table of the terms if they are many.
fn activation<'a>(writer: &'a FormulaWriter, neuron: Neuron) -> Vec<Part<'a>> {
    let sum = Sum::into(neuron, writer);
    let mut lines = equation(writer, neuron).lines(&writer.page);
    if writer.function(neuron.layer) == Activation::Softmax {
        lines.extend(softmax(writer, neuron).lines(&writer.page));
    }
    let mut parts: Vec<Part> = texts(lines).collect();
    if !sum.is_short() {
        let (name, bias) = bias(writer, neuron);
        parts.push(Part::Table(Table::new(sum, writer.page)));
        parts.push(format!("  {name} = {bias}").into());
    }
    parts
}

/// The name and the number of a neuron's bias.
fn bias(writer: &FormulaWriter, neuron: Neuron) -> (String, String) {
    let bias = Parameter::Bias(neuron);
    let value = writer.number(writer.value(bias));
    (writer.parameter_name(bias), value)
}

/// The weighted sum and f of it; softmax takes the sums of the other units as well, so its sum stands alone.
fn equation(writer: &FormulaWriter, neuron: Neuron) -> Equation {
    let sum = Sum::into(neuron, writer);
    let (bias_name, bias) = bias(writer, neuron);
    let is_softmax = writer.function(neuron.layer) == Activation::Softmax;
    let applied = |sum: String| {
        if is_softmax { sum } else { format!("f({sum})") }
    };
    let mut equation = Equation::of(&activation_names(writer, neuron, is_softmax));
    equation = if sum.is_short() {
        let (names, numbers) = (sum.names(), sum.in_numbers());
        equation
            .then(applied(format!("{names} + {bias_name}")))
            .then(applied(format!("{numbers} + {bias}")))
    } else {
        let source = source_letter(neuron.layer);
        equation.then(applied(format!("Σ w·{source} + {bias_name}")))
    };
    equation = equation.then(applied(writer.number(writer.pre_activation(neuron))));
    if is_softmax {
        return equation;
    }
    equation.then(writer.apart_from_one(writer.activation(neuron)))
}

/// `h1`; `ypred = o1`; `z_o1` where f is softmax.
fn activation_names(writer: &FormulaWriter, neuron: Neuron, is_softmax: bool) -> String {
    let name = writer.network().neuron_name(neuron);
    if is_softmax {
        return format!("z_{name}");
    }
    let also = writer.activation_name(neuron);
    if also == name {
        name
    } else {
        format!("{also} = {name}")
    }
}

/// Returns `o1 = e^z_o1 / Σ e^z`.
fn softmax(writer: &FormulaWriter, neuron: Neuron) -> Equation {
    let Neuron { layer, unit } = neuron;
    let z = &writer.traced.trace.layers[layer].pre_activations;
    let name = |unit| writer.network().neuron_name(Neuron { layer, unit });
    let mut equation = Equation::of(&name(unit)).then(format!("e^z_{} / Σ e^z", name(unit)));
    if z.len() <= MOST_OUTPUTS {
        let powers: Vec<String> = z
            .iter()
            .map(|z| format!("e^{}", writer.number(*z)))
            .collect();
        equation = equation.then(format!("{} / ({})", powers[unit], powers.join(" + ")));
    }
    equation.then(writer.apart_from_one(writer.activation(neuron)))
}

fn source_letter(layer: usize) -> &'static str {
    if layer == 0 { "x" } else { "h" }
}

/// Returns the definition of f.
fn function(writer: &FormulaWriter, neuron: Neuron) -> String {
    let function = writer.function(neuron.layer);
    format!("f is {}: {}", function.name(), function.formula())
}

/// Returns a warning if a neuron passes back almost no gradient.
pub(super) fn saturation(writer: &FormulaWriter, neuron: Neuron) -> Option<String> {
    let (slope, function) = (writer.slope(neuron), writer.function(neuron.layer));
    if function.kink().is_some() && slope == 0.0 {
        let name = function.name();
        return Some(format!(
            "{name} inactive: f′ = 0, so this neuron does not learn from it"
        ));
    }
    (function.saturates() && slope < SATURATED)
        .then(|| "saturated: f′ is almost 0, so this neuron hardly learns from it".to_owned())
}

/// Returns what a weight or bias contributes to z.
fn share(writer: &FormulaWriter, parameter: Parameter) -> String {
    let name = writer.parameter_name(parameter);
    let (value, z) = (
        writer.value(parameter),
        writer.pre_activation(parameter.neuron()),
    );
    let z = format!("z = {}", writer.number(z));
    match parameter.source() {
        Some(source) => {
            let x = writer.traced.trace.value_of(source);
            let source = writer.source_name(source);
            let (value, x, product) = (
                writer.number(value),
                writer.number(x),
                writer.number(value * x),
            );
            let product_of = with_parentheses(&format!("{value}·{x}"));
            format!("{name} contributes {name}·{source} = {product_of} = {product} to {z}")
        }
        None => format!("{name} contributes {} to {z}", writer.number(value)),
    }
}
