//! Products with few rows or few terms: they take the time of their reads and writes, so nothing is copied, and the
//! large matrix is read once, along its rows.

use std::array;
use std::ops::Range;

use pulp::{Simd, WithSimd};

use super::matrix::{Matrix, parts};
use super::part::{read_part, write_part};

/// As many rows, or terms of a sum, are few.
pub(crate) const FEW: usize = 8;

/// Rows of B that are added at once.
const AT_ONCE: usize = 4;

/// The most numbers of the rows that are added at once: they stay in the nearest cache.
const IN_REACH: usize = 4 * 512;

/// Rows of weights that are read side by side.
const SIDE_BY_SIDE: usize = 4;

/// Shorter sums than this are not worth the sum over the lanes of a vector at their ends.
const LONG: usize = 64;

/// C = A·B, or added to what is there: to every row of C some rows of B, each times a number of A. Summed from the
/// first k to the last, like every [product](super::product::product), so the bits are the same.
pub(super) struct Rows<'a> {
    pub(super) c: &'a mut [f64],
    pub(super) a: Matrix<'a>,
    /// Lies there row by row.
    pub(super) b: Matrix<'a>,
    pub(super) is_added: bool,
    pub(super) n: usize,
    pub(super) k: usize,
}

impl WithSimd for Rows<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        for depth in parts(self.k, AT_ONCE) {
            for columns in parts(self.n, IN_REACH / depth.len()) {
                if self.is_added || depth.start > 0 {
                    self.add_part::<S, true>(simd, &depth, &columns);
                } else {
                    self.add_part::<S, false>(simd, &depth, &columns);
                }
            }
        }
    }
}

impl Rows<'_> {
    /// Adds some columns of up to [`AT_ONCE`] rows of B, to what is there or to zeros.
    #[inline(always)]
    fn add_part<S: Simd, const PRESENT: bool>(
        &mut self,
        simd: S,
        depth: &Range<usize>,
        columns: &Range<usize>,
    ) {
        let (a, b) = (self.a, self.b.from(depth.start, columns.start));
        for (row, c) in self.c.chunks_exact_mut(self.n).enumerate() {
            let c = &mut c[columns.clone()];
            let factor = |r| a.at(row, depth.start + r);
            match depth.len() {
                4 => add::<S, 4, PRESENT>(simd, c, array::from_fn(factor), b),
                3 => add::<S, 3, PRESENT>(simd, c, array::from_fn(factor), b),
                2 => add::<S, 2, PRESENT>(simd, c, array::from_fn(factor), b),
                _ => add::<S, 1, PRESENT>(simd, c, array::from_fn(factor), b),
            }
        }
    }
}

/// Adds R rows of B, each times its factor, to a row, or to zeros.
#[inline(always)]
fn add<S: Simd, const R: usize, const PRESENT: bool>(
    simd: S,
    sums: &mut [f64],
    factors: [f64; R],
    b: Matrix<'_>,
) {
    let rows: [&[f64]; R] = array::from_fn(|r| &b.values[r * b.strides.0..][..sums.len()]);
    let rows = rows.map(S::as_simd_f64s);
    let factors = factors.map(|factor| simd.splat_f64s(factor));
    let zeros = simd.splat_f64s(0.0);
    let (vectors, rest) = S::as_mut_simd_f64s(sums);
    for (index, sum) in vectors.iter_mut().enumerate() {
        let mut total = if PRESENT { *sum } else { zeros };
        for r in 0..R {
            total = simd.mul_add_e_f64s(factors[r], rows[r].0[index], total);
        }
        *sum = total;
    }
    if rest.is_empty() {
        return;
    }
    let mut total = if PRESENT {
        read_part(simd, rest)
    } else {
        zeros
    };
    for r in 0..R {
        total = simd.mul_add_e_f64s(factors[r], read_part(simd, rows[r].1), total);
    }
    write_part::<S>(rest, total);
}

/// Whether the weighted sums of a layer, for a batch of so many samples, are made by [`add_dots`].
#[inline(always)]
pub(crate) fn are_dots(samples: usize, units: usize, fan_in: usize) -> bool {
    (samples <= FEW || units == 1) && fan_in >= LONG
}

/// Z = X·Wᵀ + b of few samples, or of one unit. Each sum is made in as many parts as four vectors have lanes, so its last bits
/// differ from those of [`super::product::product`].
#[inline(always)]
pub(crate) fn add_dots<S: Simd>(
    simd: S,
    z: &mut [f64],
    (x, weights): (&[f64], &[f64]),
    biases: &[f64],
    fan_in: usize,
) {
    let whole = biases.len() / SIDE_BY_SIDE * SIDE_BY_SIDE;
    let (of_whole, of_rest) = weights.split_at(whole * fan_in);
    let blocks = of_whole.chunks_exact(SIDE_BY_SIDE * fan_in);
    for (unit, rows) in (0..).step_by(SIDE_BY_SIDE).zip(blocks) {
        add_dots_of::<S, SIDE_BY_SIDE>(simd, z, (x, rows), biases, unit);
    }
    for (unit, row) in (whole..).zip(of_rest.chunks_exact(fan_in)) {
        add_dots_of::<S, 1>(simd, z, (x, row), biases, unit);
    }
}

