//! Products of matrices.
//!
//! All three products of a layer come here, C = A·B + bias with A (m, k), B (k, n) and C (m, n): forward
//! Z = X·Wᵀ + b, the gradient Δᵀ·X, and back to the layer before Δ·W.
//!
//! As in Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008): B is copied
//! into panels, two vectors wide, that are read from front to back; a tile of C, some rows high and one
//! panel wide, stays in registers over all of k.

use pulp::Simd;

/// A matrix that lies somewhere in a slice: its element (i, j) is `values[i * strides.0 + j * strides.1]`.
/// One of the strides is 1.
#[derive(Clone, Copy)]
pub(in super::super) struct Matrix<'a> {
    values: &'a [f64],
    strides: (usize, usize),
}

impl<'a> Matrix<'a> {
    /// A row-major one.
    #[inline(always)]
    pub(in super::super) fn rows(values: &'a [f64], width: usize) -> Self {
        let strides = (width, 1);
        Self { values, strides }
    }

    /// The same with rows for columns.
    #[inline(always)]
    pub(in super::super) fn transposed(self) -> Self {
        let (row, column) = self.strides;
        let strides = (column, row);
        Self { strides, ..self }
    }
}

/// The most columns of a panel: two of the widest vectors.
const WIDEST: usize = 16;

/// With fewer multiplications than this a product is not worth the copying.
pub(in super::super) const WORTH_PACKING: usize = 64;

/// The work space that a product with a B of this shape needs.
pub(in super::super) fn panels_len(k: usize, n: usize) -> usize {
    k * n.next_multiple_of(WIDEST)
}

/// C = A·B + bias, where `c` is row-major with shape (m, n) and `bias`, added to every row of C, has the
/// length n; without one it is empty. `panels` is work space of [`panels_len`].
#[expect(
    clippy::many_single_char_names,
    reason = "the names of the formula, as in the literature"
)]
#[inline(always)]
pub(in super::super) fn product<S: Simd>(
    simd: S,
    c: &mut [f64],
    (a, b): (Matrix<'_>, Matrix<'_>),
    bias: &[f64],
    (n, k): (usize, usize),
    panels: &mut [f64],
) {
    if n <= S::F64_LANES {
        panel_by_panel::<S, 1>(simd, c, (a, b), bias, (n, k), panels);
    } else {
        panel_by_panel::<S, 2>(simd, c, (a, b), bias, (n, k), panels);
    }
}

/// [`product`] with panels that are V vectors wide.
#[expect(clippy::many_single_char_names, reason = "as above")]
#[inline(always)]
fn panel_by_panel<S: Simd, const V: usize>(
    simd: S,
    c: &mut [f64],
    (a, b): (Matrix<'_>, Matrix<'_>),
    bias: &[f64],
    (n, k): (usize, usize),
    panels: &mut [f64],
) {
    let width = V * S::F64_LANES;
    let panels = panels.chunks_exact_mut(width * k);
    for (first, panel) in (0..n).step_by(width).zip(panels) {
        let columns = first..n.min(first + width);
        let panel = if n == width && b.strides == (width, 1) {
            // B is a panel as it lies there.
            &b.values[..width * k]
        } else {
            pack(panel, b, (columns.start, columns.len()), (width, k));
            &*panel
        };
        let mut start = [0.0; WIDEST];
        if !bias.is_empty() {
            start[..columns.len()].copy_from_slice(&bias[columns.clone()]);
        }
        let tiles = Tiles::<S, V> {
            simd,
            a,
            panel: S::as_simd_f64s(panel).0.as_chunks().0,
            start: S::as_simd_f64s(&start[..width]).0.as_chunks().0[0],
            columns,
            n,
        };
        tiles.write(c);
    }
}

