//! The gradient of a large batch, stage by stage: a few milliseconds each, between which training can be
//! interrupted.
//!
//! A stage is one layer of one pass of some of the samples. Every sum is made in the same order as in one go, so the
//! gradient has the same bits.

use std::ops::Range;

use pulp::{Arch, WithSimd};

use super::Backprop;
use super::joined::can_be_joined;
use super::part::InSpace;
use crate::forward::{AT_ONCE, threads_for};
use crate::kernels::panel::WorkSpace;
use crate::{Executor, Layer, Loss, Network, Piece};

/// About the most multiplications of a stage.
const MULTIPLICATIONS: usize = 1 << 26;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Stage {
    first_sample: usize,
    pass: Pass,
    /// Of the descent that the gradient is for, if it is for that alone.
    learning_rate: Option<f64>,
}

/// What is made of one layer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Pass {
    Forward(usize),
    Gradient(usize),
    Back(usize),
}

impl Default for Pass {
    fn default() -> Self {
        Self::Forward(0)
    }
}

impl Backprop {
    /// Whether the gradient of so many samples takes so long that [`Self::advance`] is to be preferred.
    #[must_use]
    pub fn is_divided(network: &Network, samples: usize) -> bool {
        // That of one sample takes as long as reading the weights: as long as that of two.
        samples.max(2).saturating_mul(network.parameters().len()) > AT_ONCE
    }

    /// How many samples a stage of [`Self::advance`] has: 8 to 8192, fewer for a larger network.
    #[must_use]
    pub fn samples_of_stage(network: &Network) -> usize {
        let layers = network.layers().iter();
        let largest = layers.map(|layer| layer.weights.len()).max().unwrap_or(1);
        (MULTIPLICATIONS / largest).clamp(8, 8192)
    }

    /// [`Self::run`], one stage with each call, a large one on all threads. Returns the gradient with the last one,
    /// bit for bit the same. Until then, every call must have the same arguments, or [`Self::restart`] must come
    /// before it. Allocates no more than the threads need.
    ///
    /// # Panics
    ///
    /// If the shapes do not fit, or the capacity is less than the samples and [`Self::samples_of_stage`].
    pub fn advance(
        &mut self,
        network: &Network,
        loss: Loss,
        inputs: &[f64],
        targets: &[f64],
        executor: &dyn Executor,
    ) -> Option<&mut [f64]> {
        let is_complete = self.take_stage(network, (loss, None), inputs, targets, executor);
        is_complete.then_some(&mut self.gradient)
    }

    /// Takes the next stage towards the gradient, or to what a step of this learning rate makes of it; the first one, if
    /// it was on the way to something else. Returns whether it was the last.
    pub(super) fn take_stage(
        &mut self,
        network: &Network,
        (loss, learning_rate): (Loss, Option<f64>),
        inputs: &[f64],
        targets: &[f64],
        executor: &dyn Executor,
    ) -> bool {
        if self.stage.learning_rate != learning_rate {
            self.restart();
            self.stage.learning_rate = learning_rate;
        }
        let architecture = network.architecture();
        let (width, outputs) = (architecture.inputs, architecture.output.units);
        let batch = inputs.len() / width;
        let first = self.stage.first_sample;
        let samples = first..batch.min(first + Self::samples_of_stage(network));
        let rows = |width: usize| samples.start * width..samples.end * width;
        let part = (&inputs[rows(width)], &targets[rows(outputs)]);
        let layers = network.layers();
        match self.stage.pass {
            Pass::Forward(layer) => {
                self.forward.begin(network, part.0, batch);
                let forward = &mut self.forward;
                forward.share_layer(executor, network, &layers[layer], part.0);
                if layer + 1 == layers.len() {
                    self.start_at_outputs(network, loss, part.1);
                }
            }
            Pass::Gradient(layer) => {
                let learning_rate = learning_rate.filter(|_| samples.end == batch);
                let before = layer.checked_sub(1).map(|before| &layers[before]);
                let of = (network, &layers[layer]);
                if self.share_joined(executor, of, before.zip(learning_rate)) {
                    self.stage = self.stage.next(network, &samples);
                } else {
                    self.share_gradient(executor, of, part.0, first > 0, learning_rate);
                }
            }
            Pass::Back(layer) => {
                let (before, layer) = (&layers[layer - 1], &layers[layer]);
                self.share_back(executor, network, before, layer);
            }
        }
        self.stage = self.stage.next(network, &samples);
        let is_complete = self.stage.first_sample == batch;
        if is_complete {
            self.stage = Stage::default();
            self.forward.restart();
        }
        is_complete
    }

    /// The gradient of a layer, in parts if it is worth that.
    fn share_gradient(
        &mut self,
        executor: &dyn Executor,
        (network, layer): (&Network, &Layer),
        inputs: &[f64],
        has_earlier: bool,
        learning_rate: Option<f64>,
    ) {
        let threads = threads_for(executor, self.forward.samples(), layer);
        let of = (network, layer);
        let (whole, spaces) = self.gradient_of_layer(of, inputs, has_earlier, learning_rate);
        if threads == 1 {
            return Arch::new().dispatch(InSpace(whole, spaces.first()));
        }
        run_parts(executor, whole.divided(threads), spaces.of(threads));
    }

