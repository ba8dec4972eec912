//! Products against simple loops, to the bit.

use pulp::Scalar;

use super::narrow::BackProducts;
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

/// Numbers whose sums have to be rounded, after so many that no kernel may read.
pub(in crate::kernels) fn numbers(count: usize, offset: usize) -> Vec<f64> {
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
    fn expected(&self, mul_add: fn(f64, f64, f64) -> f64) -> [Vec<f64>; 2] {
        let (m, n, _) = self.shape;
        let (_, _, bias) = self.factors();
        let start = |index: usize| bias.get(index % n).copied().unwrap_or(0.0);
        let once = self.added_to((0..m * n).map(start).collect(), mul_add);
        [once.clone(), self.added_to(once, mul_add)]
    }

    fn added_to(&self, mut c: Vec<f64>, mul_add: fn(f64, f64, f64) -> f64) -> Vec<f64> {
        let (_, n, k) = self.shape;
        let (a, b, _) = self.factors();
        let (a, b) = self.matrices(&a, &b);
        let element = |matrix: Matrix<'_>, row, column| {
            matrix.values[row * matrix.strides.0 + column * matrix.strides.1]
        };
        for (index, sum) in c.iter_mut().enumerate() {
            let (row, column) = (index / n, index % n);
            for k in 0..k {
                *sum = mul_add(element(a, row, k), element(b, k, column), *sum);
            }
        }
        c
    }
}

impl WithSimd for &Case {
    type Output = [Vec<f64>; 2];

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> [Vec<f64>; 2] {
        let (m, n, k) = self.shape;
        let (a, b, bias) = self.factors();
        let mut c = vec![f64::NAN; self.offset + m * n];
        let factors = self.matrices(&a, &b);
        let mut space = WorkSpace::new((m, n, k));
        let begin = match self.layout {
            Layout::Forward => Begin::Bias(&bias),
            Layout::Gradient | Layout::Back => Begin::Zeros,
        };
        [begin, Begin::Present].map(|begin| {
            let place = &mut c[self.offset..];
            product(simd, place, factors, begin, (n, k), &mut space);
            place.to_vec()
        })
    }
}

/// Both products on the way back through a narrow layer, which listens to as many numbers as so many vectors have.
struct Back {
    samples: usize,
    units: usize,
    vectors: usize,
    offset: usize,
    mul_add: fn(f64, f64, f64) -> f64,
}

impl Back {
    /// Δᵀ·X and Δ·W, of the same numbers, by simple loops.
    fn expected(&self, fan_in: usize) -> [Vec<f64>; 2] {
        let products = [
            (Layout::Gradient, self.units, self.samples),
            (Layout::Back, self.samples, self.units),
        ];
        products.map(|(layout, m, k)| {
            let case = Case {
                layout,
                shape: (m, fan_in, k),
                offset: 0,
            };
            let [once, _] = case.expected(self.mul_add);
            once
        })
    }
}

impl WithSimd for &Back {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (samples, units, offset) = (self.samples, self.units, self.offset);
        let fan_in = self.vectors * S::F64_LANES;
        assert!(BackProducts::are_for::<S>(units, fan_in));
        let [deltas, inputs, weights] =
            [samples * units, samples * fan_in, units * fan_in].map(|count| numbers(count, offset));
        let [mut by_weights, mut by_inputs] =
            [units, samples].map(|rows| vec![f64::NAN; offset + rows * fan_in]);
        let products = BackProducts {
            deltas: &deltas[offset..],
            inputs: &inputs[offset..],
            weights: &weights[offset..],
            by_weights: &mut by_weights[offset..],
            by_inputs: &mut by_inputs[offset..],
        };
        products.make(simd, (units, fan_in));
        let made = [by_weights, by_inputs].map(|made| made[offset..].to_vec());
        assert_eq!(made, self.expected(fan_in), "{samples} {units} {fan_in}");
    }
}

fn narrow_layers_have_those_of_simple_loops<S: Simd>(simd: S, mul_add: fn(f64, f64, f64) -> f64) {
    for vectors in [1, 2] {
        for units in [1, 2, 3, 4, 8, 13, 16] {
            for (samples, offset) in [(1, 0), (9, 0), (10, 1), (10, 7), (33, 0)] {
                simd.vectorize(&Back {
                    samples,
                    units,
                    vectors,
                    offset,
                    mul_add,
                });
            }
        }
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
        // More rows than are packed at a time, and strips of every height.
        .chain((high(DEEPEST) - 2..high(DEEPEST) + 9).map(|m| (m, 19, DEEPEST + 3)))
        // More columns than are packed at a time, in whole panels and beside them.
        .chain([0, 1, 5, 9, 16].map(|more| (13, wide(DEEPEST) + more, DEEPEST + 3)))
        // So many columns that A is always copied.
        .chain((14..20).map(|m| (m, MANY + 3, 9)))
        // Few rows or few terms, and more columns than are added at once.
        .chain([(8, 1030, 11), (11, 1030, 8)])
}

/// Products that begin with zeros or a bias, and then once more with what is there, as for a later part of a batch.
fn is_that_of_simple_loops<S: Simd>(simd: S, mul_add: fn(f64, f64, f64) -> f64) {
    for shape in shapes() {
        for layout in LAYOUTS {
            let case = Case {
                layout,
                shape,
                offset: 0,
            };
            let [once, twice] = simd.vectorize(&case);
            let expected = case.expected(mul_add);
            assert_eq!(once, expected[0], "{layout:?} {shape:?}");
            assert_eq!(twice, expected[1], "{layout:?} {shape:?}, continued");
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
    narrow_layers_have_those_of_simple_loops(Scalar, |a, b, sum| a * b + sum);
}

#[test]
fn without_vector_instructions_a_product_has_the_same_bits_anywhere_in_memory() {
    has_the_same_bits_anywhere(Scalar);
}

#[cfg(target_arch = "x86_64")]
#[test]
fn with_avx2_a_product_is_that_of_simple_loops_to_the_bit() {
    let Some(simd) = pulp::x86::V3::try_new() else {
        return eprintln!("skipped: this processor has no AVX2");
    };
    is_that_of_simple_loops(simd, f64::mul_add);
    narrow_layers_have_those_of_simple_loops(simd, f64::mul_add);
    has_the_same_bits_anywhere(simd);
    // As many numbers a vector as with AVX-512, in pairs of AVX2's.
    let pairs = pulp::x86::V3_512b(simd);
    is_that_of_simple_loops(pairs, f64::mul_add);
    narrow_layers_have_those_of_simple_loops(pairs, f64::mul_add);
    has_the_same_bits_anywhere(pairs);
}

#[cfg(target_arch = "x86_64")]
#[test]
fn with_avx_512_a_product_is_that_of_simple_loops_to_the_bit() {
    let Some(simd) = pulp::x86::V4::try_new() else {
        return eprintln!("skipped: this processor has no AVX-512");
    };
    is_that_of_simple_loops(simd, f64::mul_add);
    narrow_layers_have_those_of_simple_loops(simd, f64::mul_add);
    has_the_same_bits_anywhere(simd);
}
