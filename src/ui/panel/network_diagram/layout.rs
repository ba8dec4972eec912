//! The positions of the neurons: a column per layer, with as much text as there is room for.

use ratatui::layout::Rect;

use crate::ui::widget::visible::window;

/// The minimum gap between two layers with text, so that their edges can be followed by eye.
const TEXT_GAP: u16 = 4;
/// The minimum gap between two layers in which lines are still recognisable.
const LINES_GAP: u16 = 2;

/// The amount of text at each neuron of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Three rows: name and activation, body, bias.
    Block,
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
    /// The widths of its neurons by [`Detail`]: block, row, body.
    pub(super) widths: [u16; 3],
}

/// A layer on the screen.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) left: u16,
    pub(super) width: u16,
    pub(super) detail: Detail,
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
}

/// Returns the columns of the layers, spread over the area; layers that do not fit are missing at the end.
pub(super) fn columns(area: Rect, demands: &[Demand]) -> Vec<Column> {
    let details = details(area, demands);
    let widths: Vec<u16> = demands
        .iter()
        .zip(&details)
        .map(|(demand, &detail)| demand.width(detail))
        .collect();
    let gaps = u16::try_from(demands.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let free = area.width.saturating_sub(widths.iter().sum());
    let gap = (free / gaps.max(1)).max(1);
    let mut left = area.x + free.saturating_sub(gap * gaps) / 2;
    let mut columns = Vec::with_capacity(demands.len());
    for ((demand, detail), width) in demands.iter().zip(details).zip(widths) {
        if left + width > area.right() {
            break;
        }
        let (rows, left_out) = rows(area, demand.units, detail);
        columns.push(Column {
            left,
            width,
            detail,
            first: window(demand.units, rows.len(), demand.chosen).start,
            rows,
            left_out,
        });
        left += width + gap;
    }
    columns
}

impl Demand {
    fn width(&self, detail: Detail) -> u16 {
        let [block, row, body] = self.widths;
        match detail {
            Detail::Block => block,
            Detail::Row => row,
            Detail::Body => body,
        }
    }
}

/// Chooses the most detail that fits: everywhere, otherwise in the first and the last layer, otherwise nowhere.
fn details(area: Rect, demands: &[Demand]) -> Vec<Detail> {
    let by_height = |demand: &Demand| {
        if demand.units * 3 <= usize::from(area.height) {
            Detail::Block
        } else {
            Detail::Row
        }
    };
    let everywhere: Vec<Detail> = demands.iter().map(by_height).collect();
    let mut at_the_ends = everywhere.clone();
    if let [_, hidden @ .., _] = at_the_ends.as_mut_slice() {
        hidden.fill(Detail::Body);
    }
    let fits = |details: &[Detail], gap: u16| {
        let widths = demands.iter().zip(details);
        let widths: u16 = widths.map(|(demand, &detail)| demand.width(detail)).sum();
        let gaps = demands.len().saturating_sub(1);
        usize::from(widths) + gaps * usize::from(gap) <= usize::from(area.width)
    };
    if fits(&everywhere, TEXT_GAP) {
        everywhere
    } else if fits(&at_the_ends, LINES_GAP) {
        at_the_ends
    } else {
        vec![Detail::Body; demands.len()]
    }
}

/// Returns the rows of a layer's bodies, spread from top to bottom, and the number of neurons without one.
fn rows(area: Rect, units: usize, detail: Detail) -> (Vec<u16>, usize) {
    let margin = u16::from(detail == Detail::Block);
    let height = usize::from(area.height);
    let drawn = if units > height {
        height.saturating_sub(1)
    } else {
        units
    };
    let left_out = units - drawn;
    let first = usize::from(area.y + margin);
    let last = usize::from(
        area.bottom()
            .saturating_sub(1 + margin + u16::from(left_out > 0)),
    );
    let span = last.saturating_sub(first);
    let row = |unit: usize| match drawn {
        1 => first + span / 2,
        _ => first + (2 * unit * span + drawn - 1) / (2 * (drawn - 1)),
    };
    let rows = (0..drawn).map(|unit| u16::try_from(row(unit)).unwrap_or(u16::MAX));
    (rows.collect(), left_out)
}
