//! Several samples of such a network at once: each has a lane of the vectors.

use pulp::{Simd, bytemuck};

use super::Tiny;
use crate::kernels::part::write_part;

/// Where the forward pass of several samples leaves its numbers, one row a sample.
pub(crate) struct Rows<'a> {
    pub(crate) hidden: &'a mut [f64],
    pub(crate) output_z: &'a mut [f64],
    pub(crate) outputs: &'a mut [f64],
}

impl<const I: usize, const H: usize> Tiny<I, H, 1> {
    /// [`Self::forward`] for several samples, which are a part of a batch of so many, or all of it. As many at a time
    /// as a vector has lanes: so no number leaves the registers on the way.
    #[inline(always)]
    pub(crate) fn forward_rows<S: Simd>(
        &self,
        simd: S,
        inputs: &[f64],
        rows: Rows<'_>,
        batch: usize,
    ) {
        let lanes = S::F64_LANES;
        let Rows {
            hidden,
            output_z,
            outputs,
        } = rows;
        let blocks = (inputs.chunks(I * lanes)).zip(hidden.chunks_mut(H * lanes));
        let outputs = (output_z.chunks_mut(lanes)).zip(outputs.chunks_mut(lanes));
        for ((inputs, hidden_rows), (output_z, outputs)) in blocks.zip(outputs) {
            let x = columns(simd, inputs);
            let numbers = &self.parameters;
            let mut hidden =
                sums_in_lanes(simd, &numbers.hidden_weights, &x, &numbers.hidden_biases);
            let block = bytemuck::cast_slice_mut(&mut hidden);
            self.hidden_activation.apply_to_rows(simd, block, H, batch);
            let mut output = sums_in_lanes(
                simd,
                &numbers.output_weights,
                &hidden,
                &numbers.output_biases,
            );
            write_part::<S>(output_z, output[0]);
            let block = bytemuck::cast_slice_mut(&mut output);
            self.output_activation.apply_to_rows(simd, block, 1, batch);
            write_part::<S>(outputs, output[0]);
            write_columns::<S, H>(hidden_rows, &hidden);
        }
    }
}

/// z = w·x + b of a sample in each lane, rounded as in [`super::weighted_sums`].
#[inline(always)]
fn sums_in_lanes<S: Simd, const I: usize, const N: usize>(
    simd: S,
    weights: &[[f64; I]; N],
    x: &[S::f64s; I],
    biases: &[f64; N],
) -> [S::f64s; N] {
    let product = |weights: &[f64; I], i| simd.mul_f64s(simd.splat_f64s(weights[i]), x[i]);
    let mut sums = [simd.splat_f64s(0.0); N];
    for n in 0..N {
        sums[n] = product(&weights[n], 0);
        for i in 1..I {
            sums[n] = simd.add_f64s(sums[n], product(&weights[n], i));
        }
        sums[n] = simd.add_f64s(sums[n], simd.splat_f64s(biases[n]));
    }
    sums
}

/// The columns of rows of K numbers, up to as many as a vector has lanes; zeros behind the last row.
#[inline(always)]
fn columns<S: Simd, const K: usize>(simd: S, rows: &[f64]) -> [S::f64s; K] {
    let mut columns = [simd.splat_f64s(0.0); K];
    let numbers: &mut [f64] = bytemuck::cast_slice_mut(&mut columns);
    let rows = rows.as_chunks::<K>().0;
    for lane in 0..S::F64_LANES {
        let Some(row) = rows.get(lane) else {
            break;
        };
        for k in 0..K {
            numbers[k * S::F64_LANES + lane] = row[k];
        }
    }
    columns
}

/// Writes [`columns`] back into their rows.
#[inline(always)]
fn write_columns<S: Simd, const K: usize>(rows: &mut [f64], columns: &[S::f64s; K]) {
    let numbers: &[f64] = bytemuck::cast_slice(columns);
    let rows = rows.as_chunks_mut::<K>().0;
    for lane in 0..S::F64_LANES {
        let Some(row) = rows.get_mut(lane) else {
            break;
        };
        for k in 0..K {
            row[k] = numbers[k * S::F64_LANES + lane];
        }
    }
}
