//! The loss of the sample, and its derivative with respect to the prediction.

use super::equation::Equation;
use super::writer::FormulaWriter;
use crate::nn::{Activation, Loss, Neuron};

/// The maximum number of outputs in a sum that is written out.
const MOST_OUTPUTS: usize = 4;

pub(super) fn lines(writer: &FormulaWriter) -> Vec<String> {
    let trace = &writer.traced.trace;
    let layer = trace.layers.len() - 1;
    let outputs: Vec<Neuron> = (0..trace.targets.len())
        .map(|unit| Neuron { layer, unit })
        .collect();
    let mut lines = Vec::new();
    lines.push(targets(writer));
    lines.extend(value(writer, &outputs).lines(&writer.page));
    for &output in &outputs {
        lines.extend(derivative(writer, output).lines(&writer.page));
    }
    lines.extend(why_so_short(writer));
    lines
}

/// Returns the target, as a label and as numbers.
fn targets(writer: &FormulaWriter) -> String {
    let targets = &writer.traced.trace.targets;
    let label = writer.run.dataset().label_of(targets);
    let values: Vec<String> = (0..targets.len())
        .map(|output| {
            format!(
                "{} = {}",
                writer.target_name(output),
                writer.number(targets[output])
            )
        })
        .collect();
    format!("target: {label} ({})", values.join(", "))
}

fn value(writer: &FormulaWriter, outputs: &[Neuron]) -> Equation {
    let trace = &writer.traced.trace;
    let output_activation = writer.function(trace.layers.len() - 1);
    let equation = Equation::of("L");
    let equation = match (writer.run.config().loss, output_activation) {
        (Loss::MeanSquaredError, _) => squares(writer, outputs, equation),
        (Loss::CrossEntropy, Activation::Softmax) => logarithm(writer, outputs, equation),
        (Loss::CrossEntropy, _) => binary_logarithms(writer, outputs, equation),
    };
    equation.then(writer.number(trace.loss))
}

/// Writes (y − ypred)², or the mean over several outputs.
fn squares(writer: &FormulaWriter, outputs: &[Neuron], equation: Equation) -> Equation {
    let targets = &writer.traced.trace.targets;
    let names = |output: &Neuron| {
        let (y, p) = (
            writer.target_name(output.unit),
            writer.activation_name(*output),
        );
        format!("({y} − {p})²")
    };
    let numbers = |output: &Neuron| {
        let y = writer.number(targets[output.unit]);
        let p = writer.apart_from(writer.activation(*output), targets[output.unit]);
        format!("({y} − {p})²")
    };
    mean(outputs, equation, names, numbers)
}

/// Writes −y·ln ypred − (1 − y)·ln(1 − ypred), or the mean over several outputs.
fn binary_logarithms(writer: &FormulaWriter, outputs: &[Neuron], equation: Equation) -> Equation {
    let targets = &writer.traced.trace.targets;
    let names = |output: &Neuron| {
        let (y, p) = (
            writer.target_name(output.unit),
            writer.activation_name(*output),
        );
        format!("−{y}·ln {p} − (1 − {y})·ln(1 − {p})")
    };
    let numbers = |output: &Neuron| {
        let (y, p) = (targets[output.unit], writer.activation(*output));
        let [y, not_y] = [y, 1.0 - y].map(|value| writer.number(value));
        let [p, not_p] = [p, 1.0 - p].map(|value| writer.apart_from(value, 1.0));
        format!("−{y}·ln {p} − {not_y}·ln {not_p}")
    };
    mean(outputs, equation, names, numbers)
}

/// Writes −ln of the target class's probability, or the sum that targets of any size have.
fn logarithm(writer: &FormulaWriter, outputs: &[Neuron], equation: Equation) -> Equation {
    let targets = &writer.traced.trace.targets;
    let probability =
        |output: &Neuron| writer.apart_from(writer.activation(*output), targets[output.unit]);
    let equation = equation.then("−Σ y·ln o");
    if let Some(unit) = class_of(targets) {
        let output = &outputs[unit];
        return equation
            .then(format!("−ln {}", writer.activation_name(*output)))
            .then(format!("−ln {}", probability(output)));
    }
    if outputs.len() > MOST_OUTPUTS {
        return equation;
    }
    let term = |output: &Neuron| {
        let y = writer.number(targets[output.unit]);
        format!("{y}·ln {}", probability(output))
    };
    let terms: Vec<String> = outputs.iter().map(term).collect();
    equation.then(format!("−({})", terms.join(" + ")))
}

