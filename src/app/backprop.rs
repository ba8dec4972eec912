//! The Backprop view: one step of training, number by number.
//!
//! The worker reports what its next update will do. While training is paused, that step is shown in stages:
//! forward, loss, backward, update. The update is made when its stage is reached; the step stays on the screen
//! until the stages of the next one begin.

mod gradient_check;
mod parameter_edit;
mod selection;
mod traced_step;

use std::collections::VecDeque;

pub use gradient_check::GradientCheck;
pub use parameter_edit::ParameterEdit;
pub use selection::{Direction, Selection};
pub use traced_step::TracedStep;

use super::turn::Turn;
use super::{App, Effect, Overlay, RunView, View};
use crate::session::{Change, NextStep, Position};
use crate::trainer::Command;

/// The number of steps whose gradient norms are kept.
const NORMS_KEPT: usize = 64;

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
    /// The gradients ∂L/∂w that the optimizer receives.
    Gradients,
}

/// A parameter that was set by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Edit {
    index: usize,
    before: f64,
    value: f64,
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
    /// The step that is shown; `None` until the worker has reported one.
    pub shown: Option<Box<TracedStep>>,
    /// The step after the shown one, once that is made.
    next: Option<Box<TracedStep>>,
    /// The gradient norm ‖g‖ of each layer in the last steps, newest last.
    pub norms: VecDeque<Vec<f64>>,
    /// The parameters that were set by hand, newest last.
    edits: Vec<Edit>,
}

