//! What training reads: for each sample, a row of inputs and a row of targets.
//!
//! Few samples are copied as the network sees them. Of many there is no second copy beside the raw values, which all runs
//! on the same data share: their rows are made each time that they are read, by the same operations.

use std::ops::Range;
use std::sync::Arc;

use super::{Preprocessing, Scaling, Task};

/// The most numbers that are copied, training and test samples together: 4 MiB.
const MOST_COPIED: usize = 1 << 19;

/// How many rows of targets are made at once.
const BLOCK: usize = 1024;

/// Inputs and targets as training reads them. Clones share the values.
#[derive(Debug, Clone, PartialEq)]
pub struct Examples {
    /// What the targets are.
    pub task: Task,
    /// Numbers in one sample's input.
    pub input_width: usize,
    /// Numbers in one sample's target.
    pub target_width: usize,
    /// By what each target was divided: an error of 1 is this many of the target's units.
    pub target_divisors: Vec<f64>,
    samples: usize,
    inputs: Rows,
    targets: Rows,
}

/// Room for some samples side by side. What is in it is written before it is read.
#[derive(Debug, Default)]
pub struct Batch {
    inputs: Vec<f64>,
    targets: Vec<f64>,
}

/// Values with a row for each sample, and which of them are meant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Source {
    /// Row-major with shape (all rows, `width`).
    pub(super) values: Arc<Vec<f64>>,
    pub(super) width: usize,
    /// The row of each sample; `None` if they are in order.
    pub(super) order: Option<Arc<Vec<u32>>>,
    /// The samples.
    pub(super) samples: Range<usize>,
}

/// What becomes of a row before the network sees it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Recipe {
    Inputs(Preprocessing),
    Targets(Scaling),
}

/// A matrix with a row for each sample.
#[derive(Debug, Clone, PartialEq)]
enum Rows {
    /// As it is in memory, from this row on.
    Held { values: Arc<Vec<f64>>, first: usize },
    /// Made when it is read.
    Made { source: Source, recipe: Arc<Recipe> },
}

impl Examples {
    /// Inputs, row-major with shape (samples, `input_width`), and targets that are not scaled, row-major with shape
    /// (samples, `target_width`).
    #[must_use]
    pub fn new(
        task: Task,
        (input_width, inputs): (usize, Vec<f64>),
        (target_width, targets): (usize, Vec<f64>),
    ) -> Self {
        Self {
            task,
            input_width,
            target_width,
            target_divisors: vec![1.0; target_width],
            samples: targets.len() / target_width,
            inputs: Rows::held(inputs),
            targets: Rows::held(targets),
        }
    }

    /// What preprocessing and scaling make of raw values and targets in their own units.
    pub(super) fn made(
        task: Task,
        raw: Source,
        preprocessing: &Preprocessing,
        targets: Source,
        scaling: &Scaling,
    ) -> Self {
        let (input_width, target_width) = (preprocessing.inputs().len(), targets.width);
        // Of all samples, so that a small part is not copied with every split of many.
        let rows = targets.values.len() / target_width;
        let is_copied = rows * (input_width + target_width) <= MOST_COPIED;
        Self {
            task,
            input_width,
            target_width,
            target_divisors: scaling.divisor.clone(),
            samples: raw.samples.len(),
            inputs: Rows::of(
                raw,
                input_width,
                Recipe::Inputs(preprocessing.clone()),
                is_copied,
            ),
            targets: Rows::of(
                targets,
                target_width,
                Recipe::Targets(scaling.clone()),
                is_copied,
            ),
        }
    }

