//! eˣ, the sigmoid and tanh against the C library and against twice as many digits.

use pulp::{Arch, Scalar, WithSimd};

use super::*;
use crate::Activation;

/// How many numbers further.
fn ulps(ours: f64, expected: f64) -> u64 {
    assert_eq!(ours.is_nan(), expected.is_nan());
    assert_eq!(ours.is_sign_negative(), expected.is_sign_negative());
    ours.to_bits().abs_diff(expected.to_bits())
}

/// Numbers, and the f to compute of them.
struct Numbers<'a, F>(&'a mut [f64], F);

impl<F: Function> WithSimd for Numbers<'_, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        map(simd, self.0, self.1);
    }
}

/// What f makes of every number, with each kind of vector instructions that there is, and without.
fn check(
    numbers: impl Iterator<Item = f64>,
    f: impl Function,
    is_right: impl Fn(f64, f64) -> bool,
) {
    check_each(numbers, f, |x, ours, _| is_right(x, ours));
}

/// [`check`], where it matters whether multiply-add is known to be fused.
fn check_each(
    numbers: impl Iterator<Item = f64>,
    f: impl Function,
    is_right: impl Fn(f64, f64, bool) -> bool,
) {
    let mut numbers = numbers.peekable();
    while numbers.peek().is_some() {
        // No whole number of vectors.
        let block: Vec<f64> = numbers.by_ref().take(1021).collect();
        let mut results = Vec::new();
        let mut add = |is_fused: bool, run: &dyn Fn(&mut [f64])| {
            let mut block = block.clone();
            run(&mut block);
            results.push((is_fused, block));
        };
        add(false, &|block| Scalar.vectorize(Numbers(block, f)));
        add(false, &|block| Arch::new().dispatch(Numbers(block, f)));
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = pulp::x86::V3::try_new() {
            add(true, &|block| Simd::vectorize(avx2, Numbers(block, f)));
            // As many numbers a vector as with AVX-512.
            let wide = pulp::x86::V3_512b(avx2);
            add(true, &|block| wide.vectorize(Numbers(block, f)));
        }
        for (is_fused, ours) in results {
            for (x, ours) in block.iter().zip(ours) {
                assert!(is_right(*x, ours, is_fused), "{x}: {ours}");
            }
        }
    }
}

#[test]
fn exp_is_that_of_the_c_library_within_2_ulp() {
    let steps = (-1_500_000..=1_440_000).map(|step| f64::from(step) * 5.000_3e-4);
    let edges = [
        709.782_712_893_384,
        -708.396_418_532_264_1,
        -745.133_219_101_941_1,
    ];
    let near_edges = edges
        .into_iter()
        .flat_map(|edge| (-100..100).map(move |i| edge + f64::from(i) * 1.2e-13));
    let small = (0..1100).flat_map(|power| [1.0, -1.0].map(|s| s * 0.5f64.powi(power)));
    let numbers = steps.chain(near_edges).chain(small);
    check(numbers, Exp, |x, ours| ulps(ours, x.exp()) <= 2);
}

#[test]
fn exp_of_what_is_not_finite_is_right() {
    let infinite = [f64::INFINITY, 1e300, 709.8];
    check(infinite.into_iter(), Exp, |_, ours| ours == f64::INFINITY);
    let zero = [f64::NEG_INFINITY, -1e300, -745.2];
    check(zero.into_iter(), Exp, |_, ours| ours == 0.0);
    check([0.0, -0.0].into_iter(), Exp, |_, ours| ours == 1.0);
    let tiny = |ours: f64| ours > 0.0 && !ours.is_normal();
    check([-740.0].into_iter(), Exp, |_, ours| tiny(ours));
    check([f64::NAN].into_iter(), Exp, |_, ours| ours.is_nan());
}

#[test]
fn sigmoid_is_that_of_the_c_library_within_1e_15() {
    let steps = (-700_000..=700_000).map(|step| f64::from(step) * 1.000_3e-3);
    check(steps, Sigmoid, |x, ours| {
        let expected = 1.0 / (1.0 + (-x).exp());
        ((ours - expected) / expected).abs() <= 1e-15
    });
    let low = [-709.0, -745.0, -1e300, f64::NEG_INFINITY];
    check(low.into_iter(), Sigmoid, |_, ours| ours == 0.0);
    let high = [40.0, 1e300, f64::INFINITY];
    check(high.into_iter(), Sigmoid, |_, ours| ours == 1.0);
    check([f64::NAN].into_iter(), Sigmoid, |_, ours| ours.is_nan());
}

