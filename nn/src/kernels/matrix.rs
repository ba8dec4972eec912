//! Matrices as the products read them: row by row or column by column, without copies.

use std::ops::Range;

/// A matrix that lies somewhere in a slice: its element (i, j) is `values[i * strides.0 + j * strides.1]`.
/// One of the strides is 1.
#[derive(Clone, Copy)]
pub(crate) struct Matrix<'a> {
    pub(super) values: &'a [f64],
    pub(super) strides: (usize, usize),
}

impl<'a> Matrix<'a> {
    /// A row-major one.
    #[inline(always)]
    pub(crate) fn rows(values: &'a [f64], width: usize) -> Self {
        let strides = (width, 1);
        Self { values, strides }
    }

    /// The same with rows for columns.
    #[inline(always)]
    pub(crate) fn transposed(self) -> Self {
        let (row, column) = self.strides;
        let strides = (column, row);
        Self { strides, ..self }
    }

    /// One element.
    #[inline(always)]
    pub(super) fn at(self, row: usize, column: usize) -> f64 {
        self.values[row * self.strides.0 + column * self.strides.1]
    }

    /// The first numbers of a row, where those lie there one after the other.
    #[inline(always)]
    pub(super) fn row(self, row: usize, columns: usize) -> &'a [f64] {
        &self.values[row * self.strides.0..][..columns]
    }

    /// The part from a row and a column on.
    #[inline(always)]
    pub(crate) fn from(self, row: usize, column: usize) -> Self {
        let values = &self.values[row * self.strides.0 + column * self.strides.1..];
        Self { values, ..self }
    }
}

/// How many rows of a width there are. Mostly as many as there should be, which is known without a division.
#[inline(always)]
pub(crate) fn rows_of(width: usize, numbers: &[f64], most: usize) -> usize {
    if numbers.len() == most * width {
        most
    } else {
        numbers.len() / width
    }
}

/// 0..count in parts of at most this length.
#[inline(always)]
pub(crate) fn parts(count: usize, most: usize) -> impl Iterator<Item = Range<usize>> {
    let starts = (0..count).step_by(most);
    starts.map(move |start| start..count.min(start + most))
}
