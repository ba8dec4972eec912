//! The columns of neurons with as much written at these as there is room for.

use ratatui::layout::Rect;

use super::layout::{self, Column, Detail};
use super::neurons;
use super::subject::Subject;
use super::wording::Wording;

/// From these gaps between two layers on, the names and numbers of weights have room side by side: of some, of those of
/// steep edges, of all.
const LABEL_GAPS: [u16; 3] = [10, 12, 14];

/// Returns the columns, and what is written at their neurons: as much as there is without that any loses its text.
pub(super) fn columns(inner: Rect, subject: &Subject) -> (Vec<Column>, Wording) {
    let gap = layout::gap_of_pictures(subject);
    let columns = |wording| layout::columns(inner, &neurons::demands(subject, wording), gap);
    let details = |columns: &[Column]| -> Vec<(Detail, bool)> {
        let details = columns.iter();
        details
            .map(|column| (column.shape.detail, column.has_pictures()))
            .collect()
    };
    let label_room = |columns: &[Column]| -> Vec<usize> {
        let gaps = columns.windows(2);
        let gaps = gaps.map(|pair| pair[1].left - pair[0].right());
        gaps.map(|gap| LABEL_GAPS.partition_point(|least| *least <= gap))
            .collect()
    };
    let least = columns(Wording::LEAST);
    let wanted = (details(&least), label_room(&least));
    Wording::of(subject)
        .map(|wording| (columns(wording), wording))
        .find(|(columns, _)| (details(columns), label_room(columns)) == wanted)
        .unwrap_or((least, Wording::LEAST))
}
