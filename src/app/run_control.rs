//! Driving the run by keys: pause, step, speed, restart.

use std::sync::Arc;

use super::keymap::{Action, Need};
use super::runs::RunId;
use super::turn::Turn;
use super::{App, Effect, TrainingState, View};
use crate::session::Run;
use crate::trainer::{Command, Origin, RunState, Start, StartState};

impl App {
    pub(super) fn toggle(&mut self) -> Vec<Effect> {
        if self.warns_of_end() {
            return Vec::new();
        }
        let (command, next) = if self.run.training.is_running() {
            (Command::Pause, RunState::Paused)
        } else {
            (Command::Run, RunState::Running)
        };
        let effects = self.train(command);
        if !effects.is_empty() {
            // Shown at once: the next key may come before the trainer answers.
            self.run.training.state = TrainingState::Alive(next);
        }
        effects
    }

    /// Sends the trainer a command, or shows why it cannot be carried out.
    pub(super) fn train(&mut self, command: Command) -> Vec<Effect> {
        self.notice = self.lacks(Need::LiveRun);
        if self.notice.is_some() {
            return Vec::new();
        }
        if matches!(command, Command::StepSample | Command::StepEpoch) {
            self.run.begin_step();
        }
        vec![Effect::Train(command)]
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
            self.notice = Some(format!("already at {limit} speed"));
            return Vec::new();
        }
        if !self.run.training.is_running() {
            // While it runs, the header shows it.
            self.notice = Some(format!("speed set to {pace}"));
        }
        self.run.training.pace = pace;
        // Even if this run cannot continue: the next one starts at this pace.
        vec![Effect::Train(Command::SetPace(pace))]
    }

    /// Restarts the run from another seed.
    pub(super) fn restart_from(&mut self, seed: u64) -> Vec<Effect> {
        let run = self.run.run.with_seed(seed);
        self.begin(Arc::new(run))
    }

    /// Restarts the run at epoch 0, running or paused as before.
    pub(super) fn restart(&mut self) -> Vec<Effect> {
        self.begin(Arc::clone(&self.run.run))
    }

    /// Begins a run of the same shape on the same data, and keeps the current one.
    fn begin(&mut self, run: Arc<Run>) -> Vec<Effect> {
        let departs = self.keep_run();
        self.say_kept(departs);
        let start = self.next_start();
        let waits = self.waits_for_steps();
        self.forget_end();
        self.run.begin(Arc::clone(&run), start);
        if waits {
            self.say_waiting(departs);
        }
        vec![Effect::Begin {
            origin: Origin::Start(run),
            start,
            departs,
        }]
    }

    /// Says that the new run waits, and which key runs it.
    fn say_waiting(&mut self, departed: Option<RunId>) {
        let way = self.key_saying(&[Action::Toggle], "runs");
        let way = way.map_or_else(String::new, |way| format!(" – {way}"));
        let kept = self.kept_letter(departed);
        let kept = kept.map_or_else(String::new, |letter| {
            format!("; previous run kept as {letter}")
        });
        self.notice = Some(format!("paused at epoch 0{way}{kept}"));
    }

    /// Whether the run that replaces the current one waits for steps: the current one is over, and single steps are shown.
    fn waits_for_steps(&self) -> bool {
        let is_over = matches!(
            self.run.training.state,
            TrainingState::Alive(RunState::Finished | RunState::Diverged { .. })
        );
        is_over && self.view == View::Backprop
    }

    /// How the run that replaces the current one begins.
    pub(super) fn next_start(&self) -> Start {
        let state = match self.run.training.state {
            _ if self.waits_for_steps() => StartState::Paused,
            TrainingState::Alive(
                RunState::Paused | RunState::Seeking(_) | RunState::TrainingTo(_),
            ) => StartState::Paused,
            _ => StartState::Running,
        };
        self.start(state)
    }

    pub(super) fn start(&self, state: StartState) -> Start {
        Start {
            state,
            pace: self.run.training.pace,
            looks_ahead: self.view.looks_ahead(),
            retraces: true,
        }
    }
}
