//! How far a run is prepared, and whether anybody still waits for it.

use std::ops::ControlFlow;

/// How far a run is prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preparing {
    /// Its data is being read.
    Reading {
        /// How many rows have been read.
        rows: usize,
    },
    /// Its network is being evaluated as it is at the start.
    Evaluating {
        /// On how many samples it has been evaluated.
        samples: usize,
        /// How many samples there are, those for testing included.
        all: usize,
    },
}

impl Preparing {
    /// Nothing is done yet.
    pub const BEGUN: Self = Self::Reading { rows: 0 };
}

/// Hears, every few milliseconds of what may take long, how far a run is prepared, and answers whether to go on.
pub type Hear<'a> = dyn FnMut(Preparing) -> ControlFlow<()> + 'a;

/// Why a preparation that nobody waits for any more has no result.
pub(super) const CANCELLED: &str = "the preparation was cancelled";

/// One who waits for as long as it takes.
pub(super) fn go_on(_: Preparing) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
