//! Floor 5: what nnscope does without a screen.

mod check;
mod log;
mod predict;
mod screenshot;
mod sweep;
mod sweep_log;
mod train;

use std::io::{self, Write};

use crate::data::Dataset;

pub use predict::predict;
pub use screenshot::{app_at, screenshot};
pub use sweep::sweep;
pub use train::train;

/// Says on stderr what was left out of the data or is odd about it.
fn say_remarks(dataset: &Dataset) {
    for remark in &dataset.remarks {
        // Not eprintln!, which panics if nobody hears.
        let _ = writeln!(io::stderr(), "nnscope: {}: {remark}", dataset.name);
    }
}
