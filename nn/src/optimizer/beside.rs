//! The update of a large network, made beside it: part by part and shared among threads, while the present parameters
//! and what is remembered of them stay as they are. So it can be interrupted anywhere.

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

use super::{Coefficients, Memory, Optimizer};
use crate::kernels::matrix::parts;
use crate::{Executor, Piece};

/// As many numbers of each kind are copied and updated at a time: they stay in the nearest cache.
const AT_ONCE: usize = 512;

/// How the parameters are updated.
#[derive(Debug, Clone, Copy)]
pub struct UpdateRule {
    /// η.
    pub learning_rate: f64,
    /// λ of adamw.
    pub weight_decay: f64,
    /// What is kept of what is remembered.
    pub coefficients: Coefficients,
}

impl Optimizer {
    /// [`Self::decay`] and [`Self::update`] of some of the parameters, bit for bit, but beside them: their gradient is
    /// replaced by their next values, and what is remembered of them then is written into `next`. When all parameters
    /// have had their turn, `next` is the optimizer of the next step. Returns whether the next values are finite. Allocates
    /// no more than the threads need, unless `next` was of another kind.
    ///
    /// # Panics
    ///
    /// If there are not as many gradients as parameters, or fewer than the range has.
    pub fn update_beside(
        &self,
        next: &mut Self,
        rule: UpdateRule,
        range: Range<usize>,
        (parameters, gradient): (&[f64], &mut [f64]),
        executor: &dyn Executor,
    ) -> bool {
        assert_eq!(parameters.len(), gradient.len());
        if next.kind() != self.kind() {
            *next = Self::new(self.kind(), parameters.len());
        }
        next.steps = self.steps + 1;
        let most = range.len().div_ceil(executor.threads());
        let pairs = next.memory.beside(&self.memory);
        let mut pairs = pairs.map_into(|(next, present)| {
            let next = next[range.clone()].chunks_mut(most);
            next.zip(present[range.clone()].chunks(most))
        });
        let mut are_finite = vec![true; executor.threads()];
        let numbers = parameters[range.clone()].chunks(most);
        let numbers = numbers.zip(gradient[range].chunks_mut(most));
        let part = |((parameters, gradient), are_finite)| -> Piece<'_> {
            let part = Part {
                steps: next.steps,
                rule,
                memory: pairs.map_mut(|pairs| pairs.next().expect("a number a parameter")),
                parameters,
                gradient,
                are_finite,
            };
            Box::new(|| Arch::new().dispatch(part))
        };
        executor.run(numbers.zip(&mut are_finite).map(part).collect());
        are_finite.into_iter().all(|are_finite| are_finite)
    }
}

/// Some of the parameters.
struct Part<'a> {
    /// With the one of this update.
    steps: u64,
    rule: UpdateRule,
    /// What will be remembered, and what is.
    memory: Memory<(&'a mut [f64], &'a [f64])>,
    parameters: &'a [f64],
    gradient: &'a mut [f64],
    /// Whether the next ones are.
    are_finite: &'a mut bool,
}

impl WithSimd for Part<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _: S) {
        let UpdateRule {
            learning_rate,
            weight_decay,
            coefficients,
        } = self.rule;
        let mut gradient = [0.0; AT_ONCE];
        for these in parts(self.parameters.len(), AT_ONCE) {
            let next = &mut self.gradient[these.clone()];
            let gradient = &mut gradient[..these.len()];
            gradient.copy_from_slice(next);
            next.copy_from_slice(&self.parameters[these.clone()]);
            let memory = self.memory.map_mut(|(next, present)| {
                let next = &mut next[these.clone()];
                next.copy_from_slice(&present[these.clone()]);
                next
            });
            memory.decay(learning_rate, weight_decay, next);
            memory.update(self.steps, learning_rate, coefficients, next, gradient);
            let finite = next.iter().map(|number| number.is_finite());
            *self.are_finite &= finite.fold(true, |all, this| all & this);
        }
    }
}
