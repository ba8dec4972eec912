//! Packing: parts of matrices copied to where the products read them, one row after the other.

use std::mem;

use pulp::{Interleave, Simd};

use super::matrix::{Matrix, parts};
use super::part::write_part;
use super::vectors::Vectors;

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
/// The panels that are filled together.
const TOGETHER: usize = 4;
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

/// Room for numbers, of which those that are used begin with a cache line; what is there comes from before.
#[derive(Debug, Clone)]
pub(super) struct Room(Vec<f64>);

impl Room {
    fn of(numbers: usize) -> Self {
        Self(vec![0.0; numbers + LINE / size_of::<f64>()])
    }

    #[inline(always)]
    pub(super) fn numbers(&mut self) -> &mut [f64] {
        let first = self.0.as_ptr().align_offset(LINE);
        &mut self.0[first..]
    }
}

/// Where panels and strips are packed.
#[derive(Debug, Clone)]
pub(crate) struct WorkSpace {
    pub(super) panels: Room,
    pub(super) strips: Room,
    /// Room for what is brought to its place later.
    pub(crate) elsewhere: Vec<f64>,
    /// Whether a number has been made that is not finite, where that is looked at.
    pub(crate) has_overflowed: bool,
}

impl WorkSpace {
    /// Enough for every product (m, k)·(k, n) with no dimension larger than these.
    pub(crate) fn new((m, n, k): (usize, usize, usize)) -> Self {
        let depth = k.min(DEEPEST);
        Self {
            panels: Room::of((n.next_multiple_of(WIDEST) * depth).min(PANELS)),
            strips: Room::of((m * depth).min(STRIPS)),
            elsewhere: Vec::new(),
            has_overflowed: false,
        }
    }
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

/// The first columns of a matrix as panels one after the other, each of `k` rows of `width` numbers, any numbers behind
/// the last column: the matrix itself if it lies there as a panel, else a copy.
#[inline(always)]
pub(super) fn panels<'a, S: Simd>(
    simd: S,
    room: &'a mut Room,
    matrix: Matrix<'a>,
    columns: usize,
    (width, k): (usize, usize),
) -> &'a [f64] {
    if matrix.strides == (width, 1) && columns == width {
        return &matrix.values[..width * k];
    }
    let space = &mut room.numbers()[..columns.next_multiple_of(width) * k];
    pack(simd, space, matrix, columns, (width, k));
    space
}

/// Copies the first columns of a matrix into panels of `k` rows of `width` numbers, any numbers behind the last column.
#[inline(always)]
pub(super) fn pack<S: Simd>(
    simd: S,
    space: &mut [f64],
    matrix: Matrix<'_>,
    columns: usize,
    (width, k): (usize, usize),
) {
    // Copies of a fixed length are a few instructions each.
    match width {
        1 => pack_rows::<S, 1>(simd, space, matrix, (columns, k)),
        2 => pack_rows::<S, 2>(simd, space, matrix, (columns, k)),
        4 => pack_rows::<S, 4>(simd, space, matrix, (columns, k)),
        5 => pack_rows::<S, 5>(simd, space, matrix, (columns, k)),
        6 => pack_rows::<S, 6>(simd, space, matrix, (columns, k)),
        8 => pack_rows::<S, 8>(simd, space, matrix, (columns, k)),
        WIDEST => pack_rows::<S, WIDEST>(simd, space, matrix, (columns, k)),
        _ => unreachable!("a panel or a strip of another width"),
    }
}

/// [`pack`] for one width.
#[inline(always)]
fn pack_rows<S: Simd, const W: usize>(
    simd: S,
    space: &mut [f64],
    matrix: Matrix<'_>,
    (columns, k): (usize, usize),
) {
    let rows = space.as_chunks_mut::<W>().0;
    if matrix.strides.1 != 1 {
        let firsts = (0..columns).step_by(W);
        for (first, panel) in firsts.zip(rows.chunks_exact_mut(k)) {
            pack_columns(simd, panel, matrix.from(0, first), W.min(columns - first));
        }
        return;
    }
    // A row of a few panels in turn: a large matrix is read fastest along its rows, but those of many panels would push
    // each other out of the nearest cache. Counted and not chunked: a matrix of one row, transposed from one column, has
    // the strides (1, 1).
    for neighbors in parts(columns, TOGETHER * W) {
        for row in 0..k {
            let values = &matrix.values[row * matrix.strides.0..];
            for first in neighbors.clone().step_by(W) {
                let place = &mut rows[first / W * k + row];
                if let Some(values) = values[first..].first_chunk() {
                    *place = *values;
                } else {
                    place[..columns - first].copy_from_slice(&values[first..columns]);
                }
            }
        }
    }
}

