//! The Backprop view: one step of training, taken apart.
//!
//! The worker tells what its next update will do. While training is paused, that step is shown in stages:
//! forward, loss, backward, update. The update is made as its stage is come to; the step stays on the screen
//! until the stages of the next one begin.

mod gradient_check;
mod parameter_edit;
mod part;
mod traced_step;

use std::collections::VecDeque;

pub use gradient_check::GradientCheck;
pub use parameter_edit::ParameterEdit;
pub use part::{Direction, Part};
pub use traced_step::TracedStep;

use super::turn::Turn;
use super::{App, Effect, Overlay, RunView, View};
use crate::session::{Change, NextStep, Position};
use crate::trainer::Command;

/// How many steps' gradient norms are kept.
const NORMS_KEPT: usize = 64;

/// A part of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// From the inputs to the prediction.
    Forward,
    /// How wrong it is.
    Loss,
    /// The chain rule, back to every parameter.
    Backward,
    /// What that changes.
    Update,
}

/// What the numbers on the diagram's edges are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edges {
    /// The weights.
    Weights,
    /// ∂L/∂w, as the optimizer gets them.
    Gradients,
}

/// A parameter that was set by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Edit {
    index: usize,
    before: f64,
    value: f64,
}

/// What is seen of a step.
#[derive(Debug, Clone)]
pub struct BackpropView {
    /// How much of the step is told.
    pub stage: Stage,
    /// Whose numbers are told.
    pub selected: Part,
    /// What stands on the edges.
    pub edges: Edges,
    /// Significant digits: 3, 5 or 8.
    pub digits: usize,
    /// The lines of the formulas that are scrolled away, from where their stage begins; negative for those
    /// before it that are seen.
    pub scroll: isize,
    /// The step that is shown; nothing until the worker has told of one.
    pub shown: Option<Box<TracedStep>>,
    /// The step after it, once the shown one is made.
    next: Option<Box<TracedStep>>,
    /// ‖g‖ of each layer, for the last steps that were told of, newest last.
    pub norms: VecDeque<Vec<f64>>,
    /// What was set by hand, newest last.
    edits: Vec<Edit>,
}

impl BackpropView {
    pub(super) fn new() -> Self {
        Self {
            stage: Stage::Forward,
            selected: Part::START,
            edges: Edges::Weights,
            digits: 3,
            scroll: 0,
            shown: None,
            next: None,
            norms: VecDeque::new(),
            edits: Vec::new(),
        }
    }

    /// Whether a weight or bias was set by hand, which can be undone.
    pub(super) fn has_edits(&self) -> bool {
        !self.edits.is_empty()
    }

    /// Forgets the run, but not how it was looked at.
    pub(super) fn begin(&mut self) {
        self.leave_behind();
        self.shown = None;
        self.norms.clear();
    }

    /// How another network is looked at in the same way.
    pub(super) fn of_another_network(&self) -> Self {
        Self {
            edges: self.edges,
            digits: self.digits,
            ..Self::new()
        }
    }

    /// Goes to another epoch, where nothing was set by hand that could be undone.
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

    /// Takes a step that the worker has told of.
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

/// Whether a run comes to a position by one step.
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
    /// Takes what the worker reports of its next step.
    pub(super) fn hear_next_step(&mut self, step: NextStep) {
        let place = self.backprop.shown.as_ref().map_or(0, |shown| shown.place);
        let traced = TracedStep::new(
            self.training.position,
            self.network.clone(),
            step,
            place,
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

    /// Lets the worker tell of its next step, if it is looked at.
    pub(super) fn look_ahead(&self) -> Effect {
        Effect::Train(Command::LookAhead(self.view.looks_ahead()))
    }

    /// Goes on to the next stage; training pauses for it.
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

    /// The whole step, or what is left of it.
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
        let place = turn.index(shown.place, shown.batch_size() - 1);
        shown.follow(place, &run.config, &run.dataset);
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

    /// Scrolls the formulas by some lines, but not far out of sight of them.
    pub(super) fn scroll_formulas(&mut self, turn: Turn) {
        /// About so many lines do the stages have beside the terms of their sums.
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

    /// The gradients of the step that is shown, checked.
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

    /// The field in which the selected parameter is set.
    pub(super) fn parameter_edit(&self) -> ParameterEdit {
        let RunView {
            network, backprop, ..
        } = &self.run;
        let parameter = backprop.selected.parameter();
        let value = network.parameters()[network.index_of(parameter)];
        ParameterEdit::new(parameter, value)
    }

    /// Sets the parameter to what is typed, or says why not.
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

    /// Takes the last change by hand back.
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

    /// Whether the run is on its way to another epoch, where nothing can be set; and says so.
    fn is_under_way(&mut self) -> bool {
        let is_under_way = self.run.training.is_seeking();
        if is_under_way {
            self.notice = Some("cannot edit while jumping to another epoch".to_owned());
        }
        is_under_way
    }

    fn change_parameter(&mut self, index: usize, value: f64) -> Vec<Effect> {
        self.run.backprop.leave_step();
        // What is asked for counts at once: the next key may come before the trainer has answered.
        self.run.network.parameters_mut()[index] = value;
        let change = Change::Parameter { index, value };
        self.run.note_initial_parameters();
        vec![Effect::Train(Command::Change(change))]
    }

    /// The worker has refused a change: it was no edit.
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
