//! What panels and overlays are made of.

pub(crate) mod chart;
pub(crate) mod text_field;
