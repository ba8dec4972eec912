//! What the values of a dataset are like. There may be a million samples: it is found once, and not for a frame.

use super::{Dataset, Feature};

/// The ranges and the typical values of a dataset.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Of each feature.
    pub features: Vec<FeatureSummary>,
    /// The smallest target of the training samples, their mean, and the largest, in the target's own units; of several
    /// outputs, the first.
    pub target: [f64; 3],
}

/// What the raw values of a feature are like. The typical value of a category is its most frequent word.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureSummary {
    /// The smallest and the largest value of the training samples.
    pub training: (f64, f64),
    /// The smallest and the largest value of all samples, the unseen ones included.
    pub all: (f64, f64),
    /// The mean of the training samples.
    pub mean: f64,
    /// The median of the training samples.
    pub median: f64,
}

impl Summary {
    /// That of a dataset with at least one training sample.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        let mut room = Vec::with_capacity(dataset.training_samples);
        let features = dataset.features().iter().enumerate();
        let features = features
            .map(|(index, feature)| FeatureSummary::of(dataset, (index, feature), &mut room));
        Self {
            features: features.collect(),
            target: of_targets(dataset),
        }
    }

    /// A sample like the training samples: the typical value of each feature.
    #[must_use]
    pub fn sample(&self, typical: fn(&FeatureSummary) -> f64) -> Vec<f64> {
        self.features.iter().map(typical).collect()
    }
}

impl FeatureSummary {
    fn of(dataset: &Dataset, (index, feature): (usize, &Feature), room: &mut Vec<f64>) -> Self {
        let values =
            |samples: std::ops::Range<usize>| samples.map(|sample| dataset.raw_of(sample)[index]);
        let (training, all) = (dataset.training_samples, dataset.len());
        room.clear();
        room.extend(values(0..training));
        let range = range_of(room.iter().copied());
        let unseen = dataset.unseen.iter().map(|unseen| unseen.raw[index]);
        let others = range_of(values(training..all).chain(unseen));
        let (mean, median) = if feature.is_number() {
            (room.iter().sum::<f64>() / training as f64, median(room))
        } else {
            let word = most_frequent(room);
            (word, word)
        };
        Self {
            training: range,
            all: (range.0.min(others.0), range.1.max(others.1)),
            mean,
            median,
        }
    }
}

fn range_of(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let nowhere = (f64::INFINITY, f64::NEG_INFINITY);
    values.fold(nowhere, |(low, high), value| {
        (low.min(value), high.max(value))
    })
}

/// The middle one of numbers, or the mean of the two in the middle; at least one. They are then in another order.
pub(super) fn median(numbers: &mut [f64]) -> f64 {
    let is_even = numbers.len().is_multiple_of(2);
    let (below, high, _) = numbers.select_nth_unstable_by(numbers.len() / 2, f64::total_cmp);
    let low = match below.iter().copied().max_by(f64::total_cmp) {
        Some(low) if is_even => low,
        _ => *high,
    };
    low + (*high - low) / 2.0
}

/// The most frequent number; the smallest of several. They are then in order.
pub(super) fn most_frequent(numbers: &mut [f64]) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    let runs = numbers.chunk_by(|one, other| one == other);
    let longest = runs.rev().max_by_key(|run| run.len());
    longest.map_or(f64::NAN, |run| run[0])
}

fn of_targets(dataset: &Dataset) -> [f64; 3] {
    let targets = || (0..dataset.training_samples).map(|sample| dataset.targets_of(sample)[0]);
    let (low, high) = range_of(targets());
    [
        low,
        targets().sum::<f64>() / dataset.training_samples as f64,
        high,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;

    #[test]
    fn it_is_of_the_training_samples_but_for_the_range_of_all() {
        let mut people = people();
        people.training_samples = 3;
        let Summary { features, target } = Summary::of(&people);
        // Alice, Bob and Charlie weigh 133, 160 and 152 lb, Diana 120 and Frank, who is unseen, 155.
        let weight = &features[0];
        assert_eq!(
            (weight.training, weight.all),
            ((133.0, 160.0), (120.0, 160.0))
        );
        assert_eq!((weight.mean, weight.median), (445.0 / 3.0, 152.0));
        assert_eq!(target, [0.0, 1.0 / 3.0, 1.0]);
    }

    #[test]
    fn the_median_of_an_even_number_is_between_the_two_in_the_middle() {
        for (mut numbers, expected) in [
            (vec![5.0], 5.0),
            (vec![4.0, 1.0], 2.5),
            (vec![9.0, 1.0, 3.0], 3.0),
            (vec![9.0, 1.0, 4.0, 3.0], 3.5),
            (vec![2.0; 6], 2.0),
        ] {
            assert_eq!(median(&mut numbers), expected);
        }
    }
}
