//! Floor 5: what nnscope does without a screen.

mod log;
mod predict;
mod screenshot;
mod train;

pub use predict::predict;
pub use screenshot::{app_at, screenshot};
pub use train::train;
