//! The lines above and below the panels.

mod drawing;
pub(crate) mod footer;
pub(crate) mod header;
mod observation;
pub(crate) mod status;
