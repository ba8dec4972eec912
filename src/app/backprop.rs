//! The Backprop view: one step of training, number by number.
//!
//! The worker reports what its next update will do. While training is paused, that step is shown in stages:
//! forward, loss, backward, update. The update is made when its stage is reached; the step stays on the screen
//! until the stages of the next one begin.

mod gradient_check;
mod parameter_edit;
mod probing;
mod selection;
mod traced_step;

pub use gradient_check::GradientCheck;
use parameter_edit::Edit;
pub use parameter_edit::ParameterEdit;
pub use selection::{Direction, Selection};
pub(super) use traced_step::Followed;
pub use traced_step::{Probe, TracedStep};

use std::sync::Arc;

use super::dismiss::Open;
use super::keymap::Action;
use super::turn::Turn;
use super::{App, Effect, RunView, Shown, View};
use crate::session::{NextStep, is_large};
use crate::trainer::Command;

/// A stage of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// From the inputs to the prediction.
    Forward,
    /// How wrong the prediction is.
    Loss,
    /// The chain rule, from the loss back to every parameter.
    Backward,
    /// The change of every parameter.
    Update,
}

/// The numbers that label the diagram's edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edges {
    /// The weights.
    Weights,
    /// The gradients ∂L/∂w of the batch's mean loss, without penalty.
    Gradients,
}

/// What the Backprop view shows.
#[derive(Debug, Clone)]
pub struct BackpropView {
    /// The stage up to which the step is shown.
    pub stage: Stage,
    /// What the formulas are about.
    pub selected: Selection,
    /// The numbers that label the edges.
    pub edges: Edges,
    /// The number of significant digits: 3, 5 or 8.
    pub digits: usize,
    /// How many lines the formulas are scrolled down from the start of their stage; negative if scrolled up.
    pub scroll: isize,
    /// What is followed instead of a sample of the step's batch, if anything is.
    pub probe: Option<Probe>,
    /// The step that is shown; `None` until the worker has reported one.
    pub shown: Option<Box<TracedStep>>,
    /// What the shown step follows as soon as a job has computed its passes.
    coming: Option<Followed>,
    /// The step after the shown one, once that is made.
    next: Option<Box<TracedStep>>,
    /// The parameters that were set by hand, newest last.
    edits: Vec<Edit>,
    /// Whether the view was opened, and has not come to a step yet.
    is_opening: bool,
}

impl BackpropView {
    pub(super) fn new() -> Self {
        Self {
            stage: Stage::Forward,
            selected: Selection::START,
            edges: Edges::Weights,
            digits: 3,
            scroll: 0,
            probe: None,
            shown: None,
            coming: None,
            next: None,
            edits: Vec::new(),
            is_opening: false,
        }
    }

    /// Whether there is a weight or bias set by hand that can be undone.
    pub(super) fn has_edits(&self) -> bool {
        !self.edits.is_empty()
    }

    /// Starts over with another run; how steps are displayed stays.
    pub(super) fn begin(&mut self) {
        self.leave_behind();
        self.shown = None;
    }

    /// Returns a view that displays the steps of another network in the same way.
    pub(super) fn of_another_network(&self) -> Self {
        Self {
            edges: self.edges,
            digits: self.digits,
            ..Self::new()
        }
    }

    /// Leaves the step for another epoch, where there is nothing to undo.
    pub(super) fn leave_behind(&mut self) {
        self.leave_step();
        self.edits.clear();
    }

    /// Shows no step until another one is reported.
    pub(super) fn forget_step(&mut self) {
        self.leave_step();
        self.shown = None;
    }

    /// What is followed, or soon will be.
    pub(super) fn followed(&self) -> Followed {
        let at = self.shown.as_ref().map_or(0, |shown| shown.index_in_batch);
        let probe = self.probe.clone();
        let shown = || probe.map_or(Followed::InBatch(at), Followed::Outside);
        self.coming.clone().unwrap_or_else(shown)
    }

    /// Begins the stages of the newest step.
    fn leave_step(&mut self) {
        self.stage = Stage::Forward;
        self.scroll = 0;
        if let Some(next) = self.next.take() {
            self.shown = Some(next);
        }
    }

