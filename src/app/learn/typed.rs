//! The step that a page shows: that of the trainer, or the way of typed values through the network.

use std::borrow::Cow;

use crate::app::backprop::Followed;
use crate::app::{App, Probe, TracedStep};

impl App {
    /// The step that the panels of a lesson show: on a page with typed values, their forward pass through the present
    /// network. `None` until the trainer has reported a step, or while a typed text is not valid.
    #[must_use]
    pub fn lesson_step(&self) -> Option<Cow<'_, TracedStep>> {
        let run = &self.run;
        let shown = &**run.backprop.shown.as_ref()?;
        if self.page().is_none_or(|page| page.stand.typed.is_none()) {
            return Some(Cow::Borrowed(shown));
        }
        let mut step = shown.clone();
        // The trainer has not answered yet when a weight was set a moment ago.
        step.network.clone_from(&run.network);
        let typed = Followed::Outside(Probe::Typed(run.prediction.values()?));
        let passes = typed.passes(&step.step, run.dataset());
        step.follow(typed, run.trace(&run.network, passes)?);
        Some(Cow::Owned(step))
    }
}
