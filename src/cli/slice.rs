//! `--slice`: what the axes of the loss slice are.

use std::fmt::Display;

use anyhow::{Context, Result};

use super::UsageError;
use crate::nn::Network;
use crate::session::index_of;
use crate::surface::Axes;

/// What the axes of the loss slice are, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SliceChoice {
    /// The program chooses.
    Auto,
    /// The gradient and a random direction.
    Gradient,
    /// Two random directions.
    Random,
    /// Two weights or biases by their names, across and up.
    Parameters([String; 2]),
}

/// Reads "auto", "gradient", "random" or two names like "w1,b2".
pub(super) fn read_slice(text: &str) -> Result<SliceChoice> {
    Ok(match text {
        "auto" => SliceChoice::Auto,
        "gradient" => SliceChoice::Gradient,
        "random" => SliceChoice::Random,
        names => {
            let pair = names.split_once(',');
            let (across, up) = pair.with_context(|| {
                format!(
                    "expected auto, gradient, random, or two parameters like w1,b2, found {text:?}"
                )
            })?;
            SliceChoice::Parameters([across, up].map(|name| name.trim().to_owned()))
        }
    })
}

impl SliceChoice {
    /// The axes for a network; `None` for the program's choice.
    ///
    /// # Errors
    ///
    /// A [`UsageError`], if the network has no such parameters.
    pub fn axes(&self, network: &Network) -> Result<Option<Axes>, UsageError> {
        let [across, up] = match self {
            Self::Auto => return Ok(None),
            Self::Gradient => return Ok(Some(Axes::FIRST_GRADIENT)),
            Self::Random => return Ok(Some(Axes::FIRST_RANDOM)),
            Self::Parameters(names) => names,
        };
        let usage = |problem: &dyn Display| UsageError(format!("--slice: {problem}"));
        let index = |name| index_of(network, name).map_err(|problem| usage(&problem));
        let (across, up) = (index(across)?, index(up)?);
        if across == up {
            return Err(usage(&"both axes are the same"));
        }
        Ok(Some(Axes::Parameters([across, up])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_read_by_name() {
        let read = |text| read_slice(text).map_err(|problem| problem.to_string());
        assert_eq!(read("auto"), Ok(SliceChoice::Auto));
        assert_eq!(read("gradient"), Ok(SliceChoice::Gradient));
        assert_eq!(read("random"), Ok(SliceChoice::Random));
        let pair = ["w1", "b2"].map(str::to_owned);
        assert_eq!(read("w1, b2"), Ok(SliceChoice::Parameters(pair)));
        let expected =
            "expected auto, gradient, random, or two parameters like w1,b2, found \"w1\"";
        assert_eq!(read("w1"), Err(expected.to_owned()));
    }
}
