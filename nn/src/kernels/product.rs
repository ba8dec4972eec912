//! Products of matrices.
//!
//! All three products of a layer come here, C = A·B + bias with A (m, k), B (k, n) and C (m, n): forward
//! Z = X·Wᵀ + b, the gradient Δᵀ·X, and back to the layer before Δ·W.
//!
//! Near to Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008): a
//! [tile](super::tile) of C is held in registers; a strip of A, as high as the tile and up to [`DEEPEST`] long, stays
//! in the nearest cache while it meets the panels of B, two vectors wide; and [so many panels](wide) stay in the
//! second, beside [so many rows](high) of A in strips. Where several panels are neighbors, large matrices are read and
//! written along their rows, as memory is fastest. Panels and strips are copies that lie in the order in which they are
//! read. What fills up the rows of the last panel counts for nothing.
//!
//! Every element of C is summed from the first k to the last, beginning with the bias. So its bits depend
//! neither on the panel and tile that it falls into, nor on where the matrices lie in memory, nor on m.

pub(crate) mod narrow;

use std::ops::Range;

use pulp::{Simd, WithSimd};

use super::few::{FEW, Rows};
use super::matrix::{Matrix, parts};
use super::panel::{DEEPEST, WorkSpace, high, pack, panels, wide};
use super::tile::{add_products, add_products_of_rows, read, write};

/// With fewer multiplications than this a product is not worth the preparations.
pub(crate) const WORTH_PACKING: usize = 64;

/// With more columns than this, A is copied into strips: its rows or columns may be so far apart that they push each other
/// out of the nearest cache.
const MANY: usize = 128;

/// As many numbers of a product with few terms stay in the second cache.
const NUMBERS_OF_FEW: usize = 1 << 13;

/// How many rows of a product are finished before the next ones are begun: whoever goes on with them then finds them in
/// a cache.
#[inline(always)]
pub(crate) fn rows_at_once(n: usize, k: usize) -> usize {
    if k <= FEW {
        (NUMBERS_OF_FEW / n).max(1)
    } else {
        high(k)
    }
}

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
    let is_few = k <= FEW || c.len() <= FEW * n;
    let is_biased = matches!(begin, Begin::Bias(_));
    if is_few && b.strides.1 == 1 && n >= 4 * S::F64_LANES && !is_biased {
        let is_added = matches!(begin, Begin::Present);
        return simd.vectorize(Rows {
            c,
            a,
            b,
            is_added,
            n,
            k,
        });
    }
    // A function of its own for each way to read A: as a part of what surrounds it, it would need more registers
    // than there are.
    macro_rules! vectorize {
        ($WAY:ident) => {
            simd.vectorize(Product::<$WAY> {
                c,
                a,
                b,
                begin,
                n,
                k,
                space,
            })
        };
    }
    if n > MANY {
        vectorize!(STRIPS);
    } else if a.strides.1 == 1 {
        vectorize!(ROWS);
    } else {
        vectorize!(COLUMNS);
    }
}

/// A way to read A: copied into strips, where its rows lie, or where its columns lie.
const STRIPS: u8 = 0;
const ROWS: u8 = 1;
const COLUMNS: u8 = 2;

/// [`product`], with one way to read A.
struct Product<'a, const WAY: u8> {
    c: &'a mut [f64],
    a: Matrix<'a>,
    b: Matrix<'a>,
    begin: Begin<'a>,
    n: usize,
    k: usize,
    space: &'a mut WorkSpace,
}

impl<const WAY: u8> WithSimd for Product<'_, WAY> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let is_small = self.has_small_factors();
        if is_small && self.n <= S::F64_LANES {
            return self.narrow::<S, 1>(simd);
        }
        if is_small && self.n <= 2 * S::F64_LANES {
            return self.narrow::<S, 2>(simd);
        }
        let rows = self.c.len() / self.n;
        for rows in parts(rows, high(self.k)) {
            for depth in parts(self.k, DEEPEST) {
                if WAY == STRIPS {
                    self.pack_strips(simd, &rows, &depth);
                }
                for columns in parts(self.n, wide(self.k)) {
                    // One vector is enough for the last panel if it is narrow.
                    let beside = columns.len() % (2 * S::F64_LANES);
                    let is_narrow = (1..=S::F64_LANES).contains(&beside);
                    let whole = columns.end - if is_narrow { beside } else { 0 };
                    self.below_panels::<S, 2>(simd, columns.start..whole, &rows, &depth);
                    self.below_panels::<S, 1>(simd, whole..columns.end, &rows, &depth);
                }
            }
        }
    }
}

/// The rows of a block strip by strip: the first row and how many. As many as the registers hold: two vectors of
/// sums each, a row of B, and a factor; in the end fewer, but not much fewer if that can be helped.
#[inline(always)]
fn strips<S: Simd>(rows: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let height = match rows - next {
            0 => return None,
            5 | 10 => 5,
            8.. if S::REGISTER_COUNT >= 32 => 8,
            6 | 7 | 9.. if S::REGISTER_COUNT < 32 => 6,
            4.. => 4,
            2.. => 2,
            1 => 1,
        };
        next += height;
        Some((next - height, height))
    })
}

