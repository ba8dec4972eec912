//! The run as the keys drive it: pause, step, speed, reset.

use super::{App, Effect, Training, TrainingState};
use crate::trainer::{Command, LossCurves, Pace, RunState, Start, StartState};

impl App {
    pub(super) fn toggle(&mut self) -> Vec<Effect> {
        let (command, next) = match self.training.state {
            TrainingState::Alive(RunState::Running) => (Command::Pause, RunState::Paused),
            _ => (Command::Run, RunState::Running),
        };
        let effects = self.train(command);
        if !effects.is_empty() {
            // What is asked for counts at once: the next key may come before the trainer has answered.
            self.training.state = TrainingState::Alive(next);
        }
        effects
    }

    /// Gives the trainer a command, or says why that is of no use.
    pub(super) fn train(&mut self, command: Command) -> Vec<Effect> {
        match self.training.state {
            TrainingState::Alive(RunState::Diverged { .. }) => {
                self.notice =
                    Some("it cannot go on: r resets it, e sets a smaller learning rate".to_owned());
                Vec::new()
            }
            TrainingState::Panicked(_) => {
                self.notice = Some("training has stopped: r starts it again".to_owned());
                Vec::new()
            }
            TrainingState::Alive(_) => vec![Effect::Train(command)],
        }
    }

    pub(super) fn set_pace(&mut self, pace: Pace) -> Vec<Effect> {
        if pace == self.training.pace {
            self.notice = Some(format!("{pace} is as far as the speed goes"));
            return Vec::new();
        }
        self.training.pace = pace;
        // Also where the trainer cannot go on: the next run has this pace.
        vec![Effect::Train(Command::SetPace(pace))]
    }

    /// The same from another seed.
    pub(super) fn restart_from(&mut self, seed: u64) -> Vec<Effect> {
        self.keep_run();
        self.config.seed = seed;
        self.config.initial_layers = None;
        vec![Effect::Restart(self.begin()), self.look_ahead()]
    }

    /// Back to epoch 0, running or paused as it was.
    pub(super) fn restart(&mut self) -> Vec<Effect> {
        self.keep_run();
        vec![Effect::Restart(self.begin()), self.look_ahead()]
    }

    /// Shows a run that has not told anything yet, in the place of this one.
    pub(super) fn begin(&mut self) -> Start {
        let start = self.next_start();
        self.curves = LossCurves::default();
        self.backprop.begin();
        self.training = Training::at_start(start.state, start.pace);
        start
    }

    /// How a run begins that takes the place of this one.
    pub(super) fn next_start(&self) -> Start {
        let state = match self.training.state {
            TrainingState::Alive(RunState::Paused | RunState::Seeking(_)) => StartState::Paused,
            _ => StartState::Running,
        };
        Start {
            state,
            pace: self.training.pace,
            epochs: self.config.last_epoch(),
        }
    }
}
