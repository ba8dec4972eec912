//! Packing: parts of matrices copied to where the products read them, one row after the other.

use std::mem;

use super::matrix::Matrix;

/// The most rows of a panel: two of the widest vectors a row fill half of the nearest cache.
pub(super) const DEEPEST: usize = 192;
/// The most numbers of strips: a part of the second cache.
const STRIPS: usize = 96 * DEEPEST;
/// Strips of every height end together after as many rows.
const WHOLE: usize = 24;

/// The most columns of a panel: two of the widest vectors.
const WIDEST: usize = 16;
/// The most numbers of panels: another part of the second cache.
const PANELS: usize = 64 * DEEPEST;
/// The bytes of a cache line: vectors that begin with one are read and written fastest.
const LINE: usize = 64;

/// The most rows of A for which strips are packed at a time: more if they are short.
#[inline(always)]
pub(super) fn high(k: usize) -> usize {
    STRIPS / k.min(DEEPEST) / WHOLE * WHOLE
}

/// The most columns of B for which panels are packed at a time: more if they are short.
#[inline(always)]
pub(super) fn wide(k: usize) -> usize {
    PANELS / k.min(DEEPEST) / WIDEST * WIDEST
}

/// Where panels and strips are packed.
#[derive(Debug, Clone)]
pub(crate) struct WorkSpace {
    panels: Vec<f64>,
    strips: Vec<f64>,
    /// Room for what is brought to its place later.
    pub(crate) elsewhere: Vec<f64>,
    /// Whether a number has been made that is not finite, where that is looked at.
    pub(crate) has_overflowed: bool,
}

impl WorkSpace {
    /// Enough for every product (m, k)·(k, n) with no dimension larger than these.
    pub(crate) fn new((m, n, k): (usize, usize, usize)) -> Self {
        let depth = k.min(DEEPEST);
        let numbers = |count: usize| vec![0.0; count + LINE / size_of::<f64>()];
        Self {
            panels: numbers((n.next_multiple_of(WIDEST) * depth).min(PANELS)),
            strips: numbers((m * depth).min(STRIPS)),
            elsewhere: Vec::new(),
            has_overflowed: false,
        }
    }

    /// Room for the panels and for the strips, each starting at a cache line; what is there comes from before.
    #[inline(always)]
    pub(super) fn parts(&mut self) -> (&mut [f64], &mut [f64]) {
        (from_a_line(&mut self.panels), from_a_line(&mut self.strips))
    }
}

#[inline(always)]
fn from_a_line(numbers: &mut [f64]) -> &mut [f64] {
    let first = numbers.as_ptr().align_offset(LINE);
    &mut numbers[first..]
}

/// A work space for each thread.
#[derive(Debug, Clone)]
pub(crate) struct WorkSpaces(Vec<WorkSpace>);

impl WorkSpaces {
    /// Those for one thread, as [`WorkSpace::new`].
    pub(crate) fn new(largest: (usize, usize, usize)) -> Self {
        Self(vec![WorkSpace::new(largest)])
    }

    /// The one for a single thread.
    #[inline(always)]
    pub(crate) fn first(&mut self) -> &mut WorkSpace {
        &mut self.0[0]
    }

    /// Those for this many threads. Allocates them the first time.
    pub(crate) fn of(&mut self, threads: usize) -> &mut [WorkSpace] {
        while self.0.len() < threads {
            self.0.push(self.0[0].clone());
        }
        &mut self.0[..threads]
    }

    /// Whether a number has been made since the last call that is not finite, where that is looked at.
    pub(crate) fn have_overflowed(&mut self) -> bool {
        let spaces = self.0.iter_mut();
        let overflows = spaces.map(|space| mem::take(&mut space.has_overflowed));
        overflows.fold(false, |any, overflow| any | overflow)
    }
}

/// Nothing is read that was not written before in the same product: all are equal.
impl PartialEq for WorkSpaces {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The first columns of a matrix as `k` rows of `width` numbers, any numbers behind the last column: the matrix
/// itself if it lies there like that, else a copy.
#[inline(always)]
pub(super) fn panel<'a>(
    space: &'a mut [f64],
    matrix: Matrix<'a>,
    columns: usize,
    (width, k): (usize, usize),
) -> &'a [f64] {
    if matrix.strides == (width, 1) && columns == width {
        return &matrix.values[..width * k];
    }
    let space = &mut space[..width * k];
    pack(space, matrix, columns, width);
    space
}

