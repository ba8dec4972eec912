//! Whether the outputs of a network can be the targets, and the loss can take them.

use anyhow::{Result, bail};

use super::Run;
use crate::data::{Dataset, Target, plain, with_unit};
use crate::nn::{Activation, Loss};

/// Checks that the loss is defined for the targets: cross-entropy is for shares.
///
/// # Errors
///
/// One sentence that names the first target that is none.
pub(super) fn check_targets(run: &Run) -> Result<()> {
    let Target::Numbers(numbers) = &run.dataset.target else {
        return Ok(());
    };
    let (most, expected) = match (run.config.loss, run.config.output_activation) {
        (Loss::MeanSquaredError, _) => return Ok(()),
        (Loss::CrossEntropy, Activation::Softmax) => (f64::INFINITY, "of 0 or more"),
        (Loss::CrossEntropy, _) => (1.0, "between 0 and 1"),
    };
    let outside = targets(run).position(|target| !(0.0..=most).contains(&target));
    let Some(place) = outside else {
        return Ok(());
    };
    let (sample, output) = (place / numbers.len(), place % numbers.len());
    bail!(
        "cross-entropy takes numbers {expected}, {} of {} is {} (--output-activation linear --loss mse takes all)",
        numbers[output].name,
        run.dataset.sample_name(sample),
        plain(run.dataset.targets_of(sample)[output]),
    );
}

/// Says which targets the outputs can never be.
pub(super) fn unreachable_targets(run: &Run) -> Option<String> {
    let Target::Numbers(numbers) = &run.dataset.target else {
        return None;
    };
    let activation = run.config.output_activation;
    let (least, most) = activation.range();
    let place = targets(run).position(|target| !(least..=most).contains(&target))?;
    let output = place % numbers.len();
    let values = targets(run).skip(output).step_by(numbers.len());
    let range = (f64::INFINITY, f64::NEG_INFINITY);
    let (low, high) = values.fold(range, |(low, high), value| {
        (low.min(value), high.max(value))
    });
    Some(format!(
        "{} goes from {} to {}, {} outputs only from {least} to {most} (--output-activation linear reaches all)",
        numbers[output].name,
        plain(low),
        plain(high),
        activation.name(),
    ))
}

/// What the network should predict, one output after the other and sample by sample.
fn targets(run: &Run) -> impl Iterator<Item = f64> + '_ {
    let test = run.data.test.iter();
    let parts = std::iter::once(&run.data.training).chain(test);
    parts.flat_map(|part| part.targets.iter().copied())
}

/// Says which targets are scaled.
pub(super) fn scaled_targets(dataset: &Dataset) -> Option<String> {
    let Target::Numbers(numbers) = &dataset.target else {
        return None;
    };
    let divisors = numbers.iter().zip(&dataset.target_scaling.divisor);
    let scaled = divisors.filter(|(_, divisor)| **divisor != 1.0);
    let scaled: Vec<String> = scaled
        .map(|(number, divisor)| {
            let one = with_unit(&plain(*divisor), &number.unit);
            format!("{}, where 1 is {one}", number.name)
        })
        .collect();
    (!scaled.is_empty()).then(|| format!("the loss is of standardized {}", scaled.join("; ")))
}
