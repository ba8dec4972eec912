//! The network as neurons and edges.

use ratatui::layout::Rect;

use super::columns::columns;
use super::edges;
use super::layout::Column;
use super::pictures::Pictures;
use super::subject::Subject;
use super::{edge, neurons};
use crate::ui::regions::Surface;

/// Draws neurons and edges; returns whether there was room for all numbers, and how many weights are without their label:
/// of the chosen neuron or, without one, of all.
pub(super) fn render((buffer, regions): Surface, inner: Rect, subject: &Subject) -> (bool, usize) {
    let (columns, wording) = columns(inner, subject);
    let mut has_all_numbers = columns.len() == subject.network.layers().len() + 1;
    let mut labelled = 0;
    for (layer, pair) in columns.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let gap = Rect {
            x: before.right(),
            width: after.left - before.right(),
            ..inner
        };
        let edges = edge::between(subject, layer, inner.y, before, after);
        labelled += edges::render((buffer, regions), gap, subject, edges);
    }
    let pictures = Pictures::new(subject, &columns);
    let look = (wording, pictures.as_ref());
    for (index, column) in columns.iter().enumerate() {
        has_all_numbers &= column.has_all_numbers();
        neurons::render_column(buffer, inner, subject, index, column, look);
        neurons::note(regions, inner, index, column);
    }
    if let Some(pictures) = &pictures {
        let hidden = &columns[1..columns.len() - 1];
        let has_hidden = hidden.iter().any(Column::has_pictures);
        pictures.name_axes(buffer, inner, has_hidden);
    }
    let weights = subject.weights();
    let unlabelled = weights.filter(|weight| subject.is_drawn(*weight)).count() - labelled;
    (has_all_numbers && unlabelled == 0, unlabelled)
}
