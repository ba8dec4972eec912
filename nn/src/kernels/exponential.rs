//! eˣ and tanh without a branch, for many numbers at a time.
//!
//! eˣ = 2ⁿ·eʳ, where n is the integer nearest to x / ln 2 and |r| ≤ ln 2 / 2; eʳ − 1 by Taylor's series to
//! r¹³. Within 2 units in the last place of the C library's, which is faster for one number.

use std::f64::consts::LOG2_E;
use std::hint::black_box;

use pulp::Simd;

use super::part::{read_part, write_part};

/// 1.5·2⁵²: after adding it, what was behind the point has been rounded away.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// ln 2 as a sum. The product of an n and the first part, which has 33 bits, is exact (as in fdlibm).
const LN_2: (f64, f64) = (
    f64::from_bits(0x3fe6_2e42_fee0_0000),
    f64::from_bits(0x3dea_39ef_3579_3c76),
);

/// A function of one number, computed for a vector of them. A trait, because a closure would not be compiled
/// for the vector instructions of its caller.
pub(crate) trait Function: Copy {
    /// f(x).
    fn of<S: Simd>(self, simd: S, series: &Series, x: S::f64s) -> S::f64s;
}

/// Replaces every x by f(x).
#[inline(always)]
pub(crate) fn map<S: Simd>(simd: S, values: &mut [f64], f: impl Function) {
    // What the compiler does not know it cannot make a broadcast for each use of.
    let series = black_box(&SERIES);
    let (vectors, rest) = S::as_mut_simd_f64s(values);
    for x in vectors {
        *x = f.of(simd, series, *x);
    }
    if !rest.is_empty() {
        write_part::<S>(rest, f.of(simd, series, read_part(simd, rest)));
    }
}

/// eˣ.
#[derive(Clone, Copy)]
pub(crate) struct Exp;

impl Function for Exp {
    #[inline(always)]
    fn of<S: Simd>(self, simd: S, series: &Series, x: S::f64s) -> S::f64s {
        // 0 and ∞ begin before these. A NaN passes.
        let x = at_least(simd, x, -746.0);
        let x = at_most(simd, x, 710.0);
        let (n, fraction) = reduce(simd, series, x);
        // 2ⁿ itself can be too large or too small for a normal number.
        let round = simd.splat_f64s(ROUND);
        let half = simd.sub_f64s(simd.mul_add_e_f64s(n, simd.splat_f64s(0.5), round), round);
        let power = simd.add_f64s(simd.splat_f64s(1.0), fraction);
        let power = simd.mul_f64s(power, power_of_2(simd, half));
        simd.mul_f64s(power, power_of_2(simd, simd.sub_f64s(n, half)))
    }
}

/// 1 / (1 + e^(−x)).
#[derive(Clone, Copy)]
pub(crate) struct Sigmoid;

impl Function for Sigmoid {
    #[inline(always)]
    fn of<S: Simd>(self, simd: S, series: &Series, x: S::f64s) -> S::f64s {
        let one = simd.splat_f64s(1.0);
        simd.div_f64s(
            one,
            simd.add_f64s(one, Exp.of(simd, series, simd.neg_f64s(x))),
        )
    }
}

/// tanh x = (e²ˣ − 1) / (e²ˣ + 1), from t = e²ˣ − 1 so that small numbers lose nothing.
#[derive(Clone, Copy)]
pub(crate) struct Tanh;

impl Function for Tanh {
    #[inline(always)]
    fn of<S: Simd>(self, simd: S, series: &Series, x: S::f64s) -> S::f64s {
        let sign = simd.and_f64s(x, simd.splat_f64s(-0.0));
        let magnitude = simd.xor_f64s(x, sign);
        // From 20 on it is 1.
        let doubled = at_most(simd, simd.add_f64s(magnitude, magnitude), 40.0);
        let (n, fraction) = reduce(simd, series, doubled);
        let power = power_of_2(simd, n);
        let t = simd.mul_add_e_f64s(power, fraction, simd.sub_f64s(power, simd.splat_f64s(1.0)));
        let quotient = simd.div_f64s(t, simd.add_f64s(t, simd.splat_f64s(2.0)));
        simd.or_f64s(quotient, sign)
    }
}

#[inline(always)]
fn at_most<S: Simd>(simd: S, x: S::f64s, limit: f64) -> S::f64s {
    let limit = simd.splat_f64s(limit);
    simd.select_f64s(simd.greater_than_f64s(x, limit), limit, x)
}

#[inline(always)]
fn at_least<S: Simd>(simd: S, x: S::f64s, limit: f64) -> S::f64s {
    let limit = simd.splat_f64s(limit);
    simd.select_f64s(simd.less_than_f64s(x, limit), limit, x)
}

