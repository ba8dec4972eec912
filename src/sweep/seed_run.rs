//! The run of one seed, and how it turned out.

use std::sync::atomic::Ordering;

use serde::{Deserialize, Serialize};

use super::{Shared, fan};
use crate::session::{Evaluation, Finish, Session, StepOutcome};

/// A run is stuck if not all training samples are correct and its loss has fallen by less than this share in the
/// last tenth of its epochs.
const STUCK_FALL: f64 = 0.01;

/// The run of one seed.
#[derive(Debug, Clone, PartialEq)]
pub struct SeedRun {
    /// How it turned out.
    pub outcome: Outcome,
    /// The training loss at each point of the fan. A run that stopped early because of its loss repeats its last
    /// loss; the curve of a run that diverged ends early.
    pub curve: Vec<f64>,
}

/// How the run of a seed turned out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The seed.
    pub seed: u64,
    /// The verdict.
    pub verdict: Verdict,
    /// The number of whole epochs; for a run that diverged, of those before it did.
    pub epoch: u64,
    /// The evaluation at the end of the last whole epoch. It is finite unless the initial one was not.
    pub evaluation: Evaluation,
}

/// How a run turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All training samples are correct at the end.
    Solved,
    /// Not all are correct, but the loss was still falling, or it reached its goal.
    Learning,
    /// Not all are correct, and the loss fell by less than 1% in the last tenth of the epochs.
    Stuck,
    /// The loss or a weight overflowed.
    Diverged,
    /// The task is a regression, whose predictions are not simply right or wrong.
    Ended,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Self; 5] = [
        Self::Solved,
        Self::Learning,
        Self::Stuck,
        Self::Diverged,
        Self::Ended,
    ];

    /// The verdict in one word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Learning => "learning",
            Self::Stuck => "stuck",
            Self::Diverged => "diverged",
            Self::Ended => "ended",
        }
    }

    /// What the verdict means, in at most 50 characters.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Solved => "all training samples correct at the end",
            Self::Learning => "not all correct, but the loss was still falling",
            Self::Stuck => "not all correct; loss fell <1% in the last tenth",
            Self::Diverged => "the loss or a weight overflowed",
            Self::Ended => "regression: no sample is simply right or wrong",
        }
    }

    /// Judges a run that has not diverged, by its losses at all points.
    fn of(session: &Session, curve: &[f64]) -> Self {
        let Some(accuracy) = session.evaluation().training.quality.accuracy else {
            return Self::Ended;
        };
        if accuracy == 1.0 {
            return Self::Solved;
        }
        let last = curve.len() - 1;
        let before = curve[last - (last / 10).max(1)];
        let has_fallen = curve[last] <= before * (1.0 - STUCK_FALL);
        if has_fallen || session.finish() == Some(Finish::Loss) {
            Self::Learning
        } else {
            Self::Stuck
        }
    }
}

/// Trains a seed to the end of its run; `None` if the sweep was cancelled.
pub(super) fn run_seed(shared: &Shared, seed: u64) -> Option<SeedRun> {
    let plan = shared.plan;
    let mut session = Session::start(&plan.config_of(seed), plan.data.clone());
    let points = fan::points(plan.config.epochs);
    let mut curve = Vec::with_capacity(points.count());
    let mut is_finite = session.evaluation().is_finite();
    for epoch in fan::points(plan.config.epochs) {
        is_finite = is_finite && train_to(shared, &mut session, epoch)?;
        if is_finite {
            curve.push(session.loss());
        }
        shared.points_done.fetch_add(1, Ordering::Relaxed);
    }
    let verdict = if is_finite {
        Verdict::of(&session, &curve)
    } else {
        Verdict::Diverged
    };
    let outcome = Outcome {
        seed,
        verdict,
        epoch: session.position().epoch,
        evaluation: session.evaluation(),
    };
    Some(SeedRun { outcome, curve })
}

/// Trains to an epoch, or to the end of the run if that comes first. Returns whether all numbers are still finite;
/// `None` if the sweep was cancelled.
fn train_to(shared: &Shared, session: &mut Session, epoch: u64) -> Option<bool> {
    while session.position().epoch < epoch && session.finish().is_none() {
        loop {
            if shared.is_cancelled() {
                return None;
            }
            match session.advance() {
                StepOutcome::WithinStep | StepOutcome::WithinEpoch | StepOutcome::Evaluating => {}
                StepOutcome::EpochFinished { .. } => break,
                StepOutcome::Diverged => return Some(false),
            }
        }
    }
    Some(true)
}
