//! Where a part of a matrix is written, when several threads make one matrix.

use std::array;

/// Columns fewer than this are not worth a part of their own: panels and memory are wider.
const NARROW: usize = 64;

/// A part of a row-major matrix.
pub(super) enum Place<'a> {
    /// Some rows, or all.
    Rows(&'a mut [f64]),
    /// Some neighboring columns: of each row a part, all of the same length.
    Columns(Vec<&'a mut [f64]>),
}

/// How many columns of a matrix of this shape a part has, if it is better divided by them than by rows: then each
/// weight is read on one thread only. As many as fill lines of memory.
pub(super) fn part_of_columns((rows, width): (usize, usize), parts: usize) -> Option<usize> {
    let is_wide = rows == 1 || width >= NARROW * parts;
    is_wide.then(|| width.div_ceil(parts).next_multiple_of(8))
}

impl<'a> Place<'a> {
    /// The columns of a matrix of this width, in parts of at most so many.
    pub(super) fn columns(
        matrix: &'a mut [f64],
        width: usize,
        most: usize,
    ) -> impl Iterator<Item = Self> {
        let rows = matrix.len() / width;
        let parts = (0..width).step_by(most);
        let mut parts: Vec<_> = parts.map(|_| Vec::with_capacity(rows)).collect();
        for row in matrix.chunks_exact_mut(width) {
            for (part, columns) in parts.iter_mut().zip(row.chunks_mut(most)) {
                part.push(columns);
            }
        }
        parts.into_iter().map(Self::Columns)
    }

    /// R rows of this width.
    #[inline(always)]
    pub(super) fn rows<const R: usize>(&mut self, first: usize, width: usize) -> [&mut [f64]; R] {
        let mut rows = match self {
            Self::Rows(rows) => {
                let mut rows = rows[first * width..].chunks_exact_mut(width);
                return array::from_fn(|_| rows.next().expect("as many rows"));
            }
            Self::Columns(rows) => rows[first..].iter_mut(),
        };
        array::from_fn(|_| &mut **rows.next().expect("as many rows"))
    }

    /// Room for its numbers row by row: the place itself, or some elsewhere.
    #[inline(always)]
    pub(super) fn block<'b>(&'b mut self, elsewhere: &'b mut Vec<f64>) -> &'b mut [f64] {
        match self {
            Self::Rows(rows) => rows,
            Self::Columns(rows) => {
                elsewhere.resize(rows.iter().map(|row| row.len()).sum(), 0.0);
                elsewhere
            }
        }
    }

    /// Copies what was made elsewhere.
    #[inline(always)]
    pub(super) fn fill(&mut self, elsewhere: &[f64]) {
        if let Self::Columns(rows) = self {
            let mut rest = elsewhere;
            for row in rows {
                let (numbers, next) = rest.split_at(row.len());
                row.copy_from_slice(numbers);
                rest = next;
            }
        }
    }
}
