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
mod tests {
    use pulp::Scalar;

    use super::*;

    /// The shapes of the three products of a layer.
    #[derive(Debug, Clone, Copy)]
    enum Layout {
        Forward,
        Gradient,
        Back,
    }

    const LAYOUTS: [Layout; 3] = [Layout::Forward, Layout::Gradient, Layout::Back];

    /// A product of matrices that begin this many numbers after the start of their vectors.
    struct Case {
        layout: Layout,
        shape: (usize, usize, usize),
        offset: usize,
    }

    /// Numbers whose sums have to be rounded.
    fn numbers(count: usize, offset: usize) -> Vec<f64> {
        let numbers = (0..count).map(|i| ((i * 7919 + 13) % 1009) as f64 / 1009.0 - 0.4);
        std::iter::repeat_n(f64::NAN, offset)
            .chain(numbers)
            .collect()
    }

    impl Case {
        fn factors(&self) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
            let (m, n, k) = self.shape;
            let bias = matches!(self.layout, Layout::Forward);
            let mut bias = numbers(if bias { n } else { 0 }, 0);
            bias.reverse();
            (
                numbers(m * k, self.offset),
                numbers(k * n, self.offset),
                bias,
            )
        }

        fn matrices<'a>(&self, a: &'a [f64], b: &'a [f64]) -> (Matrix<'a>, Matrix<'a>) {
            let (m, n, k) = self.shape;
            let (a, b) = (&a[self.offset..], &b[self.offset..]);
            match self.layout {
                Layout::Forward => (Matrix::rows(a, k), Matrix::rows(b, k).transposed()),
                Layout::Gradient => (Matrix::rows(a, m).transposed(), Matrix::rows(b, n)),
                Layout::Back => (Matrix::rows(a, k), Matrix::rows(b, n)),
            }
        }

        /// By simple loops.
        fn expected(&self, mul_add: fn(f64, f64, f64) -> f64) -> Vec<f64> {
            let (m, n, k) = self.shape;
            let (a, b, bias) = self.factors();
            let (a, b) = self.matrices(&a, &b);
            let element = |matrix: Matrix<'_>, row, column| {
                matrix.values[row * matrix.strides.0 + column * matrix.strides.1]
            };
            let mut c = Vec::new();
            for row in 0..m {
                for column in 0..n {
                    let start = bias.get(column).copied().unwrap_or(0.0);
                    let sum = (0..k).fold(start, |sum, k| {
                        mul_add(element(a, row, k), element(b, k, column), sum)
                    });
                    c.push(sum);
                }
            }
            c
        }
    }

    impl WithSimd for &Case {
        type Output = Vec<f64>;

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> Vec<f64> {
            let (m, n, k) = self.shape;
            let (a, b, bias) = self.factors();
            let mut c = vec![f64::NAN; self.offset + m * n];
            let factors = self.matrices(&a, &b);
            let mut space = WorkSpace::new(k);
            let place = &mut c[self.offset..];
            let begin = match self.layout {
                Layout::Forward => Begin::Bias(&bias),
                Layout::Gradient | Layout::Back => Begin::Zeros,
            };
            product(simd, place, factors, begin, (n, k), &mut space);
            c.split_off(self.offset)
        }
    }

    /// Shapes at and beside the edges of registers, tiles and panels.
    fn shapes() -> impl Iterator<Item = (usize, usize, usize)> {
        let n = [1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 31, 32, 33, 65];
        let k = [
            1,
            2,
            7,
            8,
            9,
            DEEPEST - 1,
            DEEPEST,
            DEEPEST + 1,
            2 * DEEPEST + 5,
        ];
        n.into_iter()
            .flat_map(move |n| k.into_iter().map(move |k| (n, k)))
            .flat_map(|(n, k)| [1, 2, 3, 4, 8, 15].map(|m| (m, n, k)))
    }

    fn is_that_of_simple_loops<S: Simd>(simd: S, mul_add: fn(f64, f64, f64) -> f64) {
        for shape in shapes() {
            for layout in LAYOUTS {
                let case = Case {
                    layout,
                    shape,
                    offset: 0,
                };
                let ours = simd.vectorize(&case);
                assert_eq!(ours, case.expected(mul_add), "{layout:?} {shape:?}");
            }
        }
    }

    fn has_the_same_bits_anywhere<S: Simd>(simd: S) {
        for shape in [(3, 1, 8), (10, 8, 8), (9, 33, 97), (5, 20, 30)] {
            for layout in LAYOUTS {
                let at = |offset| {
                    let case = Case {
                        layout,
                        shape,
                        offset,
                    };
                    simd.vectorize(&case)
                };
                for offset in 1..9 {
                    assert_eq!(at(offset), at(0), "{layout:?} {shape:?} {offset}");
                }
            }
        }
    }

    #[test]
    fn without_vector_instructions_a_product_is_that_of_simple_loops_to_the_bit() {
        is_that_of_simple_loops(Scalar, |a, b, sum| a * b + sum);
    }

    #[test]
    fn without_vector_instructions_a_product_has_the_same_bits_anywhere_in_memory() {
        has_the_same_bits_anywhere(Scalar);
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn with_avx2_a_product_is_that_of_simple_loops_to_the_bit() {
        if let Some(simd) = pulp::x86::V3::try_new() {
            is_that_of_simple_loops(simd, f64::mul_add);
            has_the_same_bits_anywhere(simd);
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn with_avx_512_a_product_is_that_of_simple_loops_to_the_bit() {
        if let Some(simd) = pulp::x86::V4::try_new() {
            is_that_of_simple_loops(simd, f64::mul_add);
            has_the_same_bits_anywhere(simd);
        }
    }
}
