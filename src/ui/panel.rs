//! Panels: each draws one aspect of a run into the area that a view gives it, and depends on no other panel.

pub(crate) mod activation_curve;
pub(crate) mod chart;
pub(crate) mod confusion;
pub(crate) mod formulas;
pub(crate) mod gradient_norms;
pub(crate) mod lesson;
pub(crate) mod network_diagram;
pub(crate) mod prediction;
pub(crate) mod samples;
pub(crate) mod slice;
pub(crate) mod step_neurons;
pub(crate) mod step_parameters;
pub(crate) mod surface;
pub(crate) mod update_ratios;