    /// The way back through a layer, likewise.
    fn share_back(
        &mut self,
        executor: &dyn Executor,
        network: &Network,
        before: &Layer,
        layer: &Layer,
    ) {
        let threads = threads_for(executor, self.forward.samples(), layer);
        let (whole, spaces) = self.back_to_layer_before(network, before, layer);
        if threads == 1 {
            return Arch::new().dispatch(InSpace(whole, spaces.first()));
        }
        run_parts(executor, whole.divided(threads), spaces.of(threads));
    }

    /// Both together with the step of descent, if that can be and is worth it. Returns whether it was.
    fn share_joined(
        &mut self,
        executor: &dyn Executor,
        (network, layer): (&Network, &Layer),
        descends: Option<(&Layer, f64)>,
    ) -> bool {
        let batch = self.forward.batch();
        let threads = threads_for(executor, batch, layer);
        let descends =
            descends.filter(|(before, _)| can_be_joined((before, layer), batch, threads));
        let Some((before, learning_rate)) = descends else {
            return false;
        };
        let (whole, spaces) = self.joined(network, (before, layer), learning_rate);
        if threads == 1 {
            Arch::new().dispatch(InSpace(whole, spaces.first()));
        } else {
            run_parts(executor, whole.divided(threads), spaces.of(threads));
        }
        true
    }

    /// Begins again with the next [`Self::advance`].
    pub fn restart(&mut self) {
        self.stage = Stage::default();
        self.forward.restart();
        self.spaces.have_overflowed();
    }
}

impl Stage {
    fn next(self, network: &Network, samples: &Range<usize>) -> Self {
        let pass = match self.pass {
            Pass::Forward(layer) if layer + 1 < network.layers().len() => Pass::Forward(layer + 1),
            Pass::Forward(layer) => Pass::Gradient(layer),
            Pass::Gradient(0) => {
                return Self {
                    first_sample: samples.end,
                    pass: Pass::default(),
                    ..self
                };
            }
            Pass::Gradient(layer) => Pass::Back(layer),
            Pass::Back(layer) => Pass::Gradient(layer - 1),
        };
        Self { pass, ..self }
    }
}

/// Computes all parts with the best vector instructions, each in one of as many work spaces.
fn run_parts<'a, P: Send + 'a>(executor: &dyn Executor, parts: Vec<P>, spaces: &'a mut [WorkSpace])
where
    InSpace<'a, P>: WithSimd,
{
    let piece = |(part, space)| -> Piece<'a> {
        Box::new(|| drop(Arch::new().dispatch(InSpace(part, space))))
    };
    executor.run(parts.into_iter().zip(spaces).map(piece).collect());
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::executor::tests::Several;
    use crate::{Activation, Architecture, Forward, LayerSpec};

    pub(in super::super) fn numbers(count: usize, factor: usize) -> Vec<f64> {
        let numbers = (0..count).map(|i| ((i * factor + 13) % 1009) as f64 / 1009.0 - 0.4);
        numbers.collect()
    }

    pub(in super::super) fn network(inputs: usize, hidden: &[usize], outputs: usize) -> Network {
        let mut network = Network::zeros(Architecture {
            inputs,
            hidden: LayerSpec::alike(hidden, Activation::Tanh),
            output: LayerSpec {
                units: outputs,
                activation: Activation::Sigmoid,
            },
        });
        let parameters = numbers(network.parameters().len(), 7919);
        network.parameters_mut().copy_from_slice(&parameters);
        network
    }

    #[test]
    fn stage_by_stage_the_gradient_has_the_bits_of_one_go() {
        // Small layers beside large ones, widths beside those of vectors, and last parts of one sample or of all.
        let networks = [
            network(3, &[40, 2, 40], 1),
            network(1, &[1900, 1900, 1], 2),
            network(2, &[2], 1),
            network(130, &[900, 5, 7], 11),
        ];
        for network in &networks {
            let rows = Backprop::samples_of_stage(network);
            for (batch, threads) in [
                (1, 3),
                (rows - 1, 2),
                (rows, 1),
                (rows + 1, 3),
                (2 * rows + 3, 8),
            ] {
                let inputs = numbers(batch * network.architecture().inputs, 31);
                let targets = numbers(batch * network.architecture().output.units, 17);
                let mut at_once = Backprop::new(network, batch);
                at_once.run_general(network, Loss::MeanSquaredError, &inputs, &targets);
                let mut in_stages = Backprop::new(network, batch.min(rows));
                let mut stages = 1;
                while in_stages
                    .advance(
                        network,
                        Loss::MeanSquaredError,
                        &inputs,
                        &targets,
                        &Several(threads),
                    )
                    .is_none()
                {
                    stages += 1;
                }
                let layers = network.layers().len();
                assert_eq!(stages, (3 * layers - 1) * batch.div_ceil(rows));
                assert_eq!(in_stages.gradient(), at_once.gradient(), "{batch}");
                let mut forward = Forward::new(network, batch);
                while !forward.advance(network, &inputs, batch, &Several(threads)) {}
                let predictions = at_once.forward.predictions(network);
                assert_eq!(forward.predictions(network), predictions, "{batch}");
            }
        }
    }

    #[test]
    fn a_sample_has_the_same_bits_however_few_units_the_last_of_many_threads_has() {
        let network = network(8400, &[1009], 1);
        let inputs = numbers(8400, 31);
        let (mut whole, mut divided) = (Forward::new(&network, 1), Forward::new(&network, 1));
        whole.run(&network, &inputs);
        while !divided.advance(&network, &inputs, 1, &Several(64)) {}
        assert_eq!(divided.of_layer(&network, 0), whole.of_layer(&network, 0));
    }
}
