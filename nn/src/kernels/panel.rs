//! Panels: some columns of a matrix as rows of vectors, one after the other.

use pulp::Simd;

use super::matrix::Matrix;

/// The most rows of a panel: with four of the widest vectors a row, half of the nearest cache.
pub(super) const DEEPEST: usize = 96;

/// The most columns of a panel: four of the widest vectors.
const WIDEST: usize = 32;
/// The most numbers of a vector.
const LANES: usize = 8;
/// The bytes of a cache line: vectors that begin with one are read and written fastest.
const LINE: usize = 64;

/// Where panels are copied to.
#[derive(Debug, Clone)]
pub(crate) struct WorkSpace(Vec<f64>);

impl WorkSpace {
    /// Enough for every product with a k up to this.
    pub(crate) fn new(k: usize) -> Self {
        Self(vec![0.0; k.min(DEEPEST) * WIDEST + LINE / size_of::<f64>()])
    }

    /// Room for this many numbers, starting at a cache line; its contents are not written yet.
    #[inline(always)]
    pub(super) fn panel(&mut self, len: usize) -> &mut [f64] {
        let first = self.0.as_ptr().align_offset(LINE);
        &mut self.0[first..first + len]
    }
}

/// Nothing is read that was not written before in the same product: all are equal.
impl PartialEq for WorkSpace {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Rows of whole vectors, `stride` numbers from one to the next.
#[derive(Clone, Copy)]
pub(super) struct Panel<'a> {
    pub(super) values: &'a [f64],
    pub(super) stride: usize,
}

/// Copies the first columns of B into a panel with shape (k, `width`), zeros where they end.
#[inline(always)]
pub(super) fn pack<S: Simd>(
    simd: S,
    panel: &mut [f64],
    b: Matrix<'_>,
    columns: usize,
    (width, k): (usize, usize),
) {
    if columns < width {
        panel.fill(0.0);
    }
    if b.strides.1 == 1 {
        // Counted and not chunked: a matrix of one row, transposed from one column, has the strides (1, 1).
        for (index, row) in panel.chunks_exact_mut(width).enumerate() {
            let values = &b.values[index * b.strides.0..];
            for column in 0..columns {
                row[column] = values[column];
            }
        }
        return;
    }
    let lanes = S::F64_LANES;
    let in_squares = if k < lanes {
        0
    } else {
        columns - columns % lanes
    };
    for column in (0..in_squares).step_by(lanes) {
        for row in (0..k).step_by(lanes) {
            // The last square overlaps with the one before.
            let row = row.min(k - lanes);
            let from = &b.values[column * b.strides.1 + row..];
            let to = &mut panel[row * width + column..];
            transpose(simd, (from, b.strides.1), (to, width));
        }
    }
    for column in in_squares..columns {
        let values = &b.values[column * b.strides.1..][..k];
        for (row, value) in values.iter().enumerate() {
            panel[row * width + column] = *value;
        }
    }
}

/// Copies a square with rows for columns, one vector a side, between matrices with these strides.
///
/// As in Eklundh, "A Fast Computer Method for Matrix Transposing" (1972): first every 1 × 1 right above the
/// diagonal of a 2 × 2 changes places with the one below, then every 2 × 2 of a 4 × 4, and so on.
#[inline(always)]
fn transpose<S: Simd>(
    simd: S,
    (from, from_stride): (&[f64], usize),
    (to, to_stride): (&mut [f64], usize),
) {
    let lanes = S::F64_LANES;
    let mut rows = [simd.splat_f64s(0.0); LANES];
    for i in 0..lanes {
        rows[i] = S::as_simd_f64s(&from[i * from_stride..][..lanes]).0[0];
    }
    let mut side = 1;
    while side < lanes {
        let mut halves = [0.0; LANES];
        for lane in 0..LANES {
            halves[lane] = if lane & side == 0 { -1.0 } else { 1.0 };
        }
        let halves = S::as_simd_f64s(&halves).0[0];
        let is_first = simd.less_than_f64s(halves, simd.splat_f64s(0.0));
        for i in 0..lanes {
            if i & side == 0 {
                let (upper, lower) = (rows[i], rows[i + side]);
                let [right, left] = [
                    simd.rotate_right_f64s(lower, side),
                    simd.rotate_left_f64s(upper, side),
                ];
                rows[i] = simd.select_f64s(is_first, upper, right);
                rows[i + side] = simd.select_f64s(is_first, left, lower);
            }
        }
        side *= 2;
    }
    for i in 0..lanes {
        S::as_mut_simd_f64s(&mut to[i * to_stride..][..lanes]).0[0] = rows[i];
    }
}