    /// Takes in a step that the worker has reported.
    fn take(&mut self, traced: TracedStep, steps_per_epoch: usize, is_running: bool) {
        let is_kept = self.stage == Stage::Update
            && !is_running
            && self.shown.as_ref().is_some_and(|shown| {
                shown.is_made_at(traced.position, steps_per_epoch)
                    || shown.position == traced.position
            });
        if is_kept {
            self.next = Some(Box::new(traced));
            return;
        }
        if self.stage == Stage::Update {
            self.leave_step();
        }
        self.next = None;
        self.shown = Some(Box::new(traced));
    }
}

impl RunView {
    /// Takes in what the worker reports about its next step.
    pub(super) fn hear_next_step(&mut self, step: Arc<NextStep>) {
        let followed = self.backprop.followed();
        let passes = followed.passes(&step, self.dataset());
        let (position, network) = (self.training.position, Arc::clone(&self.network));
        let trace = self.trace_at_once(&network, passes);
        let traced = TracedStep::new(position, network, step, followed, trace);
        self.backprop.probe.clone_from(&traced.probe);
        self.backprop.coming = None;
        let steps_per_epoch = self.steps_per_epoch();
        self.backprop
            .take(traced, steps_per_epoch, self.training.is_running());
    }
}

impl RunView {
    /// What comes after the present stage, by the number in the title of the formulas.
    pub(super) fn after_stage(&self) -> &'static str {
        if self.training.is_running() || self.is_probing() {
            return "stage";
        }
        match self.backprop.stage {
            Stage::Forward => "stage 2",
            Stage::Loss => "stage 3",
            Stage::Backward => "stage 4",
            Stage::Update => "next",
        }
    }

    /// Whether the run is where the shown step has led, whose last stage is shown: the diagram is then of the parameters
    /// after the step.
    #[must_use]
    pub fn is_after_shown_step(&self) -> bool {
        self.backprop.stage == Stage::Update && self.has_made_shown_step()
    }

    /// What the title of numbers from before the shown step says, in the stage that shows others too: " before the step".
    #[must_use]
    pub fn before_step(&self) -> &'static str {
        match self.backprop.stage {
            Stage::Update => " before the step",
            Stage::Forward | Stage::Loss | Stage::Backward => "",
        }
    }

    /// There is no next step while an epoch is evaluated: the shown one is made, unless the run has left it behind.
    pub(super) fn hear_no_next_step(&mut self) {
        self.forget_left_step();
        if self.has_made_shown_step() {
            self.backprop.stage = Stage::Update;
        }
    }

    /// Forgets the shown step if the run is neither just before it nor just after it.
    fn forget_left_step(&mut self) {
        let Some(shown) = &self.backprop.shown else {
            return;
        };
        let (before, after) = (shown.network.parameters(), &shown.step.parameters);
        let present = self.network.parameters();
        let is_beside = if is_large(&self.network) {
            // Comparing so many parameters would hold up the screen.
            shown.position == self.training.position || self.has_made_shown_step()
        } else {
            before == present || after == present
        };
        if !(is_beside || Arc::ptr_eq(&shown.network, &self.network)) {
            self.backprop.forget_step();
        }
    }

    /// Whether the run has come from the shown step to where it is.
    fn has_made_shown_step(&self) -> bool {
        let shown = self.backprop.shown.as_ref();
        shown.is_some_and(|shown| shown.is_made_at(self.training.position, self.steps_per_epoch()))
    }
}

impl App {
    pub(super) fn show_view(&mut self, view: View) -> Vec<Effect> {
        match (self.view, view) {
            (View::Learn, View::Learn) => return Vec::new(),
            (View::Learn, _) => return self.leave_lessons(Some(view)),
            (_, View::Learn) => return self.enter_lessons(),
            _ => {}
        }
        if !self.view.looks_ahead() {
            // Without being looked at, the run may have left the step behind.
            self.run.forget_left_step();
        }
        self.run.leave_probe();
        self.run.backprop.is_opening = view != self.view;
        let comes_from_map = self.view == View::Surface;
        self.view = view;
        if comes_from_map {
            self.say_chosen_neuron();
        }
        self.come_to_step();
        if view == View::Backprop && self.run.shown == Shown::Prediction {
            self.run.probe_typed();
        }
        if view == View::Surface && self.run.surface.features.is_none() {
            let reason = "a map needs two features of numbers – this is the loss slice";
            self.notice = Some(reason.to_owned());
        }
        vec![self.look_ahead()]
    }

