//! The positions of the neurons: a column per layer, with as much text as there is room for.

use ratatui::layout::Rect;

use super::subject::Subject;
use crate::ui::widget::visible::window;

/// The minimum gap between two layers with large pictures: the name and the number of a weight fit into it.
const LABELS_GAP: u16 = 14;
/// The minimum gap between two layers with text, so that their edges can be followed by eye.
const TEXT_GAP: u16 = 4;
/// The minimum gap between two layers in which lines are still recognisable.
const LINES_GAP: u16 = 2;
/// The minimum gap into which the number of a weight fits, below its name.
const NUMBER_GAP: u16 = 5;

/// The most rows of a picture with text above and below, of one that is no wider than that text, and of one beside text or
/// without.
const HIGHEST_PICTURE: u16 = 8;
const HIGHEST_SMALL: u16 = 6;
const HIGHEST_BESIDE: u16 = 3;
/// A layer with more neurons than there is room for pictures is scrolled if this many are seen.
const FEWEST_SCROLLED: u16 = 6;
/// A narrower picture says nothing.
const NARROWEST_PICTURE: u16 = 5;

/// The amount of text at each neuron of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Name and activation, the body below, and the bias below that.
    Block,
    /// A picture, and beside it name, activation and, if there is a third row, the bias.
    Beside,
    /// One row: name, body, activation.
    Row,
    /// Only the body.
    Body,
}

/// The size and the widths of a layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Demand {
    pub(super) units: usize,
    /// The unit that must be visible.
    pub(super) chosen: Option<usize>,
    /// The widths of its neurons without pictures: block, row, body.
    pub(super) widths: [u16; 3],
    /// What its pictures need, if it has any.
    pub(super) pictures: Option<PictureDemand>,
}

/// What the pictures of a layer need.
#[derive(Debug, Clone, Copy)]
pub(super) struct PictureDemand {
    /// The width of the text beside one of two rows, and of three, which has the bias too.
    pub(super) text: [u16; 2],
    /// The fewest rows of one.
    pub(super) lowest: u16,
}

/// How the neurons of a layer are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) detail: Detail,
    /// The rows of a body: one, or those of a picture.
    body: u16,
}

/// Which pictures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pictures {
    /// As large as the rows allow.
    Large,
    /// No wider than the text at them.
    Small,
    None,
}

/// A layer on the screen.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) left: u16,
    pub(super) width: u16,
    pub(super) shape: Shape,
    /// Whether the bodies of neighbours touch.
    pub(super) is_tight: bool,
    /// The first visible neuron.
    first: usize,
    /// The rows of the bodies of the visible neurons.
    rows: Vec<u16>,
    /// The number of neurons without room; the last row of the area shows it.
    pub(super) left_out: usize,
}

impl Column {
    /// Returns the visible neurons, each with the row of its body.
    pub(super) fn neurons(&self) -> impl Iterator<Item = (usize, u16)> {
        (self.first..).zip(self.rows.iter().copied())
    }

    pub(super) fn right(&self) -> u16 {
        self.left + self.width
    }

    /// Whether its neurons are pictures.
    pub(super) fn has_pictures(&self) -> bool {
        self.shape.body > 1
    }

    /// Whether there is room for every number of its neurons.
    pub(super) fn has_all_numbers(&self) -> bool {
        match self.shape.detail {
            Detail::Block => true,
            Detail::Beside => self.shape.body >= 3,
            Detail::Row | Detail::Body => false,
        }
    }

    /// The columns behind it that a long activation takes: "0.999" is wider than most.
    pub(super) fn reach(&self) -> u16 {
        u16::from(self.shape.detail == Detail::Row)
    }

    /// The cells of a picture around this row.
    pub(super) fn picture(&self, row: u16) -> Rect {
        let body = self.shape.body;
        let width = match self.shape.detail {
            Detail::Block => self.width,
            _ => picture_width(body),
        };
        Rect::new(self.left, row - (body - 1) / 2, width, body)
    }
}

/// Returns the width in which a picture of so many rows is about a square.
fn picture_width(rows: u16) -> u16 {
    (2 * rows).max(NARROWEST_PICTURE)
}

/// The minimum gap between hidden layers with pictures: the weight that a step is about has its number.
pub(super) fn gap_of_pictures(subject: &Subject) -> u16 {
    if subject.is_of_run() {
        LINES_GAP
    } else {
        NUMBER_GAP
    }
}