    /// Returns how many samples there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.samples
    }

    /// Returns whether there is no sample.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.samples == 0
    }

    /// The inputs and the targets of consecutive samples, which are made in this room if they are not there already.
    #[inline]
    pub fn rows<'a>(
        &'a self,
        samples: Range<usize>,
        room: &'a mut Batch,
    ) -> (&'a [f64], &'a [f64]) {
        let Batch { inputs, targets } = room;
        (
            self.inputs.read(self.input_width, samples.clone(), inputs),
            self.targets.read(self.target_width, samples, targets),
        )
    }

    /// The same, if they are there already.
    #[must_use]
    #[inline]
    pub fn held(&self, samples: Range<usize>) -> Option<(&[f64], &[f64])> {
        let inputs = self.inputs.as_held(self.input_width, samples.clone())?;
        Some((inputs, self.targets.as_held(self.target_width, samples)?))
    }

    /// The inputs and the targets of these samples, side by side in this room.
    pub fn gather<'a>(&self, samples: &[u32], room: &'a mut Batch) -> (&'a [f64], &'a [f64]) {
        let Batch { inputs, targets } = room;
        (
            self.inputs.gather(self.input_width, samples, inputs),
            self.targets.gather(self.target_width, samples, targets),
        )
    }

    /// Calls `see` with the targets of each sample, in order.
    pub fn for_each_target(&self, mut see: impl FnMut(&[f64])) {
        let mut room = Vec::new();
        for start in (0..self.samples).step_by(BLOCK) {
            let block = start..self.samples.min(start + BLOCK);
            let targets = self.targets.read(self.target_width, block, &mut room);
            targets.chunks_exact(self.target_width).for_each(&mut see);
        }
    }

    /// A copy of all inputs and targets.
    #[must_use]
    pub fn copied(&self) -> (Vec<f64>, Vec<f64>) {
        let mut room = Batch::default();
        let (inputs, targets) = self.rows(0..self.samples, &mut room);
        (inputs.to_vec(), targets.to_vec())
    }
}

impl Batch {
    /// Room for this many samples, so that gathering and making them allocates nothing.
    #[must_use]
    pub fn for_samples(examples: &Examples, samples: usize) -> Self {
        let samples = samples.min(examples.samples);
        Self {
            inputs: Vec::with_capacity(samples * examples.input_width),
            targets: Vec::with_capacity(samples * examples.target_width),
        }
    }

    /// Room for making this many consecutive samples; none if they are there already.
    #[must_use]
    pub fn for_rows(examples: &Examples, samples: usize) -> Self {
        if examples.held(0..0).is_some() {
            Self::default()
        } else {
            Self::for_samples(examples, samples)
        }
    }
}

/// The same room, empty.
impl Clone for Batch {
    fn clone(&self) -> Self {
        Self {
            inputs: Vec::with_capacity(self.inputs.capacity()),
            targets: Vec::with_capacity(self.targets.capacity()),
        }
    }
}

/// What is computed does not depend on what was in it.
impl PartialEq for Batch {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Source {
    fn row(&self, sample: usize) -> &[f64] {
        let sample = self.samples.start + sample;
        let row = self
            .order
            .as_ref()
            .map_or(sample, |order| order[sample] as usize);
        &self.values[row * self.width..][..self.width]
    }
}

impl Recipe {
    fn changes_nothing(&self) -> bool {
        match self {
            Self::Inputs(preprocessing) => preprocessing.changes_nothing(),
            Self::Targets(scaling) => scaling.changes_nothing(),
        }
    }

    fn write(&self, row: &[f64], made: &mut [f64]) {
        match self {
            Self::Inputs(preprocessing) => preprocessing.write_inputs(row, made),
            Self::Targets(scaling) => scaling.write(row, made),
        }
    }
}

impl Rows {
    fn held(values: Vec<f64>) -> Self {
        let values = Arc::new(values);
        Self::Held { values, first: 0 }
    }

    /// What a recipe makes of the rows of a source.
    fn of(source: Source, width: usize, recipe: Recipe, is_copied: bool) -> Self {
        if source.order.is_none() && recipe.changes_nothing() {
            return Self::Held {
                values: source.values,
                first: source.samples.start,
            };
        }
        let samples = source.samples.len();
        let made = Self::Made {
            source,
            recipe: Arc::new(recipe),
        };
        if !is_copied {
            return made;
        }
        let mut copy = Vec::with_capacity(samples * width);
        made.read(width, 0..samples, &mut copy);
        Self::held(copy)
    }

