//! Widgets: what panels and overlays are made of.

pub(crate) mod axes;
pub(crate) mod axis;
pub(crate) mod band;
pub(crate) mod bars;
pub(crate) mod dots;
pub(crate) mod inputs;
pub(crate) mod map_state;
pub(crate) mod map_subject;
pub(crate) mod method;
pub(crate) mod number_table;
pub(crate) mod own_keys;
pub(crate) mod plane_axes;
pub(crate) mod plot;
pub(crate) mod raster;
pub(crate) mod spot;
pub(crate) mod text_field;
pub(crate) mod ticks;
pub(crate) mod turn_key;
pub(crate) mod visible;
