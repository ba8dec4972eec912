//! How a gradient changes the parameters. Definitions and defaults are those of PyTorch (torch.optim).

mod beside;
mod coefficients;
mod memory;
#[cfg(test)]
mod tests;

use pulp::{Arch, Simd, WithSimd};
use serde::{Deserialize, Serialize};

use super::named::named;
pub use beside::UpdateRule;
pub use coefficients::Coefficients;
use memory::optimizers;

optimizers! {
    /// A rule that turns a gradient g into an update of the parameters p, with learning rate η and [`Coefficients`].
    pub enum OptimizerKind with Memory {
        /// Stochastic gradient descent: p ← p − η·g.
        Sgd = "sgd" {},
        /// With momentum: v ← μ·v + g; p ← p − η·v.
        Momentum = "momentum" { #[serde(alias = "first_moments")] v },
        /// Nesterov's momentum, looking one step ahead: v ← μ·v + g; p ← p − η·(g + μ·v).
        Nesterov = "nesterov" { v },
        /// s ← α·s + (1 − α)·g²; p ← p − η·g / (√s + 1e−8).
        Rmsprop = "rmsprop" { #[serde(alias = "second_moments")] s },
        /// m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²;
        /// p ← p − η·(m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + 1e−8) in step t (Kingma and Ba 2015).
        Adam = "adam" {
            #[serde(alias = "first_moments")] m,
            #[serde(alias = "second_moments")] v
        },
        /// Adam with decoupled weight decay λ: first p ← p − η·λ·p, then adam's update (Loshchilov and Hutter 2019).
        AdamW = "adamw" { m, v },
    }
}

/// For fewer parameters, vector instructions are not worth the choice between them.
const WORTH_DISPATCHING: usize = 64;

/// An optimizer with what it remembers from step to step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Optimizer {
    /// The steps made so far.
    steps: u64,
    /// One number a parameter in each part.
    #[serde(flatten)]
    memory: Memory<Vec<f64>>,
}

/// A number that an optimizer remembers of a parameter, around an update.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Remembered {
    /// Before the update.
    pub before: f64,
    /// After it.
    pub after: f64,
}

impl Optimizer {
    /// What keeps rmsprop and adam from dividing by 0.
    pub const EPSILON: f64 = 1e-8;

    /// A fresh optimizer for this many parameters.
    #[must_use]
    pub fn new(kind: OptimizerKind, parameters: usize) -> Self {
        Self {
            steps: 0,
            memory: Memory::new(kind, || vec![0.0; parameters]),
        }
    }

    /// How an update with this derivative changes what it remembers of one parameter.
    #[must_use]
    pub fn change_of(
        &self,
        index: usize,
        coefficients: Coefficients,
        gradient: f64,
    ) -> Memory<Remembered> {
        let mut alone = Self {
            steps: self.steps,
            // The second one stays as it is: there is no parameter for it.
            memory: self.memory.map(|part| vec![part[index]; 2]),
        };
        alone.update(0.0, coefficients, &mut [0.0], &[gradient]);
        alone.memory.map(|part| Remembered {
            before: part[1],
            after: part[0],
        })
    }

    /// One update of all parameters, in place. Allocates nothing.
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn update(
        &mut self,
        learning_rate: f64,
        coefficients: Coefficients,
        parameters: &mut [f64],
        gradient: &[f64],
    ) {
        if parameters.len() < WORTH_DISPATCHING {
            self.update_all(learning_rate, coefficients, parameters, gradient);
        } else {
            Arch::new().dispatch(Update {
                optimizer: self,
                learning_rate,
                coefficients,
                parameters,
                gradient,
            });
        }
    }

    /// [`Self::update`], compiled for one kind of vector instructions.
    #[inline(always)]
    fn update_all(
        &mut self,
        learning_rate: f64,
        coefficients: Coefficients,
        parameters: &mut [f64],
        gradient: &[f64],
    ) {
        self.steps += 1;
        let memory = self.memory.map_mut(Vec::as_mut_slice);
        memory.update(
            self.steps,
            learning_rate,
            coefficients,
            parameters,
            gradient,
        );
    }

    /// The update of one parameter by sgd.
    #[inline(always)]
    pub(super) fn descend(learning_rate: f64, parameter: &mut f64, gradient: f64) {
        *parameter -= learning_rate * gradient;
    }

    /// Whether it is sgd, which remembers nothing.
    #[must_use]
    #[inline]
    pub fn is_plain(&self) -> bool {
        matches!(self.memory, Memory::Sgd {})
    }

    /// Counts steps that were made without it, as by [`Backprop::descend`](super::Backprop::descend).
    #[inline]
    pub fn count(&mut self, steps: usize) {
        self.steps += steps as u64;
    }