/// Returns the columns of the layers, spread over the area; layers that do not fit are missing at the end. Hidden layers
/// have pictures if the gaps between them are at least this wide.
pub(super) fn columns(area: Rect, demands: &[Demand], gap_of_pictures: u16) -> Vec<Column> {
    let shapes = shapes(area, demands, gap_of_pictures);
    let widths: Vec<u16> = demands
        .iter()
        .zip(&shapes)
        .map(|(demand, &shape)| demand.width(shape))
        .collect();
    let gaps = u16::try_from(demands.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let free = area.width.saturating_sub(widths.iter().sum());
    let gap = (free / gaps.max(1)).max(1);
    let mut left = area.x + free.saturating_sub(gap * gaps) / 2;
    let mut columns = Vec::with_capacity(demands.len());
    for ((demand, shape), width) in demands.iter().zip(shapes).zip(widths) {
        if left + width > area.right() {
            break;
        }
        let (rows, left_out) = rows(area, demand.units, shape);
        columns.push(Column {
            left,
            width,
            shape,
            is_tight: rows.windows(2).any(|pair| pair[1] - pair[0] <= shape.body),
            first: window(demand.units, rows.len(), demand.chosen).start,
            rows,
            left_out,
        });
        left += width + gap;
    }
    columns
}

impl Demand {
    fn width(&self, Shape { detail, body: rows }: Shape) -> u16 {
        let [block, row, body] = self.widths;
        match detail {
            Detail::Block if rows > 1 => block.max(picture_width(rows)),
            Detail::Block => block,
            Detail::Beside => {
                let text = self.pictures.map_or([0; 2], |pictures| pictures.text);
                picture_width(rows) + 1 + text[usize::from(rows >= 3)]
            }
            Detail::Row => row,
            Detail::Body if rows > 1 => picture_width(rows),
            Detail::Body => body,
        }
    }

    /// The shape with the most text that fits into the height.
    fn with_text(&self, height: u16, pictures: Pictures) -> Shape {
        let rows = self.rows(height);
        let wanted = self.pictures.filter(|_| pictures != Pictures::None);
        let most = match pictures {
            Pictures::Large => HIGHEST_PICTURE,
            _ => HIGHEST_SMALL.min(self.widths[0] / 2),
        };
        let (detail, body) = match wanted {
            // A free row between two neurons, if there is one.
            Some(_) if rows >= 4 => (Detail::Block, (rows - 3).clamp(2, most)),
            Some(PictureDemand { lowest, .. }) if rows >= lowest => {
                (Detail::Beside, rows.min(HIGHEST_BESIDE))
            }
            _ if rows >= 3 => (Detail::Block, 1),
            _ => (Detail::Row, 1),
        };
        Shape { detail, body }
    }

    /// The shape without text.
    fn without_text(&self, height: u16, pictures: Pictures) -> Shape {
        let rows = self.rows(height);
        let wanted = self.pictures.filter(|_| pictures != Pictures::None);
        let body = match wanted {
            Some(PictureDemand { lowest, .. }) if rows >= lowest => rows.min(HIGHEST_BESIDE),
            Some(PictureDemand { lowest, .. }) if height > FEWEST_SCROLLED * lowest => lowest,
            _ => 1,
        };
        Shape {
            detail: Detail::Body,
            body,
        }
    }

    /// How many rows each of its neurons can have.
    fn rows(&self, height: u16) -> u16 {
        let rows = usize::from(height) / self.units.max(1);
        u16::try_from(rows).unwrap_or(u16::MAX)
    }
}

/// Chooses the most detail that fits: pictures and all numbers, then all numbers, then pictures with text in the first and
/// the last layer or in the last, whose numbers are what the network is for, then what text fits. Pictures of a layer that
/// has no room for all are scrolled.
fn shapes(area: Rect, demands: &[Demand], gap_of_pictures: u16) -> Vec<Shape> {
    let everywhere = |pictures| -> Vec<Shape> {
        let shapes = demands.iter();
        shapes
            .map(|demand| demand.with_text(area.height, pictures))
            .collect()
    };
    let nowhere = |pictures| -> Vec<Shape> {
        let shapes = demands.iter();
        shapes
            .map(|demand| demand.without_text(area.height, pictures))
            .collect()
    };
    let at_the_end = |hidden, pictures| {
        let mut shapes = nowhere(hidden);
        if let (Some(shape), Some(outputs)) = (shapes.last_mut(), demands.last()) {
            *shape = outputs.with_text(area.height, pictures);
        }
        shapes
    };
    let at_the_ends = |hidden, pictures| {
        let mut shapes = at_the_end(hidden, pictures);
        if let (Some(shape), Some(inputs)) = (shapes.first_mut(), demands.first()) {
            *shape = inputs.with_text(area.height, pictures);
        }
        shapes
    };
    let fits = |shapes: &[Shape], gap: u16| {
        let widths = demands.iter().zip(shapes);
        let widths: usize = widths
            .map(|(demand, &shape)| usize::from(demand.width(shape)))
            .sum();
        let gaps = demands.len().saturating_sub(1);
        widths + gaps * usize::from(gap) <= usize::from(area.width)
    };
    let plain = everywhere(Pictures::None);
    let has_all_numbers = plain.iter().all(|shape| shape.detail == Detail::Block);
    [
        (everywhere(Pictures::Large), LABELS_GAP),
        (everywhere(Pictures::Small), TEXT_GAP),
        (
            plain.clone(),
            if has_all_numbers { TEXT_GAP } else { u16::MAX },
        ),
        (
            at_the_ends(Pictures::Small, Pictures::Small),
            gap_of_pictures,
        ),
        (
            at_the_ends(Pictures::None, Pictures::Small),
            // Rather than hidden layers with pictures and inputs without their numbers.
            if gap_of_pictures > LINES_GAP {
                gap_of_pictures
            } else {
                u16::MAX
            },
        ),
        (
            at_the_end(Pictures::Small, Pictures::Small),
            gap_of_pictures,
        ),
        (at_the_ends(Pictures::None, Pictures::Small), LINES_GAP),
        (at_the_end(Pictures::None, Pictures::Small), LINES_GAP),
        (plain, TEXT_GAP),
        (at_the_ends(Pictures::None, Pictures::None), LINES_GAP),
        (at_the_end(Pictures::None, Pictures::None), LINES_GAP),
        (at_the_end(Pictures::None, Pictures::None), 1),
    ]
    .into_iter()
    .find(|(shapes, gap)| fits(shapes, *gap))
    .map_or_else(|| nowhere(Pictures::None), |(shapes, _)| shapes)
}

/// Returns the rows of a layer's bodies, evenly spread over the height, and the number of neurons without one.
fn rows(area: Rect, units: usize, Shape { detail, body }: Shape) -> (Vec<u16>, usize) {
    let margin = u16::from(detail == Detail::Block);
    let (above, below) = (margin + (body - 1) / 2, margin + body / 2);
    let height = usize::from(area.height);
    let body_rows = usize::from(body);
    let drawn = if units > height / body_rows {
        height.saturating_sub(1) / body_rows
    } else {
        units
    };
    let left_out = units - drawn;
    let first = usize::from(area.y + above);
    let last = usize::from(
        area.bottom()
            .saturating_sub(1 + below + u16::from(left_out > 0)),
    );
    let span = last.saturating_sub(first);
    // One step for all: neighbours at different distances would look like pairs.
    let step = span / drawn.saturating_sub(1).max(1);
    let margin = (span - step * drawn.saturating_sub(1)) / 2;
    let rows = (0..drawn).map(|unit| u16::try_from(first + margin + unit * step));
    (rows.map(|row| row.unwrap_or(u16::MAX)).collect(), left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neurons_of_a_layer_are_at_even_distances() {
        let shape = Shape {
            detail: Detail::Row,
            body: 1,
        };
        for height in 2..60 {
            for units in 2..=16 {
                let area = Rect::new(0, 3, 10, height);
                let (rows, left_out) = rows(area, units, shape);
                let steps: Vec<u16> = rows.windows(2).map(|pair| pair[1] - pair[0]).collect();
                assert!(steps.windows(2).all(|pair| pair[0] == pair[1]), "{rows:?}");
                // In the middle, as high as the steps let them be.
                let last = rows.last().copied().unwrap_or(3);
                let below = area.bottom() - 1 - last - u16::from(left_out > 0);
                assert!((rows[0] - 3).abs_diff(below) <= 1, "{rows:?} {height}");
                assert!(
                    usize::from(rows[0] - 3 + below) < units.max(2),
                    "{rows:?} {height}"
                );
            }
        }
    }
}
