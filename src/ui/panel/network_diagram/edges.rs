//! The edges between two layers: a line for each, with its weight on it.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::edge::Edge;
use super::strokes::Strokes;
use crate::app::Labels;
use crate::ui::regions::Surface;
use crate::ui::style::{Theme, width, write};

/// The positions of a number on its edge, 0 at the source and 1 at the target, best first. Diagonals cross in their
/// middle, where a number could belong to either.
const POSITIONS: [f64; 7] = [0.5, 0.3, 0.7, 0.2, 0.8, 0.4, 0.6];

/// With more edges for each row of the area, those below this share of the largest are left out.
const CROWDED: usize = 2;
const FAINT: f64 = 0.35;

/// A weight in the area between two layers, with a space on either side to separate it from the line, if there is room.
#[derive(Debug)]
struct Label {
    text: String,
    left: u16,
    row: u16,
    width: u16,
}

/// Draws all edges, and their labels in the first form that has room for all of them; returns whether one had.
pub(super) fn render(
    (buffer, regions): Surface,
    area: Rect,
    (theme, labels): (Theme, &[Labels]),
    edges: &mut [Edge],
) -> bool {
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
    let placed = labels.iter().find_map(|form| placed(area, edges, *form));
    if let Some(placed) = placed {
        for (label, edge) in placed.iter().zip(edges) {
            label.render((buffer, regions), area, theme, edge);
        }
        return true;
    }
    // The selected edge is the last.
    let chosen = edges.last().filter(|edge| edge.is_chosen);
    if let Some(edge) = chosen
        && let Some(label) = Label::at(POSITIONS[0], area.width, edge, labels[0])
    {
        label.render((buffer, regions), area, theme, edge);
    }
    false
}

/// Finds a position for the label of every edge; `None` if there is no room.
fn placed(area: Rect, edges: &[Edge], form: Labels) -> Option<Vec<Label>> {
    // With more than one number per row, nobody could tell which line it belongs to.
    if edges.len() > usize::from(area.height) {
        return None;
    }
    let mut labels: Vec<Label> = Vec::with_capacity(edges.len());
    for edge in edges {
        let candidates = POSITIONS
            .iter()
            .filter_map(|&position| Label::at(position, area.width, edge, form))
            .filter(|label| !labels.iter().any(|other| other.overlaps(label)));
        // min_by_key keeps the first of equals.
        let (covered, label) = candidates
            .map(|label| (label.covered(area.width, edges), label))
            .min_by_key(|&(covered, _)| covered)?;
        // The label covers its own edge and at most one other.
        if covered > 2 {
            return None;
        }
        labels.push(label);
    }
    Some(labels)
}

impl Label {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the area"
    )]
    fn at(position: f64, area_width: u16, edge: &Edge, form: Labels) -> Option<Self> {
        let mut text = edge.label(form);
        // A cell of the line on either side is worth more than spaces.
        if width(&text) + 4 <= area_width {
            text = format!(" {text} ");
        }
        let width = width(&text);
        let most_left = area_width.checked_sub(width)?;
        let middle = position * f64::from(area_width);
        let left = (middle - f64::from(width) / 2.0).round().max(0.0) as u16;
        Some(Self {
            text,
            left: left.min(most_left),
            row: edge.row(position).round() as u16,
            width,
        })
    }

    fn render(&self, (buffer, regions): Surface, area: Rect, theme: Theme, edge: &Edge) {
        let style = if edge.is_chosen {
            theme.strong().patch(theme.chosen())
        } else {
            theme
                .signed(edge.number)
                .patch(theme.focused(edge.is_in_focus))
        };
        let (x, y) = (area.x + self.left, area.y + self.row);
        // What a line has left there would dim it.
        let cells = Rect::new(x, y, self.width, 1);
        buffer.set_style(cells, Style::reset());
        write(buffer, (x, y), &self.text, usize::from(self.width), style);
        regions.add(cells, edge.target());
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.row == other.row
            && self.left < other.left + other.width
            && other.left < self.left + self.width
    }

    /// Returns how many edges run through it, including its own.
    fn covered(&self, area_width: u16, edges: &[Edge]) -> usize {
        let fraction = |column: u16| f64::from(column) / f64::from(area_width);
        let (start, end) = (fraction(self.left), fraction(self.left + self.width));
        let row = f64::from(self.row);
        let runs_through = |edge: &&Edge| {
            let (a, b) = (edge.row(start), edge.row(end));
            a.min(b) < row + 0.5 && a.max(b) > row - 0.5
        };
        edges.iter().filter(runs_through).count()
    }
}