/// [`add_dots`] for R units, from this one on.
#[inline(always)]
fn add_dots_of<S: Simd, const R: usize>(
    simd: S,
    z: &mut [f64],
    (x, rows): (&[f64], &[f64]),
    biases: &[f64],
    unit: usize,
) {
    let samples = x.chunks_exact(rows.len() / R);
    for (x, z) in samples.zip(z.chunks_exact_mut(biases.len())) {
        let dots = dots::<S, R>(simd, x, rows);
        for r in 0..R {
            z[unit + r] = biases[unit + r] + dots[r];
        }
    }
}

/// Σ x·w for each of R rows: a large matrix is read fastest along a few of them at once.
#[inline(always)]
fn dots<S: Simd, const R: usize>(simd: S, x: &[f64], rows: &[f64]) -> [f64; R] {
    const N: usize = 4;
    let mut sums = [[simd.splat_f64s(0.0); N]; R];
    let (vectors_of_x, rest_of_x) = S::as_simd_f64s(x);
    let (blocks_of_x, vectors_of_x) = vectors_of_x.as_chunks::<N>();
    let mut rests = [&[][..]; R];
    let mut vectors = [&[][..]; R];
    let mut blocks = [&[][..]; R];
    for r in 0..R {
        let row = &rows[r * x.len()..][..x.len()];
        (vectors[r], rests[r]) = S::as_simd_f64s(row);
        (blocks[r], vectors[r]) = vectors[r].as_chunks::<N>();
        blocks[r] = &blocks[r][..blocks_of_x.len()];
    }
    for (index, x) in blocks_of_x.iter().enumerate() {
        for r in 0..R {
            for v in 0..N {
                sums[r][v] = simd.mul_add_e_f64s(x[v], blocks[r][index][v], sums[r][v]);
            }
        }
    }
    let rest_of_x = read_part(simd, rest_of_x);
    let mut dots = [0.0; R];
    for r in 0..R {
        let mut sums = sums[r];
        for (x, weights) in vectors_of_x.iter().zip(vectors[r]) {
            sums[0] = simd.mul_add_e_f64s(*x, *weights, sums[0]);
        }
        sums[1] = simd.mul_add_e_f64s(rest_of_x, read_part(simd, rests[r]), sums[1]);
        let halves = [0, 1].map(|half| simd.add_f64s(sums[half], sums[half + 2]));
        dots[r] = simd.reduce_sum_f64s(simd.add_f64s(halves[0], halves[1]));
    }
    dots
}

#[cfg(test)]
mod tests {
    use pulp::Scalar;

    use super::*;
    use crate::kernels::product::tests::numbers;

    /// The weighted sums of layers whose numbers begin this far after the start of their vectors.
    struct Dots {
        samples: usize,
        units: usize,
        fan_in: usize,
        offset: usize,
    }

    impl WithSimd for &Dots {
        type Output = Vec<f64>;

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> Vec<f64> {
            let [x, weights] =
                [self.samples, self.units].map(|rows| numbers(rows * self.fan_in, self.offset));
            let factors = (&x[self.offset..], &weights[self.offset..]);
            let mut z = vec![f64::NAN; self.samples * self.units];
            add_dots(simd, &mut z, factors, &numbers(self.units, 0), self.fan_in);
            z
        }
    }

    fn are_those_of_simple_loops<S: Simd>(simd: S) {
        let fan_ins = (LONG..LONG + 40).chain([1023]);
        for fan_in in fan_ins {
            let at = |samples, offset| {
                let dots = Dots {
                    samples,
                    units: 6,
                    fan_in,
                    offset,
                };
                simd.vectorize(&dots)
            };
            let sums = at(FEW, 0);
            let x = numbers(FEW * fan_in, 0);
            let samples = x.chunks_exact(fan_in);
            for (x, sums) in samples.zip(sums.chunks_exact(6)) {
                for (unit, sum) in sums.iter().enumerate() {
                    let weights = weights_into(unit, fan_in);
                    let products = x.iter().zip(&weights).map(|(x, w)| x * w);
                    let expected = products.sum::<f64>() + numbers(6, 0)[unit];
                    assert!((sum - expected).abs() < 1e-12, "{sum} {expected}");
                }
            }
            for offset in 1..9 {
                assert_eq!(at(FEW, offset), sums);
            }
            assert_eq!(at(2, 0), sums[..12]);
        }
    }

    /// The weights into a unit.
    fn weights_into(unit: usize, fan_in: usize) -> Vec<f64> {
        numbers((unit + 1) * fan_in, 0).split_off(unit * fan_in)
    }

    #[test]
    fn weighted_sums_of_few_samples_are_those_of_simple_loops_with_the_same_bits_for_each_sample() {
        are_those_of_simple_loops(Scalar);
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(simd) = pulp::x86::V3::try_new() {
                are_those_of_simple_loops(simd);
                are_those_of_simple_loops(pulp::x86::V3_512b(simd));
            }
            if let Some(simd) = pulp::x86::V4::try_new() {
                are_those_of_simple_loops(simd);
            }
        }
    }
}
