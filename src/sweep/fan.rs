//! The fan of all loss curves: the spread of the losses at each point of the run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::session::stream::nan_if_null;

/// A run is divided into this many steps of equal length, or into its epochs if it has fewer.
const STEPS: u64 = 100;

/// The epochs at which the losses are recorded: the start, every hundredth of the run, and the end.
pub(super) fn points(epochs: u64) -> impl Iterator<Item = u64> {
    let steps = epochs.min(STEPS);
    (0..=steps).map(move |step| {
        let epoch = u128::from(step) * u128::from(epochs) / u128::from(steps.max(1));
        u64::try_from(epoch).unwrap_or(epochs)
    })
}

/// The spread of the losses of all seeds at one point of the run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FanPoint {
    /// The epoch.
    pub epoch: u64,
    /// The number of seeds that have reached it; those that diverged before have not.
    pub seeds: u64,
    /// The 5th percentile, within 1%.
    #[serde(deserialize_with = "nan_if_null")]
    pub low: f64,
    /// The median, within 1%.
    #[serde(deserialize_with = "nan_if_null")]
    pub median: f64,
    /// The 95th percentile, within 1%.
    pub high: f64,
    /// The largest loss.
    pub worst: f64,
}

/// The losses of all seeds at each point of the run, in bounded memory.
#[derive(Debug, Clone)]
pub(super) struct Fan {
    points: Vec<(u64, Spread)>,
}

impl Fan {
    pub(super) fn new(epochs: u64) -> Self {
        let points = points(epochs).map(|epoch| (epoch, Spread::default()));
        Self {
            points: points.collect(),
        }
    }

    /// Adds a seed's losses at all points, or at those that it reached before it diverged.
    pub(super) fn add(&mut self, curve: &[f64]) {
        for ((_, spread), &loss) in self.points.iter_mut().zip(curve) {
            spread.add(loss);
        }
    }

    /// The points that at least one seed has reached.
    pub(super) fn points(&self) -> Vec<FanPoint> {
        let reached = self.points.iter().filter(|(_, spread)| spread.seeds > 0);
        reached
            .map(|(epoch, spread)| spread.point(*epoch))
            .collect()
    }
}

/// Many numbers, counted in bins of equal ratio, as in `DDSketch` (Masson, Rim and Lee 2019): every percentile is
/// known within 1%, and does not depend on the order in which numbers are added. The number of bins is bounded by
/// the range of a float.
#[derive(Debug, Clone, Default)]
struct Spread {
    seeds: u64,
    /// The count of each bin that is not empty; bin n begins at `RATIO` to the power n.
    counts: BTreeMap<i32, u32>,
    worst: f64,
}

/// The ratio of a bin's upper edge to its lower edge.
const RATIO: f64 = 1.02;

impl Spread {
    fn add(&mut self, loss: f64) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a cast of a float saturates: 0 is in the lowest of all bins"
        )]
        let bin = (loss.ln() / RATIO.ln()).floor() as i32;
        *self.counts.entry(bin).or_default() += 1;
        self.seeds += 1;
        self.worst = self.worst.max(loss);
    }

    fn point(&self, epoch: u64) -> FanPoint {
        let [low, median, high] = PERCENTILES.map(|share| self.percentile(share));
        FanPoint {
            epoch,
            seeds: self.seeds,
            low,
            median,
            // This one is known within 1%, the worst exactly.
            high: high.min(self.worst),
            worst: self.worst,
        }
    }

    fn percentile(&self, share: f64) -> f64 {
        let rank = rank(share, self.seeds);
        let mut seen = 0;
        let bin = self.counts.iter().find(|&(_, &count)| {
            seen += u64::from(count);
            seen > rank
        });
        // The middle of the bin.
        bin.map_or(0.0, |(&bin, _)| RATIO.powf(f64::from(bin) + 0.5))
    }
}

/// The percentiles of fans and summaries: nearly the best, the median, nearly the worst.
pub(super) const PERCENTILES: [f64; 3] = [0.05, 0.5, 0.95];

/// The index of a percentile among this many ordered numbers. By the nearest rank, so that it is one of them.
pub(super) fn rank(share: f64, count: u64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the count"
    )]
    let rank = (share * count as f64).ceil() as u64;
    rank.clamp(1, count.max(1)) - 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_points_of_a_run_reach_from_its_start_to_its_end() {
        assert_eq!(points(3).collect::<Vec<_>>(), [0, 1, 2, 3]);
        let thousand: Vec<u64> = points(1000).collect();
        assert_eq!(
            (thousand.len(), thousand[1], thousand[100]),
            (101, 10, 1000)
        );
        assert_eq!(points(u64::MAX).last(), Some(u64::MAX));
        assert_eq!(points(150).nth(1), Some(1));
    }

    #[test]
    fn a_loss_of_0_is_counted_below_all_others() {
        let mut fan = Fan::new(1);
        [0.0, 1e-300, 0.0].iter().for_each(|&loss| fan.add(&[loss]));
        let point = fan.points()[0];
        assert_eq!((point.low, point.median, point.worst), (0.0, 0.0, 1e-300));
    }

    proptest! {
        #[test]
        fn percentiles_are_known_within_1_percent(mut losses in prop::collection::vec(-300.0f64..300.0, 1..300)) {
            losses.iter_mut().for_each(|loss| *loss = 10f64.powf(*loss));
            let mut fan = Fan::new(1);
            losses.iter().for_each(|&loss| fan.add(&[loss]));
            losses.sort_by(f64::total_cmp);
            let exact = PERCENTILES.map(|share| losses[usize::try_from(rank(share, losses.len() as u64)).unwrap()]);
            let point = fan.points()[0];
            for (ours, exact) in [point.low, point.median, point.high].into_iter().zip(exact) {
                prop_assert!((ours / exact - 1.0).abs() < 0.01, "{} {}", ours, exact);
            }
            prop_assert_eq!(Some(&point.worst), losses.last());
        }
    }
}
