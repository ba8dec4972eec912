//! The figures of the texts: placeholders that are filled by computation, so that no figure can be out of date.

use std::collections::BTreeMap;

use crate::app::{App, RunView, TracedStep};
use crate::nn::{Network, Neuron, Parameter, Source, Trace};
use crate::sweep::{Summary, Verdict};

/// The significant digits of a figure whose placeholder does not say.
const USUAL_DIGITS: usize = 3;

/// The figures of a text, by their names.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    values: BTreeMap<String, f64>,
    /// Whether all of them are known. Those of a sweep come later.
    is_complete: bool,
}

impl Figures {
    /// Computes the figures of these lines that are not known yet, as the app stands.
    pub(super) fn complete(&mut self, lines: &[String], app: &App) {
        self.is_complete = true;
        for piece in lines.iter().flat_map(|line| pieces(line)) {
            let Piece::Figure(name, _) = piece else {
                continue;
            };
            if self.values.contains_key(name) {
                continue;
            }
            match value(app, name) {
                Some(value) => drop(self.values.insert(name.to_owned(), value)),
                None => self.is_complete = false,
            }
        }
    }

    /// Whether all figures are known.
    pub(super) fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Returns a line with its figures, each written by `write` with its number of significant digits; "…" for one that
    /// is not known yet.
    pub(super) fn filled(&self, line: &str, write: impl Fn(f64, usize) -> String) -> String {
        let pieces = pieces(line).map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Figure(name, digits) => {
                let value = self.values.get(name);
                value.map_or_else(|| "…".to_owned(), |&value| write(value, digits))
            }
        });
        pieces.collect()
    }
}

/// A piece of a line.
enum Piece<'a> {
    Text(&'a str),
    /// A placeholder: its name and its significant digits.
    Figure(&'a str, usize),
}

/// Splits a line at its placeholders.
fn pieces(line: &str) -> impl Iterator<Item = Piece<'_>> {
    line.split('{').enumerate().flat_map(|(index, part)| {
        let (figure, text) = match part.split_once('}') {
            Some((inside, text)) if index > 0 => {
                let (name, digits) = match inside.split_once(':') {
                    Some((name, digits)) => (name, digits.parse().unwrap_or(USUAL_DIGITS)),
                    None => (inside, USUAL_DIGITS),
                };
                (Some(Piece::Figure(name, digits)), text)
            }
            _ => (None, part),
        };
        figure.into_iter().chain([Piece::Text(text)])
    })
}

/// The value of a figure as the app stands; `None` if it is not known, or nothing is called so.
pub(super) fn value(app: &App, name: &str) -> Option<f64> {
    let run = &app.run;
    let in_sweep = || {
        let progress = app.sweep.progress.as_ref()?;
        progress.is_over.then_some(&progress.summary)
    };
    let score = || Some(run.training.scores.as_ref()?.assessment.evaluation);
    match name {
        "loss" => Some(score()?.training.loss),
        "accuracy" => Some(100.0 * score()?.training.quality.accuracy?),
        "test loss" => Some(score()?.test?.loss),
        "epoch" => Some(run.training.position.epoch as f64),
        "η" => Some(run.config().learning_rate),
        "parameters" => Some(run.network.parameters().len() as f64),
        "samples" => Some(run.dataset().len() as f64),
        "seeds" => Some(in_sweep()?.seeds as f64),
        "solved" => Some(solved(in_sweep()?)),
        "median" => Some(in_sweep()?.losses?.median.loss),
        _ => of_data(run, name)
            .or_else(|| of_step(run, app.lesson_step()?.as_ref(), name))
            .or_else(|| of_network(&run.network, name)),
    }
}

/// How many seeds have solved the data.
fn solved(summary: &Summary) -> f64 {
    summary.counts.of(Verdict::Solved) as f64
}

/// "mean weight", "shift weight" and the answer for a person: "Emily".
fn of_data(run: &RunView, name: &str) -> Option<f64> {
    let dataset = run.dataset();
    let feature = |called: &str| {
        let mut features = dataset.features().iter();
        features.position(|feature| feature.name() == called)
    };
    if let Some(called) = name.strip_prefix("mean ") {
        let index = feature(called)?;
        let values = (0..dataset.training_samples).map(|sample| dataset.raw_of(sample)[index]);
        return Some(values.sum::<f64>() / dataset.training_samples as f64);
    }
    if let Some(called) = name.strip_prefix("shift ") {
        // What becomes of 0 is the shift.
        let zeros = vec![0.0; dataset.features().len()];
        let mut scaled = dataset.preprocessing.scaled_values(&zeros);
        return scaled.nth(feature(called)?).map(|zero| -zero);
    }
    let samples = 0..dataset.len();
    let known = samples.map(|sample| (dataset.sample_name(sample), dataset.raw_of(sample)));
    let unseen = dataset
        .unseen
        .iter()
        .map(|unseen| (unseen.name.clone(), &*unseen.raw));
    let raw = known.chain(unseen).find(|(called, _)| called == name)?.1;
    run.outputs_for(raw).first().copied()
}

