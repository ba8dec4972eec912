//! How a gradient changes the parameters. Definitions and defaults are those of PyTorch (torch.optim).

use pulp::{Arch, Simd, WithSimd};
use serde::{Deserialize, Serialize};

/// A rule that turns a gradient g into an update of the parameters p, with learning rate η.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OptimizerKind {
    /// Stochastic gradient descent: p ← p − η·g.
    Sgd,
    /// With momentum: v ← 0.9·v + g; p ← p − η·v.
    Momentum,
    /// s ← 0.99·s + 0.01·g²; p ← p − η·g / (√s + 1e−8).
    Rmsprop,
    /// m ← 0.9·m + 0.1·g; v ← 0.999·v + 0.001·g²;
    /// p ← p − η·(m / (1 − 0.9ᵗ)) / (√(v / (1 − 0.999ᵗ)) + 1e−8) in step t (Kingma and Ba 2015).
    Adam,
}

/// For fewer parameters, vector instructions are not worth the choice between them.
const WORTH_DISPATCHING: usize = 64;

impl OptimizerKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sgd, Self::Momentum, Self::Rmsprop, Self::Adam];

    /// The name on the screen, in files and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sgd => "sgd",
            Self::Momentum => "momentum",
            Self::Rmsprop => "rmsprop",
            Self::Adam => "adam",
        }
    }
}

/// An optimizer with what it remembers from step to step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Optimizer {
    kind: OptimizerKind,
    /// The steps made so far.
    steps: u64,
    /// Momentum's v, adam's m: one number a parameter; empty for the others.
    first_moments: Vec<f64>,
    /// Rmsprop's s, adam's v: likewise.
    second_moments: Vec<f64>,
}

/// What an optimizer remembers of one parameter; 0 for what its kind does not use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// The steps made so far.
    pub steps: u64,
    /// Momentum's v, adam's m.
    pub first_moment: f64,
    /// Rmsprop's s, adam's v.
    pub second_moment: f64,
}

impl Optimizer {
    /// What momentum keeps of v from step to step.
    pub const MOMENTUM: f64 = 0.9;
    /// What rmsprop keeps of s.
    pub const RMSPROP_ALPHA: f64 = 0.99;
    /// What adam keeps of m.
    pub const ADAM_BETA_1: f64 = 0.9;
    /// What adam keeps of v.
    pub const ADAM_BETA_2: f64 = 0.999;
    /// What keeps rmsprop and adam from dividing by 0.
    pub const EPSILON: f64 = 1e-8;

    /// An optimizer for so many parameters that has made no step.
    #[must_use]
    pub fn new(kind: OptimizerKind, parameters: usize) -> Self {
        use OptimizerKind::{Adam, Momentum, Rmsprop};
        let moments = |is_used: bool| vec![0.0; if is_used { parameters } else { 0 }];
        Self {
            kind,
            steps: 0,
            first_moments: moments(matches!(kind, Momentum | Adam)),
            second_moments: moments(matches!(kind, Rmsprop | Adam)),
        }
    }

    /// What it remembers of one parameter.
    #[must_use]
    pub fn memory_of(&self, index: usize) -> Memory {
        Memory {
            steps: self.steps,
            first_moment: self.first_moments.get(index).copied().unwrap_or(0.0),
            second_moment: self.second_moments.get(index).copied().unwrap_or(0.0),
        }
    }

    /// What it will remember of one parameter after an update with this derivative.
    #[must_use]
    pub fn memory_after(&self, index: usize, gradient: f64) -> Memory {
        let one = |moments: &[f64]| moments.get(index).copied().into_iter().collect();
        let mut alone = Self {
            kind: self.kind,
            steps: self.steps,
            first_moments: one(&self.first_moments),
            second_moments: one(&self.second_moments),
        };
        alone.update(0.0, &mut [0.0], &[gradient]);
        alone.memory_of(0)
    }

    /// One update of all parameters, in place. Allocates nothing.
    pub fn update(&mut self, learning_rate: f64, parameters: &mut [f64], gradient: &[f64]) {
        if parameters.len() < WORTH_DISPATCHING {
            self.update_all(learning_rate, parameters, gradient);
        } else {
            Arch::new().dispatch(Update {
                optimizer: self,
                learning_rate,
                parameters,
                gradient,
            });
        }
    }

