//! The update of the step, and the gradient that it uses.

use super::equation::Equation;
use super::part::{Part, texts};
use super::table::{Number, Rows, Table};
use super::writer::FormulaWriter;
use crate::app::Selection;
use crate::nn::{Coefficients, Memory, Neuron, Parameter, Penalty, Remembered};
use crate::ui::style::number::{digits_around_change, significant};
use crate::ui::style::widest;

/// Writes the gradient that the step uses, unless it is just this sample's.
pub(super) fn gradient_lines(writer: &FormulaWriter) -> Vec<String> {
    let parameter = writer.selected().parameter();
    let name = writer.parameter_name(parameter);
    let mut lines = Vec::new();
    if writer.traced.batch_size() > 1 {
        let alone = writer.number(writer.traced.trace.derivative(parameter));
        let mean = writer.number(writer.traced.loss_gradient_of(parameter));
        lines.push(format!(
            "∂L/∂{name}: this sample {alone}; batch mean {mean} (used)"
        ));
    }
    if let Parameter::Weight { .. } = parameter
        && writer.run.config().penalty != Penalty::default()
    {
        lines.extend(penalized(writer, parameter).lines(&writer.page));
    }
    lines
}

/// Returns g = ∂L/∂w1 + λ1·sign(w1) + λ2·w1.
fn penalized(writer: &FormulaWriter, parameter: Parameter) -> Equation {
    let name = writer.parameter_name(parameter);
    let used = writer.traced.gradient_of(parameter);
    let w = writer.number(writer.value(parameter));
    let by_loss = writer.number(writer.traced.loss_gradient_of(parameter));
    let Penalty { l1, l2 } = writer.run.config().penalty;
    let (mut names, mut numbers) = (vec![format!("∂L/∂{name}")], vec![by_loss]);
    if l1 != 0.0 {
        names.push(format!("λ1·sign({name})"));
        numbers.push(format!("{l1}·sign({w})"));
    }
    if l2 != 0.0 {
        names.push(format!("λ2·{name}"));
        numbers.push(format!("{l2}·{w}"));
    }
    Equation::of("g")
        .then(names.join(" + "))
        .then(numbers.join(" + "))
        .then(writer.number(used))
}

fn penalty(writer: &FormulaWriter, parameter: Parameter) -> f64 {
    match parameter {
        Parameter::Weight { .. } => writer
            .run
            .config()
            .penalty
            .derivative(writer.value(parameter)),
        Parameter::Bias(_) => 0.0,
    }
}

pub(super) fn parts<'a>(writer: &'a FormulaWriter) -> Vec<Part<'a>> {
    match writer.selected() {
        Selection::Parameter(parameter) => texts(of_parameter(writer, parameter)).collect(),
        Selection::Neuron(neuron) => of_neuron(writer, neuron),
    }
}

/// Writes w1 ← w1 − η·∂L/∂w1 = 1 − 0.1·0.0215 = 0.9979, or the optimizer's form of it.
fn of_parameter(writer: &FormulaWriter, parameter: Parameter) -> Vec<String> {
    let name = writer.parameter_name(parameter);
    let (before, after) = writer.traced.values_of(parameter);
    let Recipe {
        mut equations,
        formula,
        numbers,
    } = recipe(writer, parameter);
    let [old, result] = writer.around_change(before, after);
    let rate = writer.number(writer.traced.step.learning_rate);
    equations.push(
        Equation::update(&name)
            .then(format!("{name} − η·{formula}"))
            .then(format!("{old} − {rate}·{numbers}"))
            .then(result),
    );
    let lines = equations.iter();
    lines
        .flat_map(|equation| equation.lines(&writer.page))
        .collect()
}

/// The factor that an optimizer multiplies by −η.
struct Recipe {
    /// The update of what the optimizer keeps from step to step.
    equations: Vec<Equation>,
    formula: String,
    numbers: String,
}

/// The gradient g, as a name and as numbers.
struct Gradient {
    name: String,
    number: String,
    squared: String,
}

