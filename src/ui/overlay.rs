//! Overlays: what lies over the panels for a while.

pub(crate) mod command_line;
pub(crate) mod epoch_field;
pub(crate) mod gradient_check;
pub(crate) mod help;
pub(crate) mod parameter_edit;
pub(crate) mod question;
pub(crate) mod runs;
pub(crate) mod settings;
pub(crate) mod sweep;
