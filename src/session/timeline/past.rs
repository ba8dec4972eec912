//! A run that was left: what it takes to come back to it.

use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::{
    Farthest, PlacedChange, Session, State, TOO_LARGE, Timeline, TrainingConfig, TrainingData,
};
use crate::session::Hear;
use crate::session::preparing::{CANCELLED, go_on};

/// The most memory that the states of one [`Past`] take, in bytes. With
/// [`Keyframes::MOST_BYTES`](super::keyframes::Keyframes::MOST_BYTES), that makes 64 MiB for all of them.
const MOST_BYTES: usize = (16 << 20) / Past::MOST;

/// What it takes to come back to a run that was left.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    start: Arc<TrainingConfig>,
    data: TrainingData,
    /// Its first state; `None` if that follows from the configuration, or is too large to keep.
    first: Option<State>,
    began_as_configured: bool,
    /// A state near its end; `None` if that is too large to keep.
    last: Option<State>,
    /// The changes that were made on the way.
    pub changes: Arc<Vec<PlacedChange>>,
    /// The farthest that it had come.
    pub farthest: Farthest,
}

impl Past {
    /// How many may be kept at the same time.
    pub const MOST: usize = 6;

    /// The parameters at its end, in the order of [`crate::nn::Network::parameters`], if that state is kept.
    #[must_use]
    pub fn parameters(&self) -> Option<&[f64]> {
        let last = self.last.as_ref()?;
        (last.position.epoch == self.farthest.position.epoch).then(|| last.network.parameters())
    }

    /// How it was set up at its end, changes on the way included.
    ///
    /// # Panics
    ///
    /// Never: what was possible once is possible again.
    #[must_use]
    pub fn config(&self) -> TrainingConfig {
        let mut config = TrainingConfig::clone(&self.start);
        for made in &**self.changes {
            let adjusted = made.change.adjust(&mut config);
            adjusted.expect("what was possible once is possible again");
        }
        config
    }

    /// Whether there is a way back to it.
    #[must_use]
    pub fn can_be_returned_to(&self) -> bool {
        self.first.is_some() || self.began_as_configured
    }
}

impl Timeline {
    /// What it takes to come back to this run after leaving it.
    #[must_use]
    pub fn past(&self) -> Past {
        let session = &self.here.session;
        let mut room = MOST_BYTES;
        // A large state is not even copied.
        let mut kept = |state: &State| {
            room = room.checked_sub(state.bytes())?;
            Some(state.clone())
        };
        let first = self.keyframes.before(self.first_epoch);
        let first = first
            .filter(|_| !session.began_as_configured)
            .and_then(&mut kept);
        let is_between_epochs = session.position().step == 0;
        let last = if self.is_behind() || !is_between_epochs {
            self.keyframes.last()
        } else {
            Some(session.state())
        };
        Past {
            start: Arc::clone(&session.start),
            data: session.data.clone(),
            first,
            began_as_configured: session.began_as_configured,
            last: last.and_then(&mut kept),
            changes: Arc::clone(&self.changes),
            farthest: self.farthest(),
        }
    }

    /// A run that was left, at its start; [`Timeline::seek`] goes anywhere in it.
    ///
    /// # Errors
    ///
    /// One sentence, if there is no way back.
    pub fn of(past: Past) -> Result<Self> {
        Self::of_heard(past, &mut go_on)
    }

    /// [`Self::of`], which hears how far the evaluation at the start is.
    ///
    /// # Errors
    ///
    /// One sentence, if there is no way back, or if it is not to go on.
    pub fn of_heard(past: Past, hear: &mut Hear<'_>) -> Result<Self> {
        let session = match past.first {
            Some(first) => Session::resume(&past.start, past.data, first),
            None if past.began_as_configured => {
                Session::start_heard(&past.start, past.data, hear).context(CANCELLED)?
            }
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
