//! The way back through some units of a layer together with the step of descent of their weights, for few samples: each
//! weight comes from memory once.

use pulp::Simd;

use super::matrix::Matrix;
use super::part::{read_part, write_part};

/// How many units are stepped over together: a large matrix is read and written fastest along a few of its rows.
pub(crate) const AT_ONCE: usize = 4;

/// A layer, or some neighboring columns of its weights.
#[derive(Clone, Copy)]
pub(crate) struct Joined<'a> {
    /// w, with shape (units, columns).
    pub(crate) weights: Matrix<'a>,
    /// δ, with shape (samples, units).
    pub(crate) deltas: Matrix<'a>,
    /// What the weights are for, x, with shape (samples, columns).
    pub(crate) inputs: Matrix<'a>,
    /// η.
    pub(crate) learning_rate: f64,
}

impl Joined<'_> {
    /// Writes the next weights of R units, w − η·∂L/∂w, and adds their part of Δ·W to ∂L/∂x, row-major with shape
    /// (samples, columns). Summed like every [product](super::product::product), so the bits are the same. Returns whether
    /// all of the next weights are finite.
    #[inline(always)]
    pub(crate) fn step<S: Simd, const R: usize>(
        self,
        simd: S,
        first_unit: usize,
        next: &mut [&mut [f64]; R],
        (by_inputs, columns): (&mut [f64], usize),
    ) -> bool {
        let zeros = simd.splat_f64s(0.0);
        let learning_rate = simd.splat_f64s(self.learning_rate);
        let mut rows = [&[][..]; R];
        for r in 0..R {
            rows[r] = self.weights.row(first_unit + r, columns);
        }
        // 0 times what is not finite is not a number, and stays that in a sum.
        let mut nothing = zeros;
        for column in (0..columns).step_by(S::F64_LANES) {
            let mut weights = [zeros; R];
            for r in 0..R {
                weights[r] = read_part(simd, &rows[r][column..]);
            }
            let mut gradient = [zeros; R];
            for (sample, by_inputs) in by_inputs.chunks_exact_mut(columns).enumerate() {
                let x = read_part(simd, &self.inputs.row(sample, columns)[column..]);
                let mut by_x = read_part(simd, &by_inputs[column..]);
                for r in 0..R {
                    let delta = simd.splat_f64s(self.deltas.at(sample, first_unit + r));
                    gradient[r] = simd.mul_add_e_f64s(delta, x, gradient[r]);
                    by_x = simd.mul_add_e_f64s(delta, weights[r], by_x);
                }
                write_part::<S>(&mut by_inputs[column..], by_x);
            }
            for r in 0..R {
                let step = simd.mul_f64s(learning_rate, gradient[r]);
                let weights = simd.sub_f64s(weights[r], step);
                nothing = simd.mul_add_e_f64s(weights, zeros, nothing);
                write_part::<S>(&mut next[r][column..], weights);
            }
        }
        simd.reduce_sum_f64s(nothing) == 0.0
    }
}
