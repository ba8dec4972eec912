//! The way from the start of a run to where it was loaded, trained again beside it.

use super::{Hear, Position, Session, State, StepOutcome};

/// How many initial parameters can be drawn in a few milliseconds.
pub const MOST_DRAWN: usize = 1 << 18;

/// A run on the way from its start to where a session of it began.
#[derive(Debug)]
pub struct Retrace {
    session: Session,
    /// Where it must arrive.
    end: State,
}

impl Session {
    /// The start of this run, from which the way here can be trained again, measured epoch by epoch. `None` if it is there,
    /// if the way is not known, or if the start takes too long: its network is large, or `hear` does not go on.
    #[must_use]
    pub fn retrace(&self, hear: &mut Hear<'_>) -> Option<Retrace> {
        let has_past = self.began_as_configured && self.state.position > Position::default();
        if !has_past || self.network().parameters().len() > MOST_DRAWN {
            return None;
        }
        let start = Self::start_heard(&self.start, self.data.clone(), hear)?;
        Some(Retrace {
            session: start.on(self.threads.0).measuring_moves(),
            end: self.state.clone(),
        })
    }
}

impl Retrace {
    /// The run as far as it has come.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Where it will arrive.
    #[must_use]
    pub fn end(&self) -> Position {
        self.end.position
    }

    /// [`Session::advance_towards`] an epoch, but not past the end.
    pub fn advance_towards(&mut self, epoch: u64, see: impl FnMut(u64, f64)) -> StepOutcome {
        let last = self.end.position.epoch;
        if self.session.position().epoch < last {
            self.session.advance_towards(epoch.min(last), see)
        } else {
            self.session.step()
        }
    }

    /// Whether it has arrived at the very state, bit for bit; `None` while it is on its way.
    #[must_use]
    pub fn has_arrived(&self) -> Option<bool> {
        let is_there = self.session.position() >= self.end.position;
        is_there.then(|| *self.session.state() == self.end)
    }
}