#[test]
fn tanh_is_that_of_the_c_library_within_3_ulp() {
    let steps = (-1_000_000..=1_000_000).map(|step| f64::from(step) * 3.000_3e-5);
    let small = (0..1075).flat_map(|power| [1.0, -1.3].map(|s| s * 0.5f64.powi(power)));
    let large = [f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 0.0, -0.0];
    check(steps.chain(small).chain(large), Tanh, |x, ours| {
        ulps(ours, x.tanh()) <= 3
    });
    check([20.0, f64::INFINITY].into_iter(), Tanh, |_, ours| {
        ours == 1.0
    });
    check([f64::NAN].into_iter(), Tanh, |_, ours| ours.is_nan());
}

#[test]
fn tanh_is_right_within_1_7_ulp_and_1_82_where_multiply_add_is_not_fused() {
    let steps = (-40_000..=40_000).map(|step| f64::from(step) * 5.000_3e-4);
    let small = (1..900).map(|step| 0.97f64.powi(step));
    // Where it is the least right: around where n becomes 1, below a power of 2, and where tanh x becomes 1.
    let least = (0..200_000).map(|step| 0.15 + f64::from(step) * 1.0003e-6);
    let below = (0..50_000).map(|step| 0.0078 + f64::from(step) * 1.0003e-9);
    let near_1 = (0..50_000).map(|step| 17.5 + f64::from(step) * 3.000_1e-5);
    let numbers = steps.chain(small).chain(least).chain(below).chain(near_1);
    check_each(numbers, Tanh, |x, ours, is_fused| {
        Double::tanh(x).ulps_to(ours) <= if is_fused { 1.7 } else { 1.82 }
    });
}

#[test]
fn tanh_of_many_numbers_has_the_bits_of_few() {
    for count in (1..40).chain([511, 512, 513, 1100]) {
        let block: Vec<f64> = (0..count).map(|i| f64::from(i) * 0.37 - 20.0).collect();
        let (mut many, mut few) = (block.clone(), block);
        Activation::Tanh.apply(&mut many);
        Arch::new().dispatch(Numbers(&mut few, Tanh));
        assert_eq!(many, few);
    }
}

#[test]
fn exp_is_right_within_1_1_ulp() {
    let steps = (-140_000..=140_000).map(|step| f64::from(step) * 5.000_3e-3);
    check(steps, Exp, |x, ours| {
        let (power, exact) = Double::exp(x);
        exact.ulps_to(ours / power) <= 1.1
    });
}

/// A number of twice as many digits: the sum of two, of which the second is less than a digit of the first (Dekker 1971).
#[derive(Clone, Copy)]
struct Double(f64, f64);

impl Double {
    const ONE: Self = Self(1.0, 0.0);

    fn sum(a: f64, b: f64) -> Self {
        let sum = a + b;
        let of_b = sum - a;
        Self(sum, (a - (sum - of_b)) + (b - of_b))
    }

    fn product(a: f64, b: f64) -> Self {
        Self(a * b, a.mul_add(b, -(a * b)))
    }

    fn plus(self, other: Self) -> Self {
        let sum = Self::sum(self.0, other.0);
        Self::sum(sum.0, sum.1 + (self.1 + other.1))
    }

    fn times(self, other: Self) -> Self {
        let product = Self::product(self.0, other.0);
        Self::sum(product.0, product.1 + (self.0 * other.1 + self.1 * other.0))
    }

    fn over(self, other: Self) -> Self {
        let quotient = self.0 / other.0;
        let rest = self.plus(other.times(Self(-quotient, 0.0)));
        Self::sum(quotient, rest.0 / other.0)
    }

    /// The 2ⁿ and the eʳ − 1 of x.
    fn reduced(x: f64) -> (f64, Self) {
        // What is left of ln 2 behind the two parts.
        const REST: f64 = f64::from_bits(0x3a8c_c01f_97b5_7a08);
        let n = (x * LOG2_E).round();
        let r = Self::sum(x, -n * LN_2.0)
            .plus(Self::product(-n, LN_2.1))
            .plus(Self(-n * REST, 0.0));
        // Taylor's series by Horner's rule.
        let series = (2..30).rev().fold(Self::ONE, |series, i| {
            let i = Self(f64::from(i), 0.0);
            Self::ONE.plus(r.times(series).over(i))
        });
        (n.exp2(), r.times(series))
    }

    /// eˣ, as a power of 2 and a factor near 1.
    fn exp(x: f64) -> (f64, Self) {
        let (power, fraction) = Self::reduced(x);
        (power, Self::ONE.plus(fraction))
    }

    fn tanh(x: f64) -> Self {
        let (power, fraction) = Self::reduced(2.0 * x);
        let t = Self(power, 0.0)
            .times(fraction)
            .plus(Self::sum(power, -1.0));
        t.over(t.plus(Self(2.0, 0.0)))
    }

    /// How far a number is from this, in units of its last place.
    fn ulps_to(self, number: f64) -> f64 {
        let magnitude = self.0.abs();
        let unit = magnitude.next_up() - magnitude;
        ((number - self.0) - self.1).abs() / unit
    }
}
