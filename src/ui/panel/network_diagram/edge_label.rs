//! The name and the number of a weight, where they can belong to no line but its own.

#[cfg(test)]
mod tests;

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::edge::Edge;
use crate::app::Labels;
use crate::ui::regions::Surface;
use crate::ui::style::{Theme, cells, widest, width, write};

/// The positions of a label on its edge, 0 at the source and 1 at the target, best first. Diagonals cross in their
/// middle, where a label could belong to either.
const POSITIONS: [f64; 9] = [0.5, 0.3, 0.2, 0.7, 0.8, 0.4, 0.6, 0.1, 0.9];

/// How far a label may be from the middle of its place, in columns and rows, best first.
const ASIDE: [i32; 9] = [0, -1, 1, -2, 2, -3, 3, -4, 4];
const ABOVE_OR_BELOW: [i32; 3] = [0, -1, 1];

/// How far above and below its middle a line may have dots, in rows.
const ABOVE: f64 = 0.5;
const BELOW: f64 = 0.75;

/// Which lines may be next to a label, left and right of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// Only its own.
    NoOther,
    /// Also others.
    Any,
}

/// A weight in the area between two layers, in one line or with its number below its name.
#[derive(Debug, Clone)]
pub(super) struct Label {
    lines: Vec<String>,
    place: Place,
}

/// The cells of a label.
#[derive(Debug, Clone, Copy)]
struct Place {
    left: u16,
    row: u16,
    width: u16,
    height: u16,
}

/// Finds places for labels, each with the index of its edge: in the first form, and those without room in a shorter one; or,
/// if the first has room for less than half of them, all in another one. No form is a number without its name unless it is
/// asked for: beside a name without its number it would look like a pair.
pub(super) fn placed(area: Rect, edges: &[Edge], forms: &[Labels]) -> Vec<(usize, Label)> {
    // With more than one number per row, nobody could tell which line it belongs to.
    if edges.len() > usize::from(area.height) {
        return of_chosen(area, edges, forms).into_iter().collect();
    }
    let chosen = Vec::from_iter(in_full(area, edges, forms));
    let Some((first, shorter)) = forms.split_first() else {
        return chosen;
    };
    let labels = in_form(area, edges, *first, chosen.clone());
    if 2 * labels.len() >= edges.len() {
        let shorter = shorter.iter();
        return shorter.fold(labels, |labels, form| in_form(area, edges, *form, labels));
    }
    let mut others = shorter
        .iter()
        .map(|form| in_form(area, edges, *form, chosen.clone()));
    let whole = others.find(|labels| labels.len() == edges.len());
    whole.unwrap_or(labels)
}

/// The label in the middle of the selected edge, which its style tells apart from all others.
pub(super) fn of_chosen(area: Rect, edges: &[Edge], forms: &[Labels]) -> Option<(usize, Label)> {
    let index = edges.iter().position(|edge| edge.is_chosen)?;
    let edge = &edges[index];
    let mut shapes = forms.iter().flat_map(|form| shapes(edge, *form));
    let label = shapes.find_map(|lines| {
        let place = Place::over(area, edge, &lines)?;
        Some(Label { lines, place })
    });
    label.map(|label| (index, label))
}

/// The label of the selected edge with all that it can say, whatever the others have room for: where no other line is
/// or, without such a place, in its middle.
fn in_full(area: Rect, edges: &[Edge], forms: &[Labels]) -> Option<(usize, Label)> {
    let index = edges.iter().position(|edge| edge.is_chosen)?;
    let best = (*forms.first()?, Beside::NoOther);
    let apart = place(area, (edges, index), best, &[]);
    apart
        .map(|label| (index, label))
        .or_else(|| of_chosen(area, edges, forms))
}

/// Adds labels of one form to these.
fn in_form(
    area: Rect,
    edges: &[Edge],
    form: Labels,
    labels: Vec<(usize, Label)>,
) -> Vec<(usize, Label)> {
    // A name is short enough to lie on its own line only, also where another is next to it.
    let close = (form == Labels::Names).then_some(Beside::Any);
    let all = [Beside::NoOther].into_iter().chain(close);
    all.fold(labels, |labels, beside| {
        with_labels(area, edges, (form, beside), labels)
    })
}

