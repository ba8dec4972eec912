//! The samples whose values can be filled in: those that the network never sees, then those of the data.

use super::PredictionForm;
use crate::app::turn::Turn;
use crate::data::Dataset;

impl PredictionForm {
    /// The name of the sample that has the values: an unseen one, or the one that was filled in.
    #[must_use]
    pub fn known_name(&self, dataset: &Dataset) -> Option<String> {
        self.known(dataset).map(|index| name_of(dataset, index))
    }

    /// The name of the sample that is filled in next.
    #[must_use]
    pub fn next_name(&self, dataset: &Dataset) -> Option<String> {
        let next = self.next(dataset, Turn::Forward);
        next.map(|index| name_of(dataset, index))
    }

    /// The index in the data of the sample that has the values, if it is the first or was filled in.
    #[must_use]
    pub fn sample(&self, dataset: &Dataset) -> Option<usize> {
        self.place(dataset)?.checked_sub(dataset.unseen.len())
    }

    /// Fills in the values of the next or previous sample, around the ends.
    pub(in crate::app) fn turn_known(&mut self, dataset: &Dataset, turn: Turn) {
        if let Some(next) = self.next(dataset, turn)
            && let Some(raw) = raw_of(dataset, next)
        {
            self.set(raw);
            self.filled_in = Some(next);
            self.focus();
        }
    }

    fn known(&self, dataset: &Dataset) -> Option<usize> {
        let filled_in = self.filled_in.into_iter();
        let mut indices = filled_in.chain(0..dataset.unseen.len());
        indices.find(|index| self.has_values_of(dataset, *index))
    }

    /// Where the values stand among the samples: the fields begin with the first.
    fn place(&self, dataset: &Dataset) -> Option<usize> {
        let first = || Some(0).filter(|first| self.has_values_of(dataset, *first));
        self.known(dataset).or_else(first)
    }

    fn next(&self, dataset: &Dataset, turn: Turn) -> Option<usize> {
        let all = dataset.unseen.len() + dataset.len();
        let next = match (self.place(dataset), turn) {
            (Some(place), _) => turn.around(place, all),
            (None, Turn::Forward) => 0,
            (None, Turn::Back) => all.saturating_sub(1),
        };
        (next < all).then_some(next)
    }

    fn has_values_of(&self, dataset: &Dataset, index: usize) -> bool {
        self.values().as_deref() == raw_of(dataset, index)
    }
}

/// The raw values of a sample; `None` if there are not that many.
fn raw_of(dataset: &Dataset, index: usize) -> Option<&[f64]> {
    match index.checked_sub(dataset.unseen.len()) {
        None => Some(&dataset.unseen[index].raw),
        Some(sample) => (sample < dataset.len()).then(|| dataset.raw_of(sample)),
    }
}

fn name_of(dataset: &Dataset, index: usize) -> String {
    match index.checked_sub(dataset.unseen.len()) {
        None => dataset.unseen[index].name.clone(),
        Some(sample) => dataset.sample_name(sample),
    }
}
