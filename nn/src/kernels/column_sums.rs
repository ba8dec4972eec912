//! Sums over the rows of a matrix.

use pulp::Simd;

/// Adds some neighboring columns of a row-major matrix of this width to what is there, from the first row to the
/// last.
#[inline(always)]
pub(crate) fn add_column_sums<S: Simd>(
    simd: S,
    (matrix, width): (&[f64], usize),
    first: usize,
    sums: &mut [f64],
) {
    let columns = sums.len();
    let (vectors, rest) = S::as_mut_simd_f64s(sums);
    let whole = first + columns - rest.len();
    for (index, sum) in vectors.iter_mut().enumerate() {
        let column = first + index * S::F64_LANES;
        let mut total = *sum;
        for row in matrix.chunks_exact(width) {
            total = simd.add_f64s(total, S::as_simd_f64s(&row[column..]).0[0]);
        }
        *sum = total;
    }
    for (index, sum) in rest.iter_mut().enumerate() {
        let column = matrix.chunks_exact(width).map(|row| row[whole + index]);
        *sum = column.fold(*sum, |sum, number| sum + number);
    }
}
