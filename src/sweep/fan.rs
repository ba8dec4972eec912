//! The fan of all seeds' loss curves: at each point of the run, how the losses are spread.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::session::stream::nan_if_null;

/// At how many steps of equal length a run's loss is looked at, if it has so many epochs.
const STEPS: u64 = 100;

/// The epochs at which a run's loss is looked at: the start, every hundredth of the run, and its end.
pub(super) fn points(epochs: u64) -> impl Iterator<Item = u64> {
    let steps = epochs.min(STEPS);
    (0..=steps).map(move |step| {
        let epoch = u128::from(step) * u128::from(epochs) / u128::from(steps.max(1));
        u64::try_from(epoch).unwrap_or(epochs)
    })
}

/// How the losses of all seeds are spread at one point of the run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FanPoint {
    /// The epoch.
    pub epoch: u64,
    /// How many seeds have come there. Those that have diverged before are not among them.
    pub seeds: u64,
    /// The 5th percentile, within 1 %.
    #[serde(deserialize_with = "nan_if_null")]
    pub low: f64,
    /// The median, within 1 %.
    #[serde(deserialize_with = "nan_if_null")]
    pub median: f64,
    /// The 95th percentile, within 1 %.
    pub high: f64,
    /// The largest loss.
    pub worst: f64,
}

/// The losses of all seeds at each point of the run, in memory that does not grow.
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

    /// Adds a seed's losses at the first points; all of them if it has not diverged.
    pub(super) fn add(&mut self, curve: &[f64]) {
        for ((_, spread), &loss) in self.points.iter_mut().zip(curve) {
            spread.add(loss);
        }
    }

    /// The points that a seed has come to.
    pub(super) fn points(&self) -> Vec<FanPoint> {
        let reached = self.points.iter().filter(|(_, spread)| spread.seeds > 0);
        reached
            .map(|(epoch, spread)| spread.point(*epoch))
            .collect()
    }
}

/// Many numbers, counted in bins of equal ratio, as in `DDSketch` (Masson, Rim and Lee 2019): any percentile is known
/// within 1 %, in any order of adding the same. There are at most as many bins as ratios between two floats.
#[derive(Debug, Clone, Default)]
struct Spread {
    seeds: u64,
    /// How many numbers there are in each bin that has any; bin n begins at the ratio to the power n.
    counts: BTreeMap<i32, u32>,
    worst: f64,
}

/// The upper edge of a bin is so many times its lower edge.
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
            // It is known within 1 %, the worst exactly.
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

/// What a fan and a summary tell: nearly the best, the middle, nearly the worst.
pub(super) const PERCENTILES: [f64; 3] = [0.05, 0.5, 0.95];

/// The place, counted from 0, of a percentile among so many numbers in order (the nearest rank, so that it is one
/// of them).
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
    fn a_run_is_looked_at_from_its_start_to_its_end() {
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
    fn a_loss_of_0_is_less_than_any_other() {
        let mut fan = Fan::new(1);
        [0.0, 1e-300, 0.0].iter().for_each(|&loss| fan.add(&[loss]));
        let point = fan.points()[0];
        assert_eq!((point.low, point.median, point.worst), (0.0, 0.0, 1e-300));
    }

    proptest! {
        #[test]
        fn percentiles_are_within_1_percent(mut losses in prop::collection::vec(-300.0f64..300.0, 1..300)) {
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
