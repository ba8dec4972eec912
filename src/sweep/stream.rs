//! The lines of `nnscope sweep --format jsonl`, written and read back: one `start`, one `seed` per seed in
//! their order, and one `end` with the summary. The rules for the [lines of a run](crate::session::stream) apply
//! here, too.

use serde::{Deserialize, Serialize};

use super::{Outcome, Summary, Verdict};
use crate::session::stream::{Description, Scores, Status};

/// One line of the log of a sweep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Line {
    /// The first line.
    Start(Box<Start>),
    /// A seed that has finished.
    Seed(Seed),
    /// The last line; missing if the program was killed.
    End(End),
}

/// What is trained from each seed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// The first seed's run.
    #[serde(flatten)]
    pub run: Description,
    /// The number of seeds.
    pub seeds: u64,
}

/// How the run of a seed turned out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Seed {
    /// The seed.
    pub seed: u64,
    /// The verdict.
    pub verdict: Verdict,
    /// The last whole epoch, and the evaluation at its end.
    #[serde(flatten)]
    pub scores: Scores,
}

/// How all seeds turned out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// Whether all seeds have finished.
    pub status: Status,
    /// The summary of those that have.
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
