//! The order in which an epoch takes the samples.

use std::ops::Range;

use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::SliceRandom;

use super::TrainingConfig;
use crate::data::Examples;

/// The order in which samples are taken.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Order {
    /// What the next epoch's order will be drawn from.
    generator: Xoshiro256PlusPlus,
    /// The same before this epoch's order was drawn.
    before_epoch: Xoshiro256PlusPlus,
    shuffled: Option<Shuffled>,
}

/// A drawn order, and room for a batch that is gathered by it.
#[derive(Debug, Clone, PartialEq)]
struct Shuffled {
    samples: Vec<usize>,
    inputs: Vec<f64>,
    targets: Vec<f64>,
}

impl Order {
    /// The order of an epoch that begins with this generator.
    pub(super) fn new(
        config: &TrainingConfig,
        examples: &Examples,
        generator: Xoshiro256PlusPlus,
    ) -> Self {
        let shuffled = config
            .shuffle
            .then(|| Shuffled::new(examples, config.batch_size));
        let mut order = Self {
            before_epoch: generator.clone(),
            generator,
            shuffled,
        };
        order.draw();
        order
    }

    /// Draws the order of the epoch that begins, if there is anything to draw. Allocates nothing.
    pub(super) fn draw(&mut self) {
        let Some(shuffled) = &mut self.shuffled else {
            return;
        };
        self.before_epoch.clone_from(&self.generator);
        // From the same start each time, so that the generator alone decides.
        let samples = shuffled.samples.iter_mut().enumerate();
        samples.for_each(|(index, sample)| *sample = index);
        shuffled.samples.shuffle(&mut self.generator);
    }

    /// The inputs and targets of a batch, given by its places in the order.
    #[inline]
    pub(super) fn batch<'a>(
        &'a mut self,
        examples: &'a Examples,
        places: Range<usize>,
    ) -> (&'a [f64], &'a [f64]) {
        match &mut self.shuffled {
            None => examples.rows(places),
            Some(shuffled) => shuffled.gather(examples, places),
        }
    }

    /// The samples at some places of the order.
    pub(super) fn samples(&self, places: Range<usize>) -> Vec<usize> {
        match &self.shuffled {
            None => places.collect(),
            Some(shuffled) => shuffled.samples[places].to_vec(),
        }
    }

    /// The generator as it was before this epoch's order was drawn from it.
    pub(super) fn before_epoch(&self) -> &Xoshiro256PlusPlus {
        &self.before_epoch
    }
}

impl Shuffled {
    fn new(examples: &Examples, batch_size: usize) -> Self {
        let batch_size = batch_size.min(examples.len());
        Self {
            samples: (0..examples.len()).collect(),
            inputs: vec![0.0; batch_size * examples.input_width],
            targets: vec![0.0; batch_size * examples.target_width],
        }
    }

    /// Copies the samples of a batch side by side.
    fn gather(&mut self, examples: &Examples, batch: Range<usize>) -> (&[f64], &[f64]) {
        let size = batch.len();
        let places = self.inputs.chunks_exact_mut(examples.input_width);
        let places = places.zip(self.targets.chunks_exact_mut(examples.target_width));
        for (&sample, (inputs_place, targets_place)) in self.samples[batch].iter().zip(places) {
            let (inputs, targets) = examples.rows(sample..sample + 1);
            inputs_place.copy_from_slice(inputs);
            targets_place.copy_from_slice(targets);
        }
        (
            &self.inputs[..size * examples.input_width],
            &self.targets[..size * examples.target_width],
        )
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;
    use crate::data::people;

    #[test]
    fn shuffling_takes_every_sample_once_an_epoch_in_an_order_of_its_own() {
        let (config, examples) = (TrainingConfig::post(1), people().training());
        let config = TrainingConfig {
            shuffle: true,
            ..config
        };
        let mut order = Order::new(&config, &examples, Xoshiro256PlusPlus::seed_from_u64(1));
        let mut orders = Vec::new();
        for _ in 0..20 {
            let inputs: Vec<f64> = (0..4)
                .map(|place| order.batch(&examples, place..place + 1).0[0])
                .collect();
            let mut sorted = inputs.clone();
            sorted.sort_by(f64::total_cmp);
            assert_eq!(sorted, [-15.0, -2.0, 17.0, 25.0]);
            orders.push(inputs);
            order.draw();
        }
        assert!(orders.iter().any(|order| *order != orders[0]));
    }

    #[test]
    fn the_generator_alone_decides_the_order() {
        let (config, examples) = (TrainingConfig::post(1), people().training());
        let config = TrainingConfig {
            shuffle: true,
            batch_size: 4,
            ..config
        };
        let mut order = Order::new(&config, &examples, Xoshiro256PlusPlus::seed_from_u64(1));
        order.draw();
        let mut again = Order::new(&config, &examples, order.before_epoch().clone());
        assert_eq!(order.batch(&examples, 0..4), again.batch(&examples, 0..4));
    }
}
