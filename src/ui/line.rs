//! The lines above and below the panels.

pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod status;