/// The first columns of a matrix as panels one after the other, each like [`panel`].
#[inline(always)]
pub(super) fn panels<'a>(
    space: &'a mut [f64],
    matrix: Matrix<'a>,
    columns: usize,
    (width, k): (usize, usize),
) -> &'a [f64] {
    if columns <= width {
        return panel(space, matrix, columns, (width, k));
    }
    let space = &mut space[..columns.next_multiple_of(width) * k];
    for (index, panel) in space.chunks_exact_mut(width * k).enumerate() {
        let first = index * width;
        pack(
            panel,
            matrix.from(0, first),
            width.min(columns - first),
            width,
        );
    }
    space
}

/// Copies the first columns of a matrix into rows of `width` numbers, any numbers behind the last column.
#[inline(always)]
pub(super) fn pack(space: &mut [f64], matrix: Matrix<'_>, columns: usize, width: usize) {
    // Copies of a fixed length are a few instructions each.
    match width {
        1 => pack_rows::<1>(space, matrix, columns),
        2 => pack_rows::<2>(space, matrix, columns),
        4 => pack_rows::<4>(space, matrix, columns),
        6 => pack_rows::<6>(space, matrix, columns),
        8 => pack_rows::<8>(space, matrix, columns),
        WIDEST => pack_rows::<WIDEST>(space, matrix, columns),
        _ => unreachable!("a panel or a strip of another width"),
    }
}

/// [`pack`] for one width.
#[inline(always)]
fn pack_rows<const W: usize>(space: &mut [f64], matrix: Matrix<'_>, columns: usize) {
    let rows = space.as_chunks_mut::<W>().0;
    if matrix.strides.1 != 1 {
        return pack_columns(rows, matrix, columns);
    }
    // Counted and not chunked: a matrix of one row, transposed from one column, has the strides (1, 1).
    for (index, row) in rows.iter_mut().enumerate() {
        let values = &matrix.values[index * matrix.strides.0..];
        if let Some(values) = values.first_chunk() {
            *row = *values;
        } else {
            row[..columns].copy_from_slice(&values[..columns]);
        }
    }
}

/// [`pack_rows`] for a matrix that lies there column by column.
#[inline(always)]
fn pack_columns<const W: usize>(rows: &mut [[f64; W]], matrix: Matrix<'_>, columns: usize) {
    let mut first = 0;
    while first + 4 <= columns {
        transpose::<W, 4>(rows, matrix, first);
        first += 4;
    }
    if first + 2 <= columns {
        transpose::<W, 2>(rows, matrix, first);
        first += 2;
    }
    if first < columns {
        transpose::<W, 1>(rows, matrix, first);
    }
}

/// Copies N neighboring columns, four numbers of each at a time: so many fit into registers on the way.
#[inline(always)]
fn transpose<const W: usize, const N: usize>(
    rows: &mut [[f64; W]],
    matrix: Matrix<'_>,
    first: usize,
) {
    let k = rows.len();
    let mut columns = [&[][..]; N];
    for column in 0..N {
        columns[column] = &matrix.values[(first + column) * matrix.strides.1..][..k];
    }
    let (blocks, rest) = rows.as_chunks_mut::<4>();
    for (index, block) in blocks.iter_mut().enumerate() {
        let mut square = [[0.0; 4]; N];
        for column in 0..N {
            square[column] = columns[column].as_chunks().0[index];
        }
        for row in 0..4 {
            let mut numbers = [0.0; N];
            for column in 0..N {
                numbers[column] = square[column][row];
            }
            // An array is written at once.
            block[row].as_chunks_mut().0[first / N] = numbers;
        }
    }
    let done = k - rest.len();
    for (index, row) in rest.iter_mut().enumerate() {
        for column in 0..N {
            row[first + column] = columns[column][done + index];
        }
    }
}