    /// [`Self::update`], compiled for one kind of vector instructions.
    #[inline(always)]
    fn update_all(&mut self, learning_rate: f64, parameters: &mut [f64], gradient: &[f64]) {
        debug_assert_eq!(parameters.len(), gradient.len());
        self.steps += 1;
        let parameters = parameters.iter_mut().zip(gradient);
        match self.kind {
            OptimizerKind::Sgd => parameters.for_each(|(p, g)| *p -= learning_rate * g),
            OptimizerKind::Momentum => {
                for ((p, g), v) in parameters.zip(&mut self.first_moments) {
                    *v = Self::MOMENTUM * *v + g;
                    *p -= learning_rate * *v;
                }
            }
            OptimizerKind::Rmsprop => {
                for ((p, g), s) in parameters.zip(&mut self.second_moments) {
                    *s = Self::RMSPROP_ALPHA * *s + (1.0 - Self::RMSPROP_ALPHA) * g * g;
                    *p -= learning_rate * g / (s.sqrt() + Self::EPSILON);
                }
            }
            OptimizerKind::Adam => {
                let correction_1 = 1.0 - Self::ADAM_BETA_1.powf(self.steps as f64);
                let correction_2 = (1.0 - Self::ADAM_BETA_2.powf(self.steps as f64)).sqrt();
                let rate = learning_rate / correction_1;
                let moments = self.first_moments.iter_mut().zip(&mut self.second_moments);
                for ((p, g), (m, v)) in parameters.zip(moments) {
                    *m = Self::ADAM_BETA_1 * *m + (1.0 - Self::ADAM_BETA_1) * g;
                    *v = Self::ADAM_BETA_2 * *v + (1.0 - Self::ADAM_BETA_2) * g * g;
                    *p -= rate * *m / (v.sqrt() / correction_2 + Self::EPSILON);
                }
            }
        }
    }

    /// Becomes the same as another; if that is of its kind, without allocating.
    pub fn copy_from(&mut self, other: &Self) {
        self.kind = other.kind;
        self.steps = other.steps;
        self.first_moments.clone_from(&other.first_moments);
        self.second_moments.clone_from(&other.second_moments);
    }

    /// The memory that it takes besides itself.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&*self.first_moments) + size_of_val(&*self.second_moments)
    }

    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> OptimizerKind {
        self.kind
    }

    /// Whether what it remembers is finite, and fits so many parameters.
    #[must_use]
    pub fn is_sound(&self, parameters: usize) -> bool {
        let fresh = Self::new(self.kind, parameters);
        let moments = self.first_moments.iter().chain(&self.second_moments);
        self.first_moments.len() == fresh.first_moments.len()
            && self.second_moments.len() == fresh.second_moments.len()
            && moments.into_iter().all(|moment| moment.is_finite())
    }
}

/// An update that is to be run with the best vector instructions; a closure would not be inlined.
struct Update<'a> {
    optimizer: &'a mut Optimizer,
    learning_rate: f64,
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
            parameters,
            gradient,
        } = self;
        optimizer.update_all(learning_rate, parameters, gradient);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two steps with η = 0.5 from p = 1 and the gradients 2 and −1.
    fn two_steps(kind: OptimizerKind) -> f64 {
        let mut optimizer = Optimizer::new(kind, 1);
        let mut p = [1.0];
        optimizer.update(0.5, &mut p, &[2.0]);
        optimizer.update(0.5, &mut p, &[-1.0]);
        p[0]
    }

    #[test]
    fn the_memory_of_one_parameter_is_its_own() {
        for kind in OptimizerKind::ALL {
            let mut optimizer = Optimizer::new(kind, 3);
            let mut parameters = [1.0, 2.0, 3.0];
            for gradient in [[0.1, -0.2, 0.3], [0.5, 0.25, -1.0]] {
                let told = optimizer.memory_after(1, gradient[1]);
                optimizer.update(0.1, &mut parameters, &gradient);
                assert_eq!(optimizer.memory_of(1), told, "{kind:?}");
            }
        }
    }

    #[test]
    fn two_steps_are_as_computed_by_hand() {
        let close =
            |ours: f64, by_hand: f64| assert!((ours - by_hand).abs() < 1e-6, "{ours}, {by_hand}");
        close(two_steps(OptimizerKind::Sgd), 1.0 - 0.5 * 2.0 + 0.5);
        close(
            two_steps(OptimizerKind::Momentum),
            1.0 - 0.5 * 2.0 - 0.5 * (1.8 - 1.0),
        );
        let s: f64 = 0.99 * 0.04 + 0.01;
        close(
            two_steps(OptimizerKind::Rmsprop),
            1.0 - 0.5 * 2.0 / 0.2 + 0.5 / s.sqrt(),
        );
        let (m, v): (f64, f64) = (0.9 * 0.2 - 0.1, 0.999 * 0.004 + 0.001);
        let second = 0.5 * (m / 0.19) / (v / (1.0 - 0.999f64.powi(2))).sqrt();
        close(two_steps(OptimizerKind::Adam), 1.0 - 0.5 - second);
    }
}
