//! eˣ and tanh without a branch, for many numbers at a time.
//!
//! eˣ = 2ⁿ·eʳ, where n is the integer nearest to x / ln 2 and |r| ≤ ln 2 / 2; eʳ − 1 by a polynomial that ends with
//! r¹¹. Right within 1.1 units in the last place; tanh within 1.8, or 2.05 where the processor cannot multiply and add in one.

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
    let mut t = before_tanh(factors, x);
    for next in others {
        let next_x = Vectors::new(simd, *next);
        let next_t = before_tanh(factors, next_x);
        *pair = tanh_after(t, x).vectors;
        (pair, x, t) = (next, next_x, next_t);
    }
    *pair = tanh_after(t, x).vectors;
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
        let reduced = Reduced::of(x.at_least(-746.0).at_most(710.0));
        let n = reduced.n;
        let fraction = reduced.more(factors, reduced.r);
        // 2ⁿ itself can be too large or too small for a normal number.
        let half = n.mul_add(x.all(0.5), x.all(ROUND)) - x.all(ROUND);
        let power = half.power_of_2(0.0);
        power.mul_add(fraction, power) * (n - half).power_of_2(0.0)
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
        let reduced = Reduced::of(minus.at_least(-708.0).at_most(709.0));
        let fraction = reduced.more(factors, reduced.r);
        let power = reduced.n.power_of_2(0.0);
        (one / (one + power.mul_add(fraction, power))).replaced_from(709.0, minus, 0.0)
    }
}

/// tanh x = (e²ˣ − 1) / (e²ˣ + 1) = t / (t + 1), from t = (e²ˣ − 1) / 2 so that small numbers lose nothing. For 2
/// units in the last place what is rounded away of r, of t + 1 and of the quotient is too much to lose.
#[derive(Clone, Copy)]
pub(crate) struct Tanh;

impl Function for Tanh {
    #[inline(always)]
    fn of<S: Simd, const N: usize>(
        self,
        factors: [&Factors; N],
        x: Vectors<S, N>,
    ) -> Vectors<S, N> {
        tanh_after(before_tanh(factors, x), x)
    }
}

/// The t of [`Tanh`] for |x|.
#[inline(always)]
fn before_tanh<S: Simd, const N: usize>(factors: [&Factors; N], x: Vectors<S, N>) -> Vectors<S, N> {
    let magnitude = x & x.all(f64::from_bits(!SIGN));
    let reduced = Reduced::of(magnitude + magnitude);
    let half = reduced.n.power_of_2(-1.0);
    let fraction = reduced.more(factors, reduced.rest()) + reduced.r;
    let t = half.mul_add(fraction, half - x.all(0.5));
    // From there on t + 1 is no longer a number of its own: tanh x is 1.
    t.replaced_from(18.7, magnitude, 1e300)
}

/// tanh x, from x and the t of [`before_tanh`].
#[inline(always)]
fn tanh_after<S: Simd, const N: usize>(t: Vectors<S, N>, x: Vectors<S, N>) -> Vectors<S, N> {
    let one = t.all(1.0);
    let sum = t + one;
    // What is rounded away of t + 1.
    let rounded = t - (sum - one);
    let quotient = t / sum;
    // What is left of t after the division: its share of t + 1 is still to be added, and 1 / (t + 1) = 1 − tanh x.
    let minus = quotient ^ t.all(f64::from_bits(SIGN));
    let left = minus.mul_add(rounded, minus.mul_add(sum, t));
    left.mul_add(one + minus, quotient) | (x & t.all(f64::from_bits(SIGN)))
}

/// x = n·ln 2 + r.
struct Reduced<S: Simd, const N: usize> {
    n: Vectors<S, N>,
    /// x less n times the first part of ln 2, exactly.
    near: Vectors<S, N>,
    r: Vectors<S, N>,
}

impl<S: Simd, const N: usize> Reduced<S, N> {
    #[inline(always)]
    fn of(x: Vectors<S, N>) -> Self {
        let n = x.mul_add(x.all(LOG2_E), x.all(ROUND)) - x.all(ROUND);
        let near = n.mul_add(x.all(-LN_2.0), x);
        let r = n.mul_add(x.all(-LN_2.1), near);
        Self { n, near, r }
    }

    /// What is rounded away of r.
    #[inline(always)]
    fn rest(&self) -> Vectors<S, N> {
        self.n.mul_add(self.r.all(-LN_2.1), self.near - self.r)
    }

    /// start + eʳ − 1 − r.
    #[inline(always)]
    fn more(&self, factors: [&Factors; N], start: Vectors<S, N>) -> Vectors<S, N> {
        // Estrin's scheme: pairs, then pairs of pairs, which need not wait for each other.
        let r = self.r;
        let r2 = r * r;
        let r4 = r2 * r2;
        let last = pair(r, r.row(factors, 8), r.row(factors, 9));
        let high = pair(r4, four::<S, N, 4>(factors, r, r2), last);
        let all = pair(r4, four::<S, N, 0>(factors, r, r2), high);
        r2.mul_add(all, start)
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

/// The factors of r², r³, … r¹¹, each as often as a vector has lanes: so an instruction takes them from memory as they are.
type Factors = [[f64; 8]; 10];

/// Near to those of Taylor's series, 1 / i!, but with the least error that so many can have where |r| ≤ ln 2 / 2: eʳ − 1
/// is right to 1.8e-17 of itself. Found by Remez' algorithm (1934).
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
];

#[cfg(test)]
mod tests;
