//! The histogram of the final losses.

use serde::{Deserialize, Serialize};

use crate::session::stream::nan_if_null;

/// The largest number of rows of a histogram, and of one that has more room: the bins, and the gaps between them.
pub(super) const MOST_ROWS: usize = 12;
pub(super) const MOST_FINE_ROWS: usize = 26;

/// Smaller losses are counted as this one, because a logarithmic scale has no room for 0.
pub const SMALLEST: f64 = 1e-16;

/// The powers of ten that a bin may span, the finest first. With the last one, any two losses are neighbours.
const WIDTHS: [f64; 12] = [
    0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 400.0,
];

/// A range of losses that contains at least one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// The lower edge, which belongs to the bin.
    #[serde(deserialize_with = "nan_if_null")]
    pub low: f64,
    /// The upper edge, which belongs to the next bin.
    #[serde(deserialize_with = "nan_if_null")]
    pub high: f64,
    /// The number of losses in it; at least 1.
    pub count: u64,
}

/// The rows of bins, and of the gaps between them.
#[must_use]
pub fn rows(bins: &[Bin]) -> usize {
    let gaps = bins.windows(2).filter(|pair| pair[0].high != pair[1].low);
    bins.len() + gaps.count()
}

/// Counts finite losses, given in ascending order, in bins of equal ratio: the finest ones that make at most this many
/// rows together with the gaps between them. Empty bins are left out.
///
/// The ratios are equal, not the differences: the losses of solved and of stuck runs are powers of ten apart, and
/// on a linear scale all solved runs would fall into one bin. Empty bins are left out for the same reason: a single
/// stuck run would otherwise force all others into one bin.
pub(super) fn histogram(losses: &[f64], most_rows: usize) -> Vec<Bin> {
    WIDTHS
        .into_iter()
        .map(|width| bins(losses, width))
        .find(|bins| rows(bins) <= most_rows)
        .unwrap_or_default()
}

/// The edges are multiples of the width, so that they are round if possible: 0.001, 0.01.
fn bins(losses: &[f64], width: f64) -> Vec<Bin> {
    let index = |loss: f64| (loss.max(SMALLEST).log10() / width).floor();
    let edge = |index: f64| 10f64.powf(index * width);
    let groups = losses.chunk_by(|&one, &other| index(one) == index(other));
    groups
        .map(|group| {
            let index = index(group[0]);
            Bin {
                low: edge(index),
                high: edge(index + 1.0),
                count: group.len() as u64,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The lower edges, to six digits.
    fn edges(losses: &[f64]) -> Vec<String> {
        let bins = histogram(losses, MOST_ROWS).into_iter();
        bins.map(|bin| format!("{:.5e}", bin.low)).collect()
    }

    #[test]
    fn bins_are_as_fine_as_the_rows_allow_and_have_round_edges() {
        let every_decade: Vec<f64> = (-9..0).map(|power| 2.0 * 10f64.powi(power)).collect();
        let decades = (-9..0).map(|power| format!("{:.5e}", 10f64.powi(power)));
        assert_eq!(edges(&every_decade), decades.collect::<Vec<_>>());
        assert_eq!(edges(&[0.25, 0.25]), ["2.37137e-1"]);
        assert_eq!(edges(&[0.0, 0.0]), ["1.00000e-16"]);
        assert!(edges(&[]).is_empty());
    }

    #[test]
    fn a_single_stuck_run_does_not_hide_the_spread_of_the_others() {
        let mut losses: Vec<f64> = (100..150).map(|loss| f64::from(loss) * 1e-5).collect();
        losses.push(0.5);
        let bins = histogram(&losses, MOST_ROWS);
        assert_eq!(bins.iter().map(|bin| bin.count).sum::<u64>(), 51);
        assert!(bins.len() >= 5, "{bins:?}");
        assert_ne!(bins[bins.len() - 2].high, bins[bins.len() - 1].low);
    }

    #[test]
    fn with_more_rows_the_bins_are_finer() {
        let losses: Vec<f64> = (10..100).map(|loss| f64::from(loss) * 1e-4).collect();
        let [usual, fine] = [MOST_ROWS, MOST_FINE_ROWS].map(|most| histogram(&losses, most));
        assert!(fine.len() > usual.len(), "{usual:?} {fine:?}");
        assert!(rows(&usual) <= MOST_ROWS && rows(&fine) <= MOST_FINE_ROWS);
    }

    proptest! {
        #[test]
        fn every_loss_is_in_its_bin(
            powers in prop::collection::vec(-16.0f64..300.0, 1..100),
            span in 0.001f64..1.0,
        ) {
            let mut losses: Vec<f64> = powers.iter().map(|power| 10f64.powf(power * span)).collect();
            losses.sort_by(f64::total_cmp);
            let bins = histogram(&losses, MOST_ROWS);
            prop_assert!(!bins.is_empty() && bins.len() <= MOST_ROWS);
            let mut rest = &losses[..];
            for bin in &bins {
                let (inside, after) = rest.split_at(usize::try_from(bin.count).unwrap());
                // The edges are rounded.
                let range = bin.low * (1.0 - 1e-9)..bin.high * (1.0 + 1e-9);
                prop_assert!(inside.iter().all(|loss| range.contains(loss)));
                rest = after;
            }
            prop_assert!(rest.is_empty());
        }
    }
}
