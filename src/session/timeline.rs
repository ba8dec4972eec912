//! A run that can go back: every epoch that it has been through can be had again, to the bit.
//!
//! Training is deterministic. So an epoch is the nearest state that was kept before it, trained forward, with
//! every change made again where it was made. A change that is made where the run has been before
//! begins another future; the one that there was is handed out as a [`Past`].

use std::sync::Arc;

use anyhow::{Result, bail, ensure};

use super::keyframes::{Keyframe, Keyframes};
use super::{
    Change, Evaluation, LayerParameters, NextStep, Position, Session, StepOutcome, TrainingConfig,
    TrainingData,
};

/// How often one run can be changed on its way.
const MOST_CHANGES: usize = 10_000;

/// The most memory that the states of one [`Past`] take. With [`Keyframes::MOST_BYTES`], that makes 64 MiB.
const MOST_PAST_BYTES: usize = (16 << 20) / Past::MOST;

/// A change, and where it was made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedChange {
    /// Where the run stood.
    pub position: Position,
    /// What was changed.
    pub change: Change,
}

/// A run that can go back.
#[derive(Debug)]
pub struct Timeline {
    here: Traveller,
    keyframes: Keyframes,
    /// All that was changed so far, in order.
    changes: Arc<Vec<PlacedChange>>,
    /// The first epoch that it can go back to.
    first_epoch: u64,
    /// How far it has come, if it is behind that now.
    farthest: Option<Farthest>,
    seek: Option<Box<Seek>>,
}

/// The farthest that a run has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Farthest {
    /// Where that is.
    pub position: Position,
    /// How good the network was at the end of the last whole epoch.
    pub evaluation: Evaluation,
}

/// A session that makes the changes again that it comes by.
#[derive(Debug, Clone)]
struct Traveller {
    session: Session,
    /// How many of the changes it has been through.
    changes: usize,
}

/// A session under way to another epoch.
#[derive(Debug)]
struct Seek {
    traveller: Traveller,
    from: u64,
    goal: u64,
}

/// How far a [`Timeline::seek`] is, in epochs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seeking {
    /// Where it set out.
    pub from: u64,
    /// Where it is.
    pub at: u64,
    /// Where it will end.
    pub goal: u64,
}

/// What it takes to come back to a run that was left.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    config: Arc<TrainingConfig>,
    data: TrainingData,
    /// Its first state, unless that can be had from the configuration, or is too large to keep.
    first: Option<Keyframe>,
    began_as_configured: bool,
    /// A state near its end, unless that is too large to keep.
    last: Option<Keyframe>,
    /// What was changed on the way.
    pub changes: Arc<Vec<PlacedChange>>,
    /// How far it had come.
    pub farthest: Farthest,
}

impl Past {
    /// As many as are to be kept at the same time.
    pub const MOST: usize = 6;

    /// The parameters at its end, if there is a state of that.
    #[must_use]
    pub fn parameters(&self) -> Option<&[f64]> {
        let last = self.last.as_ref()?;
        (last.position().epoch == self.farthest.position.epoch).then(|| last.parameters())
    }

    /// The parameters that it started from, where they were given instead of drawn.
    #[must_use]
    pub fn initial_layers(&self) -> Option<&Vec<LayerParameters>> {
        self.config.initial_layers.as_ref()
    }

    /// Whether there is a way back to it.
    #[must_use]
    pub fn can_be_returned_to(&self) -> bool {
        self.first.is_some() || self.began_as_configured
    }
}

impl Traveller {
    /// Makes the changes that were made where it is.
    #[inline]
    fn make_changes(&mut self, changes: &[PlacedChange]) {
        while let Some(due) = changes.get(self.changes)
            && due.position == self.session.position()
        {
            let made = self.session.apply(&due.change);
            made.expect("what could be done once can be done again");
            self.changes += 1;
        }
    }
}

