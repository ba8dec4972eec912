//! Whether the outputs of a network can be the targets, and the loss can take them.

use anyhow::{Result, bail};

use super::Run;
use crate::data::{Dataset, Examples, Target, plain, with_unit};
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
    let Some((sample, output)) = first_outside(run, (0.0, most)) else {
        return Ok(());
    };
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
    let (_, output) = first_outside(run, (least, most))?;
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for part in parts(run) {
        part.for_each_target(|targets| {
            (low, high) = (low.min(targets[output]), high.max(targets[output]));
        });
    }
    Some(format!(
        "{} goes from {} to {}, {} outputs only from {least} to {most} (--output-activation linear reaches all)",
        numbers[output].name,
        plain(low),
        plain(high),
        activation.name(),
    ))
}

/// The first sample that has a target outside a range, as the network predicts it, and which output that is of.
fn first_outside(run: &Run, (least, most): (f64, f64)) -> Option<(usize, usize)> {
    let (mut sample, mut found) = (0, None);
    for part in parts(run) {
        part.for_each_target(|targets| {
            let outside = || {
                targets
                    .iter()
                    .position(|target| !(least..=most).contains(target))
            };
            found = found.or_else(|| Some((sample, outside()?)));
            sample += 1;
        });
    }
    found
}

/// The training samples, and those for testing.
fn parts(run: &Run) -> impl Iterator<Item = &Examples> {
    let test = run.data.test.as_deref();
    std::iter::once(&*run.data.training).chain(test)
}

/// Says which targets are scaled.
pub(super) fn scaled_targets(dataset: &Dataset) -> Option<String> {
    let Target::Numbers(numbers) = &dataset.target else {
        return None;
    };
    let divisors = numbers.iter().zip(&dataset.target_scaling.divisor);
    let scaled = divisors.filter(|(_, divisor)| **divisor != 1.0);
    let (names, deviations): (Vec<&str>, Vec<String>) = scaled
        .map(|(number, divisor)| {
            let deviation = with_unit(&plain(*divisor), &number.unit);
            (&*number.name, deviation)
        })
        .unzip();
    (!names.is_empty()).then(|| {
        let (names, deviations) = (names.join(", "), deviations.join(", "));
        format!("the loss measures {names} in standard deviations of {deviations}")
    })
}
