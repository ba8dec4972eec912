//! The gradient of a large batch, stage by stage: a few milliseconds each, between which training can be
//! interrupted.
//!
//! A stage is one layer of one pass of some of the samples. Every sum is made in the same order as in one go, so the
//! gradient has the same bits.

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

use super::Backprop;
use crate::{Loss, Network};

/// The most multiplications of a batch's forward pass that are made in one go.
const AT_ONCE: usize = 1 << 23;

/// About the most multiplications of a stage.
const MULTIPLICATIONS: usize = 1 << 26;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Stage {
    first_sample: usize,
    pass: Pass,
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
        samples.saturating_mul(network.parameters().len()) > AT_ONCE
    }

    /// How many samples a stage of [`Self::advance`] has: 8 to 8192, fewer for a larger network.
    #[must_use]
    pub fn samples_of_stage(network: &Network) -> usize {
        let layers = network.layers().iter();
        let largest = layers.map(|layer| layer.weights.len()).max().unwrap_or(1);
        (MULTIPLICATIONS / largest).clamp(8, 8192)
    }

    /// [`Self::run`], one stage with each call. Returns the gradient with the last one, bit for bit the same. Until
    /// then, every call must have the same arguments, or [`Self::restart`] must come before it. Allocates nothing.
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
    ) -> Option<&mut [f64]> {
        let architecture = network.architecture();
        let (width, outputs) = (architecture.inputs, architecture.output.units);
        let batch = inputs.len() / width;
        let first = self.stage.first_sample;
        let samples = first..batch.min(first + Self::samples_of_stage(network));
        let rows = |width: usize| samples.start * width..samples.end * width;
        Arch::new().dispatch(OneStage {
            network,
            loss,
            inputs: &inputs[rows(width)],
            targets: &targets[rows(outputs)],
            batch,
            pass: self.stage.pass,
            has_earlier: first > 0,
            backprop: self,
        });
        self.stage = self.stage.next(network, &samples);
        if self.stage.first_sample < batch {
            return None;
        }
        self.restart();
        Some(&mut self.gradient)
    }

    /// Begins again with the next [`Self::advance`].
    pub fn restart(&mut self) {
        self.stage = Stage::default();
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
                };
            }
            Pass::Gradient(layer) => Pass::Back(layer),
            Pass::Back(layer) => Pass::Gradient(layer - 1),
        };
        Self { pass, ..self }
    }
}

/// A stage for the best vector instructions.
struct OneStage<'a> {
    backprop: &'a mut Backprop,
    network: &'a Network,
    loss: Loss,
    /// The inputs and targets of its samples.
    inputs: &'a [f64],
    targets: &'a [f64],
    /// How many samples the whole batch has.
    batch: usize,
    pass: Pass,
    has_earlier: bool,
}

impl WithSimd for OneStage<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self {
            backprop,
            network,
            inputs,
            ..
        } = self;
        let layers = network.layers();
        match self.pass {
            Pass::Forward(layer) => {
                backprop.forward.begin(network, inputs, self.batch);
                let forward = &mut backprop.forward;
                forward.run_layer(simd, network, &layers[layer], inputs);
                if layer + 1 == layers.len() {
                    backprop.start_at_outputs(network, self.loss, self.targets);
                }
            }
            Pass::Gradient(layer) => {
                let has_earlier = self.has_earlier;
                backprop.gradient_of_layer(simd, &layers[layer], inputs, has_earlier);
            }
            Pass::Back(layer) => {
                let (before, layer) = (&layers[layer - 1], &layers[layer]);
                backprop.back_to_layer_before(simd, network, before, layer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Architecture, LayerSpec};

    fn numbers(count: usize, factor: usize) -> Vec<f64> {
        let numbers = (0..count).map(|i| ((i * factor + 13) % 1009) as f64 / 1009.0 - 0.4);
        numbers.collect()
    }

    fn network(inputs: usize, hidden: &[usize], outputs: usize) -> Network {
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
            for batch in [1, rows - 1, rows, rows + 1, 2 * rows + 3] {
                let inputs = numbers(batch * network.architecture().inputs, 31);
                let targets = numbers(batch * network.architecture().output.units, 17);
                let mut at_once = Backprop::new(network, batch);
                at_once.run_general(network, Loss::MeanSquaredError, &inputs, &targets);
                let mut in_stages = Backprop::new(network, batch.min(rows));
                let mut stages = 1;
                while in_stages
                    .advance(network, Loss::MeanSquaredError, &inputs, &targets)
                    .is_none()
                {
                    stages += 1;
                }
                let layers = network.layers().len();
                assert_eq!(stages, (3 * layers - 1) * batch.div_ceil(rows));
                assert_eq!(in_stages.gradient(), at_once.gradient(), "{batch}");
            }
        }
    }
}