/// The class that targets stand for: 1 for it and 0 for all others.
fn class_of(targets: &[f64]) -> Option<usize> {
    let class = targets.iter().position(|target| *target == 1.0)?;
    let zeros = targets.iter().filter(|target| **target == 0.0).count();
    (zeros + 1 == targets.len()).then_some(class)
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

/// Returns ∂L/∂ypred; with cross-entropy ∂L/∂z, as the derivatives of the logarithm and of f cancel.
pub(super) fn derivative(writer: &FormulaWriter, output: Neuron) -> Equation {
    let target = writer.traced.trace.targets[output.unit];
    let (p, y) = (
        Named {
            name: writer.activation_name(output),
            number: writer.apart_from(writer.activation(output), target),
        },
        Named {
            name: writer.target_name(output.unit),
            number: writer.number(target),
        },
    );
    match writer.run.config().loss {
        Loss::MeanSquaredError => by_prediction(writer, output, &p, &y),
        Loss::CrossEntropy => by_sum(writer, output, &p, &y),
    }
}

/// Returns why ∂L/∂z has neither a logarithm nor f′, if the loss is cross-entropy.
pub(super) fn why_so_short(writer: &FormulaWriter) -> Option<String> {
    let trace = &writer.traced.trace;
    let output = Neuron {
        layer: trace.layers.len() - 1,
        unit: 0,
    };
    let (p, y) = match trace.targets.len() {
        1 => (writer.activation_name(output), writer.target_name(0)),
        _ => ("o".to_owned(), "y".to_owned()),
    };
    let sum = if has_sum(writer, output) { "·Σy" } else { "" };
    let function = writer.function(output.layer).name();
    (writer.run.config().loss == Loss::CrossEntropy)
        .then(|| format!("{function} with cross-entropy: the derivatives cancel to {p}{sum} − {y}"))
}

/// A quantity as it is called and written.
struct Named {
    name: String,
    number: String,
}

/// ∂L/∂ypred = −2·(y − ypred).
fn by_prediction(writer: &FormulaWriter, output: Neuron, p: &Named, y: &Named) -> Equation {
    let share = share(writer);
    Equation::of(&format!("∂L/∂{}", p.name))
        .then(format!("−2·({} − {}){share}", y.name, p.name))
        .then(format!("−2·({} − {}){share}", y.number, p.number))
        .then(writer.number(writer.by_activation(output)))
}

/// ∂L/∂z = ypred − y; with softmax ypred·Σy − y, for targets that do not sum to 1.
fn by_sum(writer: &FormulaWriter, output: Neuron, p: &Named, y: &Named) -> Equation {
    let is_softmax = writer.function(output.layer) == Activation::Softmax;
    let share = if is_softmax {
        String::new()
    } else {
        share(writer)
    };
    let bracket = |difference: String| {
        if share.is_empty() {
            difference
        } else {
            format!("({difference}){share}")
        }
    };
    let [named, number] = if has_sum(writer, output) {
        let total = writer.number(writer.traced.trace.targets.iter().sum());
        [
            format!("{}·Σy − {}", p.name, y.name),
            format!("{}·{total} − {}", p.number, y.number),
        ]
    } else {
        [
            format!("{} − {}", p.name, y.name),
            format!("{} − {}", p.number, y.number),
        ]
    };
    Equation::of(&writer.delta_name(output))
        .then(format!("∂L/∂z_{}", writer.network().neuron_name(output)))
        .then(bracket(named))
        .then(bracket(number))
        .then(writer.number(writer.traced.trace.delta(output)))
}

/// Whether ∂L/∂z has the sum of the targets: with softmax, unless that is 1.
fn has_sum(writer: &FormulaWriter, output: Neuron) -> bool {
    let total: f64 = writer.traced.trace.targets.iter().sum();
    writer.function(output.layer) == Activation::Softmax && total != 1.0
}

/// An output's share in the mean: " / 2", nothing where there is one.
fn share(writer: &FormulaWriter) -> String {
    match writer.traced.trace.targets.len() {
        1 => String::new(),
        outputs => format!(" / {outputs}"),
    }
}
