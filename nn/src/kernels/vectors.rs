//! A few vectors that are computed side by side.
//!
//! A function of one vector is a chain of instructions that wait for each other. With a second chain beside it
//! the processor has something to do meanwhile.

use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Sub};

use pulp::{Interleave, Simd, bytemuck};

/// N vectors, and the instructions to compute with them.
#[derive(Clone, Copy)]
pub(crate) struct Vectors<S: Simd, const N: usize> {
    simd: S,
    pub(crate) vectors: [S::f64s; N],
}

impl<S: Simd, const N: usize> Vectors<S, N> {
    #[inline(always)]
    pub(crate) fn new(simd: S, vectors: [S::f64s; N]) -> Self {
        Self { simd, vectors }
    }

    /// These numbers in the first lanes, zeros in the others.
    #[inline(always)]
    pub(crate) fn of<const K: usize>(simd: S, numbers: [f64; K]) -> Self {
        let mut lanes = Self::new(simd, [simd.splat_f64s(0.0); N]);
        lanes.lanes_mut()[..K].copy_from_slice(&numbers);
        lanes
    }

    /// All lanes, one vector after the other.
    #[inline(always)]
    pub(crate) fn lanes(&self) -> &[f64] {
        bytemuck::cast_slice(&self.vectors)
    }

    /// [`Self::lanes`], to be changed.
    #[inline(always)]
    pub(crate) fn lanes_mut(&mut self) -> &mut [f64] {
        bytemuck::cast_slice_mut(&mut self.vectors)
    }

    /// The numbers of the first lanes.
    #[inline(always)]
    pub(crate) fn first<const K: usize>(&self) -> [f64; K] {
        let mut numbers = [0.0; K];
        numbers.copy_from_slice(&self.lanes()[..K]);
        numbers
    }

    /// The first numbers of all vectors, the second ones, …, each row of N in lanes side by side; the rows in
    /// whatever order the instructions have.
    #[inline(always)]
    pub(super) fn interleaved(self) -> Self
    where
        [S::f64s; N]: Interleave,
    {
        Self::new(self.simd, self.simd.interleave_shfl_f64s(self.vectors))
    }

    /// This number in every lane.
    #[inline(always)]
    pub(crate) fn all(self, number: f64) -> Self {
        Self::new(self.simd, [self.simd.splat_f64s(number); N])
    }

    /// A row of a table of its own for each vector.
    #[inline(always)]
    pub(super) fn row<const R: usize>(mut self, tables: [&[[f64; 8]; R]; N], row: usize) -> Self {
        for i in 0..N {
            self.vectors[i] = S::as_simd_f64s(&tables[i][row]).0[0];
        }
        self
    }

    /// self·factor + summand; fused where the processor can.
    #[inline(always)]
    pub(super) fn mul_add(mut self, factor: Self, summand: Self) -> Self {
        for i in 0..N {
            let (factor, summand) = (factor.vectors[i], summand.vectors[i]);
            self.vectors[i] = self.simd.mul_add_e_f64s(self.vectors[i], factor, summand);
        }
        self
    }

    /// A value in the lanes in which another number reaches a limit. A NaN stays.
    #[inline(always)]
    pub(super) fn replaced_from(mut self, limit: f64, other: Self, value: f64) -> Self {
        let (limit, value) = (self.simd.splat_f64s(limit), self.simd.splat_f64s(value));
        for i in 0..N {
            let is_reached = self
                .simd
                .greater_than_or_equal_f64s(other.vectors[i], limit);
            self.vectors[i] = self.simd.select_f64s(is_reached, value, self.vectors[i]);
        }
        self
    }

    /// n, the integer nearest to self·factor, and 2ⁿ if it is −1022 ..= 1023.
    #[inline(always)]
    pub(super) fn nearest(self, factor: f64) -> (Self, Self) {
        /// What is added to it has no room for digits behind the point; and where n is added, the last bits are those
        /// of the exponent of 2ⁿ, which stands above 52 others.
        const ROUND: f64 = 1.5 * 4_503_599_627_370_496.0 + 1023.0;
        let shifted = self.mul_add(self.all(factor), self.all(ROUND));
        let simd = self.simd;
        let mut powers = shifted;
        for power in &mut powers.vectors {
            let bits = simd.transmute_u64s_f64s(*power);
            *power = simd.transmute_f64s_u64s(simd.mul_u64s(bits, simd.splat_u64s(1 << 52)));
        }
        (shifted - self.all(ROUND), powers)
    }
}

/// Implements a limit. A NaN stays.
macro_rules! limit {
    ($doc:literal, $limit:ident, $instruction:ident, $is_beyond:ident) => {
        impl<S: Simd, const N: usize> Vectors<S, N> {
            #[doc = $doc]
            #[inline(always)]
            pub(super) fn $limit(mut self, limit: f64) -> Self {
                let limit = self.simd.splat_f64s(limit);
                for x in &mut self.vectors {
                    *x = if S::IS_SCALAR {
                        // The instruction would give the limit for a NaN.
                        let is_beyond = self.simd.$is_beyond(*x, limit);
                        self.simd.select_f64s(is_beyond, limit, *x)
                    } else {
                        // That of vectors gives the second number if one is NaN, or NaN.
                        self.simd.$instruction(limit, *x)
                    };
                }
                self
            }
        }
    };
}

limit!(
    "The limit for what is greater.",
    at_most,
    min_f64s,
    greater_than_f64s
);
limit!(
    "The limit for what is less.",
    at_least,
    max_f64s,
    less_than_f64s
);

/// Implements an operator by the instruction of a vector.
macro_rules! operator {
    ($Operator:ident, $operator:ident, $instruction:ident) => {
        impl<S: Simd, const N: usize> $Operator for Vectors<S, N> {
            type Output = Self;

            #[inline(always)]
            fn $operator(mut self, other: Self) -> Self {
                for i in 0..N {
                    self.vectors[i] = self.simd.$instruction(self.vectors[i], other.vectors[i]);
                }
                self
            }
        }
    };
}

operator!(Add, add, add_f64s);
operator!(Sub, sub, sub_f64s);
operator!(Mul, mul, mul_f64s);
operator!(Div, div, div_f64s);
operator!(BitAnd, bitand, and_f64s);
operator!(BitOr, bitor, or_f64s);
operator!(BitXor, bitxor, xor_f64s);
