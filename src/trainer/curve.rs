//! A number of every epoch, in bounded memory: a loss, a weight, a norm.

#[cfg(test)]
mod tests;

use std::ops::Range;

/// Numbers of consecutive epochs, gathered in buckets of equal width.
///
/// A bucket is one epoch wide until there are more than [`Curve::CAPACITY`] of them; then the
/// width doubles and neighbours are merged. No epoch is lost: a bucket keeps the smallest and the
/// largest number of its epochs. Buckets start at multiples of their width, so that two curves can be
/// joined; the first and the last one may therefore be only partly filled.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    /// The width of a bucket is 2 to this power, in epochs.
    width_log2: u32,
    first_epoch: u64,
    /// The number of epochs in all buckets, each of which has those that its place says.
    epochs: u64,
    buckets: Vec<Bucket>,
    /// The smallest and the largest number; `None` if there are none.
    range: Option<(f64, f64)>,
}

/// The numbers of the epochs in one bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bucket {
    /// The smallest number.
    pub min: f64,
    /// The largest number.
    pub max: f64,
    /// The last number.
    pub last: f64,
}

impl Bucket {
    fn of(number: f64) -> Self {
        Self {
            min: number,
            max: number,
            last: number,
        }
    }

    /// Adds the epochs that follow.
    fn append(&mut self, later: Self) {
        self.min = self.min.min(later.min);
        self.max = self.max.max(later.max);
        self.last = later.last;
    }
}

impl Curve {
    /// The largest number of buckets: more than the widest screen has columns of dots.
    pub const CAPACITY: usize = 2048;

    /// An empty curve, to be appended to one that begins at an epoch and lasts up to another: as coarse as that is. So it
    /// takes no more memory than it adds to it, and nothing is lost.
    pub(super) fn following(first: u64, next: u64) -> Self {
        let last = next.saturating_sub(1).max(first);
        let fits = |log2: &u32| (last >> log2) - (first >> log2) < Self::CAPACITY as u64;
        Self {
            width_log2: (0..u64::BITS).find(fits).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Adds the number of an epoch: the one after the last, or any epoch if the curve is empty.
    ///
    /// # Panics
    ///
    /// In debug builds, if an epoch is skipped or the number is not finite.
    #[inline]
    pub fn push(&mut self, epoch: u64, number: f64) {
        self.push_last_of(epoch..epoch + 1, number);
    }

    /// [`Self::push`] for some epochs, for which the number of the last one stands. They must be in one bucket: see
    /// [`Self::end_of_part`].
    #[inline]
    pub(super) fn push_last_of(&mut self, epochs: Range<u64>, number: f64) {
        debug_assert!(number.is_finite());
        self.add(epochs, Bucket::of(number));
    }

    /// Adds the numbers of the last of some epochs, as [`Self::push_last_of`], which has more than one: their mean
    /// stands for them, with the smallest and the largest of them.
    pub(super) fn push_spread(&mut self, epochs: Range<u64>, numbers: &[f64]) {
        let count = numbers.len() as f64;
        let mean: f64 = numbers.iter().map(|number| number / count).sum();
        let (min, max) = numbers
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), &number| {
                (number.min(min), number.max(max))
            });
        debug_assert!(min.is_finite() && max.is_finite());
        let spread = Bucket {
            min,
            max,
            // The sum of the largest numbers is rounded, and may overflow.
            last: mean.min(max).max(min),
        };
        self.add(epochs, spread);
    }

    /// The last epoch of the part that an epoch is in, if every bucket is divided into this many parts; the epoch itself
    /// if a part would be shorter than one epoch.
    #[inline]
    pub(super) fn end_of_part(&self, epoch: u64, parts: u64) -> u64 {
        epoch | ((1 << self.width_log2) / parts).saturating_sub(1)
    }

    /// Adds a curve that begins at the epoch after the last one, or earlier: then it replaces all from its
    /// first epoch on.
    pub fn append(&mut self, later: &Self) {
        if later.epochs > 0 {
            self.cut_from(later.first_epoch);
        }
        while self.width_log2 < later.width_log2 {
            self.double_width();
        }
        for (epochs, bucket) in later.iter() {
            self.add(epochs, bucket);
        }
    }

    #[inline]
    fn add(&mut self, epochs: Range<u64>, bucket: Bucket) {
        if self.epochs == 0 {
            self.first_epoch = epochs.start;
        }
        debug_assert_eq!(epochs.start, self.end(), "an epoch is missing");
        self.epochs += epochs.end - epochs.start;
        let (min, max) = self.range.unwrap_or((bucket.min, bucket.max));
        self.range = Some((min.min(bucket.min), max.max(bucket.max)));
        // Before it is full, so that the memory of a curve never grows beyond that.
        if self.index_of(epochs.start) >= Self::CAPACITY {
            self.double_width();
        }
        // The number belongs in the last bucket or in the one after it.
        let is_new = self.index_of(epochs.start) >= self.buckets.len();
        match self.buckets.last_mut() {
            Some(last) if !is_new => last.append(bucket),
            _ => self.buckets.push(bucket),
        }
    }

