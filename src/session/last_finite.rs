//! Where a run that diverges returns to: the last state whose loss and parameters were known to be finite.
//!
//! A small state is copied at the end of every epoch. Of a large network or batch, the present one is it until the next
//! step hands over what it replaces.

use super::Session;

impl Session {
    /// Remembers the present state as the one to return to. Allocates only if the optimizer was changed.
    #[inline]
    pub(super) fn mark_finite(&mut self) {
        self.work.last_finite.copy_from(&self.state);
        self.work.is_marked = true;
    }

    /// The same for the state at the end of an epoch, now or before the next step changes it.
    #[inline]
    pub(super) fn mark_end_of_epoch(&mut self) {
        if self.work.is_divided {
            self.work.is_marked = false;
        } else {
            self.mark_finite();
        }
    }

    /// Remembers the present state, if that is still to be done.
    pub(super) fn mark_at_last(&mut self) {
        if !self.work.is_marked {
            self.mark_finite();
        }
    }

    /// Returns to the end of the last whole epoch, or to where the run was resumed or changed since.
    pub(super) fn restore_finite(&mut self) {
        if self.work.is_marked {
            self.state.copy_from(&self.work.last_finite);
        }
        self.fit_batches();
        self.forget_work();
        self.work.beside.is_known_finite = false;
    }

    /// Returns whether all parameters are finite, in the middle of an epoch too. If one is not, the run has
    /// diverged, and the session returns to its last finite state. To be called before a session is shown or
    /// saved.
    pub fn keep_finite(&mut self) -> bool {
        let is_finite = self.is_finite();
        if !is_finite {
            self.restore_finite();
        }
        is_finite
    }

    /// Whether all parameters are finite. Those of a large network are looked at as they are made.
    #[inline]
    pub(super) fn is_finite(&self) -> bool {
        self.work.beside.is_known_finite || self.state.is_finite()
    }
}