    /// The part of an update that shrinks the parameters, made before [`Self::update`]: p ← p − η·λ·p for adamw, weights and
    /// biases alike; the other optimizers do not decay.
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn decay(&self, learning_rate: f64, weight_decay: f64, parameters: &mut [f64]) {
        self.memory.decay(learning_rate, weight_decay, parameters);
    }

    /// Becomes the same as another; if that is of its kind, without allocating.
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn copy_from(&mut self, other: &Self) {
        self.steps = other.steps;
        self.memory.copy_from(&other.memory);
    }

    /// The bytes that it takes on the heap.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        let mut bytes = 0;
        self.memory.map(|part| bytes += size_of_val(&**part));
        bytes
    }

    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> OptimizerKind {
        self.memory.kind()
    }

    /// The steps made so far.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Whether what it remembers is finite, and fits this many parameters.
    #[must_use]
    pub fn is_sound(&self, parameters: usize) -> bool {
        let mut is_sound = true;
        self.memory.map(|part| {
            is_sound &= part.len() == parameters && part.iter().all(|number| number.is_finite());
        });
        is_sound
    }
}

impl<T> Memory<T> {
    /// [`Optimizer::decay`].
    #[inline(always)]
    fn decay(&self, learning_rate: f64, weight_decay: f64, parameters: &mut [f64]) {
        match self {
            Self::AdamW { .. } => {
                let kept = 1.0 - learning_rate * weight_decay;
                parameters.iter_mut().for_each(|p| *p *= kept);
            }
            Self::Sgd {}
            | Self::Momentum { .. }
            | Self::Nesterov { .. }
            | Self::Rmsprop { .. }
            | Self::Adam { .. } => {}
        }
    }
}

impl Memory<&mut [f64]> {
    /// The update of these parameters in this step, counted from 1.
    #[inline(always)]
    fn update(
        self,
        steps: u64,
        learning_rate: f64,
        coefficients: Coefficients,
        parameters: &mut [f64],
        gradient: &[f64],
    ) {
        debug_assert_eq!(parameters.len(), gradient.len());
        let Coefficients {
            momentum,
            alpha,
            beta1,
            beta2,
        } = coefficients;
        let parameters = parameters.iter_mut().zip(gradient);
        match self {
            Memory::Sgd {} => {
                parameters.for_each(|(p, g)| Optimizer::descend(learning_rate, p, *g));
            }
            Memory::Momentum { v } => {
                for ((p, g), v) in parameters.zip(v) {
                    *v = momentum * *v + g;
                    *p -= learning_rate * *v;
                }
            }
            Memory::Nesterov { v } => {
                for ((p, g), v) in parameters.zip(v) {
                    *v = momentum * *v + g;
                    *p -= learning_rate * (g + momentum * *v);
                }
            }
            Memory::Rmsprop { s } => {
                for ((p, g), s) in parameters.zip(s) {
                    *s = alpha * *s + (1.0 - alpha) * g * g;
                    *p -= learning_rate * g / (s.sqrt() + Optimizer::EPSILON);
                }
            }
            Memory::Adam { m, v } | Memory::AdamW { m, v } => {
                let correction_1 = correction(beta1, steps);
                let correction_2 = correction(beta2, steps).sqrt();
                let rate = learning_rate / correction_1;
                for ((p, g), (m, v)) in parameters.zip(m.iter_mut().zip(v)) {
                    *m = beta1 * *m + (1.0 - beta1) * g;
                    *v = beta2 * *v + (1.0 - beta2) * g * g;
                    *p -= rate * *m / (v.sqrt() / correction_2 + Optimizer::EPSILON);
                }
            }
        }
    }
}

/// 1 − βᵗ, the share of adam's averages that is not from their start at 0. Of a long run it is 1 without the power, which takes
/// longer than the step of a small network.
fn correction(beta: f64, steps: u64) -> f64 {
    let steps = steps as f64;
    // βᵗ ≤ e^(−(1 − β)·t), and e⁻³⁸ < 2⁻⁵⁴, half of the last place of the numbers below 1.
    if (1.0 - beta) * steps > 38.0 {
        return 1.0;
    }
    1.0 - beta.powf(steps)
}

/// An update that is to be run with the best vector instructions; a closure would not be inlined.
struct Update<'a> {
    optimizer: &'a mut Optimizer,
    learning_rate: f64,
    coefficients: Coefficients,
    parameters: &'a mut [f64],
    gradient: &'a [f64],
}

impl WithSimd for Update<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self {
            optimizer,
            learning_rate,
            coefficients,
            parameters,
            gradient,
        } = self;
        optimizer.update_all(learning_rate, coefficients, parameters, gradient);
    }
}
