//! The edges between two layers: a line for each, with its weight on it.

use ratatui::layout::Rect;

use super::edge::Edge;
use super::edge_label::{Label, of_chosen, placed};
use super::strokes::{self, Strokes};
use super::subject::Subject;
use crate::app::Labels;
use crate::ui::regions::Surface;

/// An area is crowded if it has more edges than this, and more than its shorter side has cells.
const FEWEST_CROWDED: usize = 9;

/// The share of an area that edges may cover: more of them are a solid block in which no line can be followed.
const MOST_COVERED: f64 = 0.5;

/// Below this share of the largest, an edge fades: where all are seen, and where only the strongest are.
const WEAK: f64 = 0.1;
const WEAK_AMONG_MANY: f64 = 0.5;

/// Draws the edges and the labels that there is room for; returns how many have the one that is asked for: a name where
/// that is enough, else a value.
pub(super) fn render(
    (buffer, regions): Surface,
    area: Rect,
    Subject { theme, labels, .. }: &Subject,
    mut edges: Vec<Edge>,
) -> usize {
    // Edges in focus last, the largest numbers at the very end: where many cross, these stay visible.
    edges.sort_by(|a, b| {
        let rank = |edge: &Edge| (edge.is_chosen, edge.is_in_focus);
        rank(a)
            .cmp(&rank(b))
            .then(a.number.abs().total_cmp(&b.number.abs()))
    });
    let all = edges.len();
    thin_out(&mut edges, area);
    let is_crowded = edges.len() < all;
    let weak = if is_crowded { WEAK_AMONG_MANY } else { WEAK };
    let mut strokes = Strokes::new(area, theme.0.glyphs, weak);
    for edge in &edges {
        strokes.draw(edge);
    }
    strokes.render(buffer, *theme);
    strokes.note(regions);
    let placed = if is_crowded {
        // A few numbers among many lines would belong to any.
        Vec::from_iter(of_chosen(area, &edges, labels))
    } else {
        placed(area, &edges, labels)
    };
    for (index, label) in &placed {
        label.render((buffer, regions), area, *theme, &edges[*index]);
    }
    let is_asked = |(index, label): &&(usize, Label)| {
        labels.first() == Some(&Labels::Names) || !label.is_name_of(&edges[*index])
    };
    placed.iter().filter(is_asked).count()
}

