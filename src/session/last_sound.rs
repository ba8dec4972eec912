//! What is left if a run diverges.

use super::Session;
use crate::nn::Optimizer;

/// The end of the last whole epoch (or where the run was resumed or changed since): what is left if the next
/// updates diverge.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LastSound {
    pub(super) parameters: Vec<f64>,
    pub(super) optimizer: Optimizer,
    pub(super) step: usize,
}

impl Session {
    pub(super) fn is_finite(&self) -> bool {
        self.network.parameters().iter().all(|p| p.is_finite())
    }

    /// All is well here.
    #[inline]
    pub(super) fn keep_as_sound(&mut self) {
        let LastSound {
            parameters,
            optimizer,
            step,
        } = &mut self.last_sound;
        parameters.copy_from_slice(self.network.parameters());
        optimizer.copy_from(&self.optimizer);
        *step = self.position.step;
    }

    /// Back to where all was well.
    pub(super) fn go_back(&mut self) {
        let LastSound {
            parameters,
            optimizer,
            step,
        } = &self.last_sound;
        self.network.parameters_mut().copy_from_slice(parameters);
        self.optimizer.copy_from(optimizer);
        self.position.step = *step;
        self.evaluator.begin_again();
    }

    /// Whether all parameters are finite now, in the middle of an epoch. If not, the run has diverged, and the
    /// session goes back to where all was well. For whoever is about to show or save it.
    pub fn keep_finite(&mut self) -> bool {
        let is_finite = self.is_finite();
        if !is_finite {
            self.go_back();
        }
        is_finite
    }
}
