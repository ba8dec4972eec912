//! Replacing the current configuration by means of the settings.

use std::sync::Arc;

use super::announced::announced;
use super::message::PreparationId;
use super::{App, Consequence, Effect, Jump, Overlay, RunView, Settings, TrainingState};
use crate::session::{Change, Preparing, Run, Session};
use crate::trainer::{Command, Origin, RunState, Start, StartState};

impl App {
    /// Returns a draft that equals the current run.
    pub(super) fn settings(&self) -> Settings {
        let can_continue = matches!(
            self.run.training.state,
            TrainingState::Alive(
                RunState::Running
                    | RunState::TrainingTo(_)
                    | RunState::Paused
                    | RunState::Finished
                    | RunState::Seeking(_)
            )
        );
        Settings::new(&self.own_source, &self.run, can_continue).at(self.last_setting)
    }

    /// Whether a value of the settings is being typed.
    pub(super) fn is_typing_value(&self) -> bool {
        matches!(&self.overlay, Overlay::Settings(settings) if settings.typing.is_some())
    }

    /// Changes the draft, unless a run is being prepared from it.
    pub(super) fn edit_settings(&mut self, edit: impl FnOnce(&mut Settings)) {
        if let Overlay::Settings(settings) = &mut self.overlay
            && settings.preparing.is_none()
        {
            edit(settings);
        }
    }

    /// Selects a setting that is farther away.
    pub(super) fn jump_setting(&mut self, jump: Jump) {
        let page = self.page;
        self.edit_settings(|settings| settings.jump(jump, page));
    }

    /// Completes the value that is being typed.
    pub(super) fn complete_value(&mut self) -> Vec<Effect> {
        let mut path = None;
        self.edit_settings(|settings| path = settings.complete());
        path.into_iter().map(Effect::LookUp).collect()
    }

    fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        if let Overlay::Settings(settings) = &mut self.overlay {
            change(settings);
        }
    }

    pub(super) fn apply_settings(&mut self) -> Vec<Effect> {
        let settings = match &self.overlay {
            Overlay::Settings(settings)
                if settings.preparing.is_none() && !settings.is_typed_wrong() =>
            {
                settings
            }
            _ => return Vec::new(),
        };
        let selected = settings.selected().option();
        match settings.consequence() {
            Consequence::Nothing => {
                self.overlay = Overlay::None;
                Vec::new()
            }
            Consequence::Continues => {
                if let Some(problem) = settings.conflict() {
                    self.change_settings(|settings| settings.problem = Some(problem));
                    return Vec::new();
                }
                let changes = settings.changes();
                self.last_setting = selected;
                self.overlay = Overlay::None;
                self.say_changed(&changes);
                let changes = changes.into_iter().map(Command::Change);
                changes.map(Effect::Train).collect()
            }
            // The panel stays until the new run is there.
            Consequence::Restarts => {
                let draft = Box::new(settings.draft.clone());
                self.last_setting = selected;
                self.preparation = self.preparation.next();
                self.change_settings(|settings| settings.preparing = Some(Preparing::BEGUN));
                vec![Effect::Prepare {
                    id: self.preparation,
                    draft,
                    present: Arc::clone(&self.run.run),
                }]
            }
        }
    }

    /// Says what was changed on the way; if the run is over, which keys train with it: none does by itself.
    fn say_changed(&mut self, changes: &[Change]) {
        if self.run.training.is_over() {
            self.notice =
                Some("changed – the run had ended: space continues, r restarts".to_owned());
            return;
        }
        let steering = changes
            .iter()
            .filter(|change| change.steers(self.run.config()));
        let labels: Vec<String> = steering.filter_map(Change::label).collect();
        if !labels.is_empty() {
            self.notice = Some(format!("{} from here on", labels.join(", ")));
        }
    }

    /// Closes the settings, or only cancels the preparation of a run from them.
    pub(super) fn close_settings(&mut self) -> Vec<Effect> {
        if let Overlay::Settings(settings) = &mut self.overlay
            && settings.preparing.take().is_some()
        {
            self.preparation = self.preparation.next();
            return vec![Effect::CancelPreparation];
        }
        self.overlay = Overlay::None;
        Vec::new()
    }

    pub(super) fn hear_preparing(&mut self, id: PreparationId, progress: Preparing) {
        match &mut self.overlay {
            _ if id != self.preparation => {}
            Overlay::Settings(settings) => settings.preparing = Some(progress),
            Overlay::Open(field) => field.preparing = Some(progress),
            _ => {}
        }
    }

    /// Shows the prepared run, or why there is none, unless its preparation was cancelled.
    pub(super) fn hear_prepared(
        &mut self,
        id: PreparationId,
        prepared: Result<(Arc<Run>, Box<Session>), String>,
    ) -> Vec<Effect> {
        if id != self.preparation {
            return Vec::new();
        }
        let is_drawn = self.drawing.is_awaited(id);
        match prepared {
            Ok((run, session)) if is_drawn => self.show_drawn(run, session),
            Ok((run, session)) => self.show_prepared(run, session),
            Err(problem) if is_drawn => {
                self.notice = Some(problem);
                Vec::new()
            }
            Err(problem) => {
                self.change_settings(|settings| settings.show_problem(problem));
                Vec::new()
            }
        }
    }

    /// Shows another run; how its steps are shown stays, and what is asked.
    pub(super) fn replace_view(&mut self, mut view: RunView) {
        view.keep_asking(&self.run);
        let backprop = self.run.backprop.of_another_network();
        let slice = self.run.slice.of_another_network();
        self.run = RunView {
            backprop,
            slice,
            ..view
        };
    }

    fn show_prepared(&mut self, run: Arc<Run>, session: Box<Session>) -> Vec<Effect> {
        let start = self.next_start();
        let waits = match start.state {
            StartState::Paused => ", paused at the start",
            StartState::Running => "",
        };
        let started = format!("restarted with {}{waits}", run.config.begun_with());
        self.notice = announced(&run).or(Some(started));
        self.overlay = Overlay::None;
        self.forget_end();
        self.begin_prepared(run, session, start)
    }

    /// Begins a prepared run, and keeps the present one.
    pub(super) fn begin_prepared(
        &mut self,
        run: Arc<Run>,
        session: Box<Session>,
        start: Start,
    ) -> Vec<Effect> {
        let departs = self.keep_run();
        self.replace_view(RunView::new(
            Arc::clone(&run),
            session.network_to_keep(),
            start,
        ));
        vec![Effect::Begin {
            origin: Origin::Session(run, session),
            start,
            departs,
        }]
    }
}
