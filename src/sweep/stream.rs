//! The lines of `nnscope sweep --format jsonl`, written and read back: a `start`, a `seed` for each seed in
//! their order, an `end` with the summary. What holds for the [lines of a run](crate::session::stream) holds
//! for these.

use serde::{Deserialize, Serialize};

use super::{Outcome, Summary, Verdict};
use crate::data::Scaling;
use crate::session::stream::{Scores, Status};
use crate::session::{DataSource, TrainingConfig};

/// One line of the log of a sweep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Line {
    /// The first line.
    Start(Box<Start>),
    /// A seed that is finished.
    Seed(Seed),
    /// The last line, unless the program was killed.
    End(End),
}

/// What is run from each seed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// How the run of the first seed is set up.
    pub configuration: TrainingConfig,
    /// Where the data comes from.
    pub source: DataSource,
    /// How the inputs of the network are scaled.
    pub scaling: Scaling,
    /// How many samples there are, those for testing included.
    pub samples: usize,
    /// How many seeds there are.
    pub seeds: u64,
}

/// How the run of a seed turned out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Seed {
    /// The seed.
    pub seed: u64,
    /// How it turned out.
    pub verdict: Verdict,
    /// Its last whole epoch, and how good the network was then.
    #[serde(flatten)]
    pub scores: Scores,
}

/// How all of them turned out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// Whether all seeds are finished.
    pub status: Status,
    /// Those that are, in few numbers.
    #[serde(flatten)]
    pub summary: Summary,
}

impl Seed {
    /// The line of a seed's outcome.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        Self {
            seed: outcome.seed,
            verdict: outcome.verdict,
            scores: Scores::of(outcome.epoch, outcome.evaluation),
        }
    }
}
