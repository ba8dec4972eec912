//! Setting a weight or bias by hand.

use crate::app::text_field::exact;
use crate::app::{App, Effect, Overlay, RunView, TextField};
use crate::nn::Parameter;
use crate::session::Change;
use crate::trainer::Command;

/// A parameter that was set by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edit {
    index: usize,
    before: f64,
    value: f64,
}

/// The field in which a parameter is set.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterEdit {
    /// The parameter.
    pub parameter: Parameter,
    /// The typed text.
    pub text: TextField,
    /// The number that the text names, or why it names none.
    pub value: Result<f64, String>,
}

impl ParameterEdit {
    pub(super) fn new(parameter: Parameter, value: f64) -> Self {
        let mut text = TextField::new(exact(value));
        text.focus();
        Self {
            parameter,
            text,
            value: Ok(value),
        }
    }

    /// Reads the typed number.
    pub(in crate::app) fn check(&mut self) {
        let typed = self.text.text().trim();
        self.value = match typed.replace('−', "-").parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            Ok(value) if value.is_infinite() && typed.contains(|c: char| c.is_ascii_digit()) => {
                Err("too large for a number of 64 bits".to_owned())
            }
            _ => Err("not a number (e.g. -0.5)".to_owned()),
        };
    }
}

impl App {
    /// Returns the field to set the selected parameter in.
    pub(in crate::app) fn parameter_edit(&self) -> ParameterEdit {
        let RunView {
            network, backprop, ..
        } = &self.run;
        let parameter = backprop.selected.parameter();
        let value = network.parameters()[network.index_of(parameter)];
        ParameterEdit::new(parameter, value)
    }

    /// Sets the parameter to the typed value, if it is one.
    pub(in crate::app) fn set_parameter(&mut self) -> Vec<Effect> {
        let Overlay::Edit(ParameterEdit {
            parameter,
            value: Ok(value),
            ..
        }) = self.overlay
        else {
            return Vec::new();
        };
        let index = self.run.network.index_of(parameter);
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

    /// Undoes the last change made by hand.
    pub(in crate::app) fn undo(&mut self) -> Vec<Effect> {
        if self.is_under_way() {
            return Vec::new();
        }
        let Some(Edit { index, before, .. }) = self.run.backprop.edits.pop() else {
            return Vec::new();
        };
        let network = &self.run.network;
        let name = network.parameter_name(network.parameter_at(index));
        self.notice = Some(format!("{name} has its former value again"));
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
        self.hear_waiting();
        self.run.backprop.leave_step();
        // Shown at once: the next key may come before the trainer answers.
        self.run.set_parameter(index, value);
        let change = Change::Parameter { index, value };
        vec![Effect::Train(Command::Change(change))]
    }

    /// Forgets an edit that the worker has refused.
    pub(in crate::app) fn forget_edit(&mut self, refused: &Change) {
        let is_refused = |edit: &mut Edit| {
            let (index, value) = (edit.index, edit.value);
            *refused == Change::Parameter { index, value }
        };
        let Some(Edit { index, before, .. }) = self.run.backprop.edits.pop_if(is_refused) else {
            return;
        };
        self.run.set_parameter(index, before);
    }
}