/// Leaves out the weakest edges where there are too many; they come sorted. Each neuron on either side keeps its strongest,
/// so that none looks unconnected, unless there are so many that lines would merge. The only neuron of a side keeps all edges.
fn thin_out(edges: &mut Vec<Edge>, area: Rect) {
    let most = usize::from(area.width.min(area.height)).max(FEWEST_CROWDED);
    if edges.len() <= most {
        return;
    }
    let focus = edges.iter().filter(|edge| edge.is_in_focus).count();
    let is_fan = [|edge: &Edge| edge.from, |edge: &Edge| edge.to]
        .iter()
        .any(|end| edges.iter().all(|edge| end(edge) == end(&edges[0])));
    let mut has_line = vec![[false; 2]; usize::from(area.height)];
    let (mut kept, mut covered) = (0, 0.0);
    // From the strongest on.
    let mut stays: Vec<bool> = Vec::with_capacity(edges.len());
    for edge in edges.iter().rev() {
        let ends = [edge.from, edge.to].into_iter().enumerate();
        let is_first = ends.fold(false, |is_first, (side, row)| {
            let known = has_line.get_mut(usize::from(row));
            let known = known.is_none_or(|sides| std::mem::replace(&mut sides[side], true));
            is_first || !known
        });
        let is_meant = edge.is_chosen || focus < edges.len() && edge.is_in_focus;
        let own = strokes::covered(edge, area);
        let has_room = is_fan || covered + own <= MOST_COVERED;
        let is_kept = is_meant || (is_first || kept < most) && has_room;
        if is_kept {
            (kept, covered) = (kept + 1, covered + own);
        }
        stays.push(is_kept);
    }
    let mut stays = stays.into_iter().rev();
    edges.retain(|_| stays.next().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use super::super::tests::{drawn, lines, run, shown};
    use super::*;
    use crate::app::Glyphs;
    use crate::nn::{Neuron, Parameter};

    /// The edges between these rows; the number of each is a share of 1.
    fn edges(from: &[u16], to: &[u16]) -> Vec<Edge> {
        let pairs = to
            .iter()
            .flat_map(|to| from.iter().map(move |from| (*from, *to)));
        let all = from.len() * to.len();
        let edge = |(index, (from, to)): (usize, (u16, u16))| {
            let number = (index as f64 + 1.0) / all as f64;
            Edge {
                from,
                to,
                number,
                weight: Parameter::Bias(Neuron { layer: 0, unit: 0 }),
                name: String::new(),
                text: String::new(),
                change: None,
                reach: 0,
                heaviness: number,
                share: number,
                is_chosen: false,
                is_in_focus: true,
            }
        };
        pairs.enumerate().map(edge).collect()
    }

    #[test]
    fn of_many_edges_the_strongest_stay_and_one_of_every_neuron() {
        let rows: Vec<u16> = (0..8).collect();
        let area = Rect::new(0, 0, 9, 12);
        let mut thinned = edges(&rows, &rows);
        let all = thinned.clone();
        thin_out(&mut thinned, area);
        assert!((9..=16).contains(&thinned.len()), "{}", thinned.len());
        for row in rows {
            assert!(thinned.iter().any(|edge| edge.from == row));
            assert!(thinned.iter().any(|edge| edge.to == row));
        }
        assert!(thinned.contains(&all[63]) && thinned.contains(&all[62]));
        // In order still.
        assert!(thinned.is_sorted_by_key(|edge| edge.number.to_bits()));
    }

    #[test]
    fn edges_are_no_solid_block() {
        let rows: Vec<u16> = (0..8).collect();
        for width in 1..9 {
            let area = Rect::new(0, 0, width, 12);
            let mut thinned = edges(&rows, &rows);
            thin_out(&mut thinned, area);
            let covered: f64 = thinned
                .iter()
                .map(|edge| strokes::covered(edge, area))
                .sum();
            assert!(
                !thinned.is_empty() && covered <= MOST_COVERED,
                "{width} {covered}"
            );
        }
    }

    #[test]
    fn edges_of_one_neuron_and_those_in_focus_and_the_chosen_one_stay() {
        let rows: Vec<u16> = (0..12).collect();
        let area = Rect::new(0, 0, 5, 12);
        for mut fan in [edges(&rows, &[3]), edges(&[3], &rows)] {
            thin_out(&mut fan, area);
            assert_eq!(fan.len(), 12);
        }
        let mut focused = edges(&rows, &rows);
        for edge in &mut focused {
            edge.is_in_focus = edge.to == 0;
        }
        focused[30].is_chosen = true;
        let weak = focused[30].clone();
        focused.sort_by_key(|edge| (edge.is_chosen, edge.is_in_focus));
        thin_out(&mut focused, area);
        assert_eq!(focused.iter().filter(|edge| edge.to == 0).count(), 12);
        assert!(focused.contains(&weak));
    }

    #[test]
    fn the_legend_counts_the_weights_without_their_value_of_a_chosen_neuron_only_its_own() {
        let text = |run| lines(&drawn(&shown(run, Glyphs::Unicode), 48, 14)).join("\n");
        let mut run = run(&[8, 8]);
        let all = text(run.clone());
        assert!(all.contains("88 values not shown: ←/→ + "), "{all}");
        run.neuron = Some(Neuron { layer: 1, unit: 4 });
        let own = text(run);
        assert!(own.contains("9 values not shown: ←/→ + "), "{own}");
    }
}