/// [`pack_rows`] for a matrix that lies there column by column.
#[inline(always)]
fn pack_columns<S: Simd, const W: usize>(
    simd: S,
    rows: &mut [[f64; W]],
    matrix: Matrix<'_>,
    columns: usize,
) {
    let mut first = 0;
    while S::F64_LANES == 8 && first + 8 <= columns {
        transpose::<S, W, 2, 4>(simd, rows, matrix, first);
        first += 8;
    }
    while first + 4 <= columns {
        transpose::<S, W, 1, 4>(simd, rows, matrix, first);
        first += 4;
    }
    if first + 2 <= columns {
        transpose::<S, W, 1, 2>(simd, rows, matrix, first);
        first += 2;
    }
    if first < columns {
        transpose::<S, W, 1, 1>(simd, rows, matrix, first);
    }
}

/// Copies G groups of N neighboring columns, as many numbers of each at a time as a vector has lanes.
#[inline(always)]
fn transpose<S: Simd, const W: usize, const G: usize, const N: usize>(
    simd: S,
    rows: &mut [[f64; W]],
    matrix: Matrix<'_>,
    first: usize,
) where
    [S::f64s; N]: Interleave,
{
    let (k, lanes) = (rows.len(), S::F64_LANES);
    let mut columns = [[&[][..]; N]; G];
    for column in 0..G * N {
        let values = &matrix.values[(first + column) * matrix.strides.1..][..k];
        columns[column / N][column % N] = values;
    }
    let whole = if lanes >= N { k / lanes * lanes } else { 0 };
    let order = order::<S, N>(simd);
    for done in (0..whole).step_by(lanes) {
        let mut squares = [Vectors::new(simd, [simd.splat_f64s(0.0); N]); G];
        for group in 0..G {
            for column in 0..N {
                let numbers = &columns[group][column][done..done + lanes];
                squares[group].vectors[column] = S::as_simd_f64s(numbers).0[0];
            }
            squares[group] = squares[group].interleaved();
        }
        let block = &mut rows[done..done + lanes];
        for row in 0..lanes {
            let place = &mut block[order[row]][first..first + G * N];
            if G == 1 {
                place.copy_from_slice(&squares[0].lanes()[row * N..][..N]);
                continue;
            }
            // Written at once: whoever reads a whole row soon would have to wait for two halves.
            let mut numbers = Vectors::<S, 1>::new(simd, [simd.splat_f64s(0.0)]);
            for group in 0..G {
                let part = &squares[group].lanes()[row * N..][..N];
                numbers.lanes_mut()[group * N..][..N].copy_from_slice(part);
            }
            write_part::<S>(place, numbers.vectors[0]);
        }
    }
    for (index, row) in rows.iter_mut().enumerate().skip(whole) {
        for column in 0..G * N {
            row[first + column] = columns[column / N][column % N][index];
        }
    }
}

/// Which row of N numbers [`Vectors::interleaved`] brings to the first place, the second, …: that is up to the
/// instructions. In a form in which the compiler knows it.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the numbers of the rows are 0 to 7"
)]
#[inline(always)]
fn order<S: Simd, const N: usize>(simd: S) -> [usize; 8]
where
    [S::f64s; N]: Interleave,
{
    let mut numbers = Vectors::<S, 1>::new(simd, [simd.splat_f64s(0.0)]);
    for row in 0..S::F64_LANES {
        numbers.lanes_mut()[row] = f64::from_bits(row as u64);
    }
    let rows = Vectors::new(simd, [numbers.vectors[0]; N]).interleaved();
    let mut order = [0; 8];
    for row in 0..S::F64_LANES {
        order[row] = rows.lanes()[row * N].to_bits() as usize % S::F64_LANES;
    }
    order
}
