//! Which random numbers of a seed data is drawn from.

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

/// Mixed into the seed, so that data has its own stream.
const OF_DATA: u64 = u64::from_be_bytes(*b"the data");

/// The stream of a seed that generated data and the choice of test samples are drawn from.
///
/// A run draws from two generators of one seed, data here and weights in
/// [`State::start`](super::State::start). In the same state, the first normals would be the noise of
/// the points and w1, w2, … as well. So the seed is mixed with a constant: `seed_from_u64` sends seeds
/// that differ in any bit to unrelated states (`SplitMix64`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataStream {
    /// Independent of the weights.
    #[default]
    Own,
    /// The weights' own stream, as run files of version 1 drew their data.
    Weights,
}

impl DataStream {
    /// The generator at the start of this stream.
    pub(super) fn generator(self, seed: u64) -> Xoshiro256PlusPlus {
        Xoshiro256PlusPlus::seed_from_u64(match self {
            Self::Own => seed ^ OF_DATA,
            Self::Weights => seed,
        })
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(super) fn is_own(&self) -> bool {
        *self == Self::Own
    }
}

#[cfg(test)]
mod tests {
    use rand_distr::{Distribution, StandardNormal};

    use super::*;

    const DRAWS: usize = 10_000;

    fn normals(stream: DataStream, seed: u64) -> Vec<f64> {
        let generator = stream.generator(seed);
        StandardNormal.sample_iter(generator).take(DRAWS).collect()
    }

    /// The mean of the products of two standard normals, which is their correlation.
    fn correlation(one: &[f64], other: &[f64]) -> f64 {
        let products = one.iter().zip(other).map(|(a, b)| a * b);
        products.sum::<f64>() / one.len() as f64
    }

    #[test]
    fn data_and_weights_of_one_seed_are_independent() {
        for seed in [0, 1, 2, 42, 999_999, u64::MAX] {
            let [data, weights] = [DataStream::Own, DataStream::Weights].map(|s| normals(s, seed));
            assert!(data[..10].iter().all(|normal| !weights.contains(normal)));
            // Four standard errors of the correlation of what is independent: 0.04.
            let most = 4.0 / (DRAWS as f64).sqrt();
            for lag in 0..5 {
                for (one, other) in [(&data, &weights), (&weights, &data)] {
                    let correlation = correlation(&one[lag..], &other[..DRAWS - lag]);
                    assert!(
                        correlation.abs() < most,
                        "seed {seed}, lag {lag}: {correlation}"
                    );
                }
            }
        }
    }

    #[test]
    fn neighbouring_seeds_have_independent_data() {
        let [one, next] = [41, 42].map(|seed| normals(DataStream::Own, seed));
        assert_ne!(one[0], next[0]);
        assert!(correlation(&one, &next).abs() < 0.04);
    }
}
