//! The forward pass of the selected neuron: h1 = f(w1·x1 + w2·x2 + b1) = … = 0.0474.

use super::equation::Equation;
use super::writer::{FormulaWriter, Term};
use crate::app::Part;
use crate::nn::{self, Activation, Neuron, Parameter};
use crate::ui::style::number::significant;

/// Below this slope, a function that saturates passes on hardly anything of what comes back.
const SATURATED: f64 = 0.01;

/// More inputs are not shown one by one.
const MOST_INPUTS: usize = 6;

pub(super) fn lines(writer: &FormulaWriter) -> Vec<String> {
    let neuron = writer.selected().neuron();
    let mut lines = Vec::new();
    if neuron.layer == 0 {
        lines.extend(inputs(writer));
    }
    lines.extend(activation(writer, neuron));
    lines.push(function(writer, neuron));
    lines.extend(writer.slope_equation(neuron).lines(&writer.page));
    lines.extend(saturation(writer, neuron));
    if let Part::Parameter(parameter) = writer.selected() {
        lines.push(share(writer, parameter));
    }
    lines
}

/// "x1 = weight −2, x2 = height −1", as the network sees them.
fn inputs(writer: &FormulaWriter) -> Option<String> {
    let inputs = writer.run.dataset().inputs();
    if inputs.len() > MOST_INPUTS {
        return None;
    }
    let inputs = inputs.iter().zip(&writer.traced.trace.inputs).zip(1..);
    let writer: Vec<String> = inputs
        .map(|((input, value), number)| {
            let (name, value) = (format!("x{number}"), writer.number(*value));
            if input.name == name {
                return format!("{name} = {value}");
            }
            format!("{name} = {} = {value}", input.name)
        })
        .collect();
    Some(writer.join(", "))
}

fn activation(writer: &FormulaWriter, neuron: Neuron) -> Vec<String> {
    let Neuron { layer, unit } = neuron;
    let terms = writer.network().terms(neuron);
    let terms: Vec<Term> = terms
        .map(|nn::Term { weight, source }| Term {
            names: [
                writer.network().parameter_name(weight),
                writer.network().source_name(source),
            ],
            values: [writer.value(weight), writer.traced.trace.value_of(source)],
        })
        .collect();
    let bias = Parameter::Bias(neuron);
    let (bias_name, bias) = (writer.network().parameter_name(bias), writer.value(bias));
    let (z, a) = (writer.pre_activation(neuron), writer.activation(neuron));
    let name = writer.network().neuron_name(neuron);
    let is_softmax = writer.function(layer) == Activation::Softmax;
    // The weighted sum by itself, where f takes those of the other units as well.
    let (left, open, close) = if is_softmax {
        (format!("z_{name}"), "", "")
    } else {
        let also = writer.activation_name(neuron);
        let left = if also == name {
            name.clone()
        } else {
            format!("{also} = {name}")
        };
        (left, "f(", ")")
    };
    let mut equation = Equation::of(&left);
    if FormulaWriter::is_short(&terms) {
        let (names, numbers) = (FormulaWriter::names_of(&terms), writer.numbers_of(&terms));
        equation = equation
            .then(format!("{open}{names} + {bias_name}{close}"))
            .then(format!("{open}{numbers} + {}{close}", writer.number(bias)));
    } else {
        equation = equation.then(format!(
            "{open}Σ w·{} + {bias_name}{close}",
            source_letter(layer)
        ));
    }
    equation = equation.then(format!("{open}{}{close}", writer.number(z)));
    if !is_softmax {
        equation = equation.then(writer.number(a));
    }
    let mut lines = equation.lines(&writer.page);
    if is_softmax {
        lines.extend(softmax(writer, layer, unit).lines(&writer.page));
    }
    if !FormulaWriter::is_short(&terms) {
        lines.extend(writer.table_of(&terms));
        lines.push(format!("  {bias_name} = {}", writer.number(bias)));
    }
    lines
}

/// `o1 = e^z_o1 / Σ e^z`.
fn softmax(writer: &FormulaWriter, layer: usize, unit: usize) -> Equation {
    let z = &writer.traced.trace.layers[layer].pre_activations;
    let name = |unit| writer.network().neuron_name(Neuron { layer, unit });
    let mut equation = Equation::of(&name(unit)).then(format!("e^z_{} / Σ e^z", name(unit)));
    if z.len() <= 4 {
        let powers: Vec<String> = z
            .iter()
            .map(|z| format!("e^{}", writer.number(*z)))
            .collect();
        equation = equation.then(format!("{} / ({})", powers[unit], powers.join(" + ")));
    }
    equation.then(writer.number(writer.activation(Neuron { layer, unit })))
}

fn source_letter(layer: usize) -> &'static str {
    if layer == 0 { "x" } else { "h" }
}

/// What f is.
fn function(writer: &FormulaWriter, neuron: Neuron) -> String {
    let function = writer.function(neuron.layer);
    format!("f is {}: {}", function.name(), function.formula())
}

/// What is to be said of a neuron that passes nothing on.
pub(super) fn saturation(writer: &FormulaWriter, neuron: Neuron) -> Option<String> {
    let (slope, function) = (writer.slope(neuron), writer.function(neuron.layer));
    if function.kink().is_some() && slope == 0.0 {
        let name = function.name();
        return Some(format!(
            "f′ = 0: {name} is off, this neuron learns nothing from this sample"
        ));
    }
    (function.saturates() && slope < SATURATED).then(|| {
        format!(
            "f′ ≈ {}: this neuron hardly learns from this sample",
            writer.page.written(&significant(slope, 1))
        )
    })
}

/// What a weight or bias adds to z.
fn share(writer: &FormulaWriter, parameter: Parameter) -> String {
    let name = writer.network().parameter_name(parameter);
    let (value, z) = (
        writer.value(parameter),
        writer.pre_activation(parameter.neuron()),
    );
    let of = format!("of z = {}", writer.number(z));
    match parameter.source() {
        Some(source) => {
            let x = writer.traced.trace.value_of(source);
            let source = writer.network().source_name(source);
            let (value, x, product) = (
                writer.number(value),
                writer.number(x),
                writer.number(value * x),
            );
            format!("{name} gives {name}·{source} = {value}·{x} = {product} {of}")
        }
        None => format!("{name} gives {} {of}", writer.number(value)),
    }
}
