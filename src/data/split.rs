//! Keeps some samples for testing.

use std::sync::Arc;

use anyhow::{Result, ensure};
use rand::Rng;
use rand::seq::SliceRandom;

use super::Dataset;

impl Dataset {
    /// Keeps a share of the samples (at least 0, less than 1) for testing. The test samples are drawn at random
    /// and move behind the training samples; both parts keep their order. A share of 0 takes no random number.
    ///
    /// # Errors
    ///
    /// If a share above 0 leaves no sample for training, or none for testing.
    pub fn split(&mut self, test_fraction: f64, rng: &mut impl Rng) -> Result<()> {
        if test_fraction == 0.0 {
            return Ok(());
        }
        let samples = self.len();
        let is_for_testing = draw_test_samples(samples, test_fraction, rng)?;
        let (test, training): (Vec<usize>, Vec<usize>) =
            (0..samples).partition(|&sample| is_for_testing[sample]);
        self.training_samples = training.len();
        self.reorder(&[training, test].concat());
        Ok(())
    }

    /// Puts the samples back into the order of their rows, all of them for training, so that they can be split anew.
    pub fn unsplit(&mut self) {
        if self.training_samples == self.len() {
            return;
        }
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|&sample| self.row_of(sample));
        self.reorder(&order);
        if self.rows.iter().copied().eq(1..=self.len()) {
            self.rows = Arc::default();
        }
        self.training_samples = self.len();
    }

    /// Takes the samples in another order.
    fn reorder(&mut self, order: &[usize]) {
        self.rows = Arc::new(order.iter().map(|&sample| self.row_of(sample)).collect());
        self.raw = Arc::new(rows_in_order(&self.raw, self.features().len(), order));
        self.targets = Arc::new(rows_in_order(&self.targets, self.target.outputs(), order));
        if !self.sample_names.is_empty() {
            let take = |&sample: &usize| std::mem::take(&mut self.sample_names[sample]);
            self.sample_names = order.iter().map(take).collect();
        }
    }
}

/// For each sample whether it is for testing.
fn draw_test_samples(samples: usize, fraction: f64, rng: &mut impl Rng) -> Result<Vec<bool>> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a count is between 0 and the count"
    )]
    let test_samples = (samples as f64 * fraction).round() as usize;
    ensure!(
        test_samples > 0,
        "a test fraction of {fraction} of {samples} samples leaves none for testing"
    );
    ensure!(
        test_samples < samples,
        "a test fraction of {fraction} of {samples} samples leaves none for training"
    );
    let mut is_for_testing = vec![false; samples];
    is_for_testing[..test_samples].fill(true);
    is_for_testing.shuffle(rng);
    Ok(is_for_testing)
}

fn rows_in_order(values: &[f64], width: usize, order: &[usize]) -> Vec<f64> {
    let mut ordered = Vec::with_capacity(values.len());
    for &row in order {
        ordered.extend_from_slice(&values[row * width..][..width]);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::Xoshiro256PlusPlus;

    use crate::data::{Pattern, people};

    #[test]
    fn a_share_that_leaves_a_part_empty_is_refused() {
        let split = |fraction| {
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
            people()
                .split(fraction, &mut rng)
                .map_err(|e| e.to_string())
        };
        assert_eq!(split(0.0), Ok(()));
        assert_eq!(split(0.5), Ok(()));
        let words = "a test fraction of 0.1 of 4 samples leaves none for testing";
        assert_eq!(split(0.1), Err(words.to_owned()));
        let words = "a test fraction of 0.9 of 4 samples leaves none for training";
        assert_eq!(split(0.9), Err(words.to_owned()));
    }

    #[test]
    fn names_go_with_their_samples() {
        let mut dataset = people();
        let rng = &mut Xoshiro256PlusPlus::seed_from_u64(3);
        dataset.split(0.5, rng).unwrap();
        assert_eq!(dataset.training_samples, 2);
        let alice = dataset.sample_names.iter().position(|name| name == "Alice");
        assert_eq!(dataset.raw_of(alice.unwrap()), [133.0, 65.0]);
        assert_eq!(dataset.targets_of(alice.unwrap()), [1.0]);
    }

    proptest! {
        #[test]
        fn both_parts_together_are_the_whole_each_in_its_order(
            samples in 2..200_usize,
            fraction in 0.01..0.99_f64,
            seed: u64,
        ) {
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
            let whole = Pattern::named("plane").unwrap().generate(samples, 0.0, &mut rng);
            let mut split = whole.clone();
            prop_assume!(split.split(fraction, &mut rng).is_ok());
            let place = |sample: usize| {
                (0..samples).find(|&place| split.raw_of(sample) == whole.raw_of(place))
            };
            let places: Vec<usize> = (0..samples).map(|sample| place(sample).unwrap()).collect();
            let (training, test) = places.split_at(split.training_samples);
            prop_assert!(training.is_sorted() && test.is_sorted());
            prop_assert!(!training.is_empty() && !test.is_empty());
            let mut sorted = places.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..samples).collect::<Vec<_>>());
        }
    }
}
