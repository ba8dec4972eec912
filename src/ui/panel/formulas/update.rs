//! What the step changes, and by what gradient.

use ratatui::text::Span;

use super::equation::Equation;
use super::writer::Told;
use crate::app::Part;
use crate::nn::{Memory, Neuron, Optimizer, Parameter, Penalty, Remembered};
use crate::ui::style::number::aligned;

/// The gradient that the step uses, where it is not just this sample's.
pub(super) fn gradient_lines(told: &Told) -> Vec<String> {
    let parameter = told.selected().parameter();
    let name = told.network().parameter_name(parameter);
    let penalty = penalty(told, parameter);
    let used = told.traced.gradient_of(parameter);
    let batch_size = told.traced.batch_size();
    let mut lines = Vec::new();
    if batch_size > 1 {
        let alone = told.number(told.traced.trace.derivative(parameter));
        let mean = told.number(used - penalty);
        lines.push(format!(
            "∂L/∂{name}: this sample {alone}, mean of the batch of {batch_size} {mean} ← used"
        ));
    }
    if let Parameter::Weight { .. } = parameter
        && told.app.run().config().penalty != Penalty::default()
    {
        lines.extend(penalized(told, parameter).lines(&told.page));
    }
    lines
}

/// g = ∂L/∂w1 + λ1·sign(w1) + λ2·w1.
fn penalized(told: &Told, parameter: Parameter) -> Equation {
    let name = told.network().parameter_name(parameter);
    let used = told.traced.gradient_of(parameter);
    let w = told.number(told.value(parameter));
    let by_loss = told.number(used - penalty(told, parameter));
    let Penalty { l1, l2 } = told.app.run().config().penalty;
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
        .then(told.number(used))
}

fn penalty(told: &Told, parameter: Parameter) -> f64 {
    match parameter {
        Parameter::Weight { .. } => told
            .app
            .run()
            .config()
            .penalty
            .derivative(told.value(parameter)),
        Parameter::Bias(_) => 0.0,
    }
}

pub(super) fn lines(told: &Told) -> Vec<String> {
    match told.selected() {
        Part::Parameter(parameter) => of_parameter(told, parameter),
        Part::Neuron(neuron) => of_neuron(told, neuron),
    }
}

/// w1 ← w1 − η·∂L/∂w1 = 1 − 0.1·0.0215 = 0.9979, or what the optimizer makes of it.
fn of_parameter(told: &Told, parameter: Parameter) -> Vec<String> {
    let name = told.network().parameter_name(parameter);
    let (before, after) = told.traced.values_of(parameter);
    let Recipe {
        mut equations,
        formula,
        numbers,
    } = recipe(told, parameter);
    let decimals_of = |value| {
        told.theme
            .changed(value, after - before, told.app.run().backprop.digits)
    };
    let (old, result) = (decimals_of(before), decimals_of(after));
    let rate = told.traced.step.learning_rate;
    equations.push(
        Equation::update(&name)
            .then(format!("{name} − η·{formula}"))
            .then(format!("{old} − {rate}·{numbers}"))
            .then(result),
    );
    let lines = equations.iter();
    lines
        .flat_map(|equation| equation.lines(&told.page))
        .collect()
}

/// What an optimizer multiplies by −η.
struct Recipe {
    /// What it remembers from step to step.
    equations: Vec<Equation>,
    formula: String,
    numbers: String,
}

/// The gradient g as it is called and written.
struct Gradient {
    name: String,
    number: String,
    squared: String,
}

fn recipe(told: &Told, parameter: Parameter) -> Recipe {
    let gradient = told.traced.gradient_of(parameter);
    let is_its_own = told.traced.batch_size() == 1 && penalty(told, parameter) == 0.0;
    let g = Gradient {
        name: if is_its_own {
            format!("∂L/∂{}", told.network().parameter_name(parameter))
        } else {
            "g".to_owned()
        },
        number: told.number(gradient),
        squared: format!("{}²", told.in_brackets(gradient)),
    };
    let optimizer = &told.traced.step.optimizer;
    let index = told.network().index_of(parameter);
    match optimizer.change_of(index, gradient) {
        Memory::Sgd {} => Recipe {
            equations: Vec::new(),
            formula: g.name,
            numbers: g.number,
        },
        Memory::Momentum { v } => momentum(told, &g, v),
        Memory::Rmsprop { s } => rmsprop(told, &g, s),
        Memory::Adam { m, v } => adam(told, &g, m, v),
    }
}

/// v ← 0.9·v + g.
fn momentum(told: &Told, g: &Gradient, v: Remembered) -> Recipe {
    Recipe {
        equations: vec![remembered(
            told,
            "v",
            Optimizer::MOMENTUM,
            (&g.name, &g.number),
            v,
        )],
        formula: "v".to_owned(),
        numbers: told.number(v.after),
    }
}