impl<const WAY: u8> Product<'_, WAY> {
    /// What the sums of these columns begin with, but for those that are there.
    #[inline(always)]
    fn start<S: Simd, const V: usize>(&self, simd: S, columns: &Range<usize>) -> [S::f64s; V] {
        match self.begin {
            Begin::Bias(bias) => read(simd, &bias[columns.clone()]),
            Begin::Zeros | Begin::Present => [simd.splat_f64s(0.0); V],
        }
    }

    /// Copies some rows of A for one depth, strip by strip.
    #[inline(always)]
    fn pack_strips<S: Simd>(&mut self, simd: S, rows: &Range<usize>, depth: &Range<usize>) {
        let space = self.space.strips.numbers();
        for (row, height) in strips::<S>(rows.len()) {
            let strip = &mut space[row * depth.len()..][..height * depth.len()];
            let columns = self.a.from(rows.start + row, depth.start).transposed();
            pack(simd, strip, columns, height, (height, depth.len()));
        }
    }

    /// Adds what the panels of some columns, V vectors wide, give to some rows.
    #[inline(always)]
    fn below_panels<S: Simd, const V: usize>(
        &mut self,
        simd: S,
        columns: Range<usize>,
        rows: &Range<usize>,
        depth: &Range<usize>,
    ) {
        if columns.is_empty() {
            return;
        }
        let b = self.b.from(depth.start, columns.start);
        let shape = (V * S::F64_LANES, depth.len());
        let panels = panels(simd, &mut self.space.panels, b, columns.len(), shape);
        let mut below = Below::<S, V, WAY> {
            simd,
            c: &mut self.c[rows.start * self.n..rows.end * self.n],
            n: self.n,
            a: self.a.from(rows.start, depth.start),
            strips: self.space.strips.numbers(),
            panels: S::as_simd_f64s(panels).0.as_chunks().0,
            depth: depth.len(),
            begin: if depth.start > 0 {
                Begin::Present
            } else {
                self.begin
            },
            columns,
        };
        for (row, height) in strips::<S>(rows.len()) {
            match height {
                8 => below.strip::<8>(row),
                6 => below.strip::<6>(row),
                5 => below.strip::<5>(row),
                4 => below.strip::<4>(row),
                2 => below.strip::<2>(row),
                _ => below.strip::<1>(row),
            }
        }
    }
}

/// Some rows of C below some panels.
struct Below<'a, S: Simd, const V: usize, const WAY: u8> {
    simd: S,
    c: &'a mut [f64],
    /// The columns of C.
    n: usize,
    /// The factor on the left, and its copy in strips.
    a: Matrix<'a>,
    strips: &'a [f64],
    /// One after the other, each of `depth` rows.
    panels: &'a [[S::f64s; V]],
    depth: usize,
    begin: Begin<'a>,
    /// Where the columns of the panels are in C.
    columns: Range<usize>,
}

impl<S: Simd, const V: usize, const WAY: u8> Below<'_, S, V, WAY> {
    /// R rows of C.
    #[inline(always)]
    fn strip<const R: usize>(&mut self, row: usize) {
        let starts = self.columns.clone().step_by(V * S::F64_LANES);
        for (panel, first) in self.panels.chunks_exact(self.depth).zip(starts) {
            let columns = first..self.columns.end.min(first + V * S::F64_LANES);
            self.tile::<R>(row, columns, panel);
        }
    }

    /// R rows of C below one panel.
    #[inline(always)]
    fn tile<const R: usize>(&mut self, row: usize, columns: Range<usize>, panel: &[[S::f64s; V]]) {
        let (simd, n) = (self.simd, self.n);
        let c = &mut self.c[row * n..(row + R) * n];
        let mut sums = [[simd.splat_f64s(0.0); V]; R];
        match self.begin {
            Begin::Zeros => {}
            Begin::Bias(bias) => sums = [read(simd, &bias[columns.clone()]); R],
            Begin::Present => {
                for r in 0..R {
                    sums[r] = read(simd, &c[r * n..][columns.clone()]);
                }
            }
        }
        match WAY {
            STRIPS => {
                let strip = &self.strips[row * panel.len()..];
                add_products(simd, &mut sums, strip.as_chunks().0.iter(), panel);
            }
            ROWS => {
                let mut rows = [&[][..]; R];
                for r in 0..R {
                    rows[r] = &self.a.values[(row + r) * self.a.strides.0..];
                }
                add_products_of_rows(simd, &mut sums, rows, panel);
            }
            _ => {
                let columns = self.a.values[row..].chunks(self.a.strides.1);
                let columns = columns.map_while(|column| column.first_chunk());
                add_products(simd, &mut sums, columns, panel);
            }
        }
        for r in 0..R {
            write::<S, V>(&mut c[r * n..][columns.clone()], &sums[r]);
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