impl BackpropView {
    pub(super) fn new() -> Self {
        Self {
            stage: Stage::Forward,
            selected: Selection::START,
            edges: Edges::Weights,
            digits: 3,
            scroll: 0,
            shown: None,
            next: None,
            norms: VecDeque::new(),
            edits: Vec::new(),
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
        self.norms.clear();
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

    /// Begins the stages of the newest step.
    fn leave_step(&mut self) {
        self.stage = Stage::Forward;
        self.scroll = 0;
        if let Some(next) = self.next.take() {
            self.show(next);
        }
    }

    /// Takes in a step that the worker has reported.
    fn take(&mut self, traced: TracedStep, steps_per_epoch: usize, is_running: bool) {
        let is_kept = self.stage == Stage::Update
            && !is_running
            && self.shown.as_ref().is_some_and(|shown| {
                follows(shown.position, traced.position, steps_per_epoch)
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
        self.show(Box::new(traced));
    }

    fn show(&mut self, traced: Box<TracedStep>) {
        let before = self.shown.as_ref();
        if before.is_none_or(|before| before.position != traced.position) {
            self.norms.push_back(traced.gradient_norms());
            if self.norms.len() > NORMS_KEPT {
                self.norms.pop_front();
            }
        }
        self.shown = Some(traced);
    }
}

/// Whether one step leads from a position to another.
fn follows(before: Position, after: Position, steps_per_epoch: usize) -> bool {
    let step = before.step + 1;
    let next = if step < steps_per_epoch {
        Position { step, ..before }
    } else {
        Position {
            epoch: before.epoch + 1,
            step: 0,
        }
    };
    after == next
}

impl RunView {
    /// Takes in what the worker reports about its next step.
    pub(super) fn hear_next_step(&mut self, step: NextStep) {
        let shown = self.backprop.shown.as_ref();
        let index_in_batch = shown.map_or(0, |shown| shown.index_in_batch);
        let traced = TracedStep::new(
            self.training.position,
            self.network.clone(),
            step,
            index_in_batch,
            self.config(),
            self.dataset(),
        );
        let steps_per_epoch = self.steps_per_epoch();
        self.backprop
            .take(traced, steps_per_epoch, self.training.is_running());
    }
}

impl App {
    pub(super) fn show_view(&mut self, view: View) -> Vec<Effect> {
        self.view = view;
        vec![self.look_ahead()]
    }

    /// Asks the worker to report its next step if the view shows it, and not to otherwise.
    pub(super) fn look_ahead(&self) -> Effect {
        Effect::Train(Command::LookAhead(self.view.looks_ahead()))
    }

    /// Continues with the next stage, or pauses training if it is running.
    pub(super) fn next_stage(&mut self) -> Vec<Effect> {
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

    /// Makes the whole step, or the rest of it.
    pub(super) fn whole_step(&mut self) -> Vec<Effect> {
        let is_made = self.run.backprop.stage == Stage::Update;
        self.run.backprop.leave_step();
        if is_made {
            return Vec::new();
        }
        self.train(Command::StepSample)
    }

    pub(super) fn select(&mut self, direction: Direction) {
        let RunView {
            backprop, network, ..
        } = &mut self.run;
        backprop.selected = backprop.selected.moved(network, direction);
        backprop.scroll = 0;
    }

    pub(super) fn turn_sample_of_batch(&mut self, turn: Turn) {
        let RunView { run, backprop, .. } = &mut self.run;
        let Some(shown) = &mut backprop.shown else {
            return;
        };
        let index = turn.index(shown.index_in_batch, shown.batch_size() - 1);
        shown.follow(index, &run.config, &run.dataset);
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

    /// Scrolls the formulas by a few lines, but not far past their ends.
    pub(super) fn scroll_formulas(&mut self, turn: Turn) {
        /// About how many lines the stages have, apart from the terms of their sums.
        const USUAL: usize = 30;
        let layers = self.run.network.layers().iter();
        let terms = layers.map(|layer| layer.fan_in.max(layer.units)).max();
        let most = isize::try_from(USUAL + 2 * terms.unwrap_or(0)).unwrap_or(isize::MAX);
        let lines = match turn {
            Turn::Back => -4,
            Turn::Forward => 4,
        };
        let scroll = &mut self.run.backprop.scroll;
        *scroll = (*scroll + lines).clamp(-most, most);
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

    /// Returns the field to set the selected parameter in.
    pub(super) fn parameter_edit(&self) -> ParameterEdit {
        let RunView {
            network, backprop, ..
        } = &self.run;
        let parameter = backprop.selected.parameter();
        let value = network.parameters()[network.index_of(parameter)];
        ParameterEdit::new(parameter, value)
    }

    /// Sets the parameter to the typed value, or shows why that is not possible.
    pub(super) fn set_parameter(&mut self) -> Vec<Effect> {
        let Overlay::Edit(edit) = &mut self.overlay else {
            return Vec::new();
        };
        match edit.value() {
            Err(problem) => {
                edit.problem = Some(problem);
                Vec::new()
            }
            Ok(value) => {
                let index = self.run.network.index_of(edit.parameter);
                self.overlay = Overlay::None;
                if self.is_under_way() {
                    return Vec::new();
                }
                let before = self.run.network.parameters()[index];
                self.run.backprop.edits.push(Edit {
                    index,
                    before,
                    value,
                });
                self.change_parameter(index, value)
            }
        }
    }

    /// Undoes the last change made by hand.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        if self.is_under_way() {
            return Vec::new();
        }
        let Some(Edit { index, before, .. }) = self.run.backprop.edits.pop() else {
            return Vec::new();
        };
        let network = &self.run.network;
        let name = network.parameter_name(network.parameter_at(index));
        self.notice = Some(format!("{name} restored to {before}"));
        self.change_parameter(index, before)
    }

    /// Whether the run is on its way to another epoch, so that nothing can be set. If so, shows a notice.
    fn is_under_way(&mut self) -> bool {
        let is_under_way = self.run.training.is_seeking();
        if is_under_way {
            self.notice = Some("cannot edit while jumping to another epoch".to_owned());
        }
        is_under_way
    }

    fn change_parameter(&mut self, index: usize, value: f64) -> Vec<Effect> {
        self.run.backprop.leave_step();
        // Shown at once: the next key may come before the trainer answers.
        self.run.network.parameters_mut()[index] = value;
        let change = Change::Parameter { index, value };
        self.run.note_initial_parameters();
        vec![Effect::Train(Command::Change(change))]
    }

    /// Forgets an edit that the worker has refused.
    pub(super) fn forget_edit(&mut self, refused: &Change) {
        let is_refused = |edit: &mut Edit| {
            let (index, value) = (edit.index, edit.value);
            *refused == Change::Parameter { index, value }
        };
        let Some(Edit { index, before, .. }) = self.run.backprop.edits.pop_if(is_refused) else {
            return;
        };
        self.run.network.parameters_mut()[index] = before;
        self.run.note_initial_parameters();
    }
}
