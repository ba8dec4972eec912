//! What the status line says of a drawing: what there is, and what it takes to train on it.

use crate::app::Drawing;
use crate::ui::style::fitting;
use crate::ui::style::number::grouped;

/// Returns the longest text that fits.
pub(super) fn state(drawing: &Drawing, room: u16) -> String {
    let points = drawing.points();
    let counts = points.classes.iter().zip(points.counts());
    let counts = counts.map(|(class, count)| format!("{} {class}", grouped(count as u64)));
    let counts = counts.collect::<Vec<_>>().join(", ");
    let next = match points.used_classes().len() {
        0 => "empty board: space or a click places a point",
        1 => "a point of a second class is missing (1, 2 choose a class)",
        _ => "Enter saves and trains",
    };
    let total = match points.points.len() {
        1 => "1 point".to_owned(),
        count => format!("{} points", grouped(count as u64)),
    };
    fitting(
        &[
            format!("{total} ({counts}) – {next}"),
            format!("{total} – {next}"),
            next.to_owned(),
            total,
        ],
        room,
    )
}
