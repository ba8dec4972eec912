//! The weights of a lesson's network below it, where its edges have no room for their numbers: a text speaks of them, and no
//! key of a lesson leads to a table.
//!
//! ```text
//! w1 +1.00  w2 +1.00  w3 +1.00
//! w4 +1.00  w5 +1.00  w6 +1.00
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::graph;
use super::subject::Subject;
use crate::app::Labels;
use crate::nn::Network;
use crate::ui::canvas::Canvas;
use crate::ui::regions::Regions;
use crate::ui::style::{cells, width};

/// A network with more weights has too many to be followed one by one.
const MOST: usize = 9;

/// The rows that the diagram keeps: with fewer, an edge has no room for its name either.
const FEWEST_ROWS: u16 = 8;

/// Whether the edges of a network can have too little room for their numbers, and there are few enough to list them.
pub(crate) fn lists_weights(network: &Network) -> bool {
    let layers = network.layers();
    let weights: usize = layers.iter().map(|layer| layer.units * layer.fan_in).sum();
    layers.len() > 1 && weights <= MOST
}

/// Draws the weights into the last rows of the area, if one has no number on its edge; returns the number of rows.
pub(super) fn render(canvas: &mut Canvas, area: Rect, subject: &Subject) -> u16 {
    if canvas.app.scene().is_none() || has_all(area, subject) {
        return 0;
    }
    let lines = lines(subject, area.width);
    if area.height < cells(lines.len()) + FEWEST_ROWS {
        return 0;
    }
    canvas.last_lines(lines, area)
}

/// Whether each weight has a number on its edge, or no list of them is wanted.
fn has_all(area: Rect, subject: &Subject) -> bool {
    let is_wanted = subject.labels.contains(&Labels::Both);
    if !is_wanted || !lists_weights(subject.network) {
        return true;
    }
    let (mut buffer, mut regions) = (Buffer::empty(area), Regions::default());
    let (_, unlabelled) = graph::render((&mut buffer, &mut regions), area, subject);
    unlabelled == 0
}

/// Returns the weights in rows of this width, in columns.
fn lines(subject: &Subject, room: u16) -> Vec<Line<'static>> {
    let texts = subject.weights().map(|weight| {
        let number = subject.number(weight);
        let name = subject.network.parameter_name(weight);
        (format!("{name} {}", subject.text(number)), number)
    });
    let texts: Vec<(String, f64)> = texts.collect();
    let widest = texts.iter().map(|(text, _)| width(text)).max().unwrap_or(1);
    let in_row = usize::from(((room + 1) / (widest + 1)).max(1));
    // As many in each row as rows let be.
    let in_row = texts.len().div_ceil(texts.len().div_ceil(in_row).max(1));
    let column = usize::from(room) / in_row.max(1);
    let rows = texts.chunks(in_row.max(1)).map(|row| {
        let spans = row.iter().map(|(text, number)| {
            let style = subject.theme.signed(*number);
            Span::styled(format!("{text:column$}"), style)
        });
        spans.collect::<Line>()
    });
    rows.collect()
}
