//! Which row each label is in: as near to the end of its line as the others allow, in the order of the ends.

use std::ops::Range;

/// Labels in one row, and the rows in which their lines end.
struct Group {
    labels: Range<usize>,
    first: u16,
    last: u16,
}

/// Returns the rows of labels from the top, each with the labels that it has. They are given by the rows in which their
/// lines end, in order. Each has its own row, unless those that end in one row can share it; where there are too few rows,
/// those whose lines end nearest to one another share one.
pub(super) fn of_labels(
    ends: &[u16],
    height: u16,
    can_share: impl Fn(Range<usize>) -> bool,
) -> Vec<(u16, Range<usize>)> {
    let mut groups = grouped(ends, can_share);
    if height == 0 {
        return Vec::new();
    }
    while groups.len() > usize::from(height) {
        join_nearest(&mut groups);
    }
    let middles = groups
        .iter()
        .map(|group| u16::midpoint(group.first, group.last));
    let rows = apart(&middles.collect::<Vec<_>>(), height);
    let labels = groups.into_iter().map(|group| group.labels);
    rows.into_iter().zip(labels).collect()
}

/// One group for each label, or for those that share the row in which their lines end.
fn grouped(ends: &[u16], can_share: impl Fn(Range<usize>) -> bool) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut start = 0;
    for same in ends.chunk_by(|one, other| one == other) {
        let all = start..start + same.len();
        start = all.end;
        let size = if can_share(all.clone()) {
            same.len()
        } else {
            1
        };
        groups.extend(all.step_by(size).map(|first| Group {
            labels: first..first + size,
            first: same[0],
            last: same[0],
        }));
    }
    groups
}

/// Makes one of two neighbours whose lines end nearest to one another, if possible of the smallest.
fn join_nearest(groups: &mut Vec<Group>) {
    let cost = |at: &usize| {
        let (one, other) = (&groups[*at], &groups[at + 1]);
        let size = one.labels.len() + other.labels.len();
        (other.first - one.last, size)
    };
    let Some(at) = (0..groups.len().saturating_sub(1)).min_by_key(cost) else {
        return;
    };
    let other = groups.remove(at + 1);
    groups[at].labels.end = other.labels.end;
    groups[at].last = other.last;
}

/// Returns a row for each of the rows that are wanted, in order and each only once, so that the sum of the squared distances
/// is least: rows that compete are next to one another around the middle of what they want.
fn apart(wanted: &[u16], height: u16) -> Vec<u16> {
    // Of each block of neighbouring rows: the sum of the rows in which it would begin, and how many it has.
    let mut blocks: Vec<(i64, i64)> = Vec::new();
    for (index, row) in (0..).zip(wanted) {
        let mut block = (i64::from(*row) - index, 1);
        while let Some(&(sum, count)) = blocks.last()
            && sum * block.1 >= block.0 * count
        {
            block = (block.0 + sum, block.1 + count);
            blocks.pop();
        }
        blocks.push(block);
    }
    let most = i64::from(height).saturating_sub_unsigned(wanted.len() as u64);
    let starts = blocks.into_iter().flat_map(|(sum, count)| {
        let start = (2 * sum + count).div_euclid(2 * count);
        (0..count).map(move |_| start.clamp(0, most.max(0)))
    });
    let rows = (0..).zip(starts).map(|(index, start)| start + index);
    rows.map(|row| u16::try_from(row).unwrap_or(u16::MAX))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(ends: &[u16], height: u16) -> Vec<u16> {
        let rows = of_labels(ends, height, |_| false).into_iter();
        rows.map(|(row, _)| row).collect()
    }

    #[test]
    fn each_label_has_a_row_as_near_as_the_others_allow() {
        assert_eq!(rows(&[1, 4, 7], 9), [1, 4, 7]);
        assert_eq!(rows(&[4, 4], 9), [4, 5]);
        assert_eq!(rows(&[4, 4, 4], 9), [3, 4, 5]);
        assert_eq!(rows(&[8, 8, 8], 9), [6, 7, 8]);
        assert_eq!(rows(&[0, 0, 0], 3), [0, 1, 2]);
        assert_eq!(rows(&[0, 2, 2], 3), [0, 1, 2]);
        assert_eq!(rows(&[2, 2, 4, 4], 9), [2, 3, 4, 5]);
        assert_eq!(
            rows(&[1, 1, 1, 1, 1, 1, 5, 9, 9], 10),
            [0, 1, 2, 3, 4, 5, 6, 8, 9]
        );
    }

    #[test]
    fn where_there_are_too_few_rows_those_that_end_nearest_share_one() {
        let shared = of_labels(&[0, 0, 0, 2], 3, |_| false);
        assert_eq!(shared, [(0, 0..2), (1, 2..3), (2, 3..4)]);
        let shared = of_labels(&[0, 2, 3, 7, 9], 4, |_| false);
        assert_eq!(shared, [(0, 0..1), (1, 1..3), (2, 3..4), (3, 4..5)]);
        assert_eq!(of_labels(&[0, 0], 0, |_| false), []);
    }

    #[test]
    fn letters_share_the_row_in_which_their_lines_end() {
        assert_eq!(of_labels(&[1, 4, 4], 9, |_| true), [(1, 0..1), (4, 1..3)]);
        assert_eq!(of_labels(&[8, 8, 8], 9, |_| true), [(8, 0..3)]);
        let is_last = |lines: Range<usize>| lines.end == 4;
        assert_eq!(
            of_labels(&[1, 1, 4, 4], 9, is_last),
            [(1, 0..1), (2, 1..2), (4, 2..4)]
        );
    }

    proptest! {
        #[test]
        fn all_labels_have_a_row_within_the_height_in_their_order(
            mut ends in prop::collection::vec(0u16..12, 0..20),
            height in 1u16..12,
        ) {
            ends.sort_unstable();
            let placed = of_labels(&ends, height, |_| false);
            let labels: Vec<usize> = placed.iter().flat_map(|(_, labels)| labels.clone()).collect();
            prop_assert_eq!(labels, (0..ends.len()).collect::<Vec<_>>());
            prop_assert!(placed.is_sorted_by(|one, other| one.0 < other.0), "{:?}", placed);
            prop_assert!(placed.iter().all(|(row, _)| *row < height), "{:?}", placed);
            let is_crowded = ends.len() > usize::from(height);
            prop_assert_eq!(placed.len(), if is_crowded { usize::from(height) } else { ends.len() });
        }
    }
}