/// The n and the eʳ − 1 of x.
#[inline(always)]
fn reduce<S: Simd>(simd: S, series: &Series, x: S::f64s) -> (S::f64s, S::f64s) {
    let round = simd.splat_f64s(ROUND);
    let n = simd.sub_f64s(
        simd.mul_add_e_f64s(x, simd.splat_f64s(LOG2_E), round),
        round,
    );
    let r = simd.mul_add_e_f64s(n, simd.splat_f64s(-LN_2.0), x);
    let r = simd.mul_add_e_f64s(n, simd.splat_f64s(-LN_2.1), r);
    // Estrin's scheme: pairs, then pairs of pairs, which need not wait for each other.
    let r2 = simd.mul_f64s(r, r);
    let r4 = simd.mul_f64s(r2, r2);
    let r8 = simd.mul_f64s(r4, r4);
    let low = pair(
        simd,
        r4,
        four::<S, 2>(simd, series, r, r2),
        four::<S, 6>(simd, series, r, r2),
    );
    let series = pair(simd, r8, low, four::<S, 10>(simd, series, r, r2));
    (n, simd.mul_add_e_f64s(r2, series, r))
}

/// a + b·x.
#[inline(always)]
fn pair<S: Simd>(simd: S, x: S::f64s, a: S::f64s, b: S::f64s) -> S::f64s {
    simd.mul_add_e_f64s(b, x, a)
}

/// 1/I! + r/(I + 1)! + r²/(I + 2)! + r³/(I + 3)!
#[inline(always)]
fn four<S: Simd, const I: usize>(simd: S, series: &Series, r: S::f64s, r2: S::f64s) -> S::f64s {
    let [a, b, c, d] = [0, 1, 2, 3].map(|i| S::as_simd_f64s(&series[I + i]).0[0]);
    pair(simd, r2, pair(simd, r, a, b), pair(simd, r, c, d))
}

/// The factors of Taylor's series, 1 / i!, each as often as a vector has lanes: so an instruction takes them from
/// memory as they are.
type Series = [[f64; 8]; 14];

static SERIES: Series = {
    let mut series = [[1.0; 8]; 14];
    let (mut i, mut factorial) = (1, 1.0);
    while i < 14 {
        factorial *= i as f64;
        series[i] = [1.0 / factorial; 8];
        i += 1;
    }
    series
};

/// 2ⁿ for an integer n of −1022 ..= 1023.
#[inline(always)]
fn power_of_2<S: Simd>(simd: S, n: S::f64s) -> S::f64s {
    // In 2⁵² + i the last bits are those of the integer i; the exponent stands above 52 bits.
    const EXPONENT_OF_1: f64 = 4_503_599_627_370_496.0 + 1023.0;
    let exponent = simd.transmute_u64s_f64s(simd.add_f64s(n, simd.splat_f64s(EXPONENT_OF_1)));
    simd.transmute_f64s_u64s(simd.mul_u64s(exponent, simd.splat_u64s(1 << 52)))
}

#[cfg(test)]
mod tests {
    use pulp::{Arch, Scalar, WithSimd};

    use super::*;

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
        let mut numbers = numbers.peekable();
        while numbers.peek().is_some() {
            // No whole number of vectors.
            let block: Vec<f64> = numbers.by_ref().take(1021).collect();
            let mut results = Vec::new();
            let mut add = |run: &dyn Fn(&mut [f64])| {
                let mut block = block.clone();
                run(&mut block);
                results.push(block);
            };
            add(&|block| Scalar.vectorize(Numbers(block, f)));
            add(&|block| Arch::new().dispatch(Numbers(block, f)));
            #[cfg(target_arch = "x86_64")]
            if let Some(avx2) = pulp::x86::V3::try_new() {
                add(&|block| Simd::vectorize(avx2, Numbers(block, f)));
                // As many numbers a vector as with AVX-512.
                add(&|block| pulp::x86::V3_512b(avx2).vectorize(Numbers(block, f)));
            }
            for ours in results {
                for (x, ours) in block.iter().zip(ours) {
                    assert!(is_right(*x, ours), "{x}: {ours}");
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
        check([f64::NAN].into_iter(), Sigmoid, |_, ours| ours.is_nan());
    }

    #[test]
    fn tanh_is_that_of_the_c_library_within_1e_15() {
        let steps = (-1_000_000..=1_000_000).map(|step| f64::from(step) * 3.000_3e-5);
        let small = (0..1075).flat_map(|power| [1.0, -1.3].map(|s| s * 0.5f64.powi(power)));
        let large = [f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 0.0, -0.0];
        check(steps.chain(small).chain(large), Tanh, |x, ours| {
            let expected = x.tanh();
            ulps(ours, expected) <= 1 || ((ours - expected) / expected).abs() <= 1e-15
        });
        check([f64::NAN].into_iter(), Tanh, |_, ours| ours.is_nan());
    }
}
