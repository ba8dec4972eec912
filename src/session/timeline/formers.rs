//! Changes that cancel each other out where they were made: nothing of them is left, neither in the run nor in its list.

use std::sync::Arc;

use super::{Change, PlacedChange, Position, Session, TrainingConfig};

/// How a run was before each of the last changes that were made where it is.
#[derive(Debug, Default)]
pub(super) struct Formers {
    position: Position,
    /// One for each of the last changes in the list of the run; `None` where that is not known any more.
    list: Vec<Option<Former>>,
}

/// What a change replaces.
#[derive(Debug)]
pub(super) struct Former {
    /// The value of the parameter that it sets.
    parameter: Option<(usize, f64)>,
    start: Arc<TrainingConfig>,
    config: Arc<TrainingConfig>,
    is_changed: bool,
}

impl Former {
    /// What a change would replace now; `None` if that cannot be had back by another change: an optimizer's memory.
    pub(super) fn of(session: &Session, change: &Change) -> Option<Self> {
        let parameter = match change {
            Change::Setting { option, .. } if *option == "optimizer" => return None,
            Change::Setting { .. } => None,
            &Change::Parameter { index, .. } => {
                Some((index, session.network().parameters()[index]))
            }
        };
        Some(Self {
            parameter,
            start: Arc::clone(&session.start),
            config: Arc::clone(&session.state.config),
            is_changed: session.state.is_changed,
        })
    }

    /// Whether a session is set up as then. Layers that are set at the start are in the parameters.
    fn is_setup_of(&self, session: &Session) -> bool {
        if Arc::ptr_eq(&self.config, &session.state.config) {
            return true;
        }
        let without_layers = |config: &TrainingConfig| TrainingConfig {
            initial_layers: None,
            ..config.clone()
        };
        without_layers(&self.config) == without_layers(&session.state.config)
    }
}

impl Formers {
    /// Forgets them: the run goes elsewhere.
    pub(super) fn clear(&mut self) {
        self.list.clear();
    }

    /// Takes in a change that has been made, and what it replaces. Of several values of one thing in a row, only the
    /// last one counts; of changes that cancel each other out, none. Returns how many there are.
    pub(super) fn add(
        &mut self,
        (session, changes): (&mut Session, &mut Vec<PlacedChange>),
        change: &Change,
        mut former: Option<Former>,
    ) -> usize {
        let position = session.position();
        if self.position != position {
            *self = Self {
                position,
                list: Vec::new(),
            };
        }
        let is_replaced = |last: &mut PlacedChange| {
            last.position == position && last.change.is_replaced_by(change)
        };
        if changes.pop_if(is_replaced).is_some() {
            former = self.list.pop().flatten();
        }
        changes.push(PlacedChange {
            position,
            change: change.clone(),
        });
        self.list.push(former);
        if let Some(first) = self.first_without_effect(session) {
            changes.truncate(changes.len() - (self.list.len() - first));
            if let Some(former) = self.list.drain(first..).next().flatten() {
                session.take_back(former);
            }
        }
        changes.len()
    }

    /// The index of the first change from which on all of them together have no effect.
    fn first_without_effect(&self, session: &Session) -> Option<usize> {
        let parameters = session.network().parameters();
        let mut before: Vec<(usize, f64)> = Vec::new();
        let mut found = None;
        for (at, former) in self.list.iter().enumerate().rev() {
            let Some(former) = former else {
                break;
            };
            if let Some((index, value)) = former.parameter {
                before.retain(|(other, _)| *other != index);
                before.push((index, value));
            }
            let is_same = |&(index, value): &(usize, f64)| {
                f64::to_bits(parameters[index]) == f64::to_bits(value)
            };
            if before.iter().all(is_same) && former.is_setup_of(session) {
                found = Some(at);
            }
        }
        found
    }
}

impl Session {
    /// Takes changes back that cancel each other out.
    fn take_back(&mut self, former: Former) {
        self.start = former.start;
        self.state.config = former.config;
        self.state.is_changed = former.is_changed;
        self.mark_finite();
    }
}