fn recipe(writer: &FormulaWriter, parameter: Parameter) -> Recipe {
    let gradient = writer.traced.gradient_of(parameter);
    let is_derivative = writer.traced.batch_size() == 1 && penalty(writer, parameter) == 0.0;
    let g = Gradient {
        name: if is_derivative {
            format!("∂L/∂{}", writer.parameter_name(parameter))
        } else {
            "g".to_owned()
        },
        number: writer.number(gradient),
        squared: format!("{}²", writer.in_brackets(gradient)),
    };
    let optimizer = &writer.traced.step.optimizer;
    let index = writer.network().index_of(parameter);
    match optimizer.change_of(index, coefficients(writer), gradient) {
        Memory::Sgd {} => Recipe {
            equations: Vec::new(),
            formula: g.name,
            numbers: g.number,
        },
        Memory::Momentum { v } => momentum(writer, &g, v),
        Memory::Nesterov { v } => nesterov(writer, &g, v),
        Memory::Rmsprop { s } => rmsprop(writer, &g, s),
        Memory::Adam { m, v } => adam(writer, &g, m, v),
        Memory::AdamW { m, v } => decayed(writer, parameter, adam(writer, &g, m, v)),
    }
}

fn coefficients(writer: &FormulaWriter) -> Coefficients {
    writer.run.config().coefficients
}

/// Returns v ← 0.9·v + g.
fn momentum(writer: &FormulaWriter, g: &Gradient, v: Remembered) -> Recipe {
    Recipe {
        equations: vec![remembered(
            writer,
            "v",
            coefficients(writer).momentum,
            (&g.name, &g.number),
            v,
        )],
        formula: "v".to_owned(),
        numbers: writer.number(v.after),
    }
}

/// Returns v ← 0.9·v + g and g + 0.9·v.
fn nesterov(writer: &FormulaWriter, g: &Gradient, v: Remembered) -> Recipe {
    let kept = coefficients(writer).momentum;
    let ahead = writer.in_brackets(v.after);
    Recipe {
        formula: format!("({} + {kept}·v)", g.name),
        numbers: format!("({} + {kept}·{ahead})", g.number),
        ..momentum(writer, g, v)
    }
}

/// Returns s ← 0.99·s + 0.01·g² and g / (√s + 1e−8).
fn rmsprop(writer: &FormulaWriter, g: &Gradient, s: Remembered) -> Recipe {
    let (name, root) = (&g.name, writer.number(s.after));
    Recipe {
        equations: vec![mixed(
            writer,
            "s",
            coefficients(writer).alpha,
            (&format!("{name}²"), &g.squared),
            s,
        )],
        formula: format!("{name} / (√s + 1e−8)"),
        numbers: format!("{} / (√{root} + 1e−8)", g.number),
    }
}

/// Returns m ← 0.9·m + 0.1·g and v ← 0.999·v + 0.001·g², their bias corrections, and m' / (√v' + 1e−8).
fn adam(writer: &FormulaWriter, g: &Gradient, m: Remembered, v: Remembered) -> Recipe {
    let Coefficients { beta1, beta2, .. } = coefficients(writer);
    let step = (writer.traced.step.optimizer.steps() + 1) as f64;
    let corrected = |moment: f64, beta: f64| writer.number(moment / (1.0 - beta.powf(step)));
    let (m_corrected, v_corrected) = (corrected(m.after, beta1), corrected(v.after, beta2));
    let correction = |symbol: &str, moment: f64, beta: f64, corrected: &str| {
        Equation::of(&format!("{symbol}'"))
            .then(format!("{symbol} / (1 − {beta}^{step})"))
            .then(format!("{} / (1 − {beta}^{step})", writer.number(moment)))
            .then(corrected)
    };
    let square = format!("{}²", g.name);
    Recipe {
        equations: vec![
            mixed(writer, "m", beta1, (&g.name, &g.number), m),
            mixed(writer, "v", beta2, (&square, &g.squared), v),
            correction("m", m.after, beta1, &m_corrected),
            correction("v", v.after, beta2, &v_corrected),
        ],
        formula: "m' / (√v' + 1e−8)".to_owned(),
        numbers: format!("{m_corrected} / (√{v_corrected} + 1e−8)"),
    }
}

