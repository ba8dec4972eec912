//! The post's network, two neurons and an output, with all its sizes known to the compiler.
//!
//! The same formulas in the same order as [`super::Forward`] and [`super::Backprop`] have for any network, and so
//! the same numbers bit for bit; but without loops, which would cost more here than their bodies, and with all
//! parameters in registers from step to step.

mod samples;
mod units;

use pulp::{Arch, Simd, WithSimd};

use super::forward::is_worth_packing;
use super::{Activation, Loss, Network, Optimizer};
pub(super) use samples::Rows;
use units::Units;

/// Inputs, and hidden neurons.
const SIZE: usize = 2;

/// A number for each parameter, in the order of [`Network::parameters`]: w1 to w4, b1, b2, w5, w6, b3.
type Numbers = [f64; 9];

/// One sample's inputs and target.
type Sample<'a> = (&'a [f64; SIZE], &'a [f64; 1]);

/// Who is shown the gradient of each step.
pub type Witness<'a> = &'a mut dyn FnMut(&[f64]);

/// A network of the post's size.
#[derive(Clone, Copy)]
pub(super) struct Tiny {
    parameters: Numbers,
    hidden_activation: Activation,
    output_activation: Activation,
}

/// What both passes of one sample leave.
pub(super) struct Passes {
    pub(super) hidden: [f64; SIZE],
    pub(super) output_z: f64,
    pub(super) output: f64,
    /// ∂L/∂parameter.
    pub(super) gradient: Numbers,
}

impl Tiny {
    /// The network, if it has the post's size.
    #[inline]
    pub(super) fn of(network: &Network) -> Option<Self> {
        let [hidden, output] = network.layers() else {
            return None;
        };
        if (hidden.fan_in, hidden.units, output.units) != (SIZE, SIZE, 1) {
            return None;
        }
        Some(Self {
            parameters: network.parameters().try_into().ok()?,
            hidden_activation: hidden.activation,
            output_activation: output.activation,
        })
    }

    #[inline(always)]
    fn is_finite(&self) -> bool {
        self.parameters.iter().all(|p| p.is_finite())
    }

    /// The forward and the backward pass of one sample.
    pub(super) fn passes(self, loss: Loss, sample: Sample<'_>) -> Passes {
        in_lanes(BothPasses {
            tiny: self,
            loss,
            sample,
        })
    }
}

/// Takes one step of gradient descent for each sample, in their order, without penalty. Returns whether it has: it is
/// for networks of the post's size. The numbers are the same bit for bit as those of single steps. Shows the gradient of
/// each to `see`, if anybody wants to see it. Allocates nothing.
///
/// `inputs` is row-major with shape (samples, inputs), `targets` with shape (samples, outputs).
#[must_use]
pub fn descend(
    network: &mut Network,
    optimizer: &mut Optimizer,
    (loss, learning_rate): (Loss, f64),
    inputs: &[f64],
    targets: &[f64],
    see: Option<Witness<'_>>,
) -> bool {
    let how = (loss, learning_rate);
    let Some(steps) = Steps::of(network, optimizer, how, (inputs, targets), see) else {
        return false;
    };
    let parameters = in_lanes(steps);
    network.parameters_mut().copy_from_slice(&parameters);
    optimizer.count(inputs.len() / SIZE);
    true
}

/// Takes the steps of [`descend`] again and again: as many whole epochs as there is room for their `losses`, and no
/// further than every parameter is finite at the end of one, and the mean loss over all samples is too and above `goal`.
/// Leaves the loss of each. Returns how many epochs it has taken: none where [`descend`] takes no step, and none of so
/// many samples that their loss would be summed in another order elsewhere. Allocates nothing.
#[must_use]
pub fn descend_epochs(
    network: &mut Network,
    optimizer: &mut Optimizer,
    how: (Loss, f64),
    samples: (&[f64], &[f64]),
    (losses, goal): (&mut [f64], f64),
) -> usize {
    let steps = Steps::of(network, optimizer, how, samples, None);
    let is_few =
        |steps: &Steps<'_, '_>| !is_worth_packing(steps.targets.len(), &network.layers()[0]);
    let Some(steps) = steps.filter(is_few) else {
        return 0;
    };
    let steps_per_epoch = steps.targets.len();
    let (parameters, epochs) = in_lanes(Epochs {
        steps,
        losses,
        goal,
    });
    network.parameters_mut().copy_from_slice(&parameters);
    optimizer.count(epochs * steps_per_epoch);
    epochs
}

/// Work that has the hidden neurons in the lanes of N vectors.
trait InLanes {
    type Output;

