//! What a reader can take hold of on a page: the arrows choose it, Enter changes it.

use std::sync::Arc;

use super::{Page, Touch};
use crate::app::turn::Turn;
use crate::app::{App, Effect, Focus, Overlay, OverlayKind, ParameterEdit, RunView, Selection};
use crate::trainer::{Origin, StartState};

/// Something that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handle {
    /// The field of this feature in the prediction box.
    Input(usize),
    /// The weight or bias with this index.
    Parameter(usize),
    /// The variant of the run with this index.
    Variant(usize),
}

impl Handle {
    /// All that a page offers with a run.
    fn all(page: &Page, run: &RunView) -> Vec<Self> {
        let inputs = (0..run.prediction.fields.len()).map(Self::Input);
        let parameters = (0..run.network.parameters().len()).map(Self::Parameter);
        match page.touch {
            Touch::Nothing | Touch::Settings => Vec::new(),
            Touch::Inputs => inputs.collect(),
            Touch::Parameters => parameters.collect(),
            Touch::InputsAndParameters => inputs.chain(parameters).collect(),
            Touch::Variants(variants) => (0..variants.len()).map(Self::Variant).collect(),
        }
    }

    /// The index of what a page lets change at first: the weight or bias that its formulas are about, if it is one of them.
    pub(super) fn first(page: &Page, run: &RunView) -> usize {
        let selected = run.backprop.selected.parameter();
        let selected = Self::Parameter(run.network.index_of(selected));
        let all = Self::all(page, run);
        let index = all.iter().position(|handle| *handle == selected);
        index.unwrap_or_default()
    }
}

impl App {
    /// What Enter would change; `None` if there is nothing, or no page is open.
    #[must_use]
    pub fn handle(&self) -> Option<Handle> {
        let scene = self.learn.scene.as_ref()?;
        let all = Handle::all(scene.page, &self.run);
        match all.get(scene.touched).copied()? {
            // The mouse selects too.
            Handle::Parameter(_) => {
                let selected = self.run.backprop.selected.parameter();
                Some(Handle::Parameter(self.run.network.index_of(selected)))
            }
            other => Some(other),
        }
    }

    /// How many things the open page lets change.
    #[must_use]
    pub fn handles(&self) -> usize {
        self.page()
            .map_or(0, |page| Handle::all(page, &self.run).len())
    }

    /// Chooses the next or previous thing to change, around the ends.
    pub(in crate::app) fn turn_handle(&mut self, turn: Turn) {
        let present = self.handle();
        let Some(scene) = &mut self.learn.scene else {
            return;
        };
        let all = Handle::all(scene.page, &self.run);
        let Some(index) = all.iter().position(|handle| Some(*handle) == present) else {
            return;
        };
        scene.touched = turn.around(index, all.len());
        match all[scene.touched] {
            Handle::Input(index) => self.run.prediction.focused = index,
            Handle::Parameter(index) => {
                let parameter = self.run.network.parameter_at(index);
                self.run.backprop.selected = Selection::Parameter(parameter);
            }
            Handle::Variant(_) => {}
        }
    }

    /// Goes to the field before or after the one that is typed into: on a page through everything that it lets change.
    pub(in crate::app) fn turn_field(&mut self, turn: Turn) -> Vec<Effect> {
        if let Overlay::Edit(_) = self.overlay {
            return self.turn_from_parameter(turn);
        }
        let typed = Handle::Input(self.run.prediction.focused);
        let handles = self.page().map(|page| Handle::all(page, &self.run));
        let index = handles.and_then(|all| all.iter().position(|handle| *handle == typed));
        let (Some(index), Some(scene)) = (index, &mut self.learn.scene) else {
            self.run.prediction.turn_field(turn);
            return Vec::new();
        };
        scene.touched = index;
        self.leave_prediction();
        if self.focus == Focus::Prediction {
            // What is typed is no value.
            return Vec::new();
        }
        self.turn_handle(turn);
        self.use_handle()
    }

    /// Sets the weight or bias that is typed, and goes to the one before or after it: on a page, to the field.
    fn turn_from_parameter(&mut self, turn: Turn) -> Vec<Effect> {
        let Overlay::Edit(ParameterEdit {
            parameter,
            value: Ok(value),
            ..
        }) = self.overlay
        else {
            return Vec::new();
        };
        let network = Arc::clone(&self.run.network);
        let index = network.index_of(parameter);
        let mut effects = if value == network.parameters()[index] {
            self.overlay = Overlay::None;
            Vec::new()
        } else {
            self.set_parameter()
        };
        effects.extend(if self.page().is_some() {
            self.turn_handle(turn);
            self.use_handle()
        } else {
            let next = turn.around(index, network.parameters().len());
            self.run.backprop.selected = Selection::Parameter(network.parameter_at(next));
            self.open(OverlayKind::Edit)
        });
        effects
    }

    /// Opens the field of what is chosen, or starts the chosen variant.
    pub(in crate::app) fn use_handle(&mut self) -> Vec<Effect> {
        match self.handle() {
            None => {}
            Some(Handle::Input(index)) => {
                self.focus = Focus::Prediction;
                self.run.begin_to_type(index);
            }
            Some(Handle::Parameter(_)) => return self.open(OverlayKind::Edit),
            Some(Handle::Variant(index)) => return self.start_variant(index),
        }
        Vec::new()
    }

    /// Starts a variant of the prepared run; the one before stays on the chart.
    fn start_variant(&mut self, variant: usize) -> Vec<Effect> {
        let Some(page) = self.page() else {
            return Vec::new();
        };
        let Ok((run, network)) = page.prepare(Some(variant)) else {
            return Vec::new();
        };
        let departs = self.keep_run();
        let start = self.start(StartState::Running);
        let mut view = RunView::new(Arc::clone(&run), network, start);
        view.look_like(&self.run);
        self.run = view;
        if let Some(scene) = &mut self.learn.scene {
            scene.variant = Some(variant);
            scene.started.insert(variant);
            self.notice = Some(format!("started with {}", scene.variants[variant]));
        }
        vec![Effect::Begin {
            origin: Origin::Start(run),
            start,
            departs,
        }]
    }
}
