//! The threads that the large layers of a session are shared among, given from above.

use std::fmt::{self, Debug, Formatter};

use crate::nn::Executor;

/// What a session is given: see [`super::Session::on`].
#[derive(Clone, Copy)]
pub(super) struct SharedAmong(pub(super) &'static (dyn Executor + Sync));

/// What is computed does not depend on it.
impl PartialEq for SharedAmong {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Debug for SharedAmong {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "SharedAmong({})", self.0.threads())
    }
}
