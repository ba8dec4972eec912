//! The samples that a run learns from and is tested with.

use std::sync::Arc;

use crate::data::{Dataset, Examples};

/// What a run learns from and is tested with: network inputs and targets, shared, not copied.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingData {
    /// The samples to train on; at least one.
    pub training: Arc<Examples>,
    /// The held-out samples, if there are any.
    pub test: Option<Arc<Examples>>,
}

impl TrainingData {
    /// The training and the test samples of a dataset.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        Self {
            training: Arc::new(dataset.training()),
            test: dataset.test().map(Arc::new),
        }
    }
}