    fn run<S: Simd, const N: usize>(self, simd: S) -> Self::Output;
}

/// The same, for the best vector instructions.
struct Best<W>(W);

impl<W: InLanes> WithSimd for Best<W> {
    type Output = W::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> W::Output {
        if S::F64_LANES < SIZE {
            return self.0.run::<S, SIZE>(simd);
        }
        self.0.run::<S, 1>(simd)
    }
}

/// Does such work with as few vectors as it takes, and none of AVX-512: their lanes would stay empty, and what has to wait
/// for the one before waits longer.
fn in_lanes<W: InLanes>(work: W) -> W::Output {
    match Arch::new() {
        #[cfg(target_arch = "x86_64")]
        Arch::V4(simd) => Simd::vectorize(*simd, Best(work)),
        arch => arch.dispatch(Best(work)),
    }
}

/// The passes of one sample.
struct BothPasses<'a> {
    tiny: Tiny,
    loss: Loss,
    sample: Sample<'a>,
}

impl InLanes for BothPasses<'_> {
    type Output = Passes;

    #[inline(always)]
    fn run<S: Simd, const N: usize>(self, simd: S) -> Passes {
        let Self { tiny, loss, sample } = self;
        let units = Units::<S, N>::of(simd, tiny.parameters);
        let pass = units.forward(&tiny, sample.0);
        Passes {
            hidden: pass.hidden.first(),
            output_z: pass.output_z,
            output: pass.output,
            gradient: units.gradient(&tiny, &pass, loss, sample).numbers(),
        }
    }
}

/// One step for each sample.
struct Steps<'a, 's> {
    tiny: Tiny,
    loss: Loss,
    learning_rate: f64,
    inputs: &'a [[f64; SIZE]],
    targets: &'a [[f64; 1]],
    see: Option<Witness<'s>>,
}

impl<'a, 's> Steps<'a, 's> {
    /// Those of plain sgd, if the network has the post's size.
    fn of(
        network: &Network,
        optimizer: &Optimizer,
        (loss, learning_rate): (Loss, f64),
        (inputs, targets): (&'a [f64], &'a [f64]),
        see: Option<Witness<'s>>,
    ) -> Option<Self> {
        let tiny = Tiny::of(network).filter(|_| optimizer.is_plain())?;
        Some(Self {
            tiny,
            loss,
            learning_rate,
            inputs: inputs.as_chunks().0,
            targets: targets.as_chunks().0,
            see,
        })
    }

    /// Takes the steps, with the hidden neurons in the lanes of N vectors.
    #[inline(always)]
    fn take<S: Simd, const N: usize>(&mut self, units: &mut Units<S, N>) {
        for sample in self.inputs.iter().zip(self.targets) {
            let pass = units.forward(&self.tiny, sample.0);
            let gradient = units.gradient(&self.tiny, &pass, self.loss, sample);
            if let Some(see) = &mut self.see {
                see(&gradient.numbers());
            }
            units.descend(self.learning_rate, &gradient);
        }
    }
}

impl InLanes for Steps<'_, '_> {
    /// The parameters after the steps.
    type Output = Numbers;

    #[inline(always)]
    fn run<S: Simd, const N: usize>(mut self, simd: S) -> Numbers {
        let mut units = Units::<S, N>::of(simd, self.tiny.parameters);
        self.take(&mut units);
        units.numbers()
    }
}

/// The steps of several epochs.
struct Epochs<'a, 's> {
    steps: Steps<'a, 's>,
    losses: &'a mut [f64],
    goal: f64,
}

impl InLanes for Epochs<'_, '_> {
    /// The parameters after the last epoch that is taken, and how many are.
    type Output = (Numbers, usize);

    #[inline(always)]
    fn run<S: Simd, const N: usize>(self, simd: S) -> (Numbers, usize) {
        let Self {
            mut steps,
            losses,
            goal,
        } = self;
        let mut units = Units::<S, N>::of(simd, steps.tiny.parameters);
        let samples = steps.targets.len() as f64;
        for (epoch, kept) in losses.iter_mut().enumerate() {
            steps.take(&mut units);
            let after = Tiny {
                parameters: units.numbers(),
                ..steps.tiny
            };
            let loss = after.loss(simd, steps.loss, steps.inputs, steps.targets) / samples;
            if !(loss.is_finite() && loss > goal && after.is_finite()) {
                return (steps.tiny.parameters, epoch);
            }
            *kept = loss;
            steps.tiny = after;
        }
        (steps.tiny.parameters, losses.len())
    }
}

#[cfg(test)]
mod tests;
