//! Whether the settings of a run are in their ranges and go together: each by its row of the table, then those that
//! depend on each other.

use anyhow::{Result, ensure};

use super::settings;
use crate::data::Target;
use crate::nn::Activation;
use crate::session::{DataSource, Draft, TrainingConfig};

impl TrainingConfig {
    /// Checks the settings, and that the outputs can predict the target.
    ///
    /// # Errors
    ///
    /// One sentence that names the first setting that is out of its range or does not go with the others.
    pub fn check_for(&self, target: &Target) -> Result<()> {
        self.check()?;
        let is_alone = target.outputs() == 1 && self.output_activation == Activation::Softmax;
        ensure!(
            !is_alone,
            "softmax needs two outputs or more, the target has one"
        );
        Ok(())
    }

    /// Checks the settings, as far as they do not depend on the target.
    ///
    /// # Errors
    ///
    /// One sentence that names the first setting that is out of its range or does not go with the others.
    pub fn check(&self) -> Result<()> {
        settings().try_for_each(|setting| setting.field.check_config(self))?;
        let (hidden, output) = (self.activation, self.output_activation);
        ensure!(
            Activation::HIDDEN.contains(&hidden),
            "{} is for output layers, hidden ones have {}",
            hidden.name(),
            Activation::either_of(&Activation::HIDDEN)
        );
        ensure!(
            Activation::OUTPUT.contains(&output),
            "{} is for hidden layers, outputs have {}",
            output.name(),
            Activation::either_of(&Activation::OUTPUT)
        );
        ensure!(
            self.loss.goes_with(output),
            "{}",
            self.loss.mismatch(output)
        );
        self.schedule.check_for(self.epochs)
    }
}

impl DataSource {
    /// Checks the settings, and that they go with the data, as far as that is known without reading it.
    ///
    /// # Errors
    ///
    /// One sentence that names the first setting that is not.
    pub fn check(&self) -> Result<()> {
        settings().try_for_each(|setting| setting.field.check_source(self))?;
        let mut draft = Draft::new(self.seed);
        draft.source = self.clone();
        for setting in settings() {
            if setting.asked(&draft).is_some() {
                setting.check_applies(&draft)?;
            }
        }
        self.check_reading()?;
        self.check_scaling()
    }
}
