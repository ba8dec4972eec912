//! Widgets: what panels and overlays are made of.

pub(crate) mod axis;
pub(crate) mod chart;
pub(crate) mod plot;
pub(crate) mod text_field;
