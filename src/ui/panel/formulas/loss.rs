//! The loss of the sample, and its derivative by the prediction.

use super::equation::Equation;
use super::writer::Told;
use crate::nn::{Activation, Loss, Neuron};

/// More outputs are not written out in a sum.
const MOST_OUTPUTS: usize = 4;

pub(super) fn lines(told: &Told) -> Vec<String> {
    let trace = &told.traced.trace;
    let layer = trace.layers.len() - 1;
    let outputs: Vec<Neuron> = (0..trace.targets.len())
        .map(|unit| Neuron { layer, unit })
        .collect();
    let mut lines = Vec::new();
    lines.push(targets(told));
    lines.extend(value(told, &outputs).lines(&told.page));
    for &output in &outputs {
        lines.extend(derivative(told, output).lines(&told.page));
    }
    lines
}

/// What is true, and what that is in numbers.
fn targets(told: &Told) -> String {
    let targets = &told.traced.trace.targets;
    let label = told.app.run().dataset().target.label(targets);
    let told: Vec<String> = (0..targets.len())
        .map(|output| {
            format!(
                "{} = {}",
                told.target_name(output),
                told.number(targets[output])
            )
        })
        .collect();
    format!("true: {label}, {}", told.join(", "))
}

fn value(told: &Told, outputs: &[Neuron]) -> Equation {
    let trace = &told.traced.trace;
    let output_activation = told.function(trace.layers.len() - 1);
    let equation = Equation::of("L");
    let equation = match (told.app.run().config().loss, output_activation) {
        (Loss::MeanSquaredError, _) => squares(told, outputs, equation),
        (Loss::CrossEntropy, Activation::Softmax) => logarithm(told, equation),
        (Loss::CrossEntropy, _) => binary_logarithms(told, outputs, equation),
    };
    equation.then(told.number(trace.loss))
}

/// (y − ypred)², or the mean of several.
fn squares(told: &Told, outputs: &[Neuron], equation: Equation) -> Equation {
    let targets = &told.traced.trace.targets;
    let names = |output: &Neuron| {
        let (y, p) = (told.target_name(output.unit), told.activation_name(*output));
        format!("({y} − {p})²")
    };
    let numbers = |output: &Neuron| {
        let y = told.number(targets[output.unit]);
        let p = told.apart_from(told.activation(*output), targets[output.unit]);
        format!("({y} − {p})²")
    };
    mean(outputs, equation, names, numbers)
}

/// −y·ln ypred − (1 − y)·ln(1 − ypred), or the mean of several.
fn binary_logarithms(told: &Told, outputs: &[Neuron], equation: Equation) -> Equation {
    let targets = &told.traced.trace.targets;
    let names = |output: &Neuron| {
        let (y, p) = (told.target_name(output.unit), told.activation_name(*output));
        format!("−{y}·ln {p} − (1 − {y})·ln(1 − {p})")
    };
    let numbers = |output: &Neuron| {
        let (y, p) = (targets[output.unit], told.activation(*output));
        let [y, not_y] = [y, 1.0 - y].map(|value| told.number(value));
        let [p, not_p] = [p, 1.0 - p].map(|value| told.apart_from(value, 1.0));
        format!("−{y}·ln {p} − {not_y}·ln {not_p}")
    };
    mean(outputs, equation, names, numbers)
}

/// −ln of what the network gives to the true class.
fn logarithm(told: &Told, equation: Equation) -> Equation {
    let trace = &told.traced.trace;
    let layer = trace.layers.len() - 1;
    let Some(unit) = trace.targets.iter().position(|target| *target == 1.0) else {
        return equation.then("−Σ y·ln o");
    };
    let output = Neuron { layer, unit };
    equation
        .then("−Σ y·ln o")
        .then(format!("−ln {}", told.activation_name(output)))
        .then(format!(
            "−ln {}",
            told.apart_from(told.activation(output), 1.0)
        ))
}

fn mean(
    outputs: &[Neuron],
    equation: Equation,
    names: impl Fn(&Neuron) -> String,
    numbers: impl Fn(&Neuron) -> String,
) -> Equation {
    if let [output] = outputs {
        return equation.then(names(output)).then(numbers(output));
    }
    if outputs.len() > MOST_OUTPUTS {
        return equation.then(format!("mean of {} over the outputs", names(&outputs[0])));
    }
    let sum = |part: &dyn Fn(&Neuron) -> String| {
        let parts: Vec<String> = outputs.iter().map(part).collect();
        format!("({}) / {}", parts.join(" + "), outputs.len())
    };
    equation.then(sum(&names)).then(sum(&numbers))
}

/// ∂L/∂ypred; with cross-entropy ∂L/∂z, where the derivatives of logarithm and f cancel.
pub(super) fn derivative(told: &Told, output: Neuron) -> Equation {
    let trace = &told.traced.trace;
    let (p, y) = (told.activation(output), trace.targets[output.unit]);
    let (p_name, y_name) = (told.activation_name(output), told.target_name(output.unit));
    let (p, y) = (told.apart_from(p, y), told.number(y));
    let outputs = trace.targets.len();
    let share = |outputs: usize| match outputs {
        1 => String::new(),
        outputs => format!(" / {outputs}"),
    };
    match told.app.run().config().loss {
        Loss::MeanSquaredError => {
            let share = share(outputs);
            let by_activation = &trace.layers[output.layer].by_activation;
            let by_prediction = by_activation.as_ref().map_or(0.0, |by| by[output.unit]);
            Equation::of(&format!("∂L/∂{p_name}"))
                .then(format!("−2·({y_name} − {p_name}){share}"))
                .then(format!("−2·({y} − {p}){share}"))
                .then(told.number(by_prediction))
        }
        Loss::CrossEntropy => {
            let share = match told.function(output.layer) {
                Activation::Softmax => String::new(),
                _ => share(outputs),
            };
            let bracket = |difference: String| {
                if share.is_empty() {
                    difference
                } else {
                    format!("({difference}){share}")
                }
            };
            Equation::of(&told.delta_name(output))
                .then(format!("∂L/∂z_{}", told.network().neuron_name(output)))
                .then(bracket(format!("{p_name} − {y_name}")))
                .then(bracket(format!("{p} − {y}")))
                .then(told.number(trace.delta(output)))
        }
    }
}
