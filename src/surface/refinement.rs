//! The order in which the points of a grid are computed, so that something is seen soon: from coarse to fine.
//!
//! The first pass has the points in every eighth column and row, the next ones those in every fourth, in every
//! second, and in all. No point is computed twice.

/// Every how many columns and rows a pass has points.
const STRIDES: [usize; 4] = [8, 4, 2, 1];

/// How far a grid is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refinement {
    columns: usize,
    rows: usize,
    /// How many passes are complete.
    passes: usize,
}

impl Refinement {
    /// How many passes there are.
    pub const PASSES: usize = STRIDES.len();

    /// A grid of so many columns and rows, of which nothing is computed.
    #[must_use]
    pub fn new((columns, rows): (usize, usize)) -> Self {
        Self {
            columns,
            rows,
            passes: 0,
        }
    }

    /// The columns and the rows.
    #[must_use]
    pub fn points(self) -> (usize, usize) {
        (self.columns, self.rows)
    }

    /// How many passes are complete.
    #[must_use]
    pub fn passes(self) -> usize {
        self.passes
    }

    /// Whether every point is computed.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.passes == Self::PASSES
    }

    /// Notes that every point is computed, in whatever order.
    pub fn complete(&mut self) {
        self.passes = Self::PASSES;
    }

    /// Notes that the points of [`Self::next_pass`] are computed.
    pub fn advance(&mut self) {
        self.passes = (self.passes + 1).min(Self::PASSES);
    }

    /// The points of the next pass that no earlier one has, row by row, as column and row; none if all are computed.
    pub fn next_pass(self) -> impl Iterator<Item = (usize, usize)> {
        let stride = STRIDES.get(self.passes).copied();
        let rows = if stride.is_some() { self.rows } else { 0 };
        let stride = stride.unwrap_or(1);
        let before = self.passes.checked_sub(1).map(|pass| STRIDES[pass]);
        let is_earlier = move |column: usize, row: usize| {
            before.is_some_and(|before| column.is_multiple_of(before) && row.is_multiple_of(before))
        };
        (0..rows).step_by(stride).flat_map(move |row| {
            let columns = (0..self.columns).step_by(stride);
            let new = columns.filter(move |column| !is_earlier(*column, row));
            new.map(move |column| (column, row))
        })
    }

    /// The computed point that is nearest to a point; of no use before the first pass.
    #[must_use]
    pub fn nearest(self, (column, row): (usize, usize)) -> (usize, usize) {
        let stride = match self.passes {
            0 => STRIDES[0],
            Self::PASSES => return (column, row),
            passes => STRIDES[passes - 1],
        };
        // Strides are powers of two: a division would cost more than all else that is done with a point.
        let shift = stride.trailing_zeros();
        let nearest = |at: usize, of: usize| {
            let last = of.saturating_sub(1) >> shift;
            ((at + stride / 2) >> shift).min(last) << shift
        };
        (nearest(column, self.columns), nearest(row, self.rows))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_point_is_computed_once_and_the_nearest_one_is_computed(
            columns in 0_usize..40,
            rows in 0_usize..40,
        ) {
            let mut refinement = Refinement::new((columns, rows));
            let mut computed = BTreeSet::new();
            while !refinement.is_complete() {
                for point in refinement.next_pass() {
                    prop_assert!(point.0 < columns && point.1 < rows);
                    prop_assert!(computed.insert(point), "{point:?} twice");
                }
                refinement.advance();
                let stride = STRIDES[refinement.passes() - 1];
                for point in (0..columns).flat_map(|column| (0..rows).map(move |row| (column, row))) {
                    let nearest = refinement.nearest(point);
                    prop_assert!(computed.contains(&nearest));
                    prop_assert!(nearest.0.abs_diff(point.0) < stride && nearest.1.abs_diff(point.1) < stride);
                }
            }
            prop_assert_eq!(computed.len(), columns * rows);
            prop_assert_eq!(refinement.next_pass().count(), 0);
        }
    }

    #[test]
    fn the_first_pass_is_a_sixty_fourth_of_the_points() {
        let refinement = Refinement::new((80, 64));
        assert_eq!(refinement.next_pass().count(), 80);
        assert_eq!(refinement.nearest((3, 61)), (0, 56));
        assert_eq!(refinement.nearest((4, 12)), (8, 16));
    }
}
