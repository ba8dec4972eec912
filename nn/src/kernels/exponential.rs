//! eˣ and tanh without a branch, for many numbers at a time.
//!
//! eˣ = 2ⁿ·eʳ, where n is the integer nearest to x / ln 2 and |r| ≤ ln 2 / 2; eʳ − 1 by a polynomial that ends with
//! r¹¹. Right within 1.1 units in the last place. tanh has a way of its own, within 1.7, or 1.82
//! where the processor cannot multiply and add in one.

use std::f64::consts::LOG2_E;
use std::hint::black_box;

use pulp::Simd;

use super::part::{read_part, write_part};
use super::vectors::Vectors;

/// ln 2 as a sum. The product of an n and the first part, which has 33 bits, is exact (as in fdlibm).
const LN_2: (f64, f64) = (
    f64::from_bits(0x3fe6_2e42_fee0_0000),
    f64::from_bits(0x3dea_39ef_3579_3c76),
);

/// The bit of a number's sign.
const SIGN: u64 = 1 << 63;

/// A function of one number, computed for vectors of them. A trait, because a closure would not be compiled
/// for the vector instructions of its caller.
pub(crate) trait Function: Copy {
    /// f(x).
    fn of<S: Simd, const N: usize>(self, factors: [&Factors; N], x: Vectors<S, N>)
    -> Vectors<S, N>;
}

/// Replaces every x by f(x).
#[inline(always)]
pub(crate) fn map<S: Simd>(simd: S, values: &mut [f64], f: impl Function) {
    // What the compiler does not know it cannot make a broadcast for each use of, nor keep it in registers for
    // the second vector, where there are too few.
    let factors = [&FACTORS; 2].map(black_box);
    let (vectors, rest) = S::as_mut_simd_f64s(values);
    let (pairs, last) = vectors.as_chunks_mut::<2>();
    for pair in pairs {
        *pair = f.of(factors, Vectors::new(simd, *pair)).vectors;
    }
    for x in last {
        [*x] = f.of([factors[0]], Vectors::new(simd, [*x])).vectors;
    }
    if !rest.is_empty() {
        let x = Vectors::new(simd, [read_part(simd, rest)]);
        write_part::<S>(rest, f.of([factors[0]], x).vectors[0]);
    }
}

/// Replaces every x by tanh x. While one pair of vectors is divided, at its end, the next pair is multiplied.
#[inline(always)]
pub(crate) fn map_tanh<S: Simd>(simd: S, values: &mut [f64]) {
    let factors = [&FACTORS; 2].map(black_box);
    let in_pairs = values.len() / (2 * S::F64_LANES) * (2 * S::F64_LANES);
    let (in_pairs, rest) = values.split_at_mut(in_pairs);
    map(simd, rest, Tanh);
    let (pairs, _) = S::as_mut_simd_f64s(in_pairs).0.as_chunks_mut::<2>();
    let Some((mut pair, others)) = pairs.split_first_mut() else {
        return;
    };
    let mut x = Vectors::new(simd, *pair);
    let mut parts = TanhParts::of(factors, x);
    for next in others {
        let next_x = Vectors::new(simd, *next);
        let next_parts = TanhParts::of(factors, next_x);
        *pair = parts.tanh(x).vectors;
        (pair, x, parts) = (next, next_x, next_parts);
    }
    *pair = parts.tanh(x).vectors;
}

/// eˣ.
#[derive(Clone, Copy)]
pub(crate) struct Exp;

impl Function for Exp {
    #[inline(always)]
    fn of<S: Simd, const N: usize>(
        self,
        factors: [&Factors; N],
        x: Vectors<S, N>,
    ) -> Vectors<S, N> {
        // 0 and ∞ begin before these. A NaN passes.
        let reduced = Reduced::of(x.at_least(-746.0).at_most(710.0), 1.0);
        let fraction = reduced.fraction(factors);
        // 2ⁿ itself can be too large or too small for a normal number.
        let (half, power) = reduced.n.nearest(0.5);
        let (_, other_power) = (reduced.n - half).nearest(1.0);
        power.mul_add(fraction, power) * other_power
    }
}

/// 1 / (1 + e^(−x)); 0 up to −709, where it is no longer a normal number.
#[derive(Clone, Copy)]
pub(crate) struct Sigmoid;

impl Function for Sigmoid {
    #[inline(always)]
    fn of<S: Simd, const N: usize>(
        self,
        factors: [&Factors; N],
        x: Vectors<S, N>,
    ) -> Vectors<S, N> {
        let one = x.all(1.0);
        let minus = x ^ x.all(-0.0);
        let reduced = Reduced::of(minus.at_least(-708.0).at_most(709.0), 1.0);
        let fraction = reduced.fraction(factors);
        let power = reduced.power;
        (one / (one + power.mul_add(fraction, power))).replaced_from(709.0, minus, 0.0)
    }
}

/// tanh x = ((1 − h)·K + (1 + h)·s) / ((1 + h)·K + (1 − h)·s), where x = n·ln 2 / 2 + s with |s| ≤ ln 2 / 4, h = 2⁻ⁿ and
/// K = s·coth s, for which there is a short polynomial. It follows from tanh (a + b) and coth s = K / s. Most of it is (1 − h)²,
/// which is exact: of the little that is left to divide, what is rounded away hardly counts.
#[derive(Clone, Copy)]
pub(crate) struct Tanh;