    /// Says which neuron is chosen, where the weights of others are not seen because of it, and how to see them.
    fn say_chosen_neuron(&mut self) {
        if let (Some(Open::Neuron), Some(neuron)) = (self.open_thing(), self.run.neuron) {
            let name = self.run.network.neuron_name(neuron);
            let way = self.key_saying(&[Action::Dismiss], "shows all neurons");
            self.notice = way.map(|way| format!("{name} is selected – {way}"));
        }
    }

    /// Asks the worker to report its next step if the view shows it, and not to otherwise.
    pub(super) fn look_ahead(&self) -> Effect {
        Effect::Train(Command::LookAhead(self.view.looks_ahead()))
    }

    /// Continues with the next stage, or pauses training if it is running; comes back to the step from something else.
    pub(super) fn next_stage(&mut self) -> Vec<Effect> {
        if self.run.is_probing() {
            self.run.leave_probe();
            return Vec::new();
        }
        if self.run.training.is_running() {
            self.run.backprop.leave_step();
            return self.toggle();
        }
        self.run.backprop.scroll = 0;
        match self.run.backprop.stage {
            Stage::Forward => self.run.backprop.stage = Stage::Loss,
            Stage::Loss => self.run.backprop.stage = Stage::Backward,
            Stage::Backward => {
                let effects = self.train(Command::StepSample);
                if !effects.is_empty() {
                    self.run.backprop.stage = Stage::Update;
                }
                return effects;
            }
            Stage::Update => self.run.backprop.leave_step(),
        }
        Vec::new()
    }

    /// Makes one step, and shows the one after it.
    pub(super) fn step(&mut self) -> Vec<Effect> {
        let is_followed = self.view == View::Backprop;
        let followed = self.run.followed_beside_step().filter(|_| is_followed);
        self.run.leave_probe();
        self.run.backprop.leave_step();
        let effects = self.train(Command::StepSample);
        if let (Some([followed, trained]), false) = (followed, effects.is_empty()) {
            let notice = format!("trained on {trained}, not on {followed}; next step shown");
            self.notice = Some(notice);
        }
        effects
    }

    pub(super) fn select(&mut self, direction: Direction) {
        let RunView {
            backprop, network, ..
        } = &self.run;
        self.select_part(backprop.selected.moved(network, direction));
    }

    /// Selects a part of the network in the Backprop view.
    pub(super) fn select_part(&mut self, part: Selection) {
        self.run.backprop.selected = part;
        self.run.backprop.scroll = 0;
    }

    /// Whether a neuron is chosen, and not any part of the network.
    pub(super) fn chooses_neurons(&self) -> bool {
        matches!(self.view, View::Train | View::Surface)
    }

    /// Selects a part of the network or, where neurons are chosen, a neuron: that of a weight is the one that it leads
    /// into, and a neuron that is already chosen is left.
    pub(super) fn choose_part(&mut self, part: Selection) {
        if !self.chooses_neurons() {
            return self.select_part(part);
        }
        let is_left = part == Selection::Neuron(part.neuron());
        self.run.neuron =
            Some(part.neuron()).filter(|_| !is_left || self.run.neuron != Some(part.neuron()));
    }

    pub(super) fn turn_edges(&mut self) {
        self.run.backprop.edges = match self.run.backprop.edges {
            Edges::Weights => Edges::Gradients,
            Edges::Gradients => Edges::Weights,
        };
    }

    pub(super) fn turn_precision(&mut self) {
        self.run.backprop.digits = match self.run.backprop.digits {
            3 => 5,
            5 => 8,
            _ => 3,
        };
        self.notice = Some(format!("{} significant digits", self.run.backprop.digits));
    }

    /// Scrolls the formulas by a few lines.
    pub(super) fn scroll_formulas(&mut self, turn: Turn) {
        let lines = match turn {
            Turn::Back => -4,
            Turn::Forward => 4,
        };
        let scroll = &mut self.run.backprop.scroll;
        *scroll = scroll.saturating_add(lines);
    }

    /// Checks the gradients of the shown step; `None` if no step is shown.
    pub(super) fn checked_gradients(&self) -> Option<GradientCheck> {
        let RunView { run, backprop, .. } = &self.run;
        let shown = backprop.shown.as_ref()?;
        let selected = backprop.selected.parameter();
        Some(GradientCheck::of(
            shown,
            selected,
            &run.config,
            &run.dataset,
        ))
    }
}
