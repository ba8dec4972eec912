//! How far a run is prepared, behind what is said of it.

use crate::session::Preparing;
use crate::ui::style::number::grouped;

/// ": 120,000 rows read"; nothing before the first report.
pub(super) fn prepared(progress: Preparing) -> String {
    let counted = |count: usize| grouped(count as u64);
    match progress {
        Preparing::BEGUN => String::new(),
        Preparing::Reading { rows } => format!(": {} rows read", counted(rows)),
        Preparing::Evaluating { samples, all } => {
            format!(
                ": {} of {} samples evaluated",
                counted(samples),
                counted(all)
            )
        }
    }
}