impl Function for Tanh {
    #[inline(always)]
    fn of<S: Simd, const N: usize>(
        self,
        factors: [&Factors; N],
        x: Vectors<S, N>,
    ) -> Vectors<S, N> {
        TanhParts::of(factors, x).tanh(x)
    }
}

/// |tanh x| = part + numerator / denominator.
struct TanhParts<S: Simd, const N: usize> {
    part: Vectors<S, N>,
    numerator: Vectors<S, N>,
    denominator: Vectors<S, N>,
}

impl<S: Simd, const N: usize> TanhParts<S, N> {
    #[inline(always)]
    fn of(factors: [&Factors; N], x: Vectors<S, N>) -> Self {
        let one = x.all(1.0);
        // From 19.1 on tanh x is 1.
        let magnitude = (x & x.all(f64::from_bits(!SIGN))).at_most(20.0);
        // This n is negative: 2ⁿ is h.
        let Reduced { power: h, r: s, .. } = Reduced::of(magnitude, -0.5);
        let s2 = s * s;
        // K − 1
        let k = [3, 2, 1, 0]
            .into_iter()
            .fold(s.row(factors, COTH + 4), |sum, i| {
                sum.mul_add(s2, s.row(factors, COTH + i))
            })
            * s2;
        let (less, more) = (one - h, one + h);
        let part = less * less;
        // The factors of K and s in the numerator, less `part` times those in the denominator.
        let rest = one - part;
        let other = h.mul_add(part, h);
        let (of_k, of_s) = (rest - other, rest + other);
        Self {
            part,
            numerator: of_k.mul_add(k, of_s.mul_add(s, of_k)),
            denominator: more + h.mul_add(k - s, k + s),
        }
    }

    #[inline(always)]
    fn tanh(self, x: Vectors<S, N>) -> Vectors<S, N> {
        let sign = x & x.all(f64::from_bits(SIGN));
        (self.part + self.numerator / self.denominator) | sign
    }
}

/// x = n·scale·ln 2 + r, where scale is a power of 2, with or without a minus sign, and |r| the least.
struct Reduced<S: Simd, const N: usize> {
    n: Vectors<S, N>,
    /// 2ⁿ, if it is a normal number.
    power: Vectors<S, N>,
    r: Vectors<S, N>,
}

impl<S: Simd, const N: usize> Reduced<S, N> {
    #[inline(always)]
    fn of(x: Vectors<S, N>, scale: f64) -> Self {
        let (n, power) = x.nearest(LOG2_E / scale);
        let near = n.mul_add(x.all(-scale * LN_2.0), x);
        let r = n.mul_add(x.all(-scale * LN_2.1), near);
        Self { n, power, r }
    }

    /// eʳ − 1.
    #[inline(always)]
    fn fraction(&self, factors: [&Factors; N]) -> Vectors<S, N> {
        // Estrin's scheme: pairs, then pairs of pairs, which need not wait for each other.
        let r = self.r;
        let r2 = r * r;
        let r4 = r2 * r2;
        let last = pair(r, r.row(factors, 8), r.row(factors, 9));
        let high = pair(r4, four::<S, N, 4>(factors, r, r2), last);
        let all = pair(r4, four::<S, N, 0>(factors, r, r2), high);
        r2.mul_add(all, r)
    }
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

/// cᵢ + cᵢ₊₁·r + cᵢ₊₂·r² + cᵢ₊₃·r³, from the I-th factor on.
#[inline(always)]
fn four<S: Simd, const N: usize, const I: usize>(
    factors: [&Factors; N],
    r: Vectors<S, N>,
    r2: Vectors<S, N>,
) -> Vectors<S, N> {
    let low = pair(r, r.row(factors, I), r.row(factors, I + 1));
    let high = pair(r, r.row(factors, I + 2), r.row(factors, I + 3));
    pair(r2, low, high)
}

/// Each factor as often as a vector has lanes: so an instruction takes them from memory as they are.
type Factors = [[f64; 8]; 15];

/// The first of those of tanh.
const COTH: usize = 10;

/// First the factors of r², r³, … r¹¹ in eʳ. Near to those of Taylor's series, 1 / i!, but with the least error that so many
/// can have where |r| ≤ ln 2 / 2: eʳ − 1 is right to 1.8e-17 of itself. Then those of s², s⁴, … s¹⁰ in s·coth s, in the same
/// manner right to 8.6e-19 where |s| ≤ ln 2 / 4. Found by Remez' algorithm (1934).
static FACTORS: Factors = [
    [0.500_000_000_000_000_6; 8],
    [0.166_666_666_666_665_88; 8],
    [0.041_666_666_666_576_826; 8],
    [0.008_333_333_333_389_502; 8],
    [0.001_388_888_893_153_911; 8],
    [0.000_198_412_697_190_930_83; 8],
    [2.480_150_530_678_905_5e-5; 8],
    [2.755_740_749_434_394_5e-6; 8],
    [2.762_602_407_493_898_3e-7; 8],
    [2.505_377_920_740_519e-8; 8],
    [0.333_333_333_333_332_04; 8],
    [-0.022_222_222_221_611_646; 8],
    [0.002_116_402_022_764_672_4; 8],
    [-0.000_211_633_943_605_426_24; 8],
    [2.118_718_356_126_570_8e-5; 8],
];

#[cfg(test)]
mod tests;
