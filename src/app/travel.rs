//! Going back and forth between the epochs that have been trained.

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
    /// Why the text was rejected, if it was.
    pub problem: Option<String>,
}

impl EpochField {
    pub(super) fn new(epoch: u64) -> Self {
        let mut text = TextField::new(epoch.to_string());
        text.focus();
        Self {
            text,
            problem: None,
        }
    }

    /// Parses the typed epoch, which must be from `first` to `last`, or returns why it is not valid.
    fn epoch(&self, first: u64, last: u64) -> Result<u64, String> {
        let typed = self.text.text().trim();
        let digits: String = typed.chars().filter(|c| !",_ ".contains(*c)).collect();
        match digits.parse::<u64>() {
            Err(_) => Err(format!("not a valid epoch ({first}–{last})")),
            Ok(epoch) if epoch > last => {
                Err(format!("epoch {epoch} is not trained yet ({first}–{last})"))
            }
            Ok(epoch) if epoch < first => Err(format!(
                "the run was loaded at epoch {first}; earlier epochs are unknown"
            )),
            Ok(epoch) => Ok(epoch),
        }
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
                let epoch = farthest.epoch;
                self.notice = Some(format!("epoch {epoch} is the newest – space to continue"));
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

    /// Cancels a long jump, or else removes the mark on the chart, or else shows the whole network and all samples.
    pub(super) fn dismiss(&mut self) -> Vec<Effect> {
        if !self.run.training.is_seeking() {
            if self.marked().is_some() {
                self.remove_mark();
            } else {
                self.run.look_at_all();
            }
            return Vec::new();
        }
        self.notice = Some("cancelled".to_owned());
        vec![Effect::Train(Command::CancelSeek)]
    }

    /// Goes to the typed epoch, or shows why that is not possible.
    pub(super) fn go_there(&mut self) -> Vec<Effect> {
        let first = self.run.curves.training.first_epoch();
        let last = self.run.training.farthest.epoch;
        let Overlay::GoTo(field) = &mut self.overlay else {
            return Vec::new();
        };
        match field.epoch(first, last) {
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
