//! Going back and forth between the epochs that have been trained.

use std::num::IntErrorKind;

use super::{App, Effect, Overlay, TextField, Training, TrainingState};
use crate::trainer::{Command, Destination, RunState};

/// Where to go from the current epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table of keys says where each goes")]
pub enum Travel {
    Back,
    Forward,
    TenthBack,
    TenthForward,
    First,
    Farthest,
}

/// The field for the epoch to go to.
#[derive(Debug, Clone, PartialEq)]
pub struct EpochField {
    /// The typed text.
    pub text: TextField,
    /// The epoch that the text names, or why it names none.
    pub epoch: Result<u64, String>,
    /// The first epoch of the run that is known.
    first: u64,
}

impl EpochField {
    pub(super) fn new(epoch: u64, first: u64) -> Self {
        let mut text = TextField::new(epoch.to_string());
        text.focus();
        Self {
            text,
            epoch: Ok(epoch),
            first,
        }
    }

    /// Reads the typed epoch.
    pub(super) fn check(&mut self) {
        let typed = self.text.text().trim();
        let digits: String = typed.chars().filter(|c| !",_ ".contains(*c)).collect();
        let first = self.first;
        self.epoch = match digits.parse::<u64>() {
            Err(problem) if *problem.kind() == IntErrorKind::PosOverflow => {
                Err("too large: no run gets that far".to_owned())
            }
            Err(_) => Err(format!("not an epoch: enter a number from {first}")),
            Ok(epoch) if epoch < first => Err(format!(
                "the run was loaded at epoch {first}; earlier epochs are unknown"
            )),
            Ok(epoch) => Ok(epoch),
        };
    }
}

impl App {
    /// Goes to another epoch.
    pub(super) fn travel(&mut self, travel: Travel) -> Vec<Effect> {
        let Training {
            position, farthest, ..
        } = self.run.training;
        let tenth = (farthest.epoch / 10).max(1);
        let is_in_last_epoch = position.epoch == farthest.epoch;
        match travel {
            Travel::Back => self.seek(Destination::Back(1)),
            Travel::TenthBack => self.seek(Destination::Back(tenth)),
            Travel::First => self.seek(Destination::Epoch(0)),
            Travel::Forward if is_in_last_epoch => self.train(Command::StepEpoch),
            Travel::Forward => self.seek(Destination::Forward(1)),
            Travel::TenthForward | Travel::Farthest
                if is_in_last_epoch && !self.run.is_behind() =>
            {
                // While it trains, its number would be an old one at once.
                self.notice = Some(if self.run.training.is_running() {
                    "already at the newest epoch".to_owned()
                } else {
                    format!("epoch {} is the newest – space to continue", farthest.epoch)
                });
                Vec::new()
            }
            Travel::TenthForward => self.seek(Destination::Forward(tenth)),
            Travel::Farthest => self.seek(Destination::Farthest),
        }
    }

    pub(super) fn seek(&mut self, destination: Destination) -> Vec<Effect> {
        // Shown at once: the next key may come before the trainer answers.
        if self.run.training.is_running() {
            self.run.training.state = TrainingState::Alive(RunState::Paused);
        }
        self.run.backprop.leave_behind();
        vec![Effect::Train(Command::Seek(destination))]
    }

    /// Goes to the typed epoch, and trains there if it is not trained yet.
    pub(super) fn go_there(&mut self) -> Vec<Effect> {
        let Overlay::GoTo(EpochField {
            epoch: Ok(epoch), ..
        }) = self.overlay
        else {
            return Vec::new();
        };
        self.overlay = Overlay::None;
        self.go_to(epoch)
    }

    /// Goes to an epoch, and trains there if it is not trained yet.
    pub(super) fn go_to(&mut self, epoch: u64) -> Vec<Effect> {
        if epoch <= self.run.training.farthest.epoch {
            return self.seek(Destination::Epoch(epoch));
        }
        let mut effects = Vec::new();
        if self.run.is_behind() {
            effects = self.seek(Destination::Farthest);
        }
        effects.extend(self.train(Command::TrainTo(epoch)));
        effects
    }
}
