//! How a saved run finds its data again, whatever would be made of the file today.

use super::DataSource;
use crate::data::{Feature, Target};

impl DataSource {
    /// The source that chooses the columns of a run by their names, for a run that was saved when all columns of
    /// numbers were chosen, and no others.
    #[must_use]
    pub fn with_columns_of(mut self, features: &[Feature]) -> Self {
        if self.is_file() && self.features.is_empty() && self.exclude.is_empty() {
            self.features = features.iter().map(ToString::to_string).collect();
        }
        self
    }

    /// The source that names the positive class of a run, for a run that was saved when that was the first one in the
    /// file.
    #[must_use]
    pub fn with_positive_of(mut self, target: &Target) -> Self {
        if let Target::Binary { classes, .. } = target
            && self.is_file()
            && self.positive.is_none()
        {
            self.positive = Some(classes[1].clone());
        }
        self
    }
}
