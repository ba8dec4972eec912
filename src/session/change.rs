//! What a person changes in a run on its way.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use anyhow::{Result, bail, ensure};

use super::evaluation::evaluate;
use super::held::Held;
use super::setting::{OnTheWay, Setting, setting};
use super::{Position, Schedule, Session, TrainingConfig, layers_of};
use crate::nn::Optimizer;

/// A change that takes effect between two updates.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Train with another value of a setting from the next step on: a batch size from the next epoch on. Another
    /// optimizer remembers nothing yet.
    Setting {
        /// The option of a setting that can change on the way.
        option: &'static str,
        /// The text of its new value.
        value: String,
    },
    /// Set one weight or bias.
    Parameter {
        /// Its index in [`crate::nn::Network::parameters`].
        index: usize,
        /// Its new value; finite.
        value: f64,
    },
}

/// A change, and where it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedChange {
    /// How far the run had come.
    pub position: Position,
    /// What was changed.
    pub change: Change,
}

impl Change {
    /// Another value of the setting with this option.
    #[must_use]
    pub fn set(option: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        Self::Setting { option, value }
    }

    /// The row of the setting that it changes; `None` for a weight or bias.
    #[must_use]
    pub fn setting(&self) -> Option<&'static Setting> {
        match self {
            Self::Setting { option, .. } => Some(setting(option)),
            Self::Parameter { .. } => None,
        }
    }

    /// The setting with its new value, in the words of a label: "learning rate 0.3"; `None` for a weight or bias.
    #[must_use]
    pub fn label(&self) -> Option<String> {
        match self {
            Self::Setting { option, value } => Some(setting(option).label_with(value)),
            Self::Parameter { .. } => None,
        }
    }

    /// Makes it in a configuration. A weight or bias is not part of one: what is set at the start is in the initial
    /// layers.
    ///
    /// # Errors
    ///
    /// One sentence, if the value is out of its range; the configuration is then as it was.
    pub(super) fn adjust(&self, config: &mut TrainingConfig) -> Result<()> {
        match self {
            Self::Setting { option, value } => setting(option).adjust(config, value),
            Self::Parameter { .. } => Ok(()),
        }
    }

    /// Whether a run of this configuration takes another course because of it.
    #[must_use]
    pub fn steers(&self, config: &TrainingConfig) -> bool {
        let moves_end = |row: &Setting| row.on_the_way == OnTheWay::MovesEnd;
        !self.setting().is_some_and(moves_end) || config.schedule == Schedule::Cosine
    }

    /// Whether a later change at the same position leaves nothing of this one.
    pub(super) fn is_replaced_by(&self, later: &Self) -> bool {
        match (self, later) {
            (Self::Setting { option, .. }, Self::Setting { option: same, .. }) => option == same,
            (Self::Parameter { index, .. }, Self::Parameter { index: same, .. }) => index == same,
            _ => false,
        }
    }
}

impl Session {
    /// Changes the run as it is now. If the next updates diverge, the session returns to this change. Between
    /// two epochs a changed network is evaluated again; within one, the evaluation stays that of the last
    /// whole epoch.
    ///
    /// # Errors
    ///
    /// One sentence, if the value is out of its range or the loss would overflow; the run is then as it
    /// was.
    ///
    /// # Panics
    ///
    /// If there is no such parameter, or no such setting.
    pub fn apply(&mut self, change: &Change) -> Result<()> {
        self.keep_finite();
        self.mark_at_last();
        if self.work.beside.updated > 0 {
            // A part of the update is made without the change.
            self.forget_work();
        }
        match change {
            Change::Setting { .. } => self.adjust(change)?,
            Change::Parameter { index, value } => self.set_parameter(*index, *value)?,
        }
        let is_on_the_way = self.position() != Position::default();
        self.state.is_changed |= is_on_the_way && change.steers(&self.state.config);
        self.mark_finite();
        Ok(())
    }

    fn adjust(&mut self, change: &Change) -> Result<()> {
        let Some(row) = change.setting() else {
            return Ok(());
        };
        ensure!(row.can_change_on_the_way(), "{} takes a new run", row.name);
        let mut config = TrainingConfig::clone(&self.state.config);
        change.adjust(&mut config)?;
        config.check()?;
        if row.option == "optimizer" {
            let parameters = self.network().parameters().len();
            let optimizer = Optimizer::new(config.optimizer, parameters);
            self.state.optimizer = Held::of(parameters, optimizer);
        }
        self.state.config = Arc::new(config);
        if self.position().step == 0 {
            self.begin_batches();
        }
        Ok(())
    }

    fn set_parameter(&mut self, index: usize, value: f64) -> Result<()> {
        ensure!(
            value.is_finite(),
            "a weight or bias must be a finite number, got {value}"
        );
        self.state.network.to_mut().parameters_mut()[index] = value;
        // What is computed already was computed with another network.
        self.forget_work();
        if self.position().step == 0 {
            let (evaluation, confusion) =
                evaluate(self.network(), self.state.config.loss, &self.data);
            if !evaluation.is_finite() {
                // Between two epochs the last finite state is the one before this change.
                self.restore_finite();
                bail!("with {value:?} there the loss overflows");
            }
            (self.state.evaluation, self.state.confusion) = (evaluation, confusion);
        }
        if self.position() == Position::default() {
            // The run starts from here.
            let layers = layers_of(self.network());
            Arc::make_mut(&mut self.start).initial_layers = Some(layers.clone());
            Arc::make_mut(&mut self.state.config).initial_layers = Some(layers);
        }
        Ok(())
    }
}
