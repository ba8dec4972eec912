use proptest::prelude::*;

use super::*;

fn curve(epochs: std::ops::Range<u64>) -> Curve {
    let mut curve = Curve::default();
    for epoch in epochs {
        curve.push(epoch, loss(epoch));
    }
    curve
}

/// A function that rises and falls.
fn loss(epoch: u64) -> f64 {
    (epoch as f64).sin()
}

fn holds_every_epoch(curve: &Curve, epochs: std::ops::Range<u64>) {
    holds_every_epoch_except_cut(curve, epochs, u64::MAX);
}

/// In the bucket that contains the epoch `cut`, the smallest and largest loss may be those of dropped epochs.
fn holds_every_epoch_except_cut(curve: &Curve, epochs: std::ops::Range<u64>, cut: u64) {
    assert_eq!(curve.epochs(), epochs.end - epochs.start);
    let mut next = epochs.start;
    for (epochs, bucket) in curve.iter() {
        assert_eq!(epochs.start, next);
        let losses = epochs.clone().map(loss);
        let min = losses.clone().fold(f64::INFINITY, f64::min);
        let max = losses.fold(f64::NEG_INFINITY, f64::max);
        if epochs.contains(&cut) {
            assert!(bucket.min <= min && bucket.max >= max);
        } else {
            assert_eq!((bucket.min, bucket.max), (min, max));
        }
        assert_eq!(bucket.last, loss(epochs.end - 1));
        next = epochs.end;
    }
    assert_eq!(next, epochs.end);
    assert!(curve.iter().count() <= Curve::CAPACITY);
    let whole = merge(&curve.buckets);
    assert_eq!(curve.range(), Some((whole.min, whole.max)));
}

#[test]
fn up_to_its_capacity_a_curve_has_a_bucket_for_every_loss() {
    let curve = curve(0..Curve::CAPACITY as u64);
    assert!(
        curve
            .iter()
            .all(|(epochs, _)| epochs.end - epochs.start == 1)
    );
    holds_every_epoch(&curve, 0..Curve::CAPACITY as u64);
}

#[test]
fn a_million_epochs_stay_within_the_capacity() {
    holds_every_epoch(&curve(0..1_000_000), 0..1_000_000);
}

proptest! {
    #[test]
    fn joined_curves_are_the_curve_of_all_their_epochs(
        first in 0u64..10_000,
        lengths in prop::collection::vec(1u64..9_000, 1..5),
    ) {
        let mut joined = Curve::default();
        let mut end = first;
        for length in lengths {
            joined.append(&curve(end..end + length));
            end += length;
            holds_every_epoch(&joined, first..end);
        }
    }

    #[test]
    fn a_curve_as_coarse_as_the_one_before_it_loses_nothing_and_is_as_short(
        first in 0u64..10_000,
        before in 1u64..40_000,
        after in 1u64..9_000,
    ) {
        let (begin, end) = (first + before, first + before + after);
        let mut joined = curve(first..begin);
        let mut following = Curve::following(first, begin);
        prop_assert_eq!(following.width_log2, joined.width_log2);
        (begin..end).for_each(|epoch| following.push(epoch, loss(epoch)));
        joined.append(&following);
        prop_assert_eq!(joined, curve(first..end));
    }

    #[test]
    fn a_curve_that_begins_within_another_replaces_its_end(
        first in 0u64..10_000,
        lengths in prop::array::uniform2(1u64..9_000),
        share in 0.0f64..1.0,
    ) {
        let end = first + lengths[0];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between the two")]
        let start = first + (lengths[0] as f64 * share) as u64;
        let mut joined = curve(first..end);
        joined.append(&curve(start..start + lengths[1]));
        holds_every_epoch_except_cut(&joined, first..start + lengths[1], start);
        joined.cut_from(0);
        prop_assert_eq!(joined.range(), None);
    }

    #[test]
    fn a_reduced_curve_still_covers_every_epoch(epochs in 1u64..9_000, count in 1usize..300) {
        let curve = curve(0..epochs);
        let reduced: Vec<_> = curve.in_at_most(count).collect();
        prop_assert!(reduced.len() <= count);
        let lengths = reduced.iter().map(|(epochs, _)| epochs.end - epochs.start);
        prop_assert_eq!(lengths.sum::<u64>(), epochs);
        let highest = reduced.iter().map(|(_, bucket)| bucket.max).fold(f64::MIN, f64::max);
        prop_assert_eq!(curve.range().unwrap().1, highest);
    }

    #[test]
    fn an_epoch_is_in_the_bucket_that_covers_it(first in 0u64..9_000, epochs in 1u64..9_000, share in 0.0f64..1.0) {
        let curve = curve(first..first + epochs);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the curve")]
        let epoch = first + (epochs as f64 * share) as u64;
        let (last, bucket) = curve.at(epoch).unwrap();
        prop_assert!(curve.iter().any(|(epochs, own)| epochs.contains(&epoch) && (epochs.end - 1, own) == (last, bucket)));
        prop_assert_eq!(bucket.last, loss(last));
        prop_assert_eq!(curve.at(first + epochs), None);
        prop_assert!(first == 0 || curve.at(first - 1).is_none());
    }
}
