//! The chain rule for the selected neuron or parameter.
//!
//! Where only one path leads from it to the loss, as in the post: a product of derivatives, each with its own
//! formula. Else by δ = ∂L/∂z: the sum over what the next layer sends back, times f′(z).

use super::equation::Equation;
use super::writer::{Term, Told};
use super::{forward, loss};
use crate::app::Part;
use crate::nn::{Activation, Loss, Neuron, Parameter};

pub(super) fn lines(told: &Told) -> Vec<String> {
    let neuron = told.selected().neuron();
    let mut lines = match told.selected() {
        Part::Parameter(parameter) if has_one_path(told, neuron) => chain(told, parameter),
        Part::Parameter(parameter) => {
            let mut lines = by_parameter(told, parameter).lines(&told.page);
            lines.extend(delta(told, neuron));
            lines
        }
        Part::Neuron(neuron) => delta(told, neuron),
    };
    lines.extend(forward::saturation(told, neuron));
    lines
}

/// Whether a product of plain derivatives leads from a neuron to the loss: every later layer has one unit, and
/// no derivatives cancel on the way.
fn has_one_path(told: &Told, neuron: Neuron) -> bool {
    let layers = told.network().layers();
    told.app.run().config().loss == Loss::MeanSquaredError
        && told.function(layers.len() - 1) != Activation::Softmax
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
fn chain(told: &Told, parameter: Parameter) -> Vec<String> {
    let neuron = parameter.neuron();
    let last = told.network().layers().len() - 1;
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
        factors.push(between_neurons(told, into, source));
    }
    factors.push(at_parameter(told, parameter));

    let by_prediction = format!("∂L/∂{}", told.activation_name(output));
    let by_activation = &told.traced.trace.layers[last].by_activation;
    let value = by_activation.as_ref().map_or(0.0, |by| by[output.unit]);
    let names = factors.iter().map(|factor| factor.name.clone());
    let names: Vec<String> = std::iter::once(by_prediction).chain(names).collect();
    let values = factors.iter().map(|factor| factor.value);
    let values: Vec<String> = std::iter::once(value)
        .chain(values)
        .map(|value| told.number(value))
        .collect();
    let name = told.network().parameter_name(parameter);
    let product = Equation::of(&format!("∂L/∂{name}"))
        .then(names.join(" · "))
        .then(values.join(" · "))
        .then(told.number(told.traced.trace.derivative(parameter)));

    let mut lines = product.lines(&told.page);
    lines.extend(loss::derivative(told, output).lines(&told.page));
    for factor in &factors {
        let equation = Equation::of(&factor.name)
            .then(&*factor.formula)
            .then(&*factor.numbers)
            .then(told.number(factor.value));
        lines.extend(equation.lines(&told.page));
    }
    lines.extend(told.slope_equation(neuron).lines(&told.page));
    if neuron != output {
        lines.extend(told.slope_equation(output).lines(&told.page));
    }
    lines
}

/// `∂ypred/∂h1 = w5·f′(z_o1)`.
fn between_neurons(told: &Told, into: Neuron, source: Neuron) -> Factor {
    let weight = Parameter::Weight {
        into,
        source: source.unit,
    };
    let (w, slope) = (told.value(weight), told.slope(into));
    Factor {
        name: format!(
            "∂{}/∂{}",
            told.activation_name(into),
            told.activation_name(source)
        ),
        formula: format!(
            "{}·{}",
            told.network().parameter_name(weight),
            told.slope_name(into)
        ),
        numbers: format!("{}·{}", told.number(w), told.number(slope)),
        value: w * slope,
    }
}

/// `∂h1/∂w1 = x1·f′(z_h1)`, `∂h1/∂b1 = f′(z_h1)`.
fn at_parameter(told: &Told, parameter: Parameter) -> Factor {
    let neuron = parameter.neuron();
    let slope = told.slope(neuron);
    let name = format!(
        "∂{}/∂{}",
        told.activation_name(neuron),
        told.network().parameter_name(parameter)
    );
    match parameter {
        Parameter::Weight { into, source } => {
            let x = told.traced.trace.sources(into.layer)[source];
            Factor {
                name,
                formula: format!(
                    "{}·{}",
                    told.source_name(into.layer, source),
                    told.slope_name(neuron)
                ),
                numbers: format!("{}·{}", told.number(x), told.number(slope)),
                value: x * slope,
            }
        }
        Parameter::Bias(_) => Factor {
            name,
            formula: told.slope_name(neuron),
            numbers: told.number(slope),
            value: slope,
        },
    }
}

