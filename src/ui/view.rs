//! Views: which panels are seen, and where.

pub(crate) mod backprop;
pub(crate) mod train;
