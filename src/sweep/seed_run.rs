//! The run of one seed, and what it came to.

use std::sync::atomic::Ordering;

use serde::{Deserialize, Serialize};

use super::{Shared, fan};
use crate::session::{Evaluation, Finish, Session, StepOutcome};

/// A run is stuck if it has not got all training samples right and its loss has fallen by less than this share
/// in the last tenth of its epochs.
const STUCK_FALL: f64 = 0.01;

/// The run of one seed.
#[derive(Debug, Clone, PartialEq)]
pub struct SeedRun {
    /// What it came to.
    pub outcome: Outcome,
    /// The training loss at each of the points where the fan of losses has one. After a run that ended before because of its loss,
    /// its last loss; after one that diverged, nothing.
    pub curve: Vec<f64>,
}

/// What the run of a seed came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The seed.
    pub seed: u64,
    /// What is to be thought of it.
    pub verdict: Verdict,
    /// Its whole epochs; for a run that diverged, those before.
    pub epoch: u64,
    /// How good the network was at the end of the last whole epoch. Not finite only if it was not at the start.
    pub evaluation: Evaluation,
}

/// What is to be thought of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// In the end all training samples are right.
    Solved,
    /// Not all are right, but the loss was still falling, or came down to where the run was to end.
    Learning,
    /// Not all are right, and in the last tenth of its epochs the loss has fallen by less than 1 %.
    Stuck,
    /// The loss or a weight was not a number any more.
    Diverged,
    /// Numbers are predicted, which are never just right or wrong.
    Ended,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Solved,
        Self::Learning,
        Self::Stuck,
        Self::Diverged,
        Self::Ended,
    ];

    /// In a word.
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

    /// What it means, in plain words.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Solved => "all training samples right at the end",
            Self::Learning => "not all right, but the loss still falling",
            Self::Stuck => "not all right; last tenth: loss down less than 1 %",
            Self::Diverged => "the loss or a weight not a number any more",
            Self::Ended => "numbers are predicted: none is just right or wrong",
        }
    }

    /// Of a run that came to its end, with the losses on the way.
    fn of(session: &Session, curve: &[f64]) -> Self {
        let Some(accuracy) = session.evaluation().training.accuracy else {
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

/// Runs a seed to its end; nothing if the sweep was cancelled before.
pub(super) fn run_seed(shared: &Shared, seed: u64) -> Option<SeedRun> {
    let plan = shared.plan;
    let mut session = Session::start(&plan.config_of(seed), plan.data.clone());
    let points = fan::points(plan.config.epochs);
    let mut curve = Vec::with_capacity(points.count());
    let mut is_sound = session.evaluation().is_finite();
    for epoch in fan::points(plan.config.epochs) {
        is_sound = is_sound && train_to(shared, &mut session, epoch)?;
        if is_sound {
            curve.push(session.loss());
        }
        shared.points_done.fetch_add(1, Ordering::Relaxed);
    }
    let verdict = if is_sound {
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

/// Trains to an epoch, or to the end of the run if that comes first. Whether all went well; nothing if the sweep
/// was cancelled.
fn train_to(shared: &Shared, session: &mut Session, epoch: u64) -> Option<bool> {
    while session.position().epoch < epoch && session.finish().is_none() {
        loop {
            if shared.is_cancelled() {
                return None;
            }
            match session.step() {
                StepOutcome::WithinEpoch | StepOutcome::Evaluating => {}
                StepOutcome::EpochFinished { .. } => break,
                StepOutcome::Diverged => return Some(false),
            }
        }
    }
    Some(true)
}