/// `∂L/∂w1 = δ_h1·x1`, `∂L/∂b1 = δ_h1`.
fn by_parameter(told: &Told, parameter: Parameter) -> Equation {
    let delta = told.traced.trace.delta(parameter.neuron());
    let delta_name = told.delta_name(parameter.neuron());
    let equation = Equation::of(&format!("∂L/∂{}", told.network().parameter_name(parameter)));
    let equation = match parameter {
        Parameter::Weight { into, source } => {
            let x = told.traced.trace.sources(into.layer)[source];
            equation
                .then(format!(
                    "{delta_name}·{}",
                    told.source_name(into.layer, source)
                ))
                .then(format!("{}·{}", told.number(delta), told.number(x)))
        }
        Parameter::Bias(_) => equation.then(delta_name),
    };
    equation.then(told.number(told.traced.trace.derivative(parameter)))
}

/// δ of a neuron, and what it is made of.
fn delta(told: &Told, neuron: Neuron) -> Vec<String> {
    if told.is_output(neuron.layer) {
        return delta_of_output(told, neuron);
    }
    let after = neuron.layer + 1;
    let terms: Vec<Term> = (0..told.network().layers()[after].units)
        .map(|unit| {
            let into = Neuron { layer: after, unit };
            let weight = Parameter::Weight {
                into,
                source: neuron.unit,
            };
            Term {
                names: [told.network().parameter_name(weight), told.delta_name(into)],
                values: [told.value(weight), told.traced.trace.delta(into)],
            }
        })
        .collect();
    let (delta_name, slope_name) = (told.delta_name(neuron), told.slope_name(neuron));
    let by_activation = &told.traced.trace.layers[neuron.layer].by_activation;
    let sum = by_activation.as_ref().map_or(0.0, |by| by[neuron.unit]);
    let slope = told.number(told.slope(neuron));
    let mut equation = Equation::of(&delta_name);
    if Told::is_short(&terms) {
        let (names, numbers) = (Told::names_of(&terms), told.numbers_of(&terms));
        equation = equation
            .then(format!("({names})·{slope_name}"))
            .then(format!("({numbers})·{slope}"));
    } else {
        equation = equation.then(format!("(Σ w·δ of the next layer)·{slope_name}"));
    }
    let equation = equation
        .then(format!("{}·{slope}", told.number(sum)))
        .then(told.number(told.traced.trace.delta(neuron)));
    let mut lines = equation.lines(&told.page);
    lines.extend(told.slope_equation(neuron).lines(&told.page));
    if !Told::is_short(&terms) {
        lines.extend(told.table_of(&terms));
    }
    lines
}

fn delta_of_output(told: &Told, output: Neuron) -> Vec<String> {
    let trace = &told.traced.trace;
    let Some(by_activation) = &trace.layers[output.layer].by_activation else {
        return loss::derivative(told, output).lines(&told.page);
    };
    let by_prediction = by_activation[output.unit];
    let name = told.activation_name(output);
    let equation = Equation::of(&told.delta_name(output));
    let number = |value| told.number(value);
    let equation = if told.function(output.layer) == Activation::Softmax {
        let activations = &trace.layers[output.layer].activations;
        let products = activations.iter().zip(by_activation).map(|(a, d)| a * d);
        let mean: f64 = products.sum();
        equation
            .then(format!("{name}·(∂L/∂{name} − Σ o·∂L/∂o)"))
            .then(format!(
                "{}·({} − {})",
                number(told.activation(output)),
                number(by_prediction),
                told.in_brackets(mean)
            ))
    } else {
        equation
            .then(format!("∂L/∂{name}·{}", told.slope_name(output)))
            .then(format!(
                "{}·{}",
                number(by_prediction),
                number(told.slope(output))
            ))
    };
    let mut lines = equation.then(number(trace.delta(output))).lines(&told.page);
    lines.extend(loss::derivative(told, output).lines(&told.page));
    if told.function(output.layer) != Activation::Softmax {
        lines.extend(told.slope_equation(output).lines(&told.page));
    }
    lines
}
