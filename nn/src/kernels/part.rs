//! Parts of vectors, where a row or a list of numbers ends within one.
//!
//! The loops count lanes: of one that counts numbers the compiler makes a call of the library's copy, which costs
//! more than so few numbers.

use pulp::{Simd, bytemuck};

/// A vector of the first numbers; zeros behind the last one.
#[inline(always)]
pub(super) fn read_part<S: Simd>(simd: S, numbers: &[f64]) -> S::f64s {
    if let Some(vector) = S::as_simd_f64s(numbers).0.first() {
        return *vector;
    }
    let mut vector = [simd.splat_f64s(0.0)];
    let lanes: &mut [f64] = bytemuck::cast_slice_mut(&mut vector);
    for lane in 0..S::F64_LANES {
        let Some(number) = numbers.get(lane) else {
            break;
        };
        lanes[lane] = *number;
    }
    vector[0]
}

/// Writes the first numbers of a vector, as many as there is room for.
#[inline(always)]
pub(crate) fn write_part<S: Simd>(numbers: &mut [f64], vector: S::f64s) {
    if let Some(place) = S::as_mut_simd_f64s(numbers).0.first_mut() {
        *place = vector;
        return;
    }
    let vector = [vector];
    let lanes: &[f64] = bytemuck::cast_slice(&vector);
    for lane in 0..S::F64_LANES {
        let Some(number) = numbers.get_mut(lane) else {
            break;
        };
        *number = lanes[lane];
    }
}
