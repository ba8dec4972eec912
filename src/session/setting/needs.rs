//! What a setting is for: some data, or some optimizers.

use crate::nn::OptimizerKind;
use crate::session::Draft;
use crate::session::data_source::with_columns;

/// What a setting is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Every run.
    Nothing,
    /// Tables with named columns.
    Tables,
    /// CSV files.
    Files,
    /// Data with two features.
    TwoFeatures,
    /// Data that is made from the seed.
    GeneratedData,
    /// Data of which anything is drawn: all of it, or the samples for testing.
    Draws,
    /// One of these optimizers.
    Optimizer(&'static [OptimizerKind]),
}

impl Needs {
    pub(super) fn are_met_by(self, Draft { source, config, .. }: &Draft) -> bool {
        match self {
            Self::Nothing => true,
            Self::Tables => source.is_table(),
            Self::Files => source.is_file(),
            Self::TwoFeatures => source.may_have_two_features(),
            Self::GeneratedData => source.is_generated(),
            Self::Draws => source.is_drawn(),
            Self::Optimizer(kinds) => kinds.contains(&config.optimizer),
        }
    }

    /// What has it.
    pub(super) fn name(self) -> String {
        match self {
            Self::Nothing => "every run".to_owned(),
            Self::Tables => with_columns(),
            Self::Files => "files".to_owned(),
            Self::TwoFeatures => "data with two features".to_owned(),
            Self::GeneratedData => "generated data".to_owned(),
            Self::Draws => "generated data and test samples".to_owned(),
            Self::Optimizer(kinds) => {
                let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
                names.join(" and ")
            }
        }
    }
}