    #[inline]
    fn as_held(&self, width: usize, samples: Range<usize>) -> Option<&[f64]> {
        match self {
            Self::Held { values, first } => {
                Some(&values[(first + samples.start) * width..(first + samples.end) * width])
            }
            Self::Made { .. } => None,
        }
    }

    #[inline]
    fn read<'a>(
        &'a self,
        width: usize,
        samples: Range<usize>,
        room: &'a mut Vec<f64>,
    ) -> &'a [f64] {
        match self {
            Self::Held { values, first } => {
                &values[(first + samples.start) * width..(first + samples.end) * width]
            }
            Self::Made { source, recipe } => {
                let made = room_for(width, samples.len(), room);
                for (sample, row) in samples.zip(made.chunks_exact_mut(width)) {
                    recipe.write(source.row(sample), row);
                }
                made
            }
        }
    }

    fn gather<'a>(&self, width: usize, samples: &[u32], room: &'a mut Vec<f64>) -> &'a [f64] {
        let gathered = room_for(width, samples.len(), room);
        let rows = samples.iter().zip(gathered.chunks_exact_mut(width));
        match self {
            Self::Held { values, first } => {
                for (&sample, row) in rows {
                    let sample = first + sample as usize;
                    row.copy_from_slice(&values[sample * width..][..width]);
                }
            }
            Self::Made { source, recipe } => {
                for (&sample, row) in rows {
                    recipe.write(source.row(sample as usize), row);
                }
            }
        }
        gathered
    }
}

/// The first rows of a room, which grows if it has not enough of them.
fn room_for(width: usize, rows: usize, room: &mut Vec<f64>) -> &mut [f64] {
    if room.len() < width * rows {
        room.resize(width * rows, 0.0);
    }
    &mut room[..width * rows]
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::Xoshiro256PlusPlus;

    use super::*;
    use crate::data::{Dataset, Pattern, ScalingMethod};

    /// Points of the plane, as many that they are not copied if there are twice as many numbers as can be.
    fn points(samples: usize) -> Dataset {
        let mut generator = Xoshiro256PlusPlus::seed_from_u64(5);
        let pattern = Pattern::named("plane").expect("a pattern");
        pattern.generate(samples, 0.1, &mut generator)
    }

    fn is_made(examples: &Examples) -> bool {
        matches!(examples.inputs, Rows::Made { .. })
    }

    #[test]
    fn rows_that_are_made_have_the_bits_of_a_copy() {
        let mut many = points(MOST_COPIED);
        many.split(0.1, &mut Xoshiro256PlusPlus::seed_from_u64(1))
            .unwrap();
        many.scale(&ScalingMethod::Standardize).unwrap();
        let (training, test) = (many.training(), many.test().unwrap());
        assert!(is_made(&training) && is_made(&test));
        let first = many.training_samples;
        let mut room = Batch::default();
        for (examples, first) in [(&training, 0), (&test, first)] {
            let samples = [7, 0, 40_000];
            let (mut inputs, mut targets) = (Vec::new(), Vec::new());
            for &sample in &samples {
                let sample = first + sample as usize;
                inputs.extend(many.network_inputs(many.raw_of(sample)));
                targets.extend(many.network_targets_of(sample));
            }
            let expected = (&*inputs, &*targets);
            assert_eq!(examples.gather(&samples, &mut room), expected);
            for (place, &sample) in samples.iter().enumerate() {
                let sample = sample as usize;
                let row = (&inputs[2 * place..][..2], &targets[place..][..1]);
                assert_eq!(examples.rows(sample..sample + 1, &mut room), row);
            }
        }
    }

    #[test]
    fn what_nothing_is_done_to_is_not_copied() {
        let many = points(MOST_COPIED);
        let training = many.training();
        let Rows::Held { values, .. } = &training.inputs else {
            panic!("made");
        };
        assert!(Arc::ptr_eq(values, &many.raw));
    }
}
