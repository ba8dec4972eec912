//! The order in which an epoch takes the samples.

use std::ops::Range;

use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::SliceRandom;

use super::State;
use crate::data::{Batch, Examples};

/// The order of one epoch. It follows from the generator that the epoch begins with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Order {
    /// The generator that the next epoch begins with.
    next_generator: Xoshiro256PlusPlus,
    /// The samples as they were drawn; `None` if every epoch takes them as they come.
    shuffled: Option<Vec<u32>>,
    /// Room for a batch.
    room: Batch,
}

impl Order {
    /// The order of the epoch that is under way in this state.
    pub(super) fn new(state: &State, examples: &Examples) -> Self {
        let (is_shuffled, batch_size) = (state.config.shuffle, state.batch_size);
        let samples = u32::try_from(examples.len()).unwrap_or(u32::MAX);
        let mut order = Self {
            next_generator: state.generator.clone(),
            shuffled: is_shuffled.then(|| (0..samples).collect()),
            room: if is_shuffled {
                Batch::for_samples(examples, batch_size)
            } else {
                Batch::for_rows(examples, batch_size)
            },
        };
        order.draw(&state.generator);
        order
    }

    /// Becomes the order of an epoch that begins with this generator. Allocates nothing.
    #[inline]
    pub(super) fn draw(&mut self, generator: &Xoshiro256PlusPlus) {
        self.next_generator.clone_from(generator);
        if let Some(samples) = &mut self.shuffled {
            // From the same start each time, so that the generator alone decides.
            let places = samples.iter_mut().zip(0..);
            places.for_each(|(sample, place)| *sample = place);
            samples.shuffle(&mut self.next_generator);
        }
    }

    /// The generator that the next epoch begins with: the one after this epoch's order was drawn from it.
    #[inline]
    pub(super) fn next_generator(&self) -> &Xoshiro256PlusPlus {
        &self.next_generator
    }

    /// The inputs and targets of a batch, row-major with one row a sample. `batch` counts the samples in the
    /// order of the epoch.
    #[inline]
    pub(super) fn batch<'a>(
        &'a mut self,
        examples: &'a Examples,
        batch: Range<usize>,
    ) -> (&'a [f64], &'a [f64]) {
        match &self.shuffled {
            None => examples.rows(batch, &mut self.room),
            Some(samples) => examples.gather(&samples[batch], &mut self.room),
        }
    }

    /// The inputs and targets of samples that follow each other in the order of the epoch, if they do in memory.
    #[inline]
    pub(super) fn at_once<'a>(
        &self,
        examples: &'a Examples,
        samples: Range<usize>,
    ) -> Option<(&'a [f64], &'a [f64])> {
        let is_as_they_come = self.shuffled.is_none() && !samples.is_empty();
        is_as_they_come.then(|| examples.held(samples)).flatten()
    }

    /// The samples of a batch, by their index in the training samples.
    pub(super) fn samples(&self, batch: Range<usize>) -> Vec<usize> {
        match &self.shuffled {
            None => batch.collect(),
            Some(samples) => samples[batch]
                .iter()
                .map(|&sample| sample as usize)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;
    use crate::session::{TrainingConfig, TrainingData};

    fn shuffled(batch_size: usize) -> (State, Examples) {
        let config = TrainingConfig {
            shuffle: true,
            batch_size,
            ..TrainingConfig::post(1)
        };
        let state = State::start(&config, &TrainingData::of(&people()));
        (state, people().training())
    }

    #[test]
    fn shuffling_takes_every_sample_once_an_epoch_in_a_new_order() {
        let (state, examples) = shuffled(1);
        let mut order = Order::new(&state, &examples);
        let mut orders = Vec::new();
        for _ in 0..20 {
            let inputs: Vec<f64> = (0..4)
                .map(|index| order.batch(&examples, index..index + 1).0[0])
                .collect();
            let mut sorted = inputs.clone();
            sorted.sort_by(f64::total_cmp);
            assert_eq!(sorted, [-15.0, -2.0, 17.0, 25.0]);
            orders.push(inputs);
            order.draw(&order.next_generator().clone());
        }
        assert!(orders.iter().any(|order| *order != orders[0]));
    }

    #[test]
    fn the_generator_alone_decides_the_order() {
        let (mut state, examples) = shuffled(4);
        let mut order = Order::new(&state, &examples);
        state.generator = order.next_generator().clone();
        order.draw(&state.generator);
        let mut again = Order::new(&state, &examples);
        assert_eq!(order.batch(&examples, 0..4), again.batch(&examples, 0..4));
    }
}
