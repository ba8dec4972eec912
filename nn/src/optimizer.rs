//! How a gradient changes the parameters. Definitions and defaults are those of PyTorch (torch.optim).

mod memory;

use pulp::{Arch, Simd, WithSimd};
use serde::{Deserialize, Serialize};

use super::named::named;
use memory::optimizers;

optimizers! {
    /// A rule that turns a gradient g into an update of the parameters p, with learning rate η.
    pub enum OptimizerKind with Memory {
        /// Stochastic gradient descent: p ← p − η·g.
        Sgd = "sgd" {},
        /// With momentum: v ← 0.9·v + g; p ← p − η·v.
        Momentum = "momentum" { #[serde(alias = "first_moments")] v },
        /// Nesterov's momentum, looking one step ahead: v ← 0.9·v + g; p ← p − η·(g + 0.9·v).
        Nesterov = "nesterov" { v },
        /// s ← 0.99·s + 0.01·g²; p ← p − η·g / (√s + 1e−8).
        Rmsprop = "rmsprop" { #[serde(alias = "second_moments")] s },
        /// m ← 0.9·m + 0.1·g; v ← 0.999·v + 0.001·g²;
        /// p ← p − η·(m / (1 − 0.9ᵗ)) / (√(v / (1 − 0.999ᵗ)) + 1e−8) in step t (Kingma and Ba 2015).
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
    /// What momentum and nesterov keep of v from step to step.
    pub const MOMENTUM: f64 = 0.9;
    /// What rmsprop keeps of s.
    pub const RMSPROP_ALPHA: f64 = 0.99;
    /// What adam keeps of m.
    pub const ADAM_BETA_1: f64 = 0.9;
    /// What adam keeps of v.
    pub const ADAM_BETA_2: f64 = 0.999;
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
    pub fn change_of(&self, index: usize, gradient: f64) -> Memory<Remembered> {
        let mut alone = Self {
            steps: self.steps,
            // The second one stays as it is: there is no parameter for it.
            memory: self.memory.map(|part| vec![part[index]; 2]),
        };
        alone.update(0.0, &mut [0.0], &[gradient]);
        alone.memory.map(|part| Remembered {
            before: part[1],
            after: part[0],
        })
    }

    /// One update of all parameters, in place. Allocates nothing.
    #[cfg_attr(not(debug_assertions), inline)]
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
        match &mut self.memory {
            Memory::Sgd {} => parameters.for_each(|(p, g)| *p -= learning_rate * g),
            Memory::Momentum { v } => {
                for ((p, g), v) in parameters.zip(v) {
                    *v = Self::MOMENTUM * *v + g;
                    *p -= learning_rate * *v;
                }
            }
            Memory::Nesterov { v } => {
                for ((p, g), v) in parameters.zip(v) {
                    *v = Self::MOMENTUM * *v + g;
                    *p -= learning_rate * (g + Self::MOMENTUM * *v);
                }
            }
            Memory::Rmsprop { s } => {
                for ((p, g), s) in parameters.zip(s) {
                    *s = Self::RMSPROP_ALPHA * *s + (1.0 - Self::RMSPROP_ALPHA) * g * g;
                    *p -= learning_rate * g / (s.sqrt() + Self::EPSILON);
                }
            }
            Memory::Adam { m, v } | Memory::AdamW { m, v } => {
                let correction_1 = 1.0 - Self::ADAM_BETA_1.powf(self.steps as f64);
                let correction_2 = (1.0 - Self::ADAM_BETA_2.powf(self.steps as f64)).sqrt();
                let rate = learning_rate / correction_1;
                for ((p, g), (m, v)) in parameters.zip(m.iter_mut().zip(v)) {
                    *m = Self::ADAM_BETA_1 * *m + (1.0 - Self::ADAM_BETA_1) * g;
                    *v = Self::ADAM_BETA_2 * *v + (1.0 - Self::ADAM_BETA_2) * g * g;
                    *p -= rate * *m / (v.sqrt() / correction_2 + Self::EPSILON);
                }
            }
        }
    }

    /// The part of an update that shrinks the parameters, made before [`Self::update`]: p ← p − η·λ·p for adamw, weights and
    /// biases alike; the other optimizers do not decay.
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn decay(&self, learning_rate: f64, weight_decay: f64, parameters: &mut [f64]) {
        match self.memory {
            Memory::AdamW { .. } => {
                let kept = 1.0 - learning_rate * weight_decay;
                parameters.iter_mut().for_each(|p| *p *= kept);
            }
            Memory::Sgd {}
            | Memory::Momentum { .. }
            | Memory::Nesterov { .. }
            | Memory::Rmsprop { .. }
            | Memory::Adam { .. } => {}
        }
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
                let before = optimizer.memory.map(|part| part[1]);
                let change = optimizer.change_of(1, gradient[1]);
                optimizer.update(0.1, &mut parameters, &gradient);
                let after = optimizer.memory.map(|part| part[1]);
                assert_eq!(change.map(|part| part.before), before, "{kind:?}");
                assert_eq!(change.map(|part| part.after), after, "{kind:?}");
            }
        }
    }

    #[test]
    fn the_memory_of_the_first_run_files_is_read() {
        let file = |kind: &str, first: &str, second: &str| {
            format!(
                r#"{{"kind":"{kind}","steps":3,"first_moments":{first},"second_moments":{second}}}"#
            )
        };
        let read = |text: &str| serde_json::from_str::<Optimizer>(text).unwrap();
        let expected = |memory| Optimizer { steps: 3, memory };
        assert_eq!(read(&file("sgd", "[]", "[]")), expected(Memory::Sgd {}));
        let v = vec![0.1, -0.25];
        assert_eq!(
            read(&file("momentum", "[0.1,-0.25]", "[]")),
            expected(Memory::Momentum { v })
        );
        let s = vec![0.5];
        assert_eq!(
            read(&file("rmsprop", "[]", "[0.5]")),
            expected(Memory::Rmsprop { s })
        );
        let (m, v) = (vec![0.1], vec![1e-300]);
        assert_eq!(
            read(&file("adam", "[0.1]", "[1e-300]")),
            expected(Memory::Adam { m, v })
        );
    }

    #[test]
    fn an_optimizer_is_read_as_it_was_written() {
        for kind in OptimizerKind::ALL {
            let mut optimizer = Optimizer::new(kind, 2);
            optimizer.update(0.1, &mut [1.0, 2.0], &[1.0 / 3.0, -0.7]);
            let written = serde_json::to_string(&optimizer).unwrap();
            assert_eq!(
                serde_json::from_str::<Optimizer>(&written).unwrap(),
                optimizer
            );
        }
    }

    #[test]
    fn a_copy_is_the_same_of_whatever_kind() {
        for (from, to) in OptimizerKind::ALL
            .map(|from| OptimizerKind::ALL.map(|to| (from, to)))
            .concat()
        {
            let [mut from, mut to] = [from, to].map(|kind| Optimizer::new(kind, 2));
            from.update(0.1, &mut [1.0, 2.0], &[0.5, -0.25]);
            to.copy_from(&from);
            assert_eq!(to, from);
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
        close(
            two_steps(OptimizerKind::Nesterov),
            1.0 - 0.5 * (2.0 + 0.9 * 2.0) - 0.5 * (-1.0 + 0.9 * (1.8 - 1.0)),
        );
        let s: f64 = 0.99 * 0.04 + 0.01;
        close(
            two_steps(OptimizerKind::Rmsprop),
            1.0 - 0.5 * 2.0 / 0.2 + 0.5 / s.sqrt(),
        );
        let (m, v): (f64, f64) = (0.9 * 0.2 - 0.1, 0.999 * 0.004 + 0.001);
        let second = 0.5 * (m / 0.19) / (v / (1.0 - 0.999f64.powi(2))).sqrt();
        close(two_steps(OptimizerKind::Adam), 1.0 - 0.5 - second);
        close(two_steps(OptimizerKind::AdamW), 1.0 - 0.5 - second);
        for kind in OptimizerKind::ALL {
            let mut p = [2.0];
            Optimizer::new(kind, 1).decay(0.5, 0.1, &mut p);
            let is_decayed = kind == OptimizerKind::AdamW;
            assert_eq!(p, if is_decayed { [1.9] } else { [2.0] }, "{kind:?}");
        }
    }
}
