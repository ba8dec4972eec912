//! Back and forth among the epochs that have been trained.

use super::keymap::Action;
use super::{App, Effect, Overlay, TextField, TrainingState};
use crate::trainer::{Command, Destination, RunState};

/// The field in which an epoch is typed.
#[derive(Debug, Clone, PartialEq)]
pub struct EpochField {
    /// What is typed.
    pub text: TextField,
    /// Why it cannot be gone to, in words.
    pub problem: Option<String>,
}

impl EpochField {
    fn new(epoch: u64) -> Self {
        let mut text = TextField::new(epoch.to_string());
        text.focus();
        Self {
            text,
            problem: None,
        }
    }

    /// The epoch that is typed, if it is one of those that there are, or why it is not.
    fn epoch(&self, first: u64, newest: u64) -> Result<u64, String> {
        let typed = self.text.text().trim();
        let digits: String = typed.chars().filter(|c| !",_ ".contains(*c)).collect();
        match digits.parse::<u64>() {
            Err(_) => Err(format!("{typed:?} is not an epoch, try {newest}")),
            Ok(epoch) if epoch > newest => Err(format!(
                "epoch {epoch} is not trained yet, the newest is {newest}"
            )),
            Ok(epoch) if epoch < first => Err(format!(
                "the run was loaded at epoch {first}, before that it is not known"
            )),
            Ok(epoch) => Ok(epoch),
        }
    }
}

impl App {
    /// What a key asks that goes somewhere.
    pub(super) fn travel(&mut self, action: Action) -> Vec<Effect> {
        let tenth = (self.run.training.newest.epoch / 10).max(1);
        let is_at_newest = self.run.training.position.epoch == self.run.training.newest.epoch;
        match action {
            Action::EpochBack => self.seek(Destination::Back(1)),
            Action::TenthBack => self.seek(Destination::Back(tenth)),
            Action::FirstEpoch => self.seek(Destination::Epoch(0)),
            Action::EpochForward if is_at_newest => self.train(Command::StepEpoch),
            Action::EpochForward => self.seek(Destination::Forward(1)),
            Action::TenthForward | Action::NewestEpoch if is_at_newest && !self.run.is_behind() => {
                let newest = self.run.training.newest.epoch;
                self.notice = Some(format!("epoch {newest} is the newest; space goes on"));
                Vec::new()
            }
            Action::TenthForward => self.seek(Destination::Forward(tenth)),
            Action::NewestEpoch => self.seek(Destination::Newest),
            Action::StayHere => self.stay_here(),
            _ => self.go_there(),
        }
    }

    fn seek(&mut self, destination: Destination) -> Vec<Effect> {
        match &mut self.run.training.state {
            TrainingState::NotBegun(_) | TrainingState::Panicked(_) => {
                self.train(Command::Seek(destination))
            }
            TrainingState::Alive(state) => {
                // What is asked for counts at once: the next key may come before the trainer has answered.
                if *state == RunState::Running {
                    *state = RunState::Paused;
                }
                self.run.backprop.leave_behind();
                vec![Effect::Train(Command::Seek(destination))]
            }
        }
    }

    fn stay_here(&mut self) -> Vec<Effect> {
        match self.run.training.state {
            TrainingState::Alive(RunState::Seeking(_)) => {
                self.notice = Some("stayed where it was".to_owned());
                vec![Effect::Train(Command::CancelSeek)]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn ask_for_epoch(&mut self) {
        self.overlay = Overlay::GoTo(EpochField::new(self.run.training.position.epoch));
    }

    /// To the epoch that is typed, unless there is none such.
    fn go_there(&mut self) -> Vec<Effect> {
        let first = self.run.curves.training.first_epoch();
        let newest = self.run.training.newest.epoch;
        let Overlay::GoTo(field) = &mut self.overlay else {
            return Vec::new();
        };
        match field.epoch(first, newest) {
            Ok(epoch) => {
                self.overlay = Overlay::None;
                self.seek(Destination::Epoch(epoch))
            }
            Err(problem) => {
                field.problem = Some(problem);
                Vec::new()
            }
        }
    }
}
