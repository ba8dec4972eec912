//! Several samples at once: each has a lane of the vectors.

use pulp::Simd;

use super::{SIZE, Tiny};
use crate::kernels::part::write_part;
use crate::kernels::vectors::Vectors;
use crate::{Activation, Loss};

/// Where the forward pass of several samples leaves its numbers, one row a sample.
pub(crate) struct Rows<'a> {
    pub(crate) hidden: &'a mut [f64],
    pub(crate) output_z: &'a mut [f64],
    pub(crate) outputs: &'a mut [f64],
}

/// The forward pass of as many samples as a vector has lanes.
struct Pass<S: Simd> {
    hidden: [Vectors<S, 1>; SIZE],
    output_z: Vectors<S, 1>,
    output: Vectors<S, 1>,
}

impl Tiny {
    /// a = f(w·x + b), layer by layer, for several samples.
    #[inline(always)]
    pub(crate) fn forward_rows<S: Simd>(&self, simd: S, inputs: &[f64], rows: Rows<'_>) {
        let lanes = S::F64_LANES;
        let blocks = inputs.chunks(SIZE * lanes);
        let Rows {
            hidden,
            output_z,
            outputs,
        } = rows;
        let outputs = (output_z.chunks_mut(lanes)).zip(outputs.chunks_mut(lanes));
        let rows = hidden.chunks_mut(SIZE * lanes).zip(outputs);
        for (inputs, (hidden, (output_z, outputs))) in blocks.zip(rows) {
            let pass = self.forward(simd, inputs.as_chunks().0);
            write_columns(hidden, pass.hidden);
            write_part::<S>(output_z, pass.output_z.vectors[0]);
            write_part::<S>(outputs, pass.output.vectors[0]);
        }
    }

    /// The sum of the samples' losses, one after the other.
    #[inline(always)]
    pub(super) fn loss<S: Simd>(
        &self,
        simd: S,
        loss: Loss,
        inputs: &[[f64; SIZE]],
        targets: &[[f64; 1]],
    ) -> f64 {
        let (lanes, activation) = (S::F64_LANES, self.output_activation);
        let mut sum = 0.0;
        for (inputs, targets) in inputs.chunks(lanes).zip(targets.chunks(lanes)) {
            let pass = self.forward(simd, inputs);
            let numbers = pass.output_z.lanes().iter().zip(pass.output.lanes());
            for (target, (z, output)) in targets.iter().zip(numbers) {
                sum += loss.value(activation, &[*z], &[*output], target);
            }
        }
        sum
    }

    /// The forward pass of so many samples that no number leaves the registers on the way.
    #[inline(always)]
    fn forward<S: Simd>(&self, simd: S, inputs: &[[f64; SIZE]]) -> Pass<S> {
        let [w1, w2, w3, w4, b1, b2, w5, w6, b3] = everywhere(simd, self.parameters);
        let [x1, x2] = columns(simd, inputs);
        let h1 = apply(simd, self.hidden_activation, w1 * x1 + w2 * x2 + b1);
        let h2 = apply(simd, self.hidden_activation, w3 * x1 + w4 * x2 + b2);
        let output_z = w5 * h1 + w6 * h2 + b3;
        Pass {
            hidden: [h1, h2],
            output_z,
            output: apply(simd, self.output_activation, output_z),
        }
    }
}

/// Each number in every lane.
#[inline(always)]
fn everywhere<S: Simd, const K: usize>(simd: S, numbers: [f64; K]) -> [Vectors<S, 1>; K] {
    let mut vectors = [Vectors::new(simd, [simd.splat_f64s(0.0)]); K];
    for k in 0..K {
        vectors[k] = vectors[k].all(numbers[k]);
    }
    vectors
}

/// a = f(z), for a unit of several samples.
#[inline(always)]
fn apply<S: Simd>(simd: S, activation: Activation, mut z: Vectors<S, 1>) -> Vectors<S, 1> {
    activation.apply_to_rows(simd, z.lanes_mut(), 1);
    z
}

/// The columns of rows of two numbers, up to as many as a vector has lanes; zeros behind the last row.
#[inline(always)]
fn columns<S: Simd>(simd: S, rows: &[[f64; SIZE]]) -> [Vectors<S, 1>; SIZE] {
    let mut columns = everywhere(simd, [0.0; SIZE]);
    for lane in 0..S::F64_LANES {
        let Some(row) = rows.get(lane) else {
            break;
        };
        for k in 0..SIZE {
            columns[k].lanes_mut()[lane] = row[k];
        }
    }
    columns
}

/// Writes [`columns`] back into their rows.
#[inline(always)]
fn write_columns<S: Simd>(rows: &mut [f64], columns: [Vectors<S, 1>; SIZE]) {
    let rows = rows.as_chunks_mut::<SIZE>().0;
    for lane in 0..S::F64_LANES {
        let Some(row) = rows.get_mut(lane) else {
            break;
        };
        for k in 0..SIZE {
            row[k] = columns[k].lanes()[lane];
        }
    }
}
