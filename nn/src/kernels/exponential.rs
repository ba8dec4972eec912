//! eˣ and tanh without a branch, for many numbers at a time.
//!
//! eˣ = 2ⁿ·eʳ, where n is the integer nearest to x / ln 2 and |r| ≤ ln 2 / 2; eʳ − 1 by Taylor's series to
//! r¹³. Within 2 units in the last place of the C library's, which is faster for one number.

use std::f64::consts::LOG2_E;
use std::hint::black_box;

use pulp::Simd;

use super::part::{read_part, write_part};
use super::vectors::Vectors;

/// 1.5·2⁵²: after adding it, what was behind the point has been rounded away.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// ln 2 as a sum. The product of an n and the first part, which has 33 bits, is exact (as in fdlibm).
const LN_2: (f64, f64) = (
    f64::from_bits(0x3fe6_2e42_fee0_0000),
    f64::from_bits(0x3dea_39ef_3579_3c76),
);

/// A function of one number, computed for vectors of them. A trait, because a closure would not be compiled
/// for the vector instructions of its caller.
pub(crate) trait Function: Copy {
    /// f(x).
    fn of<S: Simd, const N: usize>(self, series: [&Series; N], x: Vectors<S, N>) -> Vectors<S, N>;
}

/// Replaces every x by f(x).
#[inline(always)]
pub(crate) fn map<S: Simd>(simd: S, values: &mut [f64], f: impl Function) {
    // What the compiler does not know it cannot make a broadcast for each use of, nor keep it in registers for
    // the second vector, where there are too few.
    let series = [&SERIES; 2].map(black_box);
    let (vectors, rest) = S::as_mut_simd_f64s(values);
    let (pairs, last) = vectors.as_chunks_mut::<2>();
    for pair in pairs {
        *pair = f.of(series, Vectors::new(simd, *pair)).vectors;
    }
    for x in last {
        [*x] = f.of([series[0]], Vectors::new(simd, [*x])).vectors;
    }
    if !rest.is_empty() {
        let x = Vectors::new(simd, [read_part(simd, rest)]);
        write_part::<S>(rest, f.of([series[0]], x).vectors[0]);
    }
}

/// eˣ.
#[derive(Clone, Copy)]
pub(crate) struct Exp;

impl Function for Exp {
    #[inline(always)]
    fn of<S: Simd, const N: usize>(self, series: [&Series; N], x: Vectors<S, N>) -> Vectors<S, N> {
        // 0 and ∞ begin before these. A NaN passes.
        let (n, fraction) = reduce(series, x.at_least(-746.0).at_most(710.0));
        // 2ⁿ itself can be too large or too small for a normal number.
        let half = n.mul_add(x.all(0.5), x.all(ROUND)) - x.all(ROUND);
        (x.all(1.0) + fraction) * half.power_of_2() * (n - half).power_of_2()
    }
}

/// 1 / (1 + e^(−x)).
#[derive(Clone, Copy)]
pub(crate) struct Sigmoid;

impl Function for Sigmoid {
    #[inline(always)]
    fn of<S: Simd, const N: usize>(self, series: [&Series; N], x: Vectors<S, N>) -> Vectors<S, N> {
        let one = x.all(1.0);
        one / (one + Exp.of(series, x ^ x.all(-0.0)))
    }
}

/// tanh x = (e²ˣ − 1) / (e²ˣ + 1), from t = e²ˣ − 1 so that small numbers lose nothing.
#[derive(Clone, Copy)]
pub(crate) struct Tanh;

impl Function for Tanh {
    #[inline(always)]
    fn of<S: Simd, const N: usize>(self, series: [&Series; N], x: Vectors<S, N>) -> Vectors<S, N> {
        let sign = x & x.all(-0.0);
        let magnitude = x ^ sign;
        // From 20 on it is 1.
        let (n, fraction) = reduce(series, (magnitude + magnitude).at_most(40.0));
        let power = n.power_of_2();
        let t = power.mul_add(fraction, power - x.all(1.0));
        (t / (t + x.all(2.0))) | sign
    }
}

/// The n and the eʳ − 1 of x.
#[inline(always)]
fn reduce<S: Simd, const N: usize>(
    series: [&Series; N],
    x: Vectors<S, N>,
) -> (Vectors<S, N>, Vectors<S, N>) {
    let n = x.mul_add(x.all(LOG2_E), x.all(ROUND)) - x.all(ROUND);
    let r = n.mul_add(x.all(-LN_2.0), x);
    let r = n.mul_add(x.all(-LN_2.1), r);
    // Estrin's scheme: pairs, then pairs of pairs, which need not wait for each other.
    let r2 = r * r;
    let r4 = r2 * r2;
    let r8 = r4 * r4;
    let low = pair(
        r4,
        four::<S, N, 2>(series, r, r2),
        four::<S, N, 6>(series, r, r2),
    );
    let series = pair(r8, low, four::<S, N, 10>(series, r, r2));
    (n, r2.mul_add(series, r))
}

/// a + b·x.
#[inline(always)]
fn pair<S: Simd, const N: usize>(
    x: Vectors<S, N>,
    a: Vectors<S, N>,
    b: Vectors<S, N>,
) -> Vectors<S, N> {
    b.mul_add(x, a)
}

/// 1/I! + r/(I + 1)! + r²/(I + 2)! + r³/(I + 3)!
#[inline(always)]
fn four<S: Simd, const N: usize, const I: usize>(
    series: [&Series; N],
    r: Vectors<S, N>,
    r2: Vectors<S, N>,
) -> Vectors<S, N> {
    let [a, b, c, d] = [0, 1, 2, 3].map(|i| r.each(series.map(|series| &series[I + i])));
    pair(r2, pair(r, a, b), pair(r, c, d))
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
