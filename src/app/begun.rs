//! The run as it was at its start, or when it was loaded.

use std::sync::{Arc, OnceLock};

use crate::nn::Network;
use crate::session::Run;

/// A run with its initial network. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Begun {
    pub(super) run: Arc<Run>,
    initial: Arc<OnceLock<Network>>,
}

impl Begun {
    pub(super) fn new(run: &Arc<Run>) -> Self {
        Self {
            run: Arc::clone(run),
            initial: Arc::default(),
        }
    }

    /// Takes in the run as it is now; one that is already known keeps its network.
    pub(super) fn take(&mut self, run: &Arc<Run>) {
        if !Arc::ptr_eq(&self.run, run) {
            *self = Self::new(run);
        }
    }

    /// The network of the start. What is said of a run asks for it in every frame, so it is drawn only once.
    pub(super) fn initial_network(&self) -> &Network {
        self.initial.get_or_init(|| self.run.initial_network())
    }
}

#[cfg(test)]
mod tests {
    use std::ptr;

    use super::*;
    use crate::data::people;
    use crate::session::{DataSource, TrainingConfig};

    fn run(seed: u64) -> Arc<Run> {
        let config = TrainingConfig::post(seed);
        let run = Run::new(config, DataSource::default(), Arc::new(people()));
        Arc::new(run)
    }

    #[test]
    fn the_initial_network_is_drawn_once_for_each_run() {
        let mut begun = Begun::new(&run(42));
        let (clone, same) = (begun.clone(), Arc::clone(&begun.run));
        let first = ptr::from_ref(clone.initial_network());
        begun.take(&same);
        assert!(ptr::eq(first, begun.initial_network()));
        begun.take(&run(7));
        assert_eq!(*begun.initial_network(), run(7).initial_network());
        assert_eq!(*clone.initial_network(), run(42).initial_network());
    }
}
