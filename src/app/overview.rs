//! The overviews of all samples, between which `m` turns.

use super::RunView;
use super::turn::{Turn, turn_choice};
use crate::data::Task;
use crate::session::Confusion;

/// How many multiplications a confusion matrix may take that is counted while a frame is drawn.
const MOST_COUNTED: usize = 1 << 20;

/// An overview of all samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overview {
    /// A table of the samples.
    Table,
    /// The post's table: target, prediction and loss of each sample, and their mean.
    Errors,
    /// The confusion matrix of the training samples.
    Confusion,
    /// The confusion matrix of the test samples.
    TestConfusion,
    /// A small map of what the network has learned.
    Map,
}

impl RunView {
    /// The overviews that there are of such data, in the order in which they are turned.
    #[must_use]
    pub fn overviews(&self) -> Vec<Overview> {
        let dataset = self.dataset();
        let has_classes = dataset.target.task() != Task::Numbers;
        let has_test = dataset.training_samples < dataset.len();
        let all = [
            (Overview::Table, true),
            (Overview::Errors, true),
            (Overview::Confusion, has_classes),
            (Overview::TestConfusion, has_classes && has_test),
            (Overview::Map, self.surface.features.is_some()),
        ];
        let there = all.into_iter().filter(|(_, is_there)| *is_there);
        there.map(|(overview, _)| overview).collect()
    }

    /// Switches to the next overview.
    pub(super) fn turn_overview(&mut self) {
        let overviews = self.overviews();
        turn_choice(&mut self.overview, &overviews, Turn::Forward);
    }

    /// Shows an overview, if there is one of such data.
    pub(super) fn take_overview(&mut self, overview: Overview) {
        if self.overviews().contains(&overview) {
            self.overview = overview;
        }
    }

    /// The confusion matrix of the present network on the test samples, or on as many of them as can be counted in a
    /// frame; and how many these are. `None` until a job has computed its predictions.
    #[must_use]
    pub fn test_confusion(&self) -> Option<(Confusion, usize)> {
        let (dataset, classes) = (self.dataset(), self.dataset().target.classes().len());
        let task = dataset.target.task();
        let first = dataset.training_samples;
        let affordable = MOST_COUNTED / self.network.parameters().len().max(1);
        let counted = (dataset.len() - first).min(affordable.max(1));
        let predictions = self.predictions_for(first..first + counted)?;
        let outputs = predictions.outputs.chunks_exact(dataset.target.outputs());
        let mut counts = vec![0; classes * classes];
        for (sample, outputs) in (first..).zip(outputs) {
            let actual = task.class(dataset.targets_of(sample));
            if let Some((actual, predicted)) = actual.zip(task.class(outputs)) {
                counts[actual * classes + predicted] += 1;
            }
        }
        Some((Confusion { classes, counts }, counted))
    }
}
