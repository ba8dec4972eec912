//! Products of matrices.
//!
//! All three products of a layer come here, C = A·B + bias with A (m, k), B (k, n) and C (m, n): forward
//! Z = X·Wᵀ + b, the gradient Δᵀ·X, and back to the layer before Δ·W.
//!
//! As in Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008): a panel of B, up to
//! four vectors wide and [`DEEPEST`] high, stays in the nearest cache, and a [tile](super::tile) of C, some
//! rows high and as wide as the panel, in registers. B is copied into panels only where it does not lie there
//! as vectors. The last panel overlaps with the one before, so that all are whole.
//!
//! Every element of C is summed from the first k to the last, beginning with the bias. So its bits depend
//! neither on the panel and tile that it falls into, nor on where the matrices lie in memory, nor on m.

use std::ops::Range;

use pulp::{Simd, WithSimd};

use super::matrix::Matrix;
use super::panel::{DEEPEST, Panel, WorkSpace, pack};
use super::part::{read_part, write_part};
use super::tile::{Tiles, row_of};

/// With fewer multiplications than this a product is not worth the preparations.
pub(crate) const WORTH_PACKING: usize = 64;

/// What the sums of a product begin with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Begin<'a> {
    Zeros,
    /// Every row with this one, of the length n.
    Bias(&'a [f64]),
    /// With what is there: the sums over earlier k.
    Present,
}

/// C = A·B, added to what the sums begin with, where `c` is row-major with shape (m, n). One of A's layouts has
/// no gaps: its rows or its columns follow each other.
#[inline(always)]
pub(crate) fn product<S: Simd>(
    simd: S,
    c: &mut [f64],
    (a, b): (Matrix<'_>, Matrix<'_>),
    begin: Begin<'_>,
    (n, k): (usize, usize),
    space: &mut WorkSpace,
) {
    // A function of its own for each layout of A: as a part of what surrounds it, it would need more registers
    // than there are.
    if a.strides.1 == 1 {
        simd.vectorize(Product::<true> {
            c,
            a,
            b,
            begin,
            n,
            k,
            space,
        });
    } else {
        simd.vectorize(Product::<false> {
            c,
            a,
            b,
            begin,
            n,
            k,
            space,
        });
    }
}

/// [`product`] with an A that lies there row by row, or else column by column.
struct Product<'a, const A_BY_ROWS: bool> {
    c: &'a mut [f64],
    a: Matrix<'a>,
    b: Matrix<'a>,
    begin: Begin<'a>,
    n: usize,
    k: usize,
    space: &'a mut WorkSpace,
}

impl<const A_BY_ROWS: bool> WithSimd for Product<'_, A_BY_ROWS> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        if A_BY_ROWS && self.n <= S::F64_LANES && !self.continues() {
            match self.k {
                1 => return self.in_registers::<S, 1>(simd),
                2 => return self.in_registers::<S, 2>(simd),
                3 => return self.in_registers::<S, 3>(simd),
                4 => return self.in_registers::<S, 4>(simd),
                5 => return self.in_registers::<S, 5>(simd),
                6 => return self.in_registers::<S, 6>(simd),
                7 => return self.in_registers::<S, 7>(simd),
                8 => return self.in_registers::<S, 8>(simd),
                _ => {}
            }
        }
        let mut column = 0;
        for depth in depths(self.k) {
            column = self.whole_panels(simd, &depth);
        }
        // What an overlapping panel finds in C is none of its own: it begins anew.
        if column < self.n {
            for depth in depths(self.k) {
                self.last_panel(simd, column, &depth);
            }
        }
    }
}

/// The rows of B that make panels.
fn depths(k: usize) -> impl Iterator<Item = Range<usize>> {
    (0..k)
        .step_by(DEEPEST)
        .map(move |first| first..k.min(first + DEEPEST))
}

