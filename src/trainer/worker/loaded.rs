//! The curves of a run that was loaded: what was before is drawn as the run is trained through it again.

use std::mem;

use super::Worker;
use crate::session::{Session, Timeline};
use crate::trainer::Curves;

/// The curves from where a run was loaded. The screen has one run of epochs without a gap: while these are before it, they
/// wait here.
#[derive(Debug)]
pub(super) struct Loaded {
    known: Curves,
    /// What has been trained again of the epochs before those.
    again: Option<Curves>,
}

impl Loaded {
    /// That of a run which begins at its start, or continues, if there can be anything before.
    pub(super) fn of(timeline: &Timeline) -> Option<Self> {
        let is_within = timeline.session().position().epoch > 0 && !timeline.is_behind();
        is_within.then(|| Self {
            known: Curves::default(),
            again: None,
        })
    }

    /// Remembers what the screen is told.
    pub(super) fn note(&mut self, told: &Curves) {
        if self.again.is_none() {
            self.known.append(told);
        }
    }

    /// Whether the run is trained again before what is known.
    pub(super) fn is_again(&self) -> bool {
        self.again.is_some()
    }

    /// All that is known of the run, if it is trained again before that.
    pub(super) fn known(&self) -> Option<&Curves> {
        self.again.as_ref().map(|_| &self.known)
    }
}

impl Worker {
    /// Notes where a seek has led: before what is known, the curves begin anew; within it, they are known again.
    pub(super) fn note_place(&mut self) {
        let epoch = self.epoch();
        let Some(loaded) = &mut self.loaded else {
            return;
        };
        loaded.note(&self.curves);
        let first = loaded.known.training.first_epoch();
        if epoch >= first {
            if loaded.again.take().is_some() {
                self.curves = loaded.known.clone();
                self.newest_loss = last_of(&self.curves);
                self.first_told = first;
            }
        } else if loaded.again.is_none() || epoch > self.newest_loss {
            let mut begun = Curves::default();
            begun.push(self.timeline.session());
            self.curves = begun.clone();
            loaded.again = Some(begun);
            (self.newest_loss, self.first_told) = (epoch, epoch);
        }
    }

    /// Notes the present epoch of a session, or of a seek, that is trained again.
    pub(super) fn note_again(&mut self) {
        let Self {
            loaded: Some(loaded),
            timeline,
            ..
        } = self
        else {
            return;
        };
        let session: &Session = timeline.under_way();
        let position = session.position();
        let Some(again) = &mut loaded.again else {
            return;
        };
        if position.step > 0 || position.epoch != self.newest_loss + 1 {
            return;
        }
        self.newest_loss = position.epoch;
        again.push(session);
        self.curves.push(session);
        if position.epoch == loaded.known.training.first_epoch() {
            // What led there is known now too.
            again.append(&loaded.known);
            loaded.known = mem::take(again);
            loaded.again = None;
            self.curves = loaded.known.clone();
            self.first_told = self.curves.training.first_epoch();
            self.newest_loss = last_of(&self.curves);
        }
    }

    /// All curves that the screen lacks of the run as far as it has come.
    pub(super) fn untold(&self) -> Curves {
        let ahead = self.loaded.as_ref().and_then(Loaded::known);
        ahead.unwrap_or(&self.curves).clone()
    }
}

fn last_of(curves: &Curves) -> u64 {
    let training = &curves.training;
    (training.first_epoch() + training.epochs()).saturating_sub(1)
}