/// Adds λ·w1, the decoupled weight decay, to what −η is multiplied with.
fn decayed(writer: &FormulaWriter, parameter: Parameter, adam: Recipe) -> Recipe {
    let decay = writer.run.config().weight_decay;
    let (name, value) = (writer.parameter_name(parameter), writer.value(parameter));
    Recipe {
        formula: format!("({} + λ·{name})", adam.formula),
        numbers: format!("({} + {decay}·{})", adam.numbers, writer.in_brackets(value)),
        ..adam
    }
}

/// Returns v ← 0.9·v + g with its values before and after.
fn remembered(
    writer: &FormulaWriter,
    symbol: &str,
    kept: f64,
    (name, number): (&str, &str),
    values: Remembered,
) -> Equation {
    Equation::update(symbol)
        .then(format!("{kept}·{symbol} + {name}"))
        .then(format!(
            "{kept}·{} + {number}",
            writer.number(values.before)
        ))
        .then(writer.number(values.after))
}

/// Returns s ← 0.99·s + 0.01·g², a running mean.
fn mixed(
    writer: &FormulaWriter,
    symbol: &str,
    kept: f64,
    (name, number): (&str, &str),
    values: Remembered,
) -> Equation {
    // 1 − 0.99 is 0.010000000000000009.
    let rest = significant(1.0 - kept, 3);
    let rest = rest.trim_end_matches('0');
    let (name, number) = (format!("{rest}·{name}"), format!("{rest}·{number}"));
    remembered(writer, symbol, kept, (&name, &number), values)
}

/// Writes all parameters of a neuron: before, gradient, after.
fn of_neuron<'a>(writer: &'a FormulaWriter, neuron: Neuron) -> Vec<Part<'a>> {
    let heading = format!(
        "{}: η = {}; before, gradient, after:",
        writer.traced.step.optimizer.kind().name(),
        writer.number(writer.traced.step.learning_rate)
    );
    let rows = Parameters { writer, neuron };
    vec![heading.into(), Part::Table(Table::new(rows, writer.page))]
}

/// The parameters of a neuron: its weights, then its bias.
struct Parameters<'a> {
    writer: &'a FormulaWriter<'a>,
    neuron: Neuron,
}

impl Parameters<'_> {
    fn weights(&self) -> usize {
        self.writer.network().layers()[self.neuron.layer].fan_in
    }

    fn parameter(&self, row: usize) -> Parameter {
        if row == self.weights() {
            return Parameter::Bias(self.neuron);
        }
        Parameter::Weight {
            into: self.neuron,
            source: row,
        }
    }
}

impl Rows for Parameters<'_> {
    fn count(&self) -> usize {
        self.weights() + 1
    }

    fn name(&self, row: usize) -> String {
        self.writer.parameter_name(self.parameter(row))
    }

    fn widest_name(&self) -> u16 {
        // Of the weights, the number of the last is the largest.
        let last = [self.weights().saturating_sub(1), self.weights()];
        widest(last.map(|row| self.name(row)))
    }

    fn numbers(&self, row: usize) -> [Number; 3] {
        let (traced, digits) = (self.writer.traced, self.writer.run.backprop.digits);
        let parameter = self.parameter(row);
        let (before, after) = traced.values_of(parameter);
        let [old, new] = digits_around_change(before, after, digits);
        let gradient = (traced.gradient_of(parameter), digits);
        [(before, old), gradient, (after, new)].map(|(value, digits)| Number {
            value,
            digits,
            has_brackets: false,
        })
    }

    fn signs(&self) -> [&'static str; 3] {
        ["  "; 3]
    }
}
