//! Where a run that diverges returns to: the last state whose loss and parameters were known to be finite.

use super::Session;

impl Session {
    /// Remembers the present state as the one to return to. Allocates only if the optimizer was changed.
    #[inline]
    pub(super) fn mark_finite(&mut self) {
        self.work.last_finite.copy_from(&self.state);
    }

    /// Returns to the end of the last whole epoch, or to where the run was resumed or changed since.
    pub(super) fn restore_finite(&mut self) {
        self.state.copy_from(&self.work.last_finite);
        self.fit_batches();
        self.forget_work();
    }

    /// Returns whether all parameters are finite, in the middle of an epoch too. If one is not, the run has
    /// diverged, and the session returns to its last finite state. To be called before a session is shown or
    /// saved.
    pub fn keep_finite(&mut self) -> bool {
        let is_finite = self.state.is_finite();
        if !is_finite {
            self.restore_finite();
        }
        is_finite
    }
}
