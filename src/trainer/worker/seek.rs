//! Going to another epoch.

use std::mem;
use std::time::Instant;

use super::{Activity, SLICE, Worker};
use crate::trainer::{Destination, Event, RunState};

impl Worker {
    pub(super) fn seek(&mut self, destination: Destination, now: Instant) {
        let position = self.timeline.session().position();
        let seeking = self.timeline.seeking().map(|seeking| seeking.goal);
        // Within an epoch, one back leads to its start, and one forward to its end.
        let behind = seeking.unwrap_or(position.epoch);
        let ahead = seeking.unwrap_or(position.epoch + u64::from(position.step > 0));
        let timeline = &mut self.timeline;
        let begun = match destination {
            Destination::Epoch(epoch) => timeline.seek(epoch),
            Destination::Back(epochs) => timeline.seek(ahead.saturating_sub(epochs)),
            Destination::Forward(epochs) => timeline.seek(behind.saturating_add(epochs)),
            Destination::Farthest => timeline.seek_farthest(),
        };
        match begun {
            Ok(()) if matches!(self.activity, Activity::Seek(_)) => {}
            Ok(()) => self.activity = Activity::Seek(now),
            Err(reason) => self.refusal = Some(Event::SeekRefused(reason.to_string())),
        }
    }

    /// Trains to the end of an epoch, or goes back to it if it is already behind.
    pub(super) fn train_to(&mut self, goal: u64, now: Instant) {
        self.note_goal();
        let from = self.epoch();
        if goal <= from {
            return self.seek(Destination::Epoch(goal), now);
        }
        self.activity = Activity::TrainTo { from, goal };
        self.set_off(now);
    }

    pub(super) fn cancel_seek(&mut self) {
        self.waiting.clear();
        self.timeline.cancel_seek();
        if let Activity::Seek(_) = self.activity {
            self.activity = Activity::Idle(RunState::Paused);
        }
    }

    pub(super) fn seek_slice(&mut self) {
        self.has_news = true;
        let started = Instant::now();
        while started.elapsed() < SLICE {
            let chunk_started = Instant::now();
            for _ in 0..self.updates_per_slice {
                let has_arrived = self.timeline.seek_on();
                self.note_again();
                if has_arrived {
                    return self.arrive();
                }
                if self.timeline.is_slow_on_the_way() {
                    break;
                }
            }
            if !self.timeline.is_slow_on_the_way() {
                self.adapt(chunk_started.elapsed());
            }
        }
    }

    pub(super) fn arrive(&mut self) {
        self.activity = Activity::Idle(RunState::Paused);
        self.note_config();
        self.note_place();
        self.last_message = None;
        for command in mem::take(&mut self.waiting) {
            self.obey(command);
        }
    }
}
