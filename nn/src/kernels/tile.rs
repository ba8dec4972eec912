//! Tiles: a few rows of a product, as wide as a panel, which are held in registers while they are summed.

use pulp::Simd;

use super::part::{read_part, write_part};

/// Adds to R rows of V vectors the products of columns of A, R numbers of each, and the rows of a panel of B.
///
/// Both come from iterators, so nothing is left in the loop but the arithmetic: no index, and hardly a bound to
/// check. The loops in it count up to constants and index arrays: the compiler keeps only such arrays in registers.
#[inline(always)]
pub(super) fn add_products<'a, S: Simd, const R: usize, const V: usize>(
    simd: S,
    sums: &mut [[S::f64s; V]; R],
    columns: impl Iterator<Item = &'a [f64; R]>,
    panel: &[[S::f64s; V]],
) {
    for (column, row) in columns.zip(panel) {
        for r in 0..R {
            add_times(simd, &mut sums[r], column[r], row);
        }
    }
}

/// The same with rows of A, each as long as the panel is deep.
#[inline(always)]
pub(super) fn add_products_of_rows<S: Simd, const R: usize, const V: usize>(
    simd: S,
    sums: &mut [[S::f64s; V]; R],
    rows: [&[f64]; R],
    panel: &[[S::f64s; V]],
) {
    let mut cut = rows;
    for r in 0..R {
        cut[r] = &rows[r][..panel.len()];
    }
    for (k, row) in panel.iter().enumerate() {
        for r in 0..R {
            add_times(simd, &mut sums[r], cut[r][k], row);
        }
    }
}

/// Adds to V vectors a row of B times a number.
#[inline(always)]
fn add_times<S: Simd, const V: usize>(
    simd: S,
    sums: &mut [S::f64s; V],
    factor: f64,
    row: &[S::f64s; V],
) {
    let factor = simd.splat_f64s(factor);
    for v in 0..V {
        sums[v] = simd.mul_add_e_f64s(factor, row[v], sums[v]);
    }
}

/// V vectors of numbers; zeros behind the last one.
#[inline(always)]
pub(super) fn read<S: Simd, const V: usize>(simd: S, numbers: &[f64]) -> [S::f64s; V] {
    let mut vectors = [simd.splat_f64s(0.0); V];
    for v in 0..V {
        let first = numbers.len().min(v * S::F64_LANES);
        vectors[v] = read_part(simd, &numbers[first..]);
    }
    vectors
}

/// Writes as many numbers of V vectors as there is room for.
#[inline(always)]
pub(super) fn write<S: Simd, const V: usize>(numbers: &mut [f64], vectors: &[S::f64s; V]) {
    for v in 0..V {
        let first = numbers.len().min(v * S::F64_LANES);
        write_part::<S>(&mut numbers[first..], vectors[v]);
    }
}
