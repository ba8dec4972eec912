//! Parts of vectors, where a row or a list of numbers ends within one.

use pulp::{Simd, bytemuck};

/// A vector that starts with these numbers, at most as many as it has lanes, and ends with zeros.
#[inline(always)]
pub(super) fn read_part<S: Simd>(simd: S, numbers: &[f64]) -> S::f64s {
    let mut vector = [simd.splat_f64s(0.0)];
    let lanes: &mut [f64] = bytemuck::cast_slice_mut(&mut vector);
    for (lane, number) in lanes.iter_mut().zip(numbers) {
        *lane = *number;
    }
    vector[0]
}

/// Writes the first numbers of a vector, as many as there is room for.
#[inline(always)]
pub(super) fn write_part<S: Simd>(numbers: &mut [f64], vector: S::f64s) {
    let vector = [vector];
    let lanes: &[f64] = bytemuck::cast_slice(&vector);
    for (number, lane) in numbers.iter_mut().zip(lanes) {
        *number = *lane;
    }
}
