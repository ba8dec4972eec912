//! Going to another epoch: from the nearest state that is known, with the changes of the run made again.

use anyhow::{Result, ensure};

use super::{PlacedChange, Position, Session, State, StepOutcome, TOO_LARGE, Timeline};

/// A session that makes the changes of its run again where they were made.
#[derive(Debug)]
pub(super) struct Replay {
    pub(super) session: Session,
    /// How many of the changes it has made.
    pub(super) changes: usize,
}

/// A replay on its way to another position.
#[derive(Debug)]
pub(super) struct Seek {
    replay: Replay,
    from: u64,
    goal: Position,
}

/// How far a [`Timeline::seek`] has come, in epochs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seeking {
    /// Where it started.
    pub from: u64,
    /// Where it is.
    pub at: u64,
    /// Where it will end.
    pub goal: u64,
}

impl Seeking {
    /// How far it has come, from 0 to 100.
    #[must_use]
    pub fn percent(self) -> u64 {
        let Self { from, at, goal } = self;
        (at - from).saturating_mul(100) / (goal - from).max(1)
    }
}

impl Replay {
    /// A session that has made none of the changes.
    pub(super) fn new(session: Session) -> Self {
        Self {
            session,
            changes: 0,
        }
    }

    /// Another one at the same place.
    fn fork(&self) -> Self {
        Self {
            session: self.session.fork(),
            changes: self.changes,
        }
    }

    /// Goes to a state that was kept at the end of an epoch, after the changes within the epoch and before
    /// those at its end.
    fn restore(&mut self, state: &State, changes: &[PlacedChange]) {
        self.session.restore(state);
        self.changes = changes.partition_point(|made| made.position < state.position);
    }

    /// Makes the changes that were made where it is.
    #[inline]
    pub(super) fn make_changes(&mut self, changes: &[PlacedChange]) {
        while let Some(due) = changes.get(self.changes)
            && due.position == self.session.position()
        {
            let made = self.session.apply(&due.change);
            made.expect("what was possible once is possible again");
            self.changes += 1;
        }
    }
}

impl Timeline {
    /// Starts to go to the end of an epoch, or if it has not been there, to the nearest end. Until
    /// [`Self::seek_on`] returns true, the run stays as it is.
    ///
    /// # Errors
    ///
    /// One sentence, if the run cannot go back.
    pub fn seek(&mut self, epoch: u64) -> Result<()> {
        let epoch = epoch.clamp(self.first_epoch, self.farthest().position.epoch);
        self.seek_position(Position { epoch, step: 0 })
    }

    /// Starts to go to the farthest position, which may be between two steps of an epoch, as [`Self::seek`] does.
    ///
    /// # Errors
    ///
    /// One sentence, if the run cannot go back.
    pub fn seek_farthest(&mut self) -> Result<()> {
        self.seek_position(self.farthest().position)
    }

    fn seek_position(&mut self, goal: Position) -> Result<()> {
        self.keep_finite();
        self.formers.clear();
        if !self.is_behind() && self.session().position().step == 0 {
            // So that the way back here is short.
            self.keyframes.keep(self.here.session.state());
        }
        let mut replay = self.nearest_before(goal)?;
        replay.make_changes(&self.changes);
        self.seek = Some(Box::new(Seek {
            from: replay.session.position().epoch,
            replay,
            goal,
        }));
        Ok(())
    }

    fn nearest_before(&self, goal: Position) -> Result<Replay> {
        let session = &self.here.session;
        let here = session.position();
        let kept = self.keyframes.before(goal.epoch);
        if here <= goal && kept.is_none_or(|state| state.position <= here) {
            return Ok(self.here.fork());
        }
        let Some(state) = kept.or(self.start.as_deref()) else {
            ensure!(session.began_as_configured, TOO_LARGE);
            let start = Session::start(&session.start, session.data.clone());
            let start = start.on(session.threads.0).measuring_moves();
            return Ok(Replay::new(start));
        };
        let mut replay = self.here.fork();
        replay.restore(state, &self.changes);
        Ok(replay)
    }

    /// Takes one step towards the goal of [`Self::seek`]. Returns whether it has arrived.
    pub fn seek_on(&mut self) -> bool {
        let Some(seek) = &mut self.seek else {
            return true;
        };
        let (replay, goal) = (&mut seek.replay, seek.goal);
        if replay.session.position() < goal {
            if let StepOutcome::EpochFinished { .. } = replay.session.step() {
                self.keyframes.record(replay.session.state());
            }
            replay.make_changes(&self.changes);
        }
        let is_there = replay.session.position() >= goal;
        if is_there {
            self.arrive();
        }
        is_there
    }

    fn arrive(&mut self) {
        let farthest = self.farthest();
        if let Some(seek) = self.seek.take() {
            self.here = seek.replay;
            let position = self.here.session.position();
            self.farthest = Some(farthest).filter(|farthest| position < farthest.position);
        }
    }

    /// Whether the seek is where each call of [`Self::seek_on`] may take as long as many updates.
    #[must_use]
    pub fn is_slow_on_the_way(&self) -> bool {
        let session = self.seek.as_ref().map(|seek| &seek.replay.session);
        session.is_some_and(|session| session.is_divided() || session.is_evaluating())
    }

    /// Stays where it was before [`Self::seek`].
    pub fn cancel_seek(&mut self) {
        self.seek = None;
    }

    /// The session of the present seek, or the run itself.
    #[must_use]
    pub fn under_way(&self) -> &Session {
        let seek = self.seek.as_ref();
        seek.map_or(&self.here.session, |seek| &seek.replay.session)
    }

    /// How far the present seek has come, if there is one.
    #[must_use]
    pub fn seeking(&self) -> Option<Seeking> {
        self.seek.as_ref().map(|seek| Seeking {
            from: seek.from,
            at: seek.replay.session.position().epoch,
            goal: seek.goal.epoch,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::data::people;
    use crate::nn::LayerRequest;
    use crate::session::{Change, TrainingConfig, TrainingData};

    #[test]
    fn the_start_of_a_large_network_is_gone_back_to_without_making_or_copying_it_again() {
        let config = TrainingConfig {
            hidden: LayerRequest::of_units(&[1024; 5]),
            learning_rate: 1e-6,
            batch_size: 4,
            ..TrainingConfig::post(1)
        };
        let mut timeline = Timeline::new(Session::start(&config, TrainingData::of(&people())));
        for change in [None, Some("0.5")] {
            if let Some(value) = change {
                timeline
                    .change(&Change::set("learning-rate", value))
                    .unwrap();
            }
            let start = timeline.session().state().clone();
            while !matches!(timeline.step(), StepOutcome::EpochFinished { .. }) {}
            assert_ne!(timeline.session().state(), &start);
            timeline.seek(0).unwrap();
            while !timeline.seek_on() {}
            let session = timeline.session();
            assert_eq!(session.state(), &start);
            let networks = [session.shared_network(), start.network.shared()];
            assert!(Arc::ptr_eq(networks[0].unwrap(), networks[1].unwrap()));
        }
    }
}
