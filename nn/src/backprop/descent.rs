//! Steps of plain gradient descent without a gradient that anybody sees: each number of it is turned into the next value
//! of its parameter while it is at hand. That saves large networks a way through all of memory.

use super::Backprop;
use crate::{Executor, Loss, Network, Optimizer};

/// Networks with fewer parameters have their gradient in a near cache.
const WORTH_IT: usize = 1 << 15;

impl Backprop {
    /// Whether [`Self::descend`] can make the steps of this optimizer, and is worth it.
    #[must_use]
    #[inline]
    pub fn can_descend(network: &Network, optimizer: &Optimizer) -> bool {
        optimizer.is_plain() && network.parameters().len() >= WORTH_IT
    }

    /// One step of plain gradient descent, p ← p − η·∂L/∂p of a batch's mean loss, bit for bit as by [`Self::run`] and
    /// [`Optimizer::update`]; what is left of the gradient is of no use. Where [`Self::is_divided`] says so, it takes as
    /// many calls as [`Self::advance`], with the same rules, and the network changes with the last one. Returns whether
    /// that was it. Allocates no more than the threads need.
    ///
    /// # Panics
    ///
    /// As [`Self::advance`].
    pub fn descend(
        &mut self,
        (network, optimizer): (&mut Network, &mut Optimizer),
        (loss, learning_rate): (Loss, f64),
        (inputs, targets): (&[f64], &[f64]),
        executor: &dyn Executor,
    ) -> bool {
        debug_assert!(optimizer.is_plain());
        let how = (loss, Some(learning_rate));
        let samples = inputs.len() / network.architecture().inputs;
        if !Self::is_divided(network, samples) {
            self.run_both_passes(network, how, inputs, targets);
        } else if !self.take_stage(network, how, inputs, targets, executor) {
            return false;
        }
        network.exchange_parameters(&mut self.gradient);
        optimizer.count(1);
        true
    }

    /// Gives a network of the same shape the parameters that the step before has replaced, in exchange for its own.
    pub fn hand_over_replaced(&mut self, network: &mut Network) {
        network.exchange_parameters(&mut self.gradient);
    }
}

#[cfg(test)]
mod tests {
    use super::super::stages::tests::{Several, network, numbers};
    use super::*;
    use crate::{Alone, Coefficients, OptimizerKind};

    const LOSS: Loss = Loss::MeanSquaredError;

    /// Inputs and targets of a batch.
    fn batch(network: &Network, samples: usize) -> (Vec<f64>, Vec<f64>) {
        let [inputs, outputs] = [
            network.architecture().inputs,
            network.architecture().output.units,
        ];
        (
            numbers(samples * inputs, 31),
            numbers(samples * outputs, 17),
        )
    }

    #[test]
    fn a_step_without_a_gradient_has_the_bits_of_one_by_gradient_and_update() {
        let networks = [
            network(3, &[40, 2, 40], 1),
            network(130, &[300, 5, 7], 11),
            network(1, &[1900, 1900, 1], 2),
        ];
        for mut direct in networks {
            let rows = Backprop::samples_of_stage(&direct);
            let mut by_gradient = direct.clone();
            let mut optimizer = Optimizer::new(OptimizerKind::Sgd, direct.parameters().len());
            let mut other = optimizer.clone();
            let sizes = [(1, 3), (7, 2), (rows.min(200), 1), (rows.min(200) + 1, 8)];
            for (samples, threads) in sizes {
                let (inputs, targets) = batch(&direct, samples);
                let gradient = &mut Backprop::new(&by_gradient, samples);
                let gradient = gradient.run(&by_gradient, LOSS, &inputs, &targets);
                let parameters = by_gradient.parameters_mut();
                other.update(0.1, Coefficients::default(), parameters, gradient);
                let mut backprop = Backprop::new(&direct, samples);
                let before = direct.clone();
                while !backprop.descend(
                    (&mut direct, &mut optimizer),
                    (LOSS, 0.1),
                    (&inputs, &targets),
                    &Several(threads),
                ) {
                    assert!(direct == before, "within a step");
                }
                assert!(direct == by_gradient, "{samples}");
                assert_eq!(optimizer, other);
            }
        }
    }

    #[test]
    fn whoever_changes_the_rate_or_wants_the_gradient_within_a_step_begins_again() {
        let before = network(1, &[1900, 1900], 2);
        let (inputs, targets) = batch(&before, 3);
        let sgd = Optimizer::new(OptimizerKind::Sgd, before.parameters().len());
        let step = |backprop: &mut Backprop, learning_rate| {
            let (mut network, mut optimizer) = (before.clone(), sgd.clone());
            let states = (&mut network, &mut optimizer);
            let how = (LOSS, learning_rate);
            let is_complete = backprop.descend(states, how, (&inputs, &targets), &Alone);
            is_complete.then_some(network)
        };
        let whole = |backprop: &mut Backprop, learning_rate| {
            std::iter::repeat_with(|| step(backprop, learning_rate)).find_map(|network| network)
        };
        let mut straight = Backprop::new(&before, 3);
        let expected = whole(&mut straight, 0.1);
        let mut interrupted = Backprop::new(&before, 3);
        (0..6).for_each(|_| assert!(step(&mut interrupted, 0.3).is_none()));
        assert!(whole(&mut interrupted, 0.1) == expected);
        (0..6).for_each(|_| assert!(step(&mut interrupted, 0.3).is_none()));
        while interrupted
            .advance(&before, LOSS, &inputs, &targets, &Alone)
            .is_none()
        {}
        let gradient = straight.run(&before, LOSS, &inputs, &targets);
        assert!(interrupted.gradient() == gradient);
    }
}
