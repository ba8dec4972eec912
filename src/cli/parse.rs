//! The values of options, read with one clear sentence about what is wrong.

use anyhow::{Context, Result, ensure};

use super::{Hidden, Weights};
use crate::data::ScalingMethod;
use crate::session::config::{
    check_batch_size, check_hidden, check_learning_rate, check_penalty, check_until_loss,
};

/// Reads one of a few values by their names.
pub(super) fn one_of<T: Copy + Send + Sync + 'static>(
    values: &'static [T],
    name: fn(T) -> &'static str,
) -> impl Fn(&str) -> Result<T> + Clone + Send + Sync + 'static {
    move |text| {
        let names = || {
            values
                .iter()
                .map(|&value| name(value))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let found = values.iter().find(|&&value| name(value) == text);
        found
            .copied()
            .with_context(|| format!("expected one of {}", names()))
    }
}

pub(super) fn parse_hidden(text: &str) -> Result<Hidden> {
    if text == "none" {
        return Ok(Hidden(Vec::new()));
    }
    let units = text.split(',').map(|units| {
        units
            .trim()
            .parse()
            .with_context(|| format!("{units:?} is not a number of units"))
    });
    let hidden = units.collect::<Result<Vec<usize>>>()?;
    check_hidden(&hidden)?;
    Ok(Hidden(hidden))
}

/// Reads "w1=1,b3=-0.5".
pub(super) fn parse_weights(text: &str) -> Result<Weights> {
    let mut weights: Vec<(String, f64)> = Vec::new();
    for part in text.split(',') {
        let (name, value) = part
            .split_once('=')
            .with_context(|| format!("expected w1=0.5,b1=0, found {part:?}"))?;
        let name = name.trim().to_owned();
        let value = value.trim();
        let number = value.parse().ok().filter(|number: &f64| number.is_finite());
        let number = number.with_context(|| format!("{name}: {value:?} is not a number"))?;
        ensure!(
            weights.iter().all(|(other, _)| *other != name),
            "{name} is given twice"
        );
        weights.push((name, number));
    }
    Ok(Weights(weights))
}

pub(super) fn parse_learning_rate(text: &str) -> Result<f64> {
    let learning_rate = text.parse().context("not a number")?;
    check_learning_rate(learning_rate)?;
    Ok(learning_rate)
}

pub(super) fn parse_batch_size(text: &str) -> Result<usize> {
    let batch_size = text.parse().context("not a whole number")?;
    check_batch_size(batch_size)?;
    Ok(batch_size)
}

pub(super) fn parse_penalty(text: &str) -> Result<f64> {
    let factor = text.parse().context("not a number")?;
    check_penalty("the penalty", factor)?;
    Ok(factor)
}

pub(super) fn parse_test_fraction(text: &str) -> Result<f64> {
    let fraction = text.parse().context("not a number")?;
    ensure!(
        (0.0..1.0).contains(&fraction),
        "at least 0 and less than 1, got {fraction}"
    );
    Ok(fraction)
}

pub(super) fn parse_delimiter(text: &str) -> Result<char> {
    match text {
        "\\t" | "tab" => Ok('\t'),
        _ => text.parse().context("expected one character, or tab"),
    }
}

pub(super) fn parse_scaling(text: &str) -> Result<ScalingMethod> {
    match text {
        "standardize" => Ok(ScalingMethod::Standardize),
        "center" => Ok(ScalingMethod::Center),
        "none" => Ok(ScalingMethod::None),
        _ => {
            let shift = text
                .strip_prefix("shift=")
                .context("expected standardize, center, none or shift=…")?;
            let numbers = shift.split(',').map(|number| {
                let number = number
                    .trim()
                    .parse::<f64>()
                    .ok()
                    .filter(|number| number.is_finite());
                number.with_context(|| format!("{shift:?} is not a list of numbers"))
            });
            Ok(ScalingMethod::Shift(numbers.collect::<Result<_>>()?))
        }
    }
}

pub(super) fn parse_until_loss(text: &str) -> Result<f64> {
    let loss = text.parse().context("not a number")?;
    check_until_loss(loss)?;
    Ok(loss)
}

pub(super) fn parse_size(text: &str) -> Result<(u16, u16)> {
    let size = text
        .split_once('x')
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let (width, height) = size.context("expected a size like 80x24")?;
    ensure!(
        (1..=1000).contains(&width) && (1..=1000).contains(&height),
        "from 1x1 to 1000x1000"
    );
    Ok((width, height))
}
