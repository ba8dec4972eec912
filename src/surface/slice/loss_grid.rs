//! The losses of evenly spaced points of a plane, from coarse to fine.

use crate::surface::{Span, step_at};

/// The columns and the rows of points; the borders of the plane are among them.
const POINTS: (usize, usize) = (97, 65);

/// The distances between neighbouring points, level by level. Every point of a level is one of the next.
pub(super) const STRIDES: [usize; 4] = [8, 4, 2, 1];

/// The losses of evenly spaced points of a plane, as far as they are computed. Between points, they are interpolated.
#[derive(Debug, Clone, PartialEq)]
pub struct LossGrid {
    /// The values across and up.
    pub spans: [Span; 2],
    /// Row-major with shape (rows, columns), the rows from the bottom to the top. Need not be finite.
    losses: Vec<f64>,
    /// The distance between the points that are computed.
    stride: usize,
}

impl LossGrid {
    /// A grid of a plane, nothing of which is computed.
    pub(super) fn new([across, up]: [(f64, f64); 2]) -> Self {
        let span = |feature, (from, to)| Span { feature, from, to };
        Self {
            spans: [span(0, across), span(1, up)],
            losses: vec![f64::NAN; POINTS.0 * POINTS.1],
            stride: POINTS.0,
        }
    }

    /// How many points there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.losses.len()
    }

    /// Returns whether there are no points, which is never so.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }

    /// Returns whether every point is computed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.stride == 1
    }

    /// The points of a level that are not among those of the level before, by column and row.
    pub(super) fn of_level(stride: usize) -> impl Iterator<Item = (usize, usize)> {
        let all = (0..POINTS.1).step_by(stride).flat_map(move |row| {
            (0..POINTS.0)
                .step_by(stride)
                .map(move |column| (column, row))
        });
        let is_new = move |(column, row): &(usize, usize)| {
            stride == STRIDES[0] || column % (2 * stride) > 0 || row % (2 * stride) > 0
        };
        all.filter(is_new)
    }

    /// The values across and up at a point.
    #[must_use]
    pub fn point(&self, (column, row): (usize, usize)) -> [f64; 2] {
        let [across, up] = self.spans;
        [across.value(column, POINTS.0), up.value(row, POINTS.1)]
    }

    /// Keeps the loss of a point.
    pub(super) fn keep(&mut self, (column, row): (usize, usize), loss: f64) {
        self.losses[row * POINTS.0 + column] = loss;
    }

    /// Notes that a level is computed.
    pub(super) fn finish(&mut self, stride: usize) {
        self.stride = stride;
    }

    /// The points that are computed, with their losses.
    pub fn computed(&self) -> impl Iterator<Item = ((usize, usize), f64)> {
        let losses = self.losses.iter().enumerate();
        let points = losses.map(|(index, loss)| ((index % POINTS.0, index / POINTS.0), *loss));
        points.filter(|((column, row), _)| {
            self.stride < POINTS.0 && column % self.stride == 0 && row % self.stride == 0
        })
    }

    /// The losses of each two computed points that are this far from each other, across or up; farther if nearer ones are not
    /// computed.
    #[must_use]
    pub fn pairs(&self, apart: usize) -> Vec<[f64; 2]> {
        let step = apart.max(self.stride);
        let (columns, rows) = POINTS;
        let at = |column: usize, row: usize| {
            (column < columns && row < rows).then(|| self.losses[row * columns + column])
        };
        let places = (0..rows).step_by(step);
        let places = places.flat_map(|row| (0..columns).step_by(step).map(move |at| (at, row)));
        let pairs = places.flat_map(|(column, row)| {
            let others = [at(column + step, row), at(column, row + step)];
            let loss = at(column, row);
            others.map(|other| Some([loss?, other?]))
        });
        pairs.flatten().collect()
    }

    /// Returns the smallest and the largest finite loss; `None` if there is none.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        let finite = self.computed().map(|(_, loss)| loss);
        let finite = finite.filter(|loss| loss.is_finite());
        finite.fold(None, |range, loss| {
            let (low, high) = range.unwrap_or((loss, loss));
            Some((low.min(loss), high.max(loss)))
        })
    }

    /// Returns the point with the smallest loss, and this loss; `None` if no loss is finite.
    #[must_use]
    pub fn smallest(&self) -> Option<([f64; 2], f64)> {
        let finite = self.computed().filter(|(_, loss)| loss.is_finite());
        let smallest = finite.min_by(|(_, a), (_, b)| a.total_cmp(b));
        smallest.map(|(point, loss)| (self.point(point), loss))
    }

    /// The same grid with a number in the place of each loss.
    #[must_use]
    pub fn map(&self, of: impl Fn(f64) -> f64) -> Self {
        Self {
            losses: self.losses.iter().map(|loss| of(*loss)).collect(),
            ..*self
        }
    }

    /// Interpolates between the four computed points around a place, which is given by its shares of both spans. Where
    /// one of them is not finite, neither is the result.
    #[must_use]
    pub fn interpolate(&self, [across, up]: [f64; 2]) -> f64 {
        if self.stride >= POINTS.0 {
            return f64::NAN;
        }
        let (column, to_the_right) = self.between(across, POINTS.0);
        let (row, upwards) = self.between(up, POINTS.1);
        let value = |column: usize, row: usize| self.losses[row * POINTS.0 + column];
        let [below, above] = [row, row + self.stride].map(|row| {
            let [left, right] = [column, column + self.stride].map(|column| value(column, row));
            mixed(left, right, to_the_right)
        });
        mixed(below, above, upwards)
    }

    /// The computed point at a share of a span or before it, and how far it is from there to the next one, from 0 to 1.
    fn between(&self, share: f64, points: usize) -> (usize, f64) {
        let (step, rest) = step_at(share, (points - 1) / self.stride);
        (step * self.stride, rest)
    }
}

/// Between two numbers; exactly one of them at its end.
fn mixed(from: f64, to: f64, share: f64) -> f64 {
    if from == to {
        return from;
    }
    from * (1.0 - share) + to * share
}
