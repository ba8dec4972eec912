//! Floor 5: what nnscope does without a screen.

mod check;
mod learn;
mod log;
mod output;
mod predict;
mod screenshot;
mod stdout;
mod sweep;
mod sweep_log;
mod train;
mod training;

pub use learn::{app_at_page, learn};
pub use predict::predict;
pub use screenshot::{app_at, screenshot};
pub use sweep::sweep;
pub use train::train;
