//! Keeps some samples for testing.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use rand::Rng;
use rand::seq::SliceRandom;

use super::Dataset;

impl Dataset {
    /// Keeps a share of the samples (at least 0, less than 1) for testing, of samples that are not split. The test samples
    /// are drawn at random and come after the training samples; both parts keep their order. A share of 0 takes no random
    /// number.
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
        let rows = u32::try_from(samples).context("there are too many samples to be split")?;
        let of_part = |is_test| {
            let rows = (0..rows).zip(&is_for_testing);
            rows.filter(move |&(_, is_for_testing)| *is_for_testing == is_test)
        };
        let mut order = Vec::with_capacity(samples);
        order.extend(of_part(false).map(|(row, _)| row));
        self.training_samples = order.len();
        order.extend(of_part(true).map(|(row, _)| row));
        self.order = Some(Arc::new(order));
        Ok(())
    }

    /// Takes the samples in the order of their rows, all of them for training, so that they can be split anew.
    pub fn unsplit(&mut self) {
        self.order = None;
        self.training_samples = self.len();
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
        let alice = (0..4).find(|&sample| dataset.sample_name(sample) == "Alice");
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
