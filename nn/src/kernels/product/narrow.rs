//! Products with rows of one or two vectors: those of small layers.
//!
//! There are so few numbers that all preparations take longer than the arithmetic. One panel is all of B, and A
//! is read where it lies.

use pulp::Simd;

use super::super::tile::{add_products, add_products_of_rows, write};
use super::{Begin, COLUMNS, DEEPEST, Product, ROWS, panels, strips};

/// The greatest [length](Product::length) of A's rows or columns.
const LONGEST: usize = 16;

impl<const WAY: u8> Product<'_, WAY> {
    /// The length of A's rows, or of its columns if it lies there by columns.
    #[inline(always)]
    fn length(&self) -> usize {
        if WAY == ROWS {
            self.k
        } else {
            self.a.strides.1
        }
    }

    /// Whether A is small enough to be read where it lies, again for each strip.
    #[inline(always)]
    pub(super) fn has_small_factors(&self) -> bool {
        let is_fresh = !matches!(self.begin, Begin::Present);
        self.length() <= LONGEST && self.k <= DEEPEST && is_fresh
    }

    /// The product with a B of up to V vectors a row.
    #[inline(always)]
    pub(super) fn narrow<S: Simd, const V: usize>(self, simd: S) {
        let width = V * S::F64_LANES;
        let (n, length) = (self.n, self.length());
        // Where the sizes are known, no row ends within a vector, and the loops are unrolled.
        match (n == width, length == width) {
            (true, true) => self.of_shape::<S, V>(simd, (width, width)),
            (true, false) => self.of_shape::<S, V>(simd, (width, length)),
            (false, _) => self.of_shape::<S, V>(simd, (n, length)),
        }
    }

    #[inline(always)]
    fn of_shape<S: Simd, const V: usize>(self, simd: S, (n, length): (usize, usize)) {
        let start = self.start(simd, &(0..n));
        let k = if WAY == ROWS { length } else { self.k };
        let shape = (V * S::F64_LANES, k);
        let panel = panels(simd, &mut self.space.panels, self.b, n, shape);
        let strip = Strip::<S, V, WAY> {
            simd,
            n,
            c: self.c,
            a: self.a.values,
            length,
            panel: S::as_simd_f64s(panel).0.as_chunks().0,
            start,
        };
        strip.all_rows();
    }
}

/// Both products on the way back through a narrow layer, which has as many inputs as one vector or two have lanes: in one
/// function, because they read the same δ and each would take hardly longer than its call.
pub(crate) struct BackProducts<'a> {
    /// δ, row-major with shape (samples, units).
    pub(crate) deltas: &'a [f64],
    /// What the layer listens to, row-major with shape (samples, `fan_in`).
    pub(crate) inputs: &'a [f64],
    pub(crate) weights: &'a [f64],
    /// Where Δᵀ·X will be, row-major with shape (units, `fan_in`).
    pub(crate) by_weights: &'a mut [f64],
    /// Where Δ·W will be, row-major with shape (samples, `fan_in`).
    pub(crate) by_inputs: &'a mut [f64],
}

impl BackProducts<'_> {
    /// Whether there is this way for a layer.
    #[inline(always)]
    pub(crate) fn are_for<S: Simd>(units: usize, fan_in: usize) -> bool {
        units <= LONGEST && (fan_in == S::F64_LANES || fan_in == 2 * S::F64_LANES)
    }

    /// Makes them, with the bits that each [product](super::product) alone has.
    #[inline(always)]
    pub(crate) fn make<S: Simd>(self, simd: S, (units, fan_in): (usize, usize)) {
        // Where the sizes are known the loops are unrolled.
        match (fan_in == S::F64_LANES, units == fan_in) {
            (true, true) => self.of_width::<S, 1>(simd, S::F64_LANES),
            (true, false) => self.of_width::<S, 1>(simd, units),
            (false, true) => self.of_width::<S, 2>(simd, 2 * S::F64_LANES),
            (false, false) => self.of_width::<S, 2>(simd, units),
        }
    }

    #[inline(always)]
    fn of_width<S: Simd, const V: usize>(self, simd: S, units: usize) {
        let deltas = (self.deltas, units);
        Strip::<S, V, COLUMNS>::of_zeros(simd, self.by_weights, deltas, self.inputs).all_rows();
        Strip::<S, V, ROWS>::of_zeros(simd, self.by_inputs, deltas, self.weights).all_rows();
    }
}

/// Some rows of C.
struct Strip<'a, S: Simd, const V: usize, const WAY: u8> {
    simd: S,
    n: usize,
    c: &'a mut [f64],
    a: &'a [f64],
    /// That of A's rows, or of its columns if it lies there by columns.
    length: usize,
    panel: &'a [[S::f64s; V]],
    /// What every row begins with.
    start: [S::f64s; V],
}

impl<'a, S: Simd, const V: usize, const WAY: u8> Strip<'a, S, V, WAY> {
    /// Sums that begin with zeros, of a B whose rows are V whole vectors.
    #[inline(always)]
    fn of_zeros(simd: S, c: &'a mut [f64], (a, length): (&'a [f64], usize), b: &'a [f64]) -> Self {
        Self {
            simd,
            n: V * S::F64_LANES,
            c,
            a,
            length,
            panel: S::as_simd_f64s(b).0.as_chunks().0,
            start: [simd.splat_f64s(0.0); V],
        }
    }

    /// All rows of C.
    #[inline(always)]
    fn all_rows(mut self) {
        for (row, height) in strips::<S>(self.c.len() / self.n) {
            match height {
                8 => self.rows::<8>(row),
                6 => self.rows::<6>(row),
                5 => self.rows::<5>(row),
                4 => self.rows::<4>(row),
                2 => self.rows::<2>(row),
                _ => self.rows::<1>(row),
            }
        }
    }

    /// R rows of C.
    #[inline(always)]
    fn rows<const R: usize>(&mut self, row: usize) {
        let mut sums = [self.start; R];
        if WAY == ROWS {
            self.add_rows(&mut sums, row);
        } else {
            self.add_columns(&mut sums, row);
        }
        let c = &mut self.c[row * self.n..][..R * self.n];
        for r in 0..R {
            // What it writes behind the end of a row is written over with the next.
            write::<S, V>(&mut c[r * self.n..], &sums[r]);
        }
    }

    /// Adds the products of R rows of A and the panel.
    #[inline(always)]
    fn add_rows<const R: usize>(&self, sums: &mut [[S::f64s; V]; R], row: usize) {
        let mut rows = [&[][..]; R];
        for r in 0..R {
            rows[r] = &self.a[(row + r) * self.length..];
        }
        add_products_of_rows(self.simd, sums, rows, self.panel);
    }

    /// The same where A lies column by column.
    #[inline(always)]
    fn add_columns<const R: usize>(&self, sums: &mut [[S::f64s; V]; R], row: usize) {
        let columns = self.a.chunks_exact(self.length);
        let columns = columns.map_while(|column| column[row..].first_chunk());
        add_products(self.simd, sums, columns, self.panel);
    }
}
