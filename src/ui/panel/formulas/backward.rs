//! The chain rule for the selected neuron or parameter.
//!
//! If only one path leads from it to the loss, as in the post: a product of derivatives, each with its formula.
//! Otherwise δ = ∂L/∂z: the sum over what the next layer sends back, times f′(z).

use super::equation::Equation;
use super::part::{Part, texts};
use super::sum::Sum;
use super::table::Table;
use super::writer::FormulaWriter;
use super::{forward, loss};
use crate::app::Selection;
use crate::nn::{Activation, Loss, Neuron, Parameter};
use crate::session::has_ones;

pub(super) fn parts<'a>(writer: &'a FormulaWriter) -> Vec<Part<'a>> {
    let neuron = writer.selected().neuron();
    let mut parts = match writer.selected() {
        Selection::Parameter(parameter) if has_one_path(writer, neuron) => {
            texts(chain(writer, parameter)).collect()
        }
        Selection::Parameter(parameter) => {
            let lines = by_parameter(writer, parameter).lines(&writer.page);
            let mut parts: Vec<Part> = texts(lines).collect();
            parts.extend(delta(writer, neuron));
            parts
        }
        Selection::Neuron(neuron) => delta(writer, neuron),
    };
    parts.extend(texts(forward::saturation(writer, neuron)));
    parts
}

/// What a reader of the post looks for here, ∂L/∂w1 of its first sample with weights of 1: how it is written there, or what
/// leads to it.
pub(super) fn posts_number(writer: &FormulaWriter) -> Option<&'static str> {
    let (run, traced) = (writer.run, writer.traced);
    let w1 = traced.network.parameter_at(0);
    let is_looked_for = writer.selected() == Selection::Parameter(w1)
        && traced.sample() == 0
        && run.source().data == "people"
        && traced.network.parameters().len() == 9;
    if !is_looked_for {
        return None;
    }
    if !has_ones(&traced.network) {
        return Some("the post's 0.0214: weights 1, biases 0 (setup: ones)");
    }
    let is_cut = (traced.trace.derivative(w1) * 1e4).trunc() == 214.0;
    is_cut.then_some("the post cuts digits: 0.0214")
}

/// Whether the derivative of the loss is a product of plain derivatives: every later layer has one unit, and no
/// derivatives cancel on the way.
fn has_one_path(writer: &FormulaWriter, neuron: Neuron) -> bool {
    let layers = writer.network().layers();
    writer.run.config().loss == Loss::MeanSquaredError
        && writer.function(layers.len() - 1) != Activation::Softmax
        && layers[neuron.layer + 1..]
            .iter()
            .all(|layer| layer.units == 1)
}

/// A derivative in the chain: its name, its formula, with numbers, and its value.
struct Factor {
    name: String,
    formula: String,
    numbers: String,
    value: f64,
}

impl Factor {
    fn equation(&self, writer: &FormulaWriter) -> Equation {
        Equation::of(&self.name)
            .then(&*self.formula)
            .then(&*self.numbers)
            .then(writer.number(self.value))
    }
}

/// Writes ∂L/∂w1 = ∂L/∂ypred · ∂ypred/∂h1 · ∂h1/∂w1, and each of the factors.
fn chain(writer: &FormulaWriter, parameter: Parameter) -> Vec<String> {
    let neuron = parameter.neuron();
    let last = writer.network().layers().len() - 1;
    // From the output, the only one, back to the neuron.
    let way: Vec<Neuron> = (neuron.layer..=last)
        .rev()
        .map(|layer| {
            if layer == neuron.layer {
                neuron
            } else {
                Neuron { layer, unit: 0 }
            }
        })
        .collect();
    let output = way[0];
    let steps = way.windows(2);
    let mut factors: Vec<Factor> = steps
        .map(|step| between_neurons(writer, step[0], step[1]))
        .collect();
    factors.push(at_parameter(writer, parameter));

    let mut equations = vec![
        product(writer, parameter, output, &factors),
        loss::derivative(writer, output),
    ];
    equations.extend(factors.iter().map(|factor| factor.equation(writer)));
    equations.push(writer.slope_equation(neuron));
    if neuron != output {
        equations.push(writer.slope_equation(output));
    }
    let lines = equations.iter();
    lines
        .flat_map(|equation| equation.lines(&writer.page))
        .collect()
}

/// The derivative by a parameter as the product of that by the prediction and the other factors.
fn product(
    writer: &FormulaWriter,
    parameter: Parameter,
    output: Neuron,
    factors: &[Factor],
) -> Equation {
    let by_prediction = format!("∂L/∂{}", writer.activation_name(output));
    let names = factors.iter().map(|factor| factor.name.clone());
    let names: Vec<String> = std::iter::once(by_prediction).chain(names).collect();
    let values = factors.iter().map(|factor| factor.value);
    let values = std::iter::once(writer.by_activation(output)).chain(values);
    let values: Vec<String> = values.map(|value| writer.number(value)).collect();
    Equation::of(&format!("∂L/∂{}", writer.parameter_name(parameter)))
        .then(names.join(" · "))
        .then(values.join("·"))
        .then(writer.number(writer.traced.trace.derivative(parameter)))
}