/// What is in a step: a derivative, the loss of its sample and how it changes, or a number of the forward pass.
fn of_step(run: &RunView, traced: &TracedStep, name: &str) -> Option<f64> {
    if let Some(derivative) = name.strip_prefix('∂') {
        let (of, by) = derivative.split_once("/∂")?;
        return derived(&traced.network, &traced.trace, of, by);
    }
    match name {
        "L" => Some(traced.trace.loss),
        "predicted" => Some(traced.predicted_change()),
        "real" => Some(loss_after(run, traced) - traced.trace.loss),
        "first norm" => traced.step.gradient_norms.first().copied(),
        "last norm" => traced.step.gradient_norms.last().copied(),
        _ => of_forward(&traced.network, &traced.trace, name),
    }
}

/// The loss of the sample after the step.
fn loss_after(run: &RunView, traced: &TracedStep) -> f64 {
    let after = traced.step.parameters.clone();
    let network = traced.network.with_parameters(after);
    let (inputs, targets) = (&traced.trace.inputs, &traced.trace.targets);
    Trace::of(&network, run.config().loss, inputs, targets).loss
}

/// An input, the pre-activation z of a neuron, or its activation.
fn of_forward(network: &Network, trace: &Trace, name: &str) -> Option<f64> {
    let (is_z, called) = match name.strip_prefix("z_") {
        Some(called) => (true, called),
        None => (false, name),
    };
    if let Some(Neuron { layer, unit }) = neuron_named(network, called) {
        let layer = &trace.layers[layer];
        let numbers = if is_z {
            &layer.pre_activations
        } else {
            &layer.activations
        };
        return Some(numbers[unit]);
    }
    let mut inputs = (0..trace.inputs.len()).map(Source::Input);
    let input = inputs.find(|&input| network.source_name(input) == name)?;
    Some(trace.value_of(input))
}

/// A factor of the chain rule, or the derivative of L.
fn derived(network: &Network, trace: &Trace, of: &str, by: &str) -> Option<f64> {
    let slope = |neuron: Neuron| trace.layers[neuron.layer].slopes[neuron.unit];
    if of == "L" {
        if let Some(parameter) = network.parameter_named(by) {
            return Some(trace.derivative(parameter));
        }
        let neuron = neuron_named(network, by)?;
        let by_activation = trace.layers[neuron.layer].by_activation.as_ref()?;
        return Some(by_activation[neuron.unit]);
    }
    let into = neuron_named(network, of)?;
    if let Some(parameter) = network.parameter_named(by) {
        let x = parameter
            .source()
            .map_or(1.0, |source| trace.value_of(source));
        return (parameter.neuron() == into).then(|| x * slope(into));
    }
    let source = neuron_named(network, by)?.unit;
    let weight = network.index_of(Parameter::Weight { into, source });
    Some(network.parameters()[weight] * slope(into))
}

/// A neuron by its name; the only output is also ypred, as in the formulas.
fn neuron_named(network: &Network, name: &str) -> Option<Neuron> {
    let layers = network.layers().iter().enumerate();
    let mut neurons =
        layers.flat_map(|(layer, of)| (0..of.units).map(move |unit| Neuron { layer, unit }));
    let name = if name == "ypred" { "o1" } else { name };
    neurons.find(|&neuron| network.neuron_name(neuron) == name)
}

fn of_network(network: &Network, name: &str) -> Option<f64> {
    let parameter = network.parameter_named(name)?;
    Some(network.parameters()[network.index_of(parameter)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_filled_and_what_is_not_known_yet_is_left_open() {
        let figures = Figures {
            values: BTreeMap::from([("w1".to_owned(), 0.5)]),
            is_complete: false,
        };
        let filled = figures.filled("w1 is {w1:4}, b1 {b1}.", |value, digits| {
            format!("{value:.digits$}")
        });
        assert_eq!(filled, "w1 is 0.5000, b1 ….");
    }
}