fn with_labels(
    area: Rect,
    edges: &[Edge],
    form: (Labels, Beside),
    mut labels: Vec<(usize, Label)>,
) -> Vec<(usize, Label)> {
    // Steep edges cross the most others, and have the fewest places. The order stays while the numbers change.
    let has_label = |index: &usize| labels.iter().any(|(labelled, _)| labelled == index);
    let others = (0..edges.len()).filter(|index| !edges[*index].is_chosen && !has_label(index));
    let mut order: Vec<usize> = others.collect();
    order.sort_by_key(|&index| {
        let edge = &edges[index];
        let flatness = u16::MAX - edge.from.abs_diff(edge.to);
        (flatness, edge.from, edge.to)
    });
    for index in order {
        if let Some(label) = place(area, (edges, index), form, &labels) {
            labels.push((index, label));
        }
    }
    labels
}

/// The best place of a label: on its line or, if no other is near, next to it.
fn place(
    area: Rect,
    (edges, index): (&[Edge], usize),
    (form, beside): (Labels, Beside),
    taken: &[(usize, Label)],
) -> Option<Label> {
    let edge = &edges[index];
    let is_free = |place: &Place| {
        place.is_of(area.width, (edges, index), beside)
            && !taken.iter().any(|(_, other)| other.place.touches(*place))
    };
    let shifts = ABOVE_OR_BELOW
        .iter()
        .flat_map(|down| ASIDE.map(|aside| (aside, *down)));
    let places: Vec<(f64, (i32, i32))> = shifts
        .flat_map(|shift| POSITIONS.map(|position| (position, shift)))
        .collect();
    shapes(edge, form).into_iter().find_map(|lines| {
        let places = places.iter();
        let mut places = places.filter_map(|at| Place::at(area, (edges, edge), &lines, *at));
        let place = places.find(is_free)?;
        Some(Label { lines, place })
    })
}

/// The lines of a label, best first.
fn shapes(edge: &Edge, form: Labels) -> Vec<Vec<String>> {
    if form != Labels::Both {
        return vec![vec![edge.label(form)]];
    }
    let change = edge.change.as_ref();
    let texts = change.into_iter().chain([&edge.text]);
    let shapes = texts.flat_map(|text| {
        let (name, text) = (edge.name.clone(), text.clone());
        [vec![format!("{name} {text}")], vec![name, text]]
    });
    shapes.collect()
}

impl Label {
    /// Whether it has nothing but the name of this edge.
    pub(super) fn is_name_of(&self, edge: &Edge) -> bool {
        self.lines == [edge.name.clone()]
    }

    pub(super) fn render(&self, (buffer, regions): Surface, area: Rect, theme: Theme, edge: &Edge) {
        let style = match (edge.is_chosen, edge.is_in_focus) {
            (true, _) => theme.strong().patch(theme.chosen()),
            (false, true) => theme.signed(edge.number).patch(theme.strong()),
            // Not dim: a colour that is dimmed is not read on every background.
            (false, false) => theme.signed(edge.number),
        };
        let Place { left, row, .. } = self.place;
        for (line, y) in self.lines.iter().zip(area.y + row..) {
            // With a blank on either side, to separate it from its line.
            let before = left.min(1);
            let after = (area.width - left).saturating_sub(width(line)).min(1);
            let blanks = |count: u16| " ".repeat(usize::from(count));
            let text = blanks(before) + line + &blanks(after);
            let cells = Rect::new(area.x + left - before, y, width(&text), 1);
            // What a line has left there would dim it.
            buffer.set_style(cells, Style::reset());
            write(buffer, (cells.x, y), &text, usize::from(cells.width), style);
            regions.add(cells, edge.target());
        }
    }
}

