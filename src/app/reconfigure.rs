//! Another configuration in the place of the present one, by way of the settings.

use super::{
    App, Consequence, Effect, Overlay, Overview, PredictionForm, Rebuilt, Settings, Shown,
    TrainingState, remarks_on,
};
use crate::trainer::{Command, RunState};

impl App {
    pub(super) fn open_settings(&mut self) {
        let can_go_on = matches!(
            self.training.state,
            TrainingState::Alive(
                RunState::Running | RunState::Paused | RunState::Finished | RunState::Seeking(_)
            )
        );
        let settings = Settings::new(&self.own_source, &self.source, &self.config, can_go_on);
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
            Consequence::StartsAgain => {
                let rebuild = Effect::Rebuild {
                    settings: settings.clone(),
                    start: self.next_start(),
                };
                vec![rebuild, self.look_ahead()]
            }
        }
    }

    pub(super) fn show_rebuilt(&mut self, rebuilt: Rebuilt) {
        let Rebuilt {
            config,
            source,
            dataset,
            network,
        } = rebuilt;
        let started = format!("started again with seed {}", config.seed);
        self.notice = remarks_on(&dataset).or(Some(started));
        self.prediction = PredictionForm::new(&dataset);
        self.keep_run();
        self.begin();
        self.shown = Shown::Sample(0);
        self.neuron = None;
        self.backprop.begin_another_network();
        self.overview = Overview::Table;
        self.overlay = Overlay::None;
        (self.config, self.source) = (config, source);
        (self.dataset, self.network) = (dataset, network);
    }
}
