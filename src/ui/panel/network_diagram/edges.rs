//! The edges between two layers: a line for each, with its weight on it.

use ratatui::layout::Rect;

use super::edge::Edge;
use super::edge_label::placed;
use super::strokes::Strokes;
use crate::app::Labels;
use crate::ui::regions::Surface;
use crate::ui::style::Theme;

/// With more edges for each row of the area, those below this share of the largest are left out.
const CROWDED: usize = 2;
const FAINT: f64 = 0.35;

/// Draws all edges, and the labels that there is room for; returns how many are left out.
pub(super) fn render(
    (buffer, regions): Surface,
    area: Rect,
    (theme, labels): (Theme, &[Labels]),
    edges: &mut [Edge],
) -> usize {
    // Edges in focus last, the largest numbers at the very end: where many cross, these stay visible.
    edges.sort_by(|a, b| {
        let rank = |edge: &Edge| (edge.is_chosen, edge.is_in_focus);
        rank(a)
            .cmp(&rank(b))
            .then(a.number.abs().total_cmp(&b.number.abs()))
    });
    let mut strokes = Strokes::new(area, theme.0.glyphs);
    let is_crowded = edges.len() > CROWDED * usize::from(area.height);
    for edge in edges
        .iter()
        .filter(|edge| !is_crowded || edge.is_chosen || edge.share >= FAINT)
    {
        strokes.draw(edge);
    }
    strokes.render(buffer, theme);
    strokes.note(regions);
    let placed = placed(area, edges, labels);
    for (index, label) in &placed {
        label.render((buffer, regions), area, theme, &edges[*index]);
    }
    edges.len() - placed.len()
}
