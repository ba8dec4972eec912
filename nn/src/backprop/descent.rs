//! Steps of plain gradient descent without a gradient that anybody sees: each number of it is turned into the next value
//! of its parameter while it is at hand. That saves large networks a way through all of memory.

use super::Backprop;
use crate::kernels::descent::Descent;
use crate::{Executor, Layer, Loss, Network, Optimizer};

/// Networks with fewer parameters have their gradient in a near cache.
const WORTH_IT: usize = 1 << 15;

/// What a step of descent has made.
#[derive(Debug)]
pub struct Descended<'a> {
    /// The next parameters. Whoever takes them leaves as many other numbers.
    pub parameters: &'a mut Vec<f64>,
    /// Whether all of them are finite.
    pub are_finite: bool,
}

impl Backprop {
    /// Whether [`Self::descend`] can make the steps of this optimizer, and is worth it.
    #[must_use]
    #[inline]
    pub fn can_descend(network: &Network, optimizer: &Optimizer) -> bool {
        optimizer.is_plain() && network.parameters().len() >= WORTH_IT
    }

    /// One step of plain gradient descent, p ← p − η·∂L/∂p of a batch's mean loss, bit for bit as by [`Self::run`] and
    /// [`Optimizer::update`], which leaves the network as it is and makes the next parameters beside it. Where
    /// [`Self::is_divided`] says so, it takes as many calls as [`Self::advance`] or fewer, with the same rules, and the last
    /// one has the parameters. Allocates no more than the threads need.
    ///
    /// # Panics
    ///
    /// As [`Self::advance`].
    pub fn descend(
        &mut self,
        network: &Network,
        (loss, learning_rate): (Loss, f64),
        (inputs, targets): (&[f64], &[f64]),
        executor: &dyn Executor,
    ) -> Option<Descended<'_>> {
        let how = (loss, Some(learning_rate));
        let samples = inputs.len() / network.architecture().inputs;
        if !Self::is_divided(network, samples) {
            self.spaces.have_overflowed();
            self.run_both_passes(network, how, inputs, targets);
        } else if !self.take_stage(network, how, inputs, targets, executor) {
            return None;
        }
        Some(Descended {
            are_finite: !self.spaces.have_overflowed(),
            parameters: &mut self.gradient,
        })
    }
}

/// The step of a layer's weights, and that of its biases.
#[inline(always)]
pub(super) fn descents<'a>(
    network: &'a Network,
    layer: &Layer,
    learning_rate: f64,
) -> [Descent<'a>; 2] {
    [&layer.weights, &layer.biases].map(|range| Descent {
        parameters: &network.parameters()[range.clone()],
        learning_rate,
    })
}

#[cfg(test)]
mod tests {
    use super::super::stages::tests::{network, numbers};
    use super::*;
    use crate::executor::tests::Several;
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
            network(2, &[300, 200], 300),
        ];
        for mut direct in networks {
            let rows = Backprop::samples_of_stage(&direct);
            let mut by_gradient = direct.clone();
            let mut sgd = Optimizer::new(OptimizerKind::Sgd, direct.parameters().len());
            let sizes = [(1, 3), (7, 2), (rows.min(200), 1), (rows.min(200) + 1, 8)];
            for (samples, threads) in sizes {
                let (inputs, targets) = batch(&direct, samples);
                let gradient = &mut Backprop::new(&by_gradient, samples);
                let gradient = gradient.run(&by_gradient, LOSS, &inputs, &targets);
                let parameters = by_gradient.parameters_mut();
                sgd.update(0.1, Coefficients::default(), parameters, gradient);
                let mut backprop = Backprop::new(&direct, samples);
                let next = loop {
                    let batch = (&*inputs, &*targets);
                    let threads = &Several(threads);
                    if let Some(next) = backprop.descend(&direct, (LOSS, 0.1), batch, threads) {
                        break next;
                    }
                };
                assert!(next.are_finite);
                assert!(next.parameters == by_gradient.parameters(), "{samples}");
                direct.exchange_parameters(next.parameters);
            }
        }
    }

    #[test]
    fn whoever_changes_the_rate_or_wants_the_gradient_within_a_step_begins_again() {
        let before = network(1, &[1900, 1900], 2);
        let (inputs, targets) = batch(&before, 3);
        let step = |backprop: &mut Backprop, learning_rate| {
            let how = (LOSS, learning_rate);
            let next = backprop.descend(&before, how, (&inputs, &targets), &Alone)?;
            Some(next.parameters.clone())
        };
        let whole = |backprop: &mut Backprop, learning_rate| {
            std::iter::repeat_with(|| step(backprop, learning_rate)).find_map(|next| next)
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

    #[test]
    fn the_first_number_that_is_not_finite_is_noticed_in_every_layer_and_on_every_path() {
        for (hidden, samples) in [
            ([300, 200], 1),
            ([300, 200], 9),
            ([2100, 2000], 1),
            ([2100, 2000], 9),
        ] {
            let network = network(2, &hidden, 40);
            let (mut inputs, targets) = batch(&network, samples);
            let of = |network: &Network, inputs: &[f64], learning_rate| {
                let mut backprop = Backprop::new(network, samples);
                let how = (LOSS, learning_rate);
                let step = || {
                    let next = backprop.descend(network, how, (inputs, &targets), &Several(3))?;
                    assert_eq!(
                        next.are_finite,
                        next.parameters.iter().all(|p| p.is_finite())
                    );
                    Some(next.are_finite)
                };
                std::iter::repeat_with(step).find_map(|are_finite| are_finite)
            };
            assert_eq!(of(&network, &inputs, 0.1), Some(true));
            for layer in network.layers() {
                for index in [
                    layer.weights.start,
                    layer.weights.end - 1,
                    layer.biases.start,
                ] {
                    let mut parameters = network.parameters().to_vec();
                    parameters[index] = f64::INFINITY;
                    assert_eq!(
                        of(&network.with_parameters(parameters), &inputs, 0.0),
                        Some(false)
                    );
                }
            }
            inputs[1] = f64::NAN;
            assert_eq!(of(&network, &inputs, 0.1), Some(false));
        }
    }
}