impl<const A_BY_ROWS: bool> Product<'_, A_BY_ROWS> {
    /// Whether it goes on with sums that are there.
    #[inline(always)]
    fn continues(&self) -> bool {
        matches!(self.begin, Begin::Present)
    }

    /// The product where all of B, K rows of at most one vector, fits into registers.
    #[inline(always)]
    fn in_registers<S: Simd, const K: usize>(self, simd: S) {
        let Self { c, a, b, n, .. } = self;
        let panel = self.space.panel(K * S::F64_LANES);
        pack(simd, panel, b, n, (S::F64_LANES, K));
        let mut rows_of_b = [simd.splat_f64s(0.0); K];
        for k in 0..K {
            rows_of_b[k] = S::as_simd_f64s(panel).0[k];
        }
        let start = match self.begin {
            Begin::Bias(bias) => read_part(simd, bias),
            Begin::Zeros | Begin::Present => simd.splat_f64s(0.0),
        };
        let rows_of_a = a.values.as_chunks::<K>().0;
        if n == S::F64_LANES {
            for (a, c) in rows_of_a.iter().zip(S::as_mut_simd_f64s(c).0) {
                *c = row_of(simd, a, &rows_of_b, start);
            }
        } else {
            for (a, c) in rows_of_a.iter().zip(c.chunks_exact_mut(n)) {
                write_part::<S>(c, row_of(simd, a, &rows_of_b, start));
            }
        }
    }

    /// Adds what the panels give that need not overlap. The column that comes after them.
    #[inline(always)]
    fn whole_panels<S: Simd>(&mut self, simd: S, depth: &Range<usize>) -> usize {
        let lanes = S::F64_LANES;
        let mut column = 0;
        loop {
            let left = self.n - column;
            if S::REGISTER_COUNT >= 32 && left >= 4 * lanes {
                self.below_panel::<S, 4>(simd, column, depth);
                column += 4 * lanes;
            } else if left >= 2 * lanes {
                self.below_panel::<S, 2>(simd, column, depth);
                column += 2 * lanes;
            } else if left == lanes || left > lanes && (self.n < 2 * lanes || self.continues()) {
                self.below_panel::<S, 1>(simd, column, depth);
                column += lanes;
            } else {
                return column;
            }
        }
    }

    /// Adds what the panel gives that ends with the last column. It overlaps with the one before, unless that
    /// would add the same twice.
    #[inline(always)]
    fn last_panel<S: Simd>(&mut self, simd: S, column: usize, depth: &Range<usize>) {
        if self.n - column > S::F64_LANES {
            self.below_panel::<S, 2>(simd, column, depth);
        } else {
            self.below_panel::<S, 1>(simd, column, depth);
        }
    }

    /// Adds what one panel gives: to the bias, or to what the panels above gave.
    #[inline(always)]
    fn below_panel<S: Simd, const V: usize>(
        &mut self,
        simd: S,
        column: usize,
        depth: &Range<usize>,
    ) {
        let width = V * S::F64_LANES;
        let first = if self.continues() {
            column
        } else {
            column.min(self.n.saturating_sub(width))
        };
        let columns = first..self.n.min(first + width);
        let is_first = depth.start == 0 && !self.continues();
        let b = self.b.from(depth.start, first);
        let panel = if b.strides.1 == 1 && columns.len() == width {
            Panel {
                values: b.values,
                stride: b.strides.0,
            }
        } else {
            let values = self.space.panel(width * depth.len());
            pack(simd, values, b, columns.len(), (width, depth.len()));
            let stride = width;
            Panel { values, stride }
        };
        let mut start = [simd.splat_f64s(0.0); V];
        if let Begin::Bias(bias) = self.begin {
            let mut bias = bias[columns.clone()].chunks(S::F64_LANES);
            for v in 0..V {
                start[v] = read_part(simd, bias.next().unwrap_or(&[]));
            }
        }
        let tiles = Tiles::<S, V, A_BY_ROWS> {
            simd,
            a: self.a.from(0, depth.start),
            panel,
            start: is_first.then_some(start),
            columns,
            n: self.n,
            k: depth.len(),
        };
        tiles.write(self.c);
    }
}

#[cfg(test)]
mod tests;
