//! later
use crate::cli::{RunOptions, ScreenOptions};
use anyhow::Result;
/// x
pub fn run(_: &RunOptions, _: ScreenOptions) -> Result<i32> {
    Ok(0)
}
