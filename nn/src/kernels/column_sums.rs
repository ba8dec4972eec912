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
        let mut total = *sum;
        for row in matrix.chunks(width) {
            let vector = S::as_simd_f64s(&row[first + index * S::F64_LANES..]).0[0];
            total = simd.add_f64s(total, vector);
        }
        *sum = total;
    }
    for (index, sum) in rest.iter_mut().enumerate() {
        let column = matrix.chunks(width).map(|row| row[whole + index]);
        *sum = column.fold(*sum, |sum, number| sum + number);
    }
}