    /// The epoch after the last one.
    #[inline]
    pub(super) fn end(&self) -> u64 {
        self.first_epoch + self.epochs
    }

    /// The index of the bucket that an epoch is in or will be in.
    #[inline]
    fn index_of(&self, epoch: u64) -> usize {
        let index = (epoch >> self.width_log2) - (self.first_epoch >> self.width_log2);
        usize::try_from(index).unwrap_or(usize::MAX)
    }

    /// The epochs of some buckets.
    #[must_use]
    pub fn epochs_of(&self, buckets: Range<usize>) -> Range<u64> {
        let first = self.first_epoch >> self.width_log2;
        let start_of = |index: usize| {
            let start = (first + index as u64) << self.width_log2;
            start.clamp(self.first_epoch, self.end())
        };
        start_of(buckets.start)..start_of(buckets.end)
    }

    /// Drops an epoch and all later ones. A bucket that is cut in two keeps its smallest and largest number, and its
    /// last number until another one is added.
    pub fn cut_from(&mut self, epoch: u64) {
        if epoch >= self.end() {
            return;
        }
        self.buckets.truncate(self.up_to_end(epoch));
        self.epochs = epoch.saturating_sub(self.first_epoch);
        self.note_range();
    }

    /// Drops the first epoch, if it is this one. A bucket of more epochs keeps its smallest and largest number.
    pub(super) fn drop_first(&mut self, epoch: u64) {
        if self.first_epoch == epoch && self.epochs > 0 {
            let is_whole = self.epochs_of(0..1).end == epoch + 1;
            self.buckets.drain(..usize::from(is_whole));
            self.first_epoch += 1;
            self.epochs -= 1;
            self.note_range();
        }
    }

    fn note_range(&mut self) {
        let whole = (!self.buckets.is_empty()).then(|| merge(&self.buckets));
        self.range = whole.map(|whole| (whole.min, whole.max));
    }

    /// How many buckets have epochs before this one.
    fn up_to_end(&self, end: u64) -> usize {
        if end <= self.first_epoch {
            return 0;
        }
        (self.index_of(end - 1) + 1).min(self.buckets.len())
    }

    /// Merges pairs of neighbours, in the memory that there is.
    fn double_width(&mut self) {
        // The second bucket of a pair has an odd number.
        let first_is_second_of_a_pair = (self.first_epoch >> self.width_log2) % 2 == 1;
        let count = self.buckets.len();
        let mut end = usize::from(first_is_second_of_a_pair).min(count);
        for pair in (end..count).step_by(2) {
            self.buckets[end] = merge(&self.buckets[pair..count.min(pair + 2)]);
            end += 1;
        }
        self.buckets.truncate(end);
        self.width_log2 += 1;
    }

    /// The buckets in order, each with its epochs.
    pub fn iter(&self) -> impl Iterator<Item = (Range<u64>, Bucket)> {
        self.in_at_most(self.buckets.len())
    }

    /// The buckets merged into at most `count`, each with its epochs.
    pub fn in_at_most(&self, count: usize) -> impl Iterator<Item = (Range<u64>, Bucket)> {
        let together = self.buckets.len().div_ceil(count.max(1)).max(1);
        let merged = self.buckets.chunks(together).map(merge).take(count);
        merged.enumerate().map(move |(index, bucket)| {
            let epochs = self.epochs_of(index * together..(index + 1) * together);
            (epochs, bucket)
        })
    }

    /// The buckets that begin at an epoch or before it.
    #[must_use]
    pub fn up_to(&self, epoch: u64) -> &[Bucket] {
        &self.buckets[..self.up_to_end(epoch.saturating_add(1))]
    }

    /// The bucket that an epoch is in, with its last epoch; `None` if the curve has no such epoch.
    #[must_use]
    pub fn at(&self, epoch: u64) -> Option<(u64, Bucket)> {
        if !(self.first_epoch..self.end()).contains(&epoch) {
            return None;
        }
        let index = self.index_of(epoch);
        Some((
            self.epochs_of(index..index + 1).end - 1,
            self.buckets[index],
        ))
    }

    /// The number of epochs that it holds.
    #[must_use]
    pub fn epochs(&self) -> u64 {
        self.epochs
    }

    /// Its first epoch; 0 if it is empty.
    #[must_use]
    pub fn first_epoch(&self) -> u64 {
        self.first_epoch
    }

    /// Its last epoch; `None` if it is empty.
    #[must_use]
    pub fn last_epoch(&self) -> Option<u64> {
        (self.epochs > 0).then(|| self.end() - 1)
    }

    /// The smallest and the largest number; `None` if it is empty.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        self.range
    }
}

/// The bucket of all epochs of some neighbours.
fn merge(buckets: &[Bucket]) -> Bucket {
    let mut merged = buckets[0];
    for &later in &buckets[1..] {
        merged.append(later);
    }
    merged
}