/// s ← 0.99·s + 0.01·g²; g / (√s + 1e−8).
fn rmsprop(told: &Told, g: &Gradient, s: Remembered) -> Recipe {
    let (name, root) = (&g.name, told.number(s.after));
    Recipe {
        equations: vec![mixed(
            told,
            "s",
            Optimizer::RMSPROP_ALPHA,
            (&format!("{name}²"), &g.squared),
            s,
        )],
        formula: format!("{name} / (√s + 1e−8)"),
        numbers: format!("{} / (√{root} + 1e−8)", g.number),
    }
}

/// m ← 0.9·m + 0.1·g; v ← 0.999·v + 0.001·g²; both corrected for their start at 0; m' / (√v' + 1e−8).
fn adam(told: &Told, g: &Gradient, m: Remembered, v: Remembered) -> Recipe {
    let [beta_1, beta_2] = [Optimizer::ADAM_BETA_1, Optimizer::ADAM_BETA_2];
    let step = (told.traced.step.optimizer.steps() + 1) as f64;
    let corrected = |moment: f64, beta: f64| told.number(moment / (1.0 - beta.powf(step)));
    let (m_corrected, v_corrected) = (corrected(m.after, beta_1), corrected(v.after, beta_2));
    let correction = |symbol: &str, moment: f64, beta: f64, corrected: &str| {
        Equation::of(&format!("{symbol}'"))
            .then(format!("{symbol} / (1 − {beta}^{step})"))
            .then(format!("{} / (1 − {beta}^{step})", told.number(moment)))
            .then(corrected)
    };
    let square = format!("{}²", g.name);
    Recipe {
        equations: vec![
            mixed(told, "m", beta_1, (&g.name, &g.number), m),
            mixed(told, "v", beta_2, (&square, &g.squared), v),
            correction("m", m.after, beta_1, &m_corrected),
            correction("v", v.after, beta_2, &v_corrected),
        ],
        formula: "m' / (√v' + 1e−8)".to_owned(),
        numbers: format!("{m_corrected} / (√{v_corrected} + 1e−8)"),
    }
}

/// v ← 0.9·v + g, from the value before to the value after.
fn remembered(
    told: &Told,
    symbol: &str,
    kept: f64,
    (name, number): (&str, &str),
    values: Remembered,
) -> Equation {
    Equation::update(symbol)
        .then(format!("{kept}·{symbol} + {name}"))
        .then(format!("{kept}·{} + {number}", told.number(values.before)))
        .then(told.number(values.after))
}

/// s ← 0.99·s + 0.01·g²: a running mean.
fn mixed(
    told: &Told,
    symbol: &str,
    kept: f64,
    (name, number): (&str, &str),
    values: Remembered,
) -> Equation {
    // 1 − 0.99 is 0.010000000000000009.
    let rest = told.theme.significant(1.0 - kept, 3);
    let rest = rest.trim_end_matches('0');
    let (name, number) = (format!("{rest}·{name}"), format!("{rest}·{number}"));
    remembered(told, symbol, kept, (&name, &number), values)
}

/// All parameters of a neuron: before, gradient, after, decimal points in line.
fn of_neuron(told: &Told, neuron: Neuron) -> Vec<String> {
    let fan_in = told.network().layers()[neuron.layer].fan_in;
    let weights = (0..fan_in).map(|source| Parameter::Weight {
        into: neuron,
        source,
    });
    let parameters: Vec<Parameter> = weights.chain([Parameter::Bias(neuron)]).collect();
    let column = |text: &dyn Fn(Parameter) -> String| {
        let texts: Vec<String> = parameters
            .iter()
            .map(|&parameter| text(parameter))
            .collect();
        aligned(&texts)
    };
    let names: Vec<String> = parameters
        .iter()
        .map(|&parameter| told.network().parameter_name(parameter))
        .collect();
    let gradient = column(&|parameter| told.number(told.traced.gradient_of(parameter)));
    let around = |parameter, value: fn((f64, f64)) -> f64| {
        let (before, after) = told.traced.values_of(parameter);
        let value = value((before, after));
        told.theme
            .changed(value, after - before, told.app.run().backprop.digits)
    };
    let before = column(&|parameter| around(parameter, |(before, _)| before));
    let after = column(&|parameter| around(parameter, |(_, after)| after));
    let widest = names.iter().map(|name| Span::raw(name).width()).max();
    let mut lines = vec![format!(
        "{}: η = {}; before, gradient, after:",
        told.traced.step.optimizer.kind().name(),
        told.traced.step.learning_rate
    )];
    lines.extend((0..names.len()).map(|row| {
        let blanks = " ".repeat(widest.unwrap_or(0) - Span::raw(&names[row]).width());
        format!(
            "  {}{blanks}  {}  {}  {}",
            names[row], before[row], gradient[row], after[row]
        )
    }));
    lines
}
