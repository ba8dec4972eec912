//! Another configuration in the place of the present one, by way of the settings.

use std::sync::Arc;

use super::{App, Consequence, Effect, Overlay, RunView, Settings, TrainingState, remarks_on};
use crate::nn::Network;
use crate::session::Run;
use crate::trainer::{Command, RunState};

impl App {
    pub(super) fn open_settings(&mut self) {
        let can_go_on = matches!(
            self.run.training.state,
            TrainingState::Alive(
                RunState::Running | RunState::Paused | RunState::Finished | RunState::Seeking(_)
            )
        );
        let settings = Settings::new(
            &self.own_source,
            self.run.source(),
            self.run.config(),
            can_go_on,
        );
        self.overlay = Overlay::Settings(Box::new(settings));
    }

    pub(super) fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        if let Overlay::Settings(settings) = &mut self.overlay {
            change(settings);
        }
    }

    pub(super) fn apply_settings(&mut self) -> Vec<Effect> {
        let Overlay::Settings(settings) = &self.overlay else {
            return Vec::new();
        };
        match settings.consequence() {
            Consequence::Nothing => {
                self.overlay = Overlay::None;
                Vec::new()
            }
            Consequence::GoesOn => {
                let changes = settings.changes();
                self.overlay = Overlay::None;
                let changes = changes.into_iter().map(Command::Change);
                changes.map(Effect::Train).collect()
            }
            // The panel stays until the new run is there.
            Consequence::StartsAgain => vec![Effect::Rebuild {
                draft: Box::new(settings.draft()),
                present: Arc::clone(&self.run.run),
            }],
        }
    }

    pub(super) fn show_rebuilt(&mut self, run: Arc<Run>, network: Network) -> Vec<Effect> {
        let started = format!("started again with seed {}", run.config.seed);
        self.notice = remarks_on(&run.dataset).or(Some(started));
        self.overlay = Overlay::None;
        self.keep_run();
        let start = self.next_start();
        let mut view = RunView::new(Arc::clone(&run), network, start);
        view.backprop = self.run.backprop.of_another_network();
        self.run = view;
        vec![Effect::Restart(run, start)]
    }
}
