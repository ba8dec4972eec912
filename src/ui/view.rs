//! Views: which panels are visible, and where.

pub(crate) mod backprop;
pub(crate) mod train;
