//! Views: which panels are visible, and where.

pub(crate) mod backprop;
mod focus;
pub(crate) mod learn;
pub(crate) mod surface;
pub(crate) mod train;
