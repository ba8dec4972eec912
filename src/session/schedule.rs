//! How the learning rate changes from epoch to epoch.
//!
//! A schedule depends on the epoch and the configuration alone. Nothing of it is remembered, so any epoch is recreated
//! bit for bit, and a rate that is changed on the way is the configured one from there on.

use std::f64::consts::PI;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use anyhow::{Context, Error, Result, bail, ensure};
use serde::{Deserialize, Serialize};

/// What the configured learning rate η becomes in epoch e = 0, 1, …
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Schedule {
    /// η.
    #[default]
    Constant,
    /// η·factor^⌊e / every⌋.
    Step {
        /// Epochs with the same rate; at least 1.
        every: u64,
        /// Above 0 and at most 1.
        factor: f64,
    },
    /// η·½(1 + cos(πe / epochs)): down to 0 in the epochs of the run, and up again beyond them.
    Cosine,
    /// η·min(1, (e + 1) / epochs): up to η, then constant.
    Warmup {
        /// Epochs until the rate is η; at least 1.
        epochs: u64,
    },
}

impl Schedule {
    /// The learning rate in an epoch of a run of `epochs` epochs, from the configured one.
    #[must_use]
    #[inline]
    pub fn rate(self, configured: f64, epoch: u64, epochs: u64) -> f64 {
        let e = epoch as f64;
        match self {
            Self::Constant => configured,
            Self::Step { every, factor } => configured * factor.powf((epoch / every) as f64),
            Self::Cosine => configured * (0.5 * (1.0 + (PI * e / epochs as f64).cos())),
            Self::Warmup { epochs } => configured * ((e + 1.0) / epochs as f64).min(1.0),
        }
    }

    /// Checks that a run of this many epochs (0 for no end) can have it.
    ///
    /// # Errors
    ///
    /// One sentence, if it needs an end.
    pub(super) fn check_for(self, epochs: u64) -> Result<()> {
        ensure!(
            self != Self::Cosine || epochs > 0,
            "a cosine schedule ends with the run: --epochs must be above 0"
        );
        Ok(())
    }
}

impl FromStr for Schedule {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let count = |text: &str| {
            let count = text.trim().parse().ok().filter(|count| *count > 0);
            count.with_context(|| format!("{text:?} is not a number of epochs above 0"))
        };
        let (name, values) = text.split_once('=').unwrap_or((text, ""));
        match (name, values.split_once(',')) {
            ("constant", None) if values.is_empty() => Ok(Self::Constant),
            ("cosine", None) if values.is_empty() => Ok(Self::Cosine),
            ("warmup", None) => Ok(Self::Warmup {
                epochs: count(values)?,
            }),
            ("step", Some((every, factor))) => {
                let number = factor.trim().parse().ok();
                let number = number.filter(|factor| *factor > 0.0 && *factor <= 1.0);
                let problem = || format!("{factor:?} is not a factor above 0 and at most 1");
                Ok(Self::Step {
                    every: count(every)?,
                    factor: number.with_context(problem)?,
                })
            }
            _ => bail!("expected constant, step=EVERY,FACTOR, cosine or warmup=EPOCHS"),
        }
    }
}

impl Display for Schedule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant => f.write_str("constant"),
            Self::Step { every, factor } => write!(f, "step={every},{factor}"),
            Self::Cosine => f.write_str("cosine"),
            Self::Warmup { epochs } => write!(f, "warmup={epochs}"),
        }
    }
}

impl From<Schedule> for String {
    fn from(schedule: Schedule) -> Self {
        schedule.to_string()
    }
}

impl TryFrom<String> for Schedule {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rates of the first epochs, of a configured rate of 1 and 4 epochs.
    fn rates(schedule: &str) -> [f64; 6] {
        let schedule: Schedule = schedule.parse().unwrap();
        [0, 1, 2, 3, 4, 5].map(|epoch| schedule.rate(1.0, epoch, 4))
    }

    #[test]
    fn the_rates_are_those_of_the_formulas() {
        assert_eq!(rates("constant"), [1.0; 6]);
        assert_eq!(rates("step=2,0.5"), [1.0, 1.0, 0.5, 0.5, 0.25, 0.25]);
        assert_eq!(
            rates("warmup=3"),
            [1.0 / 3.0, 2.0 / 3.0, 1.0, 1.0, 1.0, 1.0]
        );
        let root = 0.5_f64.sqrt();
        let expected = [1.0, 0.5 + root / 2.0, 0.5, 0.5 - root / 2.0, 0.0];
        for (rate, expected) in rates("cosine").into_iter().zip(expected) {
            assert!((rate - expected).abs() < 1e-15, "{rate} {expected}");
        }
    }

    #[test]
    fn no_epoch_has_a_rate_that_is_no_number() {
        for schedule in ["constant", "step=1,0.5", "cosine", "warmup=1"] {
            let schedule: Schedule = schedule.parse().unwrap();
            let rate = schedule.rate(f64::MAX, u64::MAX, u64::MAX);
            assert!((0.0..=f64::MAX).contains(&rate), "{schedule} {rate}");
        }
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        for (text, problem) in [
            (
                "",
                "expected constant, step=EVERY,FACTOR, cosine or warmup=EPOCHS",
            ),
            (
                "step",
                "expected constant, step=EVERY,FACTOR, cosine or warmup=EPOCHS",
            ),
            (
                "cosine=5",
                "expected constant, step=EVERY,FACTOR, cosine or warmup=EPOCHS",
            ),
            ("step=0,0.5", "\"0\" is not a number of epochs above 0"),
            (
                "step=10,1.5",
                "\"1.5\" is not a factor above 0 and at most 1",
            ),
            (
                "step=10,nan",
                "\"nan\" is not a factor above 0 and at most 1",
            ),
            ("warmup=x", "\"x\" is not a number of epochs above 0"),
        ] {
            assert_eq!(text.parse::<Schedule>().unwrap_err().to_string(), problem);
        }
        assert!(Schedule::Cosine.check_for(0).is_err());
        assert!(Schedule::Constant.check_for(0).is_ok());
    }
}
