//! The height that a diagram needs.

use super::matrices;
use crate::app::RunView;
use crate::ui::style::{Theme, cells};

/// Returns the height, including the borders, in which every neuron of the present network has a row.
pub(crate) fn height(theme: Theme, run: &RunView) -> u16 {
    /// Fewer rows make edges too flat to be followed.
    const LOWEST: u16 = 13;
    let rows = if matrices::are_needed(&run.network) {
        matrices::height(theme, &run.network)
    } else {
        let sizes = run.network.architecture().sizes();
        cells(sizes.into_iter().max().unwrap_or_default()).max(LOWEST)
    };
    rows.saturating_add(2)
}
