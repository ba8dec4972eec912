//! What each command does.

use std::mem;
use std::sync::mpsc::Sender;
use std::time::Instant;

use super::{Activity, Worker};
use crate::session::State;
use crate::trainer::{Command, DepartedRun, Pace, RunState};

impl Worker {
    /// Carries out a command.
    pub(super) fn obey(&mut self, command: Command) {
        let now = Instant::now();
        match command {
            Command::SetPace(pace) => self.set_pace(pace, now),
            Command::LookAhead(looks_ahead) => self.looks_ahead = looks_ahead,
            Command::Rest(rests) => self.rest(rests, now),
            Command::Checkpoint(reply) => self.hand_over_state(&reply),
            Command::Leave(reply) => {
                // The caller may have stopped waiting; then the run continues.
                let _ = reply.send(DepartedRun::of(
                    &self.run,
                    self.timeline.past(),
                    self.untold(),
                ));
            }
            Command::CancelSeek => self.cancel_seek(),
            Command::Seek(destination) if self.waiting.is_empty() => self.seek(destination, now),
            // Commands are obeyed in the order in which they were given.
            _ if matches!(self.activity, Activity::Seek(_)) => self.waiting.push(command),
            Command::Seek(destination) => self.seek(destination, now),
            Command::Change(change) => self.change(&change),
            // A diverged run cannot be trained; it is reported again.
            _ if matches!(self.activity, Activity::Idle(RunState::Diverged { .. })) => {}
            Command::Pause => self.pause(),
            Command::Run => self.run_on(now),
            Command::TrainTo(epoch) => self.train_to(epoch, now),
            Command::StepEpoch => self.finish_epoch(),
            Command::StepSample => self.step_sample(),
        }
        self.has_news = true;
        // The answer to a command is reported at once.
        self.last_message = None;
    }

    fn set_pace(&mut self, pace: Pace, now: Instant) {
        self.pace = pace;
        self.set_off(now);
    }

    fn hand_over_state(&mut self, reply: &Sender<State>) {
        self.keep_finite();
        // The caller may have stopped waiting.
        let _ = reply.send(self.timeline.session().state().clone());
    }

    fn pause(&mut self) {
        if !matches!(self.activity, Activity::Idle(_)) {
            self.activity = Activity::Idle(RunState::Paused);
            self.step_clock.pause();
        }
    }

    /// Continues the run, past its goal if it is there.
    fn run_on(&mut self, now: Instant) {
        self.note_goal();
        self.run(now);
    }

    fn finish_epoch(&mut self) {
        self.note_goal();
        self.activity = Activity::FinishEpoch;
    }

    fn step_sample(&mut self) {
        self.note_goal();
        self.activity = Activity::FinishStep;
        self.trained_on = self.timeline.session().next_samples();
        self.update(u64::MAX);
    }

    /// Waits, whatever is under way, or continues with it.
    fn rest(&mut self, rests: bool, now: Instant) {
        let waits = Activity::Idle(RunState::Paused);
        if rests && self.resting.is_none() {
            self.resting = Some(mem::replace(&mut self.activity, waits));
        } else if !rests && let Some(activity) = self.resting.take() {
            self.activity = activity;
            self.set_off(now);
        }
    }
}
