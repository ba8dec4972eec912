//! What is right for each sample and what the network answers, as text that lines up.

use std::ops::Range;
use std::sync::Arc;

use crate::answers::Predictions;
use crate::app::RunView;
use crate::data::{Scaling, Task};
use crate::nn::Loss;
use crate::ui::style::number::{self, aligned, apart, typeset};
use crate::ui::style::{Theme, widest};

/// The actual and the predicted values of the visible samples.
pub(super) struct Answers {
    outputs_each: usize,
    predictions: Arc<Predictions>,
    /// The actual class or numbers.
    pub(super) actual: Vec<String>,
    /// The predicted class or numbers.
    pub(super) predicted: Vec<String>,
    /// The loss of each sample alone.
    pub(super) losses: Vec<String>,
}

impl Answers {
    /// `None` until a job has computed them.
    pub(super) fn of(theme: Theme, run: &RunView, samples: Range<usize>) -> Option<Self> {
        let dataset = run.dataset();
        let predictions = run.predictions_for(samples.clone())?;
        let outputs_each = dataset.target.outputs();
        let outputs = predictions.outputs.chunks_exact(outputs_each);
        let (actual, predicted): (Vec<String>, Vec<String>) = match dataset.target.task() {
            Task::Numbers => {
                let ranges = ranges(run, samples.clone());
                let text = |values: &[f64]| numbers(run, values, &ranges);
                let actual = samples.map(|sample| text(dataset.targets_of(sample)));
                let predicted = outputs.map(|outputs| text(&dataset.in_units(outputs)));
                let lined_up = |texts: Vec<String>| lined_up(theme, &texts);
                (lined_up(actual.collect()), lined_up(predicted.collect()))
            }
            Task::Binary | Task::Classes => {
                let actual = samples.map(|sample| dataset.target_text(sample));
                let predicted = outputs.map(|outputs| dataset.label_of(outputs));
                (actual.collect(), predicted.collect())
            }
        };
        let losses = predictions.losses.iter();
        let losses = losses.map(|loss| theme.written(&number::loss(*loss)));
        Some(Self {
            // With the blanks behind them, as their column is aligned to the right.
            losses: aligned(&losses.collect::<Vec<_>>()),
            outputs_each,
            predictions,
            actual,
            predicted,
        })
    }

    /// The widths of the widest actual or predicted text with its unit, and without.
    pub(super) fn widths(&self, unit: &str) -> (u16, u16) {
        let texts = || self.actual.iter().chain(&self.predicted);
        let bare = texts().map(|text| without_unit(text, unit));
        (widest(texts()), widest(bare))
    }

    /// The outputs for a visible sample.
    pub(super) fn outputs(&self, line: usize) -> &[f64] {
        &self.predictions.outputs[line * self.outputs_each..][..self.outputs_each]
    }
}

/// Returns the heading of the losses, and shorter ones for where there is less room.
pub(super) fn loss_headings(theme: Theme, run: &RunView) -> Vec<String> {
    let outputs = run.dataset().target.outputs();
    let texts: &[&str] = match run.config().loss {
        Loss::MeanSquaredError if outputs == 1 => &["(y − ypred)²", "error²"],
        Loss::MeanSquaredError => &["mean (y − o)²"],
        Loss::CrossEntropy => &["cross-entropy"],
    };
    let texts = texts.iter();
    texts
        .map(|text| theme.written(&of_targets(run, text)))
        .collect()
}

/// Returns the heading of numbers that are in the scale of the targets as the network learns them: "scaled ypred".
pub(super) fn of_targets(run: &RunView, heading: &str) -> String {
    let dataset = run.dataset();
    if dataset.target_scaling == Scaling::none(dataset.target.outputs()) {
        heading.to_owned()
    } else {
        format!("scaled {heading}")
    }
}

/// The smallest and the largest target of some samples, for each output.
fn ranges(run: &RunView, samples: Range<usize>) -> Vec<(f64, f64)> {
    let dataset = run.dataset();
    let none = (f64::INFINITY, f64::NEG_INFINITY);
    let mut ranges = vec![none; dataset.target.outputs()];
    for sample in samples {
        for (range, target) in ranges.iter_mut().zip(dataset.targets_of(sample)) {
            *range = (range.0.min(*target), range.1.max(*target));
        }
    }
    ranges
}

/// Numbers in the units of the target, with decimals enough to tell the targets apart.
fn numbers(run: &RunView, values: &[f64], ranges: &[(f64, f64)]) -> String {
    let texts = values.iter().zip(ranges);
    let texts: Vec<String> = texts.map(|(value, range)| apart(*value, *range)).collect();
    format!("{} {}", texts.join(", "), run.dataset().target.unit())
        .trim_end()
        .to_owned()
}

/// The text of numbers, without the unit behind them.
pub(super) fn without_unit<'a>(text: &'a str, unit: &str) -> &'a str {
    text.strip_suffix(unit).map_or(text, str::trim_end)
}

/// Lines up the decimal points of the numbers that texts begin with, before their units.
fn lined_up(theme: Theme, texts: &[String]) -> Vec<String> {
    let parts = texts.iter().map(|text| {
        let written = theme.written(&typeset(text));
        let (number, unit) = written.split_once(' ').unwrap_or((&written, ""));
        (number.to_owned(), unit.to_owned())
    });
    let (numbers, units): (Vec<String>, Vec<String>) = parts.unzip();
    let numbers = aligned(&numbers).into_iter().zip(units);
    numbers
        .map(|(number, unit)| format!("{number} {unit}").trim_end().to_owned())
        .collect()
}