impl Place {
    /// The place of lines around a position; `None` if it would leave the area or touch a neuron.
    fn at(
        area: Rect,
        (edges, edge): (&[Edge], &Edge),
        lines: &[String],
        (position, (aside, down)): (f64, (i32, i32)),
    ) -> Option<Self> {
        let width = widest(lines);
        let height = cells(lines.len());
        // With a free column on either side of it, unless nothing is there.
        let most_left = area.width.checked_sub(width + 1)?;
        let lowest = area.height.checked_sub(height)?;
        let middle = position * f64::from(area.width);
        let left = middle - f64::from(width) / 2.0 + f64::from(aside);
        let row = edge.row(position) - f64::from(height - 1) / 2.0 + f64::from(down);
        let row = whole(row).min(lowest);
        // An input has its name in the row above its body.
        let is_beside = |edge: &Edge| row <= edge.from && row + height >= edge.from;
        let is_free = edge.weight.neuron().layer == 0 && !edges.iter().any(is_beside);
        // A number without its name beside it needs more room, or it seems to be that of what is before it.
        let least_left = if is_free { 0 } else { height + edge.reach };
        (least_left <= most_left).then(|| Self {
            left: whole(left).clamp(least_left, most_left),
            row,
            width,
            height,
        })
    }

    /// The place of lines in the middle of an edge, up to the neurons on either side; `None` if they are wider.
    fn over(area: Rect, edge: &Edge, lines: &[String]) -> Option<Self> {
        let (width, height) = (widest(lines), cells(lines.len()));
        let most_left = area.width.checked_sub(width)?;
        let lowest = area.height.checked_sub(height)?;
        let row = edge.row(0.5) - f64::from(height - 1) / 2.0;
        Some(Self {
            left: most_left.div_ceil(2),
            row: whole(row).min(lowest),
            width,
            height,
        })
    }

    fn rows(self) -> Range<u16> {
        self.row..self.row + self.height
    }

    /// Whether two labels have less than two columns between them in a row.
    fn touches(self, other: Self) -> bool {
        let (one, two) = (self.rows(), other.rows());
        one.start < two.end
            && two.start < one.end
            && self.left < other.left + other.width + 2
            && other.left < self.left + self.width + 2
    }

    /// The same with the rows above and below it.
    fn with_neighbours(self) -> Self {
        Self {
            row: self.row.saturating_sub(1),
            height: self.height + 1 + u16::from(self.row > 0),
            ..self
        }
    }

    /// Whether it can only belong to this edge: no other runs through it, nor beside it where this one does not, unless
    /// that is allowed; and this one runs through it, or above or below where no other does.
    fn is_of(self, width: u16, (edges, index): (&[Edge], usize), beside: Beside) -> bool {
        let edge = &edges[index];
        let is_other = |(at, other)| (at != index).then_some(other);
        let others = || edges.iter().enumerate().filter_map(is_other);
        let (before, after) = (self.left.checked_sub(1), self.left + self.width);
        let is_beside = |other: &Edge| {
            before.into_iter().chain([after]).any(|column| {
                self.rows().any(|row| {
                    other.is_in(width, column..column + 1, row)
                        && !edge.is_in(width, column..column + 1, row)
                })
            })
        };
        let is_disputed =
            |other| self.is_on(other, width) || beside == Beside::NoOther && is_beside(other);
        if others().any(is_disputed) {
            return false;
        }
        let near = self.with_neighbours();
        self.is_on(edge, width)
            || near.is_on(edge, width) && !others().any(|other| near.is_on(other, width))
    }

    /// Whether an edge runs through it.
    fn is_on(self, edge: &Edge, width: u16) -> bool {
        let columns = self.left..self.left + self.width;
        self.rows()
            .any(|row| edge.is_in(width, columns.clone(), row))
    }
}

/// The nearest column or row.
fn whole(place: f64) -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the area"
    )]
    let whole = place.round().max(0.0) as u16;
    whole
}

impl Edge {
    /// Whether it has dots in these columns of a row.
    fn is_in(&self, width: u16, columns: Range<u16>, row: u16) -> bool {
        let fraction = |column: u16| f64::from(column.min(width)) / f64::from(width);
        let (a, b) = (
            self.row(fraction(columns.start)),
            self.row(fraction(columns.end)),
        );
        let row = f64::from(row);
        a.min(b) < row + BELOW && a.max(b) > row - ABOVE
    }
}
