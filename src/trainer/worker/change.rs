//! Changes of a run on its way.

use std::sync::Arc;

use super::{Activity, Worker};
use crate::session::setting::OnTheWay;
use crate::session::{Change, Past};
use crate::trainer::{Curves, DepartedRun, Event, RunState};

impl Worker {
    pub(super) fn change(&mut self, change: &Change) {
        let was_over = self.timeline.session().finish().is_some();
        match self.timeline.change(change) {
            Ok(past) => {
                self.note_config();
                self.follow_moved_end(change, was_over);
                if let Some(past) = past {
                    let curves = self.untold();
                    // From here it takes another course than it did when it was loaded.
                    (self.loaded, self.curves) = (None, Curves::default());
                    self.departed.push(DepartedRun::of(&self.run, past, curves));
                    // The screen does not keep more of them.
                    let surplus = self.departed.len().saturating_sub(Past::MOST);
                    self.departed.drain(..surplus);
                }
                self.curves.replace(self.timeline.session());
                self.newest_loss = self.epoch();
                if matches!(self.activity, Activity::Idle(RunState::Diverged { .. })) {
                    self.activity = Activity::Idle(RunState::Paused);
                }
            }
            Err(reason) => {
                self.refusal = Some(Event::ChangeRefused(change.clone(), reason.to_string()));
            }
        }
    }

    /// Updates the run's configuration, which may differ after a change or at another epoch.
    pub(super) fn note_config(&mut self) {
        let config = self.timeline.session().shared_config();
        let noted = self.noted_config.as_ref();
        if noted.is_none_or(|noted| !Arc::ptr_eq(config, noted)) {
            Arc::make_mut(&mut self.run).config.clone_from(config);
            self.noted_config = Some(Arc::clone(config));
        }
    }

    /// Finishes the run if a change has moved its end to where it is, or before; a finished one can go on to a later end.
    fn follow_moved_end(&mut self, change: &Change, was_over: bool) {
        let row = change.setting();
        if row.is_none_or(|row| row.on_the_way != OnTheWay::MovesEnd) {
            return;
        }
        // A new goal counts, whatever happened to the one before.
        self.is_past_goal = false;
        let is_over = self.timeline.session().finish().is_some();
        match self.activity {
            Activity::Idle(RunState::Finished) if !is_over => {
                self.activity = Activity::Idle(RunState::Paused);
            }
            Activity::Idle(RunState::Diverged { .. }) => {}
            _ if is_over && !was_over => self.activity = Activity::Idle(RunState::Finished),
            _ => {}
        }
    }
}
