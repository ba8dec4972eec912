//! The chain rule for the selected neuron or parameter.
//!
//! Where only one path leads from it to the loss, as in the post: a product of derivatives, each with its own
//! formula. Else by δ = ∂L/∂z: the sum over what the next layer sends back, times f′(z).

use super::equation::Equation;
use super::writer::{FormulaWriter, Term};
use super::{forward, loss};
use crate::app::Part;
use crate::nn::{Activation, Loss, Neuron, Parameter};

pub(super) fn lines(writer: &FormulaWriter) -> Vec<String> {
    let neuron = writer.selected().neuron();
    let mut lines = match writer.selected() {
        Part::Parameter(parameter) if has_one_path(writer, neuron) => chain(writer, parameter),
        Part::Parameter(parameter) => {
            let mut lines = by_parameter(writer, parameter).lines(&writer.page);
            lines.extend(delta(writer, neuron));
            lines
        }
        Part::Neuron(neuron) => delta(writer, neuron),
    };
    lines.extend(forward::saturation(writer, neuron));
    lines
}

/// Whether a product of plain derivatives leads from a neuron to the loss: every later layer has one unit, and
/// no derivatives cancel on the way.
fn has_one_path(writer: &FormulaWriter, neuron: Neuron) -> bool {
    let layers = writer.network().layers();
    writer.run.config().loss == Loss::MeanSquaredError
        && writer.function(layers.len() - 1) != Activation::Softmax
        && layers[neuron.layer + 1..]
            .iter()
            .all(|layer| layer.units == 1)
}

/// A derivative in the chain: its name, its formula, with numbers, and what it comes to.
struct Factor {
    name: String,
    formula: String,
    numbers: String,
    value: f64,
}

/// ∂L/∂w1 = ∂L/∂ypred · ∂ypred/∂h1 · ∂h1/∂w1, and each of the factors.
fn chain(writer: &FormulaWriter, parameter: Parameter) -> Vec<String> {
    let neuron = parameter.neuron();
    let last = writer.network().layers().len() - 1;
    let output = if neuron.layer == last {
        neuron
    } else {
        Neuron {
            layer: last,
            unit: 0,
        }
    };
    // From the loss back to the parameter.
    let mut factors = Vec::new();
    for layer in (neuron.layer + 1..=last).rev() {
        let into = Neuron { layer, unit: 0 };
        let source = if layer == neuron.layer + 1 {
            neuron
        } else {
            Neuron {
                layer: layer - 1,
                unit: 0,
            }
        };
        factors.push(between_neurons(writer, into, source));
    }
    factors.push(at_parameter(writer, parameter));

    let by_prediction = format!("∂L/∂{}", writer.activation_name(output));
    let by_activation = &writer.traced.trace.layers[last].by_activation;
    let value = by_activation.as_ref().map_or(0.0, |by| by[output.unit]);
    let names = factors.iter().map(|factor| factor.name.clone());
    let names: Vec<String> = std::iter::once(by_prediction).chain(names).collect();
    let values = factors.iter().map(|factor| factor.value);
    let values: Vec<String> = std::iter::once(value)
        .chain(values)
        .map(|value| writer.number(value))
        .collect();
    let name = writer.network().parameter_name(parameter);
    let product = Equation::of(&format!("∂L/∂{name}"))
        .then(names.join(" · "))
        .then(values.join(" · "))
        .then(writer.number(writer.traced.trace.derivative(parameter)));

    let mut lines = product.lines(&writer.page);
    lines.extend(loss::derivative(writer, output).lines(&writer.page));
    for factor in &factors {
        let equation = Equation::of(&factor.name)
            .then(&*factor.formula)
            .then(&*factor.numbers)
            .then(writer.number(factor.value));
        lines.extend(equation.lines(&writer.page));
    }
    lines.extend(writer.slope_equation(neuron).lines(&writer.page));
    if neuron != output {
        lines.extend(writer.slope_equation(output).lines(&writer.page));
    }
    lines
}

/// `∂ypred/∂h1 = w5·f′(z_o1)`.
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
            writer.network().parameter_name(weight),
            writer.slope_name(into)
        ),
        numbers: format!("{}·{}", writer.number(w), writer.number(slope)),
        value: w * slope,
    }
}

/// `∂h1/∂w1 = x1·f′(z_h1)`, `∂h1/∂b1 = f′(z_h1)`.
fn at_parameter(writer: &FormulaWriter, parameter: Parameter) -> Factor {
    let neuron = parameter.neuron();
    let slope = writer.slope(neuron);
    let name = format!(
        "∂{}/∂{}",
        writer.activation_name(neuron),
        writer.network().parameter_name(parameter)
    );
    match parameter.source() {
        Some(source) => {
            let x = writer.traced.trace.value_of(source);
            let source = writer.network().source_name(source);
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

/// `∂L/∂w1 = δ_h1·x1`, `∂L/∂b1 = δ_h1`.
fn by_parameter(writer: &FormulaWriter, parameter: Parameter) -> Equation {
    let delta = writer.traced.trace.delta(parameter.neuron());
    let delta_name = writer.delta_name(parameter.neuron());
    let equation = Equation::of(&format!(
        "∂L/∂{}",
        writer.network().parameter_name(parameter)
    ));
    let equation = match parameter.source() {
        Some(source) => {
            let x = writer.traced.trace.value_of(source);
            equation
                .then(format!(
                    "{delta_name}·{}",
                    writer.network().source_name(source)
                ))
                .then(format!("{}·{}", writer.number(delta), writer.number(x)))
        }
        None => equation.then(delta_name),
    };
    equation.then(writer.number(writer.traced.trace.derivative(parameter)))
}

/// δ of a neuron, and what it is made of.
fn delta(writer: &FormulaWriter, neuron: Neuron) -> Vec<String> {
    if writer.network().is_output(neuron) {
        return delta_of_output(writer, neuron);
    }
    let weights = writer.network().weights_out_of(neuron);
    let terms: Vec<Term> = weights
        .map(|weight| {
            let into = weight.neuron();
            Term {
                names: [
                    writer.network().parameter_name(weight),
                    writer.delta_name(into),
                ],
                values: [writer.value(weight), writer.traced.trace.delta(into)],
            }
        })
        .collect();
    let (delta_name, slope_name) = (writer.delta_name(neuron), writer.slope_name(neuron));
    let by_activation = &writer.traced.trace.layers[neuron.layer].by_activation;
    let sum = by_activation.as_ref().map_or(0.0, |by| by[neuron.unit]);
    let slope = writer.number(writer.slope(neuron));
    let mut equation = Equation::of(&delta_name);
    if FormulaWriter::is_short(&terms) {
        let (names, numbers) = (FormulaWriter::names_of(&terms), writer.numbers_of(&terms));
        equation = equation
            .then(format!("({names})·{slope_name}"))
            .then(format!("({numbers})·{slope}"));
    } else {
        equation = equation.then(format!("(Σ w·δ of the next layer)·{slope_name}"));
    }
    let equation = equation
        .then(format!("{}·{slope}", writer.number(sum)))
        .then(writer.number(writer.traced.trace.delta(neuron)));
    let mut lines = equation.lines(&writer.page);
    lines.extend(writer.slope_equation(neuron).lines(&writer.page));
    if !FormulaWriter::is_short(&terms) {
        lines.extend(writer.table_of(&terms));
    }
    lines
}

fn delta_of_output(writer: &FormulaWriter, output: Neuron) -> Vec<String> {
    let trace = &writer.traced.trace;
    let Some(by_activation) = &trace.layers[output.layer].by_activation else {
        return loss::derivative(writer, output).lines(&writer.page);
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
