//! eˣ and tanh without a branch, for many numbers at a time.
//!
//! eˣ = 2ⁿ·eʳ, where n is the integer nearest to x / ln 2 and |r| ≤ ln 2 / 2; eʳ − 1 by Taylor's series to
//! r¹³. Within 2 units in the last place of the C library's, which is faster for one number. No multiply-add
//! is fused: the same bits on every processor.

/// 1.5·2⁵²: after adding it, what was behind the point has been rounded away.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// ln 2 as a sum. The product of an n and the first part, which has 33 bits, is exact (as in fdlibm).
const LN_2: (f64, f64) = (
    f64::from_bits(0x3fe6_2e42_fee0_0000),
    f64::from_bits(0x3dea_39ef_3579_3c76),
);

/// eˣ.
#[inline(always)]
pub(in super::super) fn exp(x: f64) -> f64 {
    // 0 and ∞ begin before these. A NaN passes.
    let x = if x < -746.0 { -746.0 } else { x };
    let x = if x > 710.0 { 710.0 } else { x };
    let (n, fraction) = reduce(x);
    // 2ⁿ itself can be too large or too small for a normal number.
    let half = (n * 0.5 + ROUND) - ROUND;
    (1.0 + fraction) * power_of_2(half) * power_of_2(n - half)
}

/// tanh x = (e²ˣ − 1) / (e²ˣ + 1), from t = e²ˣ − 1 so that small numbers lose nothing.
#[inline(always)]
pub(in super::super) fn tanh(x: f64) -> f64 {
    // From 20 on it is 1.
    let doubled = x.abs() * 2.0;
    let (n, fraction) = reduce(if doubled > 40.0 { 40.0 } else { doubled });
    let power = power_of_2(n);
    let t = power * fraction + (power - 1.0);
    (t / (t + 2.0)).copysign(x)
}

/// The n and the eʳ − 1 of x.
#[inline(always)]
fn reduce(x: f64) -> (f64, f64) {
    let n = (x * std::f64::consts::LOG2_E + ROUND) - ROUND;
    let r = (x - n * LN_2.0) - n * LN_2.1;
    // Estrin's scheme: pairs, then pairs of pairs, which need not wait for each other.
    let [r2, r4, r8] = [
        r * r,
        (r * r) * (r * r),
        (r * r) * (r * r) * ((r * r) * (r * r)),
    ];
    let pair = |i: usize| INVERSE_FACTORIALS[i] + INVERSE_FACTORIALS[i + 1] * r;
    let low = (pair(2) + pair(4) * r2) + (pair(6) + pair(8) * r2) * r4;
    let series = low + (pair(10) + pair(12) * r2) * r8;
    (n, r + r2 * series)
}

/// 1 / i!
const INVERSE_FACTORIALS: [f64; 14] = {
    let mut inverse = [1.0; 14];
    let (mut i, mut factorial) = (1, 1.0);
    while i < 14 {
        factorial *= i as f64;
        inverse[i] = 1.0 / factorial;
        i += 1;
    }
    inverse
};

/// 2ⁿ for an integer n of −1022 ..= 1023.
#[inline(always)]
fn power_of_2(n: f64) -> f64 {
    // In 2⁵² + i the last bits are those of the integer i; the exponent stands above 52 bits.
    const EXPONENT_OF_1: f64 = 4_503_599_627_370_496.0 + 1023.0;
    f64::from_bits((n + EXPONENT_OF_1).to_bits() << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many numbers further.
    fn ulps(ours: f64, expected: f64) -> u64 {
        assert_eq!(ours.is_nan(), expected.is_nan());
        assert_eq!(ours.is_sign_negative(), expected.is_sign_negative());
        ours.to_bits().abs_diff(expected.to_bits())
    }

    #[test]
    fn exp_is_that_of_the_c_library_within_2_ulp() {
        let steps = (-7_500_000..=7_200_000).map(|step| f64::from(step) * 1.000_3e-4);
        let edges = [
            709.782_712_893_384,
            -708.396_418_532_264_1,
            -745.133_219_101_941_1,
        ];
        let near_edges = edges
            .into_iter()
            .flat_map(|edge| (-100..100).map(move |i| edge + f64::from(i) * 1.2e-13));
        let small = (0..1100).flat_map(|power| [1.0, -1.0].map(|s| s * 0.5f64.powi(power)));
        for x in steps.chain(near_edges).chain(small) {
            assert!(ulps(exp(x), x.exp()) <= 2, "{x}: {} {}", exp(x), x.exp());
        }
    }

    #[test]
    fn exp_of_what_is_not_finite_is_right() {
        assert_eq!([f64::INFINITY, 1e300, 709.8].map(exp), [f64::INFINITY; 3]);
        assert_eq!([f64::NEG_INFINITY, -1e300, -745.2].map(exp), [0.0; 3]);
        assert_eq!([0.0, -0.0].map(exp), [1.0; 2]);
        assert!(exp(-740.0) > 0.0 && !exp(-740.0).is_normal());
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn tanh_is_that_of_the_c_library_within_1e_15() {
        let steps = (-3_000_000..=3_000_000).map(|step| f64::from(step) * 1.000_3e-5);
        let small = (0..1075).flat_map(|power| [1.0, -1.3].map(|s| s * 0.5f64.powi(power)));
        let large = [f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 0.0, -0.0];
        for x in steps.chain(small).chain(large) {
            let expected = x.tanh();
            let distance = ulps(tanh(x), expected);
            let relative = ((tanh(x) - expected) / expected).abs();
            assert!(
                distance <= 1 || relative <= 1e-15,
                "{x}: {} {expected}",
                tanh(x)
            );
        }
        assert!(tanh(f64::NAN).is_nan());
    }
}