/// Returns `∂ypred/∂h1 = w5·f′(z_o1)`.
fn between_neurons(writer: &FormulaWriter, into: Neuron, source: Neuron) -> Factor {
    let weight = Parameter::Weight {
        into,
        source: source.unit,
    };
    let (w, slope) = (writer.value(weight), writer.slope(into));
    Factor {
        name: format!(
            "∂{}/∂{}",
            writer.activation_name(into),
            writer.activation_name(source)
        ),
        formula: format!(
            "{}·{}",
            writer.parameter_name(weight),
            writer.slope_name(into)
        ),
        numbers: format!("{}·{}", writer.number(w), writer.number(slope)),
        value: w * slope,
    }
}

/// Returns `∂h1/∂w1 = x1·f′(z_h1)` or `∂h1/∂b1 = f′(z_h1)`.
fn at_parameter(writer: &FormulaWriter, parameter: Parameter) -> Factor {
    let neuron = parameter.neuron();
    let slope = writer.slope(neuron);
    let name = format!(
        "∂{}/∂{}",
        writer.activation_name(neuron),
        writer.parameter_name(parameter)
    );
    match parameter.source() {
        Some(source) => {
            let x = writer.traced.trace.value_of(source);
            let source = writer.source_name(source);
            Factor {
                name,
                formula: format!("{source}·{}", writer.slope_name(neuron)),
                numbers: format!("{}·{}", writer.number(x), writer.number(slope)),
                value: x * slope,
            }
        }
        None => Factor {
            name,
            formula: writer.slope_name(neuron),
            numbers: writer.number(slope),
            value: slope,
        },
    }
}

/// Returns `∂L/∂w1 = δ_h1·x1` or `∂L/∂b1 = δ_h1`.
fn by_parameter(writer: &FormulaWriter, parameter: Parameter) -> Equation {
    let delta = writer.traced.trace.delta(parameter.neuron());
    let delta_name = writer.delta_name(parameter.neuron());
    let equation = Equation::of(&format!("∂L/∂{}", writer.parameter_name(parameter)));
    let equation = match parameter.source() {
        Some(source) => {
            let x = writer.traced.trace.value_of(source);
            equation
                .then(format!("{delta_name}·{}", writer.source_name(source)))
                .then(format!("{}·{}", writer.number(delta), writer.number(x)))
        }
        None => equation.then(delta_name),
    };
    equation.then(writer.number(writer.traced.trace.derivative(parameter)))
}

/// Writes δ of a neuron, and its terms.
fn delta<'a>(writer: &'a FormulaWriter, neuron: Neuron) -> Vec<Part<'a>> {
    if writer.network().is_output(neuron) {
        return texts(delta_of_output(writer, neuron)).collect();
    }
    let sum = Sum::back_to(neuron, writer);
    let slope_name = writer.slope_name(neuron);
    let slope = writer.number(writer.slope(neuron));
    let equation = Equation::of(&writer.delta_name(neuron));
    let equation = if sum.is_short() {
        let (names, numbers) = (sum.names(), sum.in_numbers());
        equation
            .then(format!("({names})·{slope_name}"))
            .then(format!("({numbers})·{slope}"))
    } else {
        equation.then(format!("(Σ w·δ of the next layer)·{slope_name}"))
    };
    let value = writer.number(writer.by_activation(neuron));
    let equation = equation
        .then(format!("{value}·{slope}"))
        .then(writer.number(writer.traced.trace.delta(neuron)));
    let mut lines = equation.lines(&writer.page);
    lines.extend(writer.slope_equation(neuron).lines(&writer.page));
    let mut parts: Vec<Part> = texts(lines).collect();
    if !sum.is_short() {
        parts.push(Part::Table(Table::new(sum, writer.page)));
    }
    parts
}

fn delta_of_output(writer: &FormulaWriter, output: Neuron) -> Vec<String> {
    let trace = &writer.traced.trace;
    let Some(by_activation) = &trace.layers[output.layer].by_activation else {
        let mut lines = loss::derivative(writer, output).lines(&writer.page);
        lines.extend(loss::why_so_short(writer));
        return lines;
    };
    let by_prediction = by_activation[output.unit];
    let name = writer.activation_name(output);
    let equation = Equation::of(&writer.delta_name(output));
    let number = |value| writer.number(value);
    let equation = if writer.function(output.layer) == Activation::Softmax {
        let activations = &trace.layers[output.layer].activations;
        let products = activations.iter().zip(by_activation).map(|(a, d)| a * d);
        let mean: f64 = products.sum();
        equation
            .then(format!("{name}·(∂L/∂{name} − Σ o·∂L/∂o)"))
            .then(format!(
                "{}·({} − {})",
                number(writer.activation(output)),
                number(by_prediction),
                writer.in_brackets(mean)
            ))
    } else {
        equation
            .then(format!("∂L/∂{name}·{}", writer.slope_name(output)))
            .then(format!(
                "{}·{}",
                number(by_prediction),
                number(writer.slope(output))
            ))
    };
    let mut lines = equation
        .then(number(trace.delta(output)))
        .lines(&writer.page);
    lines.extend(loss::derivative(writer, output).lines(&writer.page));
    if writer.function(output.layer) != Activation::Softmax {
        lines.extend(writer.slope_equation(output).lines(&writer.page));
    }
    lines
}
