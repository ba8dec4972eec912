//! A run that can go back: every epoch that it has been through can be recreated bit for bit.
//!
//! Training is deterministic. So an epoch is the nearest state that was kept before it, trained forward, with
//! every change made again where it was made. A change that is made where the run has been before
//! begins another future; the old one is handed out as a [`Past`].

mod formers;
mod keyframes;
mod past;
mod replay;

use std::sync::Arc;

use anyhow::{Result, ensure};

pub use past::Past;
pub use replay::Seeking;

use super::shared_among::SharedAmong;
use super::{
    Change, Evaluation, NextStep, PlacedChange, Position, Session, State, StepOutcome,
    TrainingConfig, TrainingData,
};
use crate::nn::Executor;
use formers::{Former, Formers};
use keyframes::Keyframes;
use replay::{Replay, Seek};

/// How often one run can be changed on its way.
const MOST_CHANGES: usize = 10_000;

/// A run that can go back.
#[derive(Debug)]
pub struct Timeline {
    here: Replay,
    keyframes: Keyframes,
    /// The start of a large network, which is too large to be kept among them, if it is known.
    start: Option<Box<State>>,
    /// All changes so far, in order.
    changes: Arc<Vec<PlacedChange>>,
    /// How it was before those that were made since it came here.
    formers: Formers,
    /// The first epoch that it can go back to.
    first_epoch: u64,
    /// The farthest that it has come, if it is behind that now.
    farthest: Option<Farthest>,
    seek: Option<Box<Seek>>,
}

/// The farthest that a run has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Farthest {
    /// Where that is.
    pub position: Position,
    /// The losses and accuracies at the end of the last whole epoch.
    pub evaluation: Evaluation,
}

impl Timeline {
    /// A run that begins, or continues, with this session. Its steps are measured.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let mut keyframes = Keyframes::new([]);
        keyframes.keep(session.state());
        Self {
            start: large_start(&session),
            ..Self::with(session.measuring_moves(), keyframes)
        }
    }

    fn with(session: Session, keyframes: Keyframes) -> Self {
        Self {
            keyframes,
            start: None,
            changes: Arc::default(),
            formers: Formers::default(),
            first_epoch: if session.began_as_configured {
                0
            } else {
                session.position().epoch
            },
            farthest: None,
            seek: None,
            here: Replay::new(session),
        }
    }

    /// The same run on these threads: see [`Session::on`].
    #[must_use]
    pub fn on(mut self, executor: &'static (dyn Executor + Sync)) -> Self {
        self.here.session.threads = SharedAmong(executor);
        self
    }

    /// A run that never goes back: no state is kept, and no step is measured.
    #[must_use]
    pub fn without_return(session: Session) -> Self {
        Self::with(session, Keyframes::none())
    }

    /// The run as it is now; if it has gone back, as it was then.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.here.session
    }

    /// [`Session::step`]. Where the run has been before, it does the same as it did then.
    #[inline]
    pub fn step(&mut self) -> StepOutcome {
        let outcome = self.here.session.step();
        self.after(outcome)
    }

    /// [`Session::advance`], likewise.
    #[inline]
    pub fn advance(&mut self) -> StepOutcome {
        if self.farthest.is_some() {
            // Changes may be due within the epoch.
            return self.step();
        }
        let outcome = self.here.session.advance();
        self.after(outcome)
    }

    /// [`Session::advance_towards`], likewise.
    #[inline]
    pub fn advance_towards(&mut self, epoch: u64, see: impl FnMut(u64, f64)) -> StepOutcome {
        if self.farthest.is_some() {
            return self.step();
        }
        let session = &mut self.here.session;
        let kept = self.keyframes.next_after(session.position().epoch);
        let outcome = session.advance_towards(epoch.min(kept), see);
        self.after(outcome)
    }

    /// Does what follows from a step.
    #[inline]
    fn after(&mut self, outcome: StepOutcome) -> StepOutcome {
        if let StepOutcome::EpochFinished { .. } = outcome {
            self.keyframes.record(self.here.session.state());
        }
        if self.farthest.is_some() {
            self.follow();
        }
        outcome
    }

    /// Makes the changes that are due where it has been before.
    fn follow(&mut self) {
        self.here.make_changes(&self.changes);
        let position = self.here.session.position();
        self.farthest = self
            .farthest
            .filter(|farthest| position < farthest.position);
    }

    /// [`Session::keep_finite`].
    pub fn keep_finite(&mut self) -> bool {
        self.here.session.keep_finite()
    }

    /// [`Session::prepare_step`].
    pub fn prepare_step(&mut self) -> bool {
        self.here.session.prepare_step()
    }

    /// [`Session::next_step`].
    pub fn next_step(&mut self) -> Option<NextStep> {
        self.here.session.next_step()
    }

    /// Changes the run as it is now. If it has been farther than this, that future is over: then it returns
    /// what it takes to come back to it.
    ///
    /// # Errors
    ///
    /// One sentence, if the change is not possible; the run is then as it was.
    pub fn change(&mut self, change: &Change) -> Result<Option<Past>> {
        ensure!(
            self.here.changes < MOST_CHANGES,
            "a run can be changed {MOST_CHANGES} times, and this one was"
        );
        self.keep_finite();
        // Before the change: one at the very start changes the configuration too.
        let past = self.is_behind().then(|| self.past());
        let former = Former::of(&self.here.session, change);
        self.here.session.apply(change)?;
        self.seek = None;
        let changes = Arc::make_mut(&mut self.changes);
        changes.truncate(self.here.changes);
        let made = (&mut self.here.session, changes);
        self.here.changes = self.formers.add(made, change, former);
        let position = self.here.session.position();
        if self.start.is_some() && position == Position::default() {
            self.start = large_start(&self.here.session);
        }
        self.farthest = None;
        self.keyframes.cut_after(position.epoch);
        Ok(past)
    }

    /// All changes so far, including those that are ahead of where the run has gone back to.
    #[must_use]
    pub fn changes(&self) -> &Arc<Vec<PlacedChange>> {
        &self.changes
    }

    /// The farthest that it has come.
    #[must_use]
    pub fn farthest(&self) -> Farthest {
        self.farthest.unwrap_or(Farthest {
            position: self.here.session.position(),
            evaluation: self.here.session.evaluation(),
        })
    }

    /// Whether it has been farther than it is now.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.farthest.is_some()
    }
}

impl From<Session> for Timeline {
    fn from(session: Session) -> Self {
        Self::new(session)
    }
}

/// A session's state, if it is the start of a run, and shared and not copied.
fn large_start(session: &Session) -> Option<Box<State>> {
    let is_start = session.began_as_configured && session.position() == Position::default();
    let is_large = session.shared_network().is_some();
    (is_start && is_large).then(|| Box::new(session.state().clone()))
}

const TOO_LARGE: &str = "its states are too large to keep: it cannot go back";