impl Timeline {
    /// A run that begins, or goes on, with this session.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self {
            keyframes: Keyframes::new([Keyframe::of(&session)]),
            changes: Arc::default(),
            first_epoch: session.position().epoch,
            farthest: None,
            seek: None,
            here: Traveller {
                session,
                changes: 0,
            },
        }
    }

    /// A run that nobody wants to go back in: no state is kept.
    #[must_use]
    pub fn without_return(session: Session) -> Self {
        let mut timeline = Self::new(session);
        timeline.keyframes = Keyframes::none();
        timeline
    }

    /// The run as it is now, or if it is behind, as it was then.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.here.session
    }

    /// [`Session::step`]. Where the run has been before, the same happens as then.
    #[inline]
    pub fn step(&mut self) -> StepOutcome {
        let outcome = self.here.session.step();
        if let StepOutcome::EpochFinished { .. } = outcome {
            self.keyframes.record(&self.here.session);
        }
        if self.farthest.is_some() {
            self.follow();
        }
        outcome
    }

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

    /// [`Session::next_step`].
    pub fn next_step(&mut self) -> Option<NextStep> {
        self.here.session.next_step()
    }

    /// Changes the run as it stands. If it has been further than this, that future is over: what it takes to
    /// come back to it.
    ///
    /// # Errors
    ///
    /// One sentence, if the change cannot be; all is then as it was.
    pub fn change(&mut self, change: &Change) -> Result<Option<Past>> {
        ensure!(
            self.here.changes < MOST_CHANGES,
            "a run can be changed {MOST_CHANGES} times, and this one was"
        );
        self.keep_finite();
        // As it was: a change before the first step is a change of the configuration.
        let past = self.is_behind().then(|| self.past());
        self.here.session.apply(change)?;
        self.seek = None;
        let position = self.here.session.position();
        self.farthest = None;
        self.keyframes.cut_after(position.epoch);
        let changes = Arc::make_mut(&mut self.changes);
        changes.truncate(self.here.changes);
        // Of several values of one thing in a row, only the last one counts.
        changes.pop_if(|last| last.position == position && last.change.is_replaced_by(change));
        changes.push(PlacedChange {
            position,
            change: *change,
        });
        self.here.changes = changes.len();
        Ok(past)
    }

    /// All that was changed so far, where the run was further than it is now too.
    #[must_use]
    pub fn changes(&self) -> &Arc<Vec<PlacedChange>> {
        &self.changes
    }

    /// How far it has come.
    #[must_use]
    pub fn farthest(&self) -> Farthest {
        self.farthest.unwrap_or(Farthest {
            position: self.here.session.position(),
            evaluation: self.here.session.evaluation(),
        })
    }

    /// Whether it has been further than it is now.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.farthest.is_some()
    }

    /// Sets out for the end of an epoch, or where there is none, the nearest. Until [`Self::seek_on`] says
    /// that it is there, all stays as it was.
    ///
    /// # Errors
    ///
    /// One sentence, if the run cannot go back.
    pub fn seek(&mut self, epoch: u64) -> Result<()> {
        self.keep_finite();
        if !self.is_behind() && self.session().position().step == 0 {
            // So that the way back is short.
            self.keyframes.keep(&self.here.session);
        }
        let goal = epoch.clamp(self.first_epoch, self.farthest().position.epoch);
        let mut traveller = self.nearest_before(goal)?;
        traveller.make_changes(&self.changes);
        self.seek = Some(Box::new(Seek {
            from: traveller.session.position().epoch,
            traveller,
            goal,
        }));
        Ok(())
    }

    fn nearest_before(&self, goal: u64) -> Result<Traveller> {
        let session = &self.here.session;
        let Position { epoch, step } = session.position();
        let is_on_the_way = epoch < goal || (epoch == goal && step == 0);
        let frame = self.keyframes.before(goal);
        if is_on_the_way && frame.is_none_or(|frame| frame.position().epoch <= epoch) {
            return Ok(self.here.clone());
        }
        let Some(frame) = frame else {
            ensure!(session.began_as_configured, TOO_LARGE);
            return Ok(Traveller {
                session: Session::start(&session.config, session.data.clone()),
                changes: 0,
            });
        };
        let mut session = session.clone();
        session.restore(frame);
        let is_before = |made: &PlacedChange| made.position < frame.position();
        Ok(Traveller {
            session,
            changes: self.changes.partition_point(is_before),
        })
    }

    /// Goes one step on towards the epoch that [`Self::seek`] was told. Whether it is there.
    pub fn seek_on(&mut self) -> bool {
        let Some(seek) = &mut self.seek else {
            return true;
        };
        let (traveller, goal) = (&mut seek.traveller, seek.goal);
        if traveller.session.position().epoch < goal {
            if let StepOutcome::EpochFinished { .. } = traveller.session.step() {
                self.keyframes.record(&traveller.session);
            }
            traveller.make_changes(&self.changes);
        }
        let is_there = traveller.session.position().epoch >= goal;
        if is_there {
            self.arrive();
        }
        is_there
    }

    fn arrive(&mut self) {
        let farthest = self.farthest();
        if let Some(seek) = self.seek.take() {
            self.here = seek.traveller;
            let position = self.here.session.position();
            self.farthest = Some(farthest).filter(|farthest| position < farthest.position);
        }
    }

    /// Whether an evaluation is under way where the seek is.
    #[must_use]
    pub fn is_evaluating_on_the_way(&self) -> bool {
        let seek = self.seek.as_ref();
        seek.is_some_and(|seek| seek.traveller.session.is_evaluating())
    }

    /// Stays where it was before [`Self::seek`].
    pub fn cancel_seek(&mut self) {
        self.seek = None;
    }

    /// How far the seek is that is under way.
    #[must_use]
    pub fn seeking(&self) -> Option<Seeking> {
        self.seek.as_ref().map(|seek| Seeking {
            from: seek.from,
            at: seek.traveller.session.position().epoch,
            goal: seek.goal,
        })
    }

    /// What it takes to come back to this run when it has been left.
    #[must_use]
    pub fn past(&self) -> Past {
        let session = &self.here.session;
        let mut room = MOST_PAST_BYTES;
        let mut kept = |frame: Keyframe| {
            room = room.checked_sub(frame.bytes())?;
            Some(frame)
        };
        let first = self.keyframes.before(self.first_epoch).cloned();
        let first = first
            .filter(|_| !session.began_as_configured)
            .and_then(&mut kept);
        let is_between_epochs = session.position().step == 0;
        let last = if self.is_behind() || !is_between_epochs {
            self.keyframes.last().cloned()
        } else {
            Some(Keyframe::of(session))
        };
        Past {
            config: Arc::clone(&session.config),
            data: session.data.clone(),
            first,
            began_as_configured: session.began_as_configured,
            last: last.and_then(&mut kept),
            changes: Arc::clone(&self.changes),
            farthest: self.farthest(),
        }
    }

    /// A run that was left, at its start; all of its past is there to be sought.
    ///
    /// # Errors
    ///
    /// One sentence, if there is no way back.
    pub fn of(past: Past) -> Result<Self> {
        let session = match &past.first {
            Some(first) => first.session(&past.config, past.data),
            None if past.began_as_configured => Session::start(&past.config, past.data),
            None => bail!(TOO_LARGE),
        };
        let mut timeline = Self::new(session);
        timeline.changes = past.changes;
        timeline.here.make_changes(&timeline.changes);
        timeline.keyframes.extend(past.last);
        timeline.farthest = Some(past.farthest);
        timeline.follow();
        Ok(timeline)
    }
}

impl From<Session> for Timeline {
    fn from(session: Session) -> Self {
        Self::new(session)
    }
}

const TOO_LARGE: &str = "its states are too large to keep: it cannot go back";
