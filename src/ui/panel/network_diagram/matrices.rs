//! Large networks: the weights of each layer as a matrix of shaded cells.
//!
//! ```text
//! 30→64            64→64            64→1
//! ░▒▓░=-░▒▓█       ░▒▓░=-░▒▓█       ░▒-=░
//! ▒░-=▓▒░░=-       ▒░-=▓▒░░=-
//! … 54 more rows   … 54 more rows   +59 columns
//! ```
//!
//! A row is a neuron, a column one of its sources. The larger a weight is relative to the largest of its layer, the darker
//! its cell: blocks for positive, strokes for negative weights.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};

use super::layout::window;
use super::subject::Subject;
use crate::app::Selection;
use crate::nn::{Layer, Network, Neuron, Parameter};
use crate::ui::style::{Theme, fitting};

/// With more units in a layer, lines between neurons are a tangle.
const MOST_UNITS_WITH_LINES: usize = 16;

/// Room for the text below a matrix.
const NARROWEST: usize = 16;

/// Whether a network is too large for lines.
pub(super) fn are_needed(network: &Network) -> bool {
    network
        .architecture()
        .sizes()
        .iter()
        .any(|&units| units > MOST_UNITS_WITH_LINES)
}

/// Draws the matrix of every layer, side by side.
pub(super) fn render(buffer: &mut Buffer, area: Rect, subject: &Subject) {
    let layers = subject.network.layers();
    let wanted = layers.iter().map(|layer| {
        Constraint::Max(u16::try_from(layer.fan_in.max(NARROWEST)).unwrap_or(u16::MAX))
    });
    let areas = Layout::horizontal(wanted).spacing(2).split(area);
    for (layer, &area) in areas.iter().enumerate() {
        render_layer(buffer, area.intersection(buffer.area), subject, layer);
    }
}

fn render_layer(buffer: &mut Buffer, area: Rect, subject: &Subject, layer: usize) {
    let theme = subject.theme;
    if area.width == 0 || area.height < 3 {
        return;
    }
    let Layer { units, fan_in, .. } = subject.network.layers()[layer];
    let mut write = |y, text, style| {
        buffer.set_stringn(area.x, y, text, usize::from(area.width), style);
    };
    let heading = format!("{fan_in}{}{units}", theme.glyph("→", ">"));
    write(area.y, heading, theme.strong());
    // The last line shows what is left out.
    let room = usize::from(area.height) - 2;
    let rows = window(units, room, subject.chosen_unit(layer + 1));
    let columns = window(fan_in, usize::from(area.width), subject.chosen_unit(layer));
    let (rows_left, columns_left) = (units - rows.len(), fan_in - columns.len());
    if let Some(text) = left_out(theme, rows_left, columns_left, area.width) {
        write(area.bottom() - 1, text, theme.dim());
    }
    let numbers = subject.numbers_of_weights(layer).iter();
    let largest = numbers.fold(0.0f64, |largest, number| largest.max(number.abs()));
    for (unit, y) in rows.zip(area.y + 1..) {
        let into = Neuron { layer, unit };
        for (source, x) in columns.clone().zip(area.x..) {
            render_weight(buffer, (x, y), subject, into, source, largest);
        }
    }
}

/// Draws the cell of one weight, highlighted if the weight or its neuron is selected.
fn render_weight(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    subject: &Subject,
    into: Neuron,
    source: usize,
    largest: f64,
) {
    let weight = Parameter::Weight { into, source };
    let number = subject.number(weight);
    let chosen = [Selection::Neuron(into), Selection::Parameter(weight)];
    let is_chosen = |selection| chosen.contains(&selection);
    let style = if subject.chosen.is_some_and(is_chosen) {
        subject.theme.chosen()
    } else {
        subject.theme.signed(number)
    };
    buffer.set_string(x, y, cell(subject.theme, number / largest), style);
}

/// Returns the cell of a weight, given as a fraction of the largest, −1 to 1.
fn cell(theme: Theme, weight: f64) -> &'static str {
    let glyphs = if weight < 0.0 {
        theme.glyph(["·", "-", "=", "≡"], ["`", "-", "=", "~"])
    } else {
        theme.glyph(["░", "▒", "▓", "█"], [".", ":", "%", "#"])
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 4; if all weights are 0, the fraction is NaN, and the cast turns it into 0"
    )]
    let level = (weight.abs() * 4.0) as usize;
    glyphs[level.min(3)]
}

/// Returns "… 22 more rows, 50 more columns", or a shorter form where there is no room; `None` if all are visible.
fn left_out(theme: Theme, units: usize, fan_in: usize, room: u16) -> Option<String> {
    let counts = [(units, "row"), (fan_in, "column")].into_iter();
    let counts = counts.filter(|(count, _)| *count > 0);
    let join = |text: &dyn Fn(usize, &str) -> String, separator: &str| {
        let parts: Vec<String> = counts.clone().map(|(count, of)| text(count, of)).collect();
        parts.join(separator)
    };
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let more = |count, of: &str| format!("{count} more {of}{}", plural(count));
    let plus = |count, of: &str| format!("+{count} {of}{}", plural(count));
    let initials = |count, of: &str| format!("+{count}{}", &of[..1]);
    let texts = [
        format!("{} {}", theme.glyph("…", "..."), join(&more, ", ")),
        join(&plus, ", "),
        join(&initials, " "),
    ];
    (units + fan_in > 0).then(|| fitting(&texts, room))
}
