//! Tiles: a few rows of a product below one panel, held in registers while they are summed.
//!
//! The loops count up to constants and index arrays, because the compiler keeps only such arrays in registers.

use std::ops::Range;

use pulp::Simd;

use super::matrix::Matrix;
use super::panel::Panel;
use super::part::{read_part, write_part};

/// The part of C = A·B below one panel of B.
pub(super) struct Tiles<'a, S: Simd, const V: usize, const A_BY_ROWS: bool> {
    pub(super) simd: S,
    pub(super) a: Matrix<'a>,
    pub(super) panel: Panel<'a>,
    /// What every row begins with; without it, with what is there.
    pub(super) start: Option<[S::f64s; V]>,
    /// Where the panel's columns are in C. Fewer than the panel has only if C has no more.
    pub(super) columns: Range<usize>,
    /// The columns of C.
    pub(super) n: usize,
    /// The rows of the panel.
    pub(super) k: usize,
}

impl<S: Simd, const V: usize, const A_BY_ROWS: bool> Tiles<'_, S, V, A_BY_ROWS> {
    const WIDTH: usize = V * S::F64_LANES;

    #[inline(always)]
    pub(super) fn write(&self, c: &mut [f64]) {
        let rows = c.len() / self.n;
        let mut row = 0;
        // As many rows as the registers can hold: their sums, a row of B, and a factor.
        if S::REGISTER_COUNT >= 32 && V < 4 {
            while row + 8 <= rows {
                self.tile::<8>(c, row);
                row += 8;
            }
        }
        while row + 4 <= rows {
            self.tile::<4>(c, row);
            row += 4;
        }
        while row + 2 <= rows {
            self.tile::<2>(c, row);
            row += 2;
        }
        if row < rows {
            self.tile::<1>(c, row);
        }
    }

    /// R rows of C.
    #[inline(always)]
    fn tile<const R: usize>(&self, c: &mut [f64], row: usize) {
        let mut sums = self.read(c, row);
        let (a, strides) = (self.a.values, self.a.strides);
        let mut factors = [0.0; R];
        if A_BY_ROWS {
            let mut rows: [&[f64]; R] = [&[]; R];
            for r in 0..R {
                rows[r] = &a[(row + r) * strides.0..][..self.k];
            }
            for k in 0..self.k {
                for r in 0..R {
                    factors[r] = rows[r][k];
                }
                self.add_products(&mut sums, &factors, k);
            }
        } else {
            for k in 0..self.k {
                let column = &a[k * strides.1 + row..][..R];
                for r in 0..R {
                    factors[r] = column[r];
                }
                self.add_products(&mut sums, &factors, k);
            }
        }
        for r in 0..R {
            let c = &mut c[(row + r) * self.n..][self.columns.clone()];
            if c.len() == Self::WIDTH {
                let (c, _) = S::as_mut_simd_f64s(c);
                for v in 0..V {
                    c[v] = sums[r][v];
                }
            } else {
                write_part::<S>(c, sums[r][0]);
            }
        }
    }

    /// What R rows begin with.
    #[inline(always)]
    fn read<const R: usize>(&self, c: &[f64], row: usize) -> [[S::f64s; V]; R] {
        if let Some(start) = self.start {
            return [start; R];
        }
        let mut sums = [[self.simd.splat_f64s(0.0); V]; R];
        for r in 0..R {
            let c = &c[(row + r) * self.n..][self.columns.clone()];
            if c.len() == Self::WIDTH {
                let (c, _) = S::as_simd_f64s(c);
                for v in 0..V {
                    sums[r][v] = c[v];
                }
            } else {
                sums[r][0] = read_part(self.simd, c);
            }
        }
        sums
    }

    /// Adds the product of some of a column of A and a row of B.
    #[inline(always)]
    fn add_products<const R: usize>(
        &self,
        sums: &mut [[S::f64s; V]; R],
        column: &[f64; R],
        k: usize,
    ) {
        let row = &self.panel.values[k * self.panel.stride..][..Self::WIDTH];
        let (row, _) = S::as_simd_f64s(row);
        for r in 0..R {
            let factor = self.simd.splat_f64s(column[r]);
            for v in 0..V {
                sums[r][v] = self.simd.mul_add_e_f64s(factor, row[v], sums[r][v]);
            }
        }
    }
}

/// One row of C, beginning with `start`: a row of A times the rows of B, each of them one vector.
#[inline(always)]
pub(super) fn row_of<S: Simd, const K: usize>(
    simd: S,
    a: &[f64; K],
    rows_of_b: &[S::f64s; K],
    start: S::f64s,
) -> S::f64s {
    let mut sum = start;
    for k in 0..K {
        sum = simd.mul_add_e_f64s(simd.splat_f64s(a[k]), rows_of_b[k], sum);
    }
    sum
}
