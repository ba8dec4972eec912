//! The forward pass of the selected neuron: h1 = f(w1·x1 + w2·x2 + b1) = … = 0.0474.

use super::equation::Equation;
use super::writer::{Term, Told};
use crate::app::Part;
use crate::nn::{Activation, Neuron, Parameter};

/// Below this slope, a function that saturates passes on hardly anything of what comes back.
const SATURATED: f64 = 0.01;

/// More inputs are not told one by one.
const MOST_INPUTS: usize = 6;

pub(super) fn lines(told: &Told) -> Vec<String> {
    let neuron = told.selected().neuron();
    let mut lines = Vec::new();
    if neuron.layer == 0 {
        lines.extend(inputs(told));
    }
    lines.extend(activation(told, neuron));
    lines.push(function(told, neuron));
    lines.extend(told.slope_equation(neuron).lines(&told.page));
    lines.extend(saturation(told, neuron));
    if let Part::Parameter(parameter) = told.selected() {
        lines.push(share(told, parameter));
    }
    lines
}

/// "x1 = weight −2, x2 = height −1", as the network sees them.
fn inputs(told: &Told) -> Option<String> {
    let inputs = told.app.run().dataset().inputs();
    if inputs.len() > MOST_INPUTS {
        return None;
    }
    let inputs = inputs.iter().zip(&told.traced.trace.inputs).zip(1..);
    let told: Vec<String> = inputs
        .map(|((input, value), number)| {
            let (name, value) = (format!("x{number}"), told.number(*value));
            if input.name == name {
                return format!("{name} = {value}");
            }
            format!("{name} = {} = {value}", input.name)
        })
        .collect();
    Some(told.join(", "))
}

fn activation(told: &Told, neuron: Neuron) -> Vec<String> {
    let Neuron { layer, unit } = neuron;
    let sources = told.traced.trace.sources(layer);
    let terms: Vec<Term> = (0..sources.len())
        .map(|source| {
            let weight = Parameter::Weight {
                into: neuron,
                source,
            };
            Term {
                names: [
                    told.network().parameter_name(weight),
                    told.source_name(layer, source),
                ],
                values: [told.value(weight), sources[source]],
            }
        })
        .collect();
    let bias = Parameter::Bias(neuron);
    let (bias_name, bias) = (told.network().parameter_name(bias), told.value(bias));
    let (z, a) = (told.pre_activation(neuron), told.activation(neuron));
    let name = told.network().neuron_name(neuron);
    let is_softmax = told.function(layer) == Activation::Softmax;
    // The weighted sum by itself, where f takes those of the other units as well.
    let (left, open, close) = if is_softmax {
        (format!("z_{name}"), "", "")
    } else {
        let also = told.activation_name(neuron);
        let left = if also == name {
            name.clone()
        } else {
            format!("{also} = {name}")
        };
        (left, "f(", ")")
    };
    let mut equation = Equation::of(&left);
    if Told::is_short(&terms) {
        let (names, numbers) = (Told::names_of(&terms), told.numbers_of(&terms));
        equation = equation
            .then(format!("{open}{names} + {bias_name}{close}"))
            .then(format!("{open}{numbers} + {}{close}", told.number(bias)));
    } else {
        equation = equation.then(format!(
            "{open}Σ w·{} + {bias_name}{close}",
            source_letter(layer)
        ));
    }
    equation = equation.then(format!("{open}{}{close}", told.number(z)));
    if !is_softmax {
        equation = equation.then(told.number(a));
    }
    let mut lines = equation.lines(&told.page);
    if is_softmax {
        lines.extend(softmax(told, layer, unit).lines(&told.page));
    }
    if !Told::is_short(&terms) {
        lines.extend(told.table_of(&terms));
        lines.push(format!("  {bias_name} = {}", told.number(bias)));
    }
    lines
}

/// `o1 = e^z_o1 / Σ e^z`.
fn softmax(told: &Told, layer: usize, unit: usize) -> Equation {
    let z = &told.traced.trace.layers[layer].pre_activations;
    let name = |unit| told.network().neuron_name(Neuron { layer, unit });
    let mut equation = Equation::of(&name(unit)).then(format!("e^z_{} / Σ e^z", name(unit)));
    if z.len() <= 4 {
        let powers: Vec<String> = z.iter().map(|z| format!("e^{}", told.number(*z))).collect();
        equation = equation.then(format!("{} / ({})", powers[unit], powers.join(" + ")));
    }
    equation.then(told.number(told.activation(Neuron { layer, unit })))
}

fn source_letter(layer: usize) -> &'static str {
    if layer == 0 { "x" } else { "h" }
}

/// What f is.
fn function(told: &Told, neuron: Neuron) -> String {
    let function = told.function(neuron.layer);
    format!("f is {}: {}", function.name(), function.formula())
}

/// What is to be said of a neuron that passes nothing on.
pub(super) fn saturation(told: &Told, neuron: Neuron) -> Option<String> {
    let (slope, function) = (told.slope(neuron), told.function(neuron.layer));
    if function.kink().is_some() && slope == 0.0 {
        let name = function.name();
        return Some(format!(
            "f′ = 0: {name} is off, this neuron learns nothing from this sample"
        ));
    }
    (function.saturates() && slope < SATURATED).then(|| {
        format!(
            "f′ ≈ {}: this neuron hardly learns from this sample",
            told.theme.significant(slope, 1)
        )
    })
}

/// What a weight or bias adds to z.
fn share(told: &Told, parameter: Parameter) -> String {
    let name = told.network().parameter_name(parameter);
    let (value, z) = (
        told.value(parameter),
        told.pre_activation(parameter.neuron()),
    );
    let of = format!("of z = {}", told.number(z));
    match parameter {
        Parameter::Weight { into, source } => {
            let x = told.traced.trace.sources(into.layer)[source];
            let source = told.source_name(into.layer, source);
            let (value, x, product) = (told.number(value), told.number(x), told.number(value * x));
            format!("{name} gives {name}·{source} = {value}·{x} = {product} {of}")
        }
        Parameter::Bias(_) => format!("{name} gives {} {of}", told.number(value)),
    }
}
