//! Whether a key has an effect right now: decided here for dispatch, footer and help alike.

use super::dismiss::{ALL_PANELS, Open};
use crossterm::event::KeyEvent;

use super::keymap::{self, Action, Binding, Context, Key, Need};
use super::{
    App, Charted, Held, LessonPanel, OverlayKind, Practice, SliceAction, Stage, SweepState,
    TrainingState, View,
};

impl App {
    /// The row of a key right now. While a guess is open, a key that is no part of a number does what it does on the page.
    pub(super) fn row_of(&self, key: KeyEvent) -> Option<&'static Binding> {
        let context = self.context();
        let on_page = || {
            let is_left = context == Context::Guess && !self.is_of_guess(key);
            let row = is_left.then(|| keymap::binding(self.view_context(), key));
            row.flatten()
        };
        keymap::binding(context, key).or_else(on_page)
    }

    /// The rows whose keys work right now, whether or not they have an effect.
    pub fn rows(&self) -> impl Iterator<Item = &'static Binding> {
        let context = self.context();
        let page = (context == Context::Guess).then_some(self.view_context());
        let of_page = page.into_iter().flat_map(keymap::heard_in);
        let is_left = |row: &&Binding| {
            let found = self.row_of(row.keys[0].into());
            row.context != Context::Anywhere
                && found.is_some_and(|found| found.action == row.action)
        };
        keymap::heard_in(context).chain(of_page.filter(is_left))
    }

    /// The key of an action in the present view, if it has one.
    #[must_use]
    pub fn key_of(&self, action: Action) -> Option<Key> {
        self.row_in_view(action).map(|row| row.keys[0])
    }

    /// The key of an action in the present view, if it has one with an effect right now.
    #[must_use]
    pub fn offered_key(&self, action: Action) -> Option<Key> {
        let row = self.row_in_view(action)?;
        self.has_effect(row).then_some(row.keys[0])
    }

    /// Returns a key with what it does, for a sentence: "e lowers the learning rate". `None` where the next key is not one for
    /// such an action, or has no effect: in a text field, in a window, in a lesson that keeps its run.
    #[must_use]
    pub fn key_saying(&self, actions: &[Action], what: &str) -> Option<String> {
        let mut rows = self.rows();
        let row = rows.find(|row| actions.contains(&row.action) && self.has_effect(row))?;
        Some(format!("{} {what}", row.keys[0]))
    }

    /// Returns the ways to go on from a run that has diverged, from the longest text to the shortest.
    #[must_use]
    pub fn after_divergence(&self) -> [String; 2] {
        let restart = self.key_saying(&[Action::Restart, Action::RestartPage], "restarts");
        let settings = Action::Open(OverlayKind::Settings);
        let rate = self.key_saying(&[settings], "lowers the learning rate");
        let both = restart.iter().chain(&rate).cloned().collect::<Vec<_>>();
        [both.join(", "), restart.unwrap_or_default()]
    }

    fn row_in_view(&self, action: Action) -> Option<&'static Binding> {
        keymap::heard_in(self.view_context()).find(|row| row.action == action)
    }

    /// Whether a key belongs to the views of the reader's own run, and does nothing in the lessons.
    pub(super) fn is_of_own_run(&self, key: KeyEvent) -> bool {
        let is_on_page = match self.context() {
            Context::View(view) => view == View::Learn,
            Context::Guess => !self.is_of_guess(key),
            _ => false,
        };
        is_on_page && keymap::acts_on_own_run(key)
    }

    /// Whether a key has an effect right now.
    #[must_use]
    pub fn has_effect(&self, binding: &Binding) -> bool {
        self.lacks(binding.needs).is_none()
    }

    /// What the footer says of a key right now; `None` if the key has no effect.
    #[must_use]
    pub fn footer_text(&self, binding: &Binding) -> Option<&'static str> {
        // The key that turned to the slice turns back too, and is shown beside it.
        let is_twice = binding.action == Action::Dismiss && self.open_thing() == Some(Open::Slice);
        (!is_twice).then(|| self.text_of(binding, binding.footer.text))?
    }

    /// What a legend says of a key right now; `None` if the key has no effect.
    #[must_use]
    pub fn legend_text(&self, binding: &Binding) -> Option<&'static str> {
        if binding.action == Action::Dismiss {
            return self.open_thing()?.way_in_legend();
        }
        self.text_of(binding, binding.footer.in_legend)
    }

    /// What is said of a key right now, a usual text unless the state has another; `None` if the key has no effect.
    fn text_of(&self, binding: &Binding, usual: &'static str) -> Option<&'static str> {
        let is_running = self.run.training.is_running() || self.run.training.is_seeking();
        let text = match (binding.action, self.open_thing()) {
            (Action::Toggle, _) if self.run.training.is_over() => "train more",
            (Action::Toggle, _) if !is_running => "run",
            (Action::Hint, _) => self.next_hint(),
            (Action::NextStage, _) => self.run.after_stage(),
            (Action::NextOnPage, _) if self.practice() == Practice::Stages => {
                self.run.after_stage()
            }
            (Action::Dismiss | Action::LeaveLessons, Some(open)) => open.way_out(),
            (Action::Slice(SliceAction::TurnSurface), _) if self.shows_slice() => "map",
            (Action::ToggleZoom(None), _) if self.zoomed().is_some() => ALL_PANELS,
            (Action::ToggleZoom(panel @ Some(_)), _) if self.zoomed() == panel => ALL_PANELS,
            (Action::CompleteValue, _) if !self.overlay.has_names() => "section",
            (Action::TakeField, _) if self.has_next_field() => "next",
            (Action::LeaveSweep, _) if self.sweep.state != SweepState::Idle => "stop",
            (Action::StartSweep, _) if self.sweep.progress.is_some() => "restart",
            (Action::ToggleZoom(None), _) if self.shows_slice() => "only the slice",
            (Action::TurnLabels, _) => self.next_labels(),
            (Action::ToggleZoom(None), _) => self.focused_panel().zoom_text(),
            _ => usual,
        };
        self.has_effect(binding).then_some(text)
    }

    /// Why a need is not met right now; `None` if it is met.
    pub(super) fn lacks(&self, need: Need) -> Option<String> {
        let backprop = &self.run.backprop;
        let (is_there, reason) = match need {
            Need::Nothing => return None,
            Need::Practice => (
                self.practice() != Practice::Nothing,
                "nothing to train in this lesson",
            ),
            Need::NextOnPage if self.practice() == Practice::Stages => return self.lacks_stage(),
            Need::Settings => (
                self.has_settings(),
                "this lesson keeps its run – the last lesson has the settings",
            ),
            Need::Chart => (
                self.is_on_page(LessonPanel::Chart),
                "no chart in this lesson",
            ),
            Need::OtherPanel => (self.view.panels().len() > 1, "no other panel in this view"),
            Need::Trainer | Need::LaterEpoch | Need::LiveRun | Need::NextOnPage => {
                return self.training_lacks(need);
            }
            Need::Dismissible => (
                self.open_thing().is_some(),
                "nothing is open to leave – q quits",
            ),
            Need::Edges if self.scene().is_some() => {
                (self.has_edges(), "no network to label in this lesson")
            }
            Need::Edges => (
                self.has_edges(),
                "no weights to label here – 1 and 2 show the network",
            ),
            Need::Gradients => return self.run.lacks_gradients(),
            Need::HeldSample => {
                return self
                    .lacks(Need::OtherFeatures)
                    .or_else(|| self.lacks_held());
            }
            Need::Mark => (
                self.marked().is_some(),
                "no epoch is marked – , and . mark one on the chart",
            ),
            Need::LossChart => (
                self.charted() == Charted::Loss,
                "only the loss has a linear and a logarithmic axis",
            ),
            Need::OtherKnown => (
                self.view != View::Learn,
                "no samples to fill in in this lesson",
            ),
            Need::Typed => (self.overlay.takes_typed(), self.overlay.untakeable()),
            Need::Completion => (self.overlay.can_be_completed(), "nothing to complete"),
            Need::Map | Need::OtherFeatures | Need::OtherNumbers | Need::ZoomedMap => {
                return self.map_lacks(need);
            }
            Need::Plane | Need::ZoomedSlice | Need::Path | Need::PathPoint => {
                return self.slice_lacks(need);
            }
            Need::Step => (backprop.shown.is_some(), "no step to show yet"),
            Need::Stage => return self.lacks_stage(),
            Need::Edit => (backprop.has_edits(), "nothing to undo"),
            Need::Handle => (self.handle().is_some(), "nothing to change in this lesson"),
            Need::Class(_) | Need::Point | Need::Trainable | Need::Drawn => {
                return self.drawing_lacks(need);
            }
            Need::KeptRun => (!self.runs.kept.is_empty(), "no earlier runs yet"),
            Need::TwoNetworks => {
                let no_run = self.lacks(Need::KeptRun);
                return no_run.or_else(|| self.lacks_columns());
            }
            Need::IdleSweep => (
                self.sweep.state == SweepState::Idle,
                "the sweep is running – Esc stops it",
            ),
            Need::SweepResult => (self.sweep.has_results(), "no results yet"),
        };
        (!is_there).then(|| reason.to_owned())
    }

    /// Why the map does not meet a need.
    fn map_lacks(&self, need: Need) -> Option<String> {
        let run = &self.run;
        let has_map = run.surface.features.is_some();
        let (is_there, reason) = match need {
            Need::OtherFeatures => (
                run.holds_features(),
                "m is for features beyond these two, and this data has none",
            ),
            Need::OtherNumbers => (
                has_map && !run.other_numbers().is_empty(),
                "the data has no other features that are numbers",
            ),
            Need::ZoomedMap => (run.is_zoomed(), "the map shows all data already"),
            _ => (has_map, "a map needs two features that are numbers"),
        };
        (!is_there).then(|| reason.to_owned())
    }

    /// Why no sample holds the other features of the map.
    fn lacks_held(&self) -> Option<String> {
        let holds = self.run.surface.held == Held::Sample;
        (!holds).then(|| "m first: then the other features are those of a sample".to_owned())
    }

    /// Whether the present view has edges to label.
    fn has_edges(&self) -> bool {
        let is_on_page =
            [LessonPanel::Network, LessonPanel::Step].map(|panel| self.is_on_page(panel));
        matches!(self.view, View::Train | View::Backprop) || is_on_page.contains(&true)
    }

    /// Why the loss slice does not meet a need.
    fn slice_lacks(&self, need: Need) -> Option<String> {
        let state = &self.run.slice;
        let (is_there, reason) = match (need, state.shown()) {
            (Need::ZoomedSlice, _) => {
                let reason = "the slice shows the whole path already";
                (state.is_zoomed(), reason)
            }
            (Need::PathPoint, _) => (
                state.chosen().is_some(),
                "no point of the path is at the cursor – , and . go to one",
            ),
            (Need::Path, Some(slice)) => (
                !slice.path.is_empty(),
                "no path is kept of such a large network",
            ),
            _ if !self.shows_slice() => return self.lacks(Need::Map),
            (_, slice) => (slice.is_some(), "the loss slice is still being computed"),
        };
        (!is_there).then(|| reason.to_owned())
    }

    /// Why training takes no commands, or cannot go on.
    fn training_lacks(&self, need: Need) -> Option<String> {
        let training = &self.run.training;
        let goes_on = match need {
            Need::Trainer => false,
            Need::LaterEpoch => training.position.epoch >= training.farthest.epoch,
            _ => true,
        };
        let has_diverged = || {
            let is_so = goes_on && training.has_diverged();
            let [ways, _] = self.after_divergence();
            is_so.then(|| format!("cannot continue – {ways}"))
        };
        self.trainer_is_gone().or_else(has_diverged)
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
            TrainingState::Alive(_) => self.lacks(Need::Practice),
            TrainingState::NotBegun(_) | TrainingState::Panicked(_) => {
                Some("training has stopped – r restarts".to_owned())
            }
        }
    }
}
