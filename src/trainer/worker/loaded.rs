//! The curves of a run that was loaded. A short past is trained again beside the run; of a longer one, what was before is
//! drawn as the run is trained through it again.

use std::mem;
use std::ops::ControlFlow;

use super::{Activity, SLICE, Worker};
use crate::session::{Session, Timeline};
use crate::trainer::Curves;
use crate::trainer::retracing::Retracing;

/// The curves from where a run was loaded. The screen has one run of epochs without a gap: while these are before it, they
/// wait here.
#[derive(Debug)]
pub(super) struct Loaded {
    known: Curves,
    /// What has been trained again of the epochs before those.
    again: Option<Curves>,
    /// The past, while it is being trained again beside the run.
    past: Option<Box<Retracing>>,
}

impl Loaded {
    /// That of a run which begins at its start, or continues, if there can be anything before.
    pub(super) fn of(timeline: &Timeline, retraces: bool) -> Option<Self> {
        let is_within = timeline.session().position().epoch > 0 && !timeline.is_behind();
        let past = |session| Retracing::of(session).map(Box::new);
        is_within.then(|| Self {
            known: Curves::default(),
            again: None,
            past: retraces.then(|| past(timeline.session())).flatten(),
        })
    }

    /// Keeps a copy of what is sent to the screen.
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
    /// Whether there is a past to be trained again, and nobody waits for anything else.
    pub(super) fn retraces(&self) -> bool {
        let has_past = |loaded: &Loaded| loaded.past.is_some();
        let is_free = self.resting.is_none() && !matches!(self.activity, Activity::Seek(_));
        is_free && self.loaded.as_ref().is_some_and(has_past)
    }

    /// Trains a part of the past again. When it is known, the curves are whole.
    pub(super) fn retrace(&mut self) {
        if !self.retraces() {
            return;
        }
        let Some(loaded) = &mut self.loaded else {
            return;
        };
        match loaded.past.as_mut().map(|past| past.go_on(SLICE)) {
            None | Some(ControlFlow::Continue(())) => {}
            Some(ControlFlow::Break(None)) => loaded.past = None,
            Some(ControlFlow::Break(Some(past))) => self.join(past),
        }
    }

    /// Reports the curves from the start of the run on.
    fn join(&mut self, mut past: Curves) {
        if let Some(mut loaded) = self.loaded.take() {
            loaded.note(&self.curves);
            past.append_after(loaded.known);
            self.tell_all(past);
        }
    }

    /// Reports these curves from their first epoch on, whatever the screen has.
    fn tell_all(&mut self, curves: Curves) {
        self.curves = curves;
        self.newest_loss = last_of(&self.curves);
        self.first_told = self.curves.training.first_epoch();
        self.has_news = true;
    }

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
                let known = loaded.known.clone();
                self.tell_all(known);
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
            again.append_after(mem::take(&mut loaded.known));
            loaded.known = mem::take(again);
            loaded.again = None;
            let known = loaded.known.clone();
            self.tell_all(known);
        }
    }

    /// All curves that the screen lacks of the run as far as it has come.
    pub(super) fn untold(&self) -> Curves {
        let ahead = self.loaded.as_ref().and_then(Loaded::known);
        ahead.unwrap_or(&self.curves).clone()
    }
}

fn last_of(curves: &Curves) -> u64 {
    curves.training.last_epoch().unwrap_or(0)
}
