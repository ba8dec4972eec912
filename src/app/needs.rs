//! Whether a key has an effect right now: decided here for dispatch, footer and help alike.

use super::dismiss::ALL_PANELS;
use super::keymap::{Action, Binding, Need};
use super::{App, Charted, Stage, TrainingState};

impl App {
    /// Whether a key has an effect right now.
    #[must_use]
    pub fn has_effect(&self, binding: &Binding) -> bool {
        self.lacks(binding.needs).is_none()
    }

    /// What the footer says of a key right now; `None` if the key has no effect.
    #[must_use]
    pub fn footer_text(&self, binding: &Binding) -> Option<&'static str> {
        let is_running = self.run.training.is_running() || self.run.training.is_seeking();
        let text = match (binding.action, self.open_thing()) {
            (Action::Toggle, _) if !is_running => "run",
            (Action::Dismiss, Some(open)) => open.way_out(),
            (Action::ToggleZoom, _) if self.zoomed().is_some() => ALL_PANELS,
            (Action::ToggleZoom, _) => self.focused_panel().zoom_text(),
            _ => binding.footer.text,
        };
        self.has_effect(binding).then_some(text)
    }

    /// Why a need is not met right now; `None` if it is met. The reason is empty if the key simply does nothing.
    pub(super) fn lacks(&self, need: Need) -> Option<String> {
        let run = &self.run;
        let step = run.backprop.shown.as_ref();
        let (is_there, reason) = match need {
            Need::Nothing => return None,
            Need::Trainer => return self.trainer_is_gone(),
            Need::LaterEpoch if run.training.position.epoch < run.training.farthest.epoch => {
                return self.trainer_is_gone();
            }
            Need::LiveRun | Need::LaterEpoch => {
                return self.trainer_is_gone().or_else(|| {
                    run.training.has_diverged().then(|| {
                        "cannot continue – r restarts, e to lower the learning rate".to_owned()
                    })
                });
            }
            Need::Dismissible => (self.open_thing().is_some(), ""),
            Need::Mark => (
                self.marked().is_some(),
                "no moment is marked – , and . mark one on the chart",
            ),
            Need::LossChart => (
                self.charted() == Charted::Loss,
                "only the loss has a linear and a logarithmic axis",
            ),
            Need::Typed => (self.overlay.takes_typed(), ""),
            Need::Completion => (self.overlay.can_be_completed(), ""),
            Need::Map => (
                run.surface.features.is_some(),
                "a map needs two features that are numbers",
            ),
            Need::OtherFeatures => (run.holds_features(), "the data has no other features"),
            Need::ZoomedMap => (run.is_zoomed(), "the map shows all data already"),
            Need::Step => (step.is_some(), "no step to show yet"),
            Need::Stage => return self.lacks_stage(),
            Need::Edit => (run.backprop.has_edits(), "nothing to undo"),
            Need::Handle => (self.handle().is_some(), "nothing to change on this page"),
            Need::KeptRun => (!self.runs.kept.is_empty(), ""),
            Need::SweepResult => (self.sweep.has_results(), "no results yet"),
        };
        (!is_there).then(|| reason.to_owned())
    }

    /// Why there is no next stage to show or to make; `None` if there is one.
    fn lacks_stage(&self) -> Option<String> {
        let backprop = &self.run.backprop;
        match (&backprop.shown, backprop.stage) {
            _ if self.run.training.is_running() => None,
            (None, _) => Some("no step to show yet".to_owned()),
            (Some(_), Stage::Backward) => self.lacks(Need::LiveRun),
            (Some(_), Stage::Forward | Stage::Loss | Stage::Update) => None,
        }
    }

    fn trainer_is_gone(&self) -> Option<String> {
        match self.run.training.state {
            TrainingState::Alive(_) => None,
            TrainingState::NotBegun(_) | TrainingState::Panicked(_) => {
                Some("training has stopped – r restarts".to_owned())
            }
        }
    }
}
