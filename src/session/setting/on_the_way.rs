//! What changes of settings do to a run on its way.

use anyhow::Result;

use super::{Setting, settings};
use crate::session::{Change, DataSource, Draft, TrainingConfig};

/// What a change of a setting does to a run on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnTheWay {
    /// It takes a new run.
    Restarts,
    /// The run takes another course from there.
    Steers,
    /// The run ends elsewhere; its course is the same, unless its schedule depends on the end.
    MovesEnd,
}

impl Setting {
    /// Whether a run can continue with another value.
    #[must_use]
    pub fn can_change_on_the_way(&self) -> bool {
        self.on_the_way != OnTheWay::Restarts
    }

    /// Sets the value in a configuration, from its text.
    ///
    /// # Errors
    ///
    /// One sentence, if the text is no value of this setting; the configuration is then as it was.
    pub fn adjust(&self, config: &mut TrainingConfig, text: &str) -> Result<()> {
        let mut draft = Draft::of(config, &DataSource::default(), None);
        self.set(&mut draft, text)?;
        config.clone_from(&draft.config);
        Ok(())
    }
}

impl Draft {
    /// What it changes in a run that continues, in an order in which every change leaves a possible run.
    #[must_use]
    pub fn changes_since(&self, before: &Self) -> Vec<Change> {
        let differ = settings().filter(|row| row.can_change_on_the_way() && row.applies_to(self));
        let differ = differ.filter(|row| row.differs(self, before));
        let mut open: Vec<&Setting> = differ.collect();
        let (mut config, mut changes) = (before.config.clone(), Vec::new());
        while !open.is_empty() {
            let possible = open.iter().position(|row| {
                let mut next = config.clone();
                row.adjust(&mut next, &row.text(self)).is_ok() && next.check().is_ok()
            });
            // Where none is possible, the run refuses the first one with the reason.
            let row = open.remove(possible.unwrap_or(0));
            let value = row.text(self);
            // What cannot be set is refused later.
            let _ = row.adjust(&mut config, &value);
            changes.push(Change::set(row.option, value));
        }
        changes
    }
}
