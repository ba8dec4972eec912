//! The run as the keys drive it: pause, step, speed, reset.

use std::sync::Arc;

use super::keymap::Need;
use super::turn::Turn;
use super::{App, Effect, TrainingState};
use crate::session::Run;
use crate::trainer::{Command, Origin, RunState, Start, StartState};

impl App {
    pub(super) fn toggle(&mut self) -> Vec<Effect> {
        let (command, next) = if self.run.training.is_running() {
            (Command::Pause, RunState::Paused)
        } else {
            (Command::Run, RunState::Running)
        };
        let effects = self.train(command);
        if !effects.is_empty() {
            // What is asked for counts at once: the next key may come before the trainer has answered.
            self.run.training.state = TrainingState::Alive(next);
        }
        effects
    }

    /// Gives the trainer a command, or says why that is of no use.
    pub(super) fn train(&mut self, command: Command) -> Vec<Effect> {
        self.notice = self.lacks(Need::LiveRun);
        match self.notice {
            Some(_) => Vec::new(),
            None => vec![Effect::Train(command)],
        }
    }

    pub(super) fn turn_pace(&mut self, turn: Turn) -> Vec<Effect> {
        let before = self.run.training.pace;
        let pace = match turn {
            Turn::Back => before.slower(),
            Turn::Forward => before.faster(),
        };
        if pace == before {
            let limit = match turn {
                Turn::Back => "minimum",
                Turn::Forward => "maximum",
            };
            self.notice = Some(format!("already at {limit} speed ({pace})"));
            return Vec::new();
        }
        self.run.training.pace = pace;
        // Also where the trainer cannot go on: the next run has this pace.
        vec![Effect::Train(Command::SetPace(pace))]
    }

    /// The same from another seed.
    pub(super) fn restart_from(&mut self, seed: u64) -> Vec<Effect> {
        let run = self.run.run.with_seed(seed);
        self.begin(Arc::new(run))
    }

    /// Back to epoch 0, running or paused as it was.
    pub(super) fn restart(&mut self) -> Vec<Effect> {
        self.begin(Arc::clone(&self.run.run))
    }

    /// Begins a run of the same shape on the same data, and keeps the present one.
    fn begin(&mut self, run: Arc<Run>) -> Vec<Effect> {
        let departs = self.keep_run();
        let start = self.next_start();
        self.run.begin(Arc::clone(&run), start);
        vec![Effect::Begin {
            origin: Origin::Start(run),
            start,
            departs,
        }]
    }

    /// How a run begins that replaces the present one.
    pub(super) fn next_start(&self) -> Start {
        let state = match self.run.training.state {
            TrainingState::Alive(RunState::Paused | RunState::Seeking(_)) => StartState::Paused,
            _ => StartState::Running,
        };
        self.start(state)
    }

    pub(super) fn start(&self, state: StartState) -> Start {
        Start {
            state,
            pace: self.run.training.pace,
            looks_ahead: self.view.looks_ahead(),
        }
    }
}