/// Copies some columns of B into a panel with shape (k, `width`), zeros where B ends.
#[inline(always)]
fn pack(
    panel: &mut [f64],
    b: Matrix<'_>,
    (first, columns): (usize, usize),
    (width, k): (usize, usize),
) {
    if columns < width {
        panel.fill(0.0);
    }
    if b.strides.1 == 1 {
        // Counted and not chunked: a matrix of one row, transposed from one column, has the strides (1, 1).
        for (index, row) in panel.chunks_exact_mut(width).enumerate() {
            let values = &b.values[index * b.strides.0 + first..];
            if columns == width {
                row.copy_from_slice(&values[..width]);
            } else {
                row[..columns].copy_from_slice(&values[..columns]);
            }
        }
    } else {
        let mut column = 0;
        while column + 8 <= columns {
            transpose::<8>(panel, b, (first, column), (width, k));
            column += 8;
        }
        while column < columns {
            transpose::<1>(panel, b, (first, column), (width, k));
            column += 1;
        }
    }
}

/// Copies N columns of B, which lie there one after the other.
#[inline(always)]
fn transpose<const N: usize>(
    panel: &mut [f64],
    b: Matrix<'_>,
    (first, column): (usize, usize),
    (width, k): (usize, usize),
) {
    let columns: [&[f64]; N] =
        std::array::from_fn(|i| &b.values[(first + column + i) * b.strides.1..][..k]);
    for (row, panel) in panel.chunks_exact_mut(width).enumerate() {
        let place = &mut panel[column..column + N];
        for i in 0..N {
            place[i] = columns[i][row];
        }
    }
}

/// The part of C below one panel.
struct Tiles<'a, S: Simd, const V: usize> {
    simd: S,
    a: Matrix<'a>,
    panel: &'a [[S::f64s; V]],
    /// The bias.
    start: [S::f64s; V],
    columns: std::ops::Range<usize>,
    n: usize,
}

impl<S: Simd, const V: usize> Tiles<'_, S, V> {
    #[inline(always)]
    fn write(&self, c: &mut [f64]) {
        let rows = c.len() / self.n;
        let mut row = 0;
        // As many registers as there are hold two vectors a row and what is multiplied.
        if S::REGISTER_COUNT >= 32 {
            while row + 8 <= rows {
                self.tile::<8>(c, row);
                row += 8;
            }
        }
        while row + 4 <= rows {
            self.tile::<4>(c, row);
            row += 4;
        }
        while row < rows {
            self.tile::<1>(c, row);
            row += 1;
        }
    }

    /// R rows of C.
    #[inline(always)]
    fn tile<const R: usize>(&self, c: &mut [f64], row: usize) {
        let Self { simd, a, panel, .. } = *self;
        let mut sums = [self.start; R];
        let mut factors = [0.0; R];
        if a.strides.1 == 1 {
            let rows: [&[f64]; R] =
                std::array::from_fn(|r| &a.values[(row + r) * a.strides.0..][..panel.len()]);
            for (k, b) in panel.iter().enumerate() {
                for r in 0..R {
                    factors[r] = rows[r][k];
                }
                add_products(simd, &mut sums, &factors, b);
            }
        } else {
            for (a, b) in a.values.chunks(a.strides.1).zip(panel) {
                factors.copy_from_slice(&a[row..row + R]);
                add_products(simd, &mut sums, &factors, b);
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let mut c = &mut c[(row + r) * self.n..][self.columns.clone()];
            if c.len() == V * S::F64_LANES {
                S::as_mut_simd_f64s(c).0.copy_from_slice(&sums);
                continue;
            }
            for sum in sums {
                let (vector, rest) = c.split_at_mut(c.len().min(S::F64_LANES));
                simd.partial_store_f64s(vector, sum);
                c = rest;
            }
        }
    }
}

/// Adds the product of a column and a row.
#[inline(always)]
fn add_products<S: Simd, const R: usize, const V: usize>(
    simd: S,
    sums: &mut [[S::f64s; V]; R],
    column: &[f64; R],
    row: &[S::f64s; V],
) {
    for r in 0..R {
        let factor = simd.splat_f64s(column[r]);
        for v in 0..V {
            sums[r][v] = simd.mul_add_e_f64s(factor, row[v], sums[r][v]);
        }
    }
}
