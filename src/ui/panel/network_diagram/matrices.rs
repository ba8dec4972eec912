//! Large networks: the weights of each layer as a matrix of shaded cells.
//!
//! ```text
//! 30→64            64→64            64→1
//! ░▒▓░=-░▒▓█       ░▒▓░=-░▒▓█       ░▒-=░
//! ▒░-=▓▒░░=-       ▒░-=▓▒░░=-
//! … 54 more rows   … 54 more rows   +59 columns
//! ```
//!
//! A row is a neuron, a column one of its sources; right of it is the neuron's activation. The larger a weight is relative
//! to the largest of its layer, the stronger its cell. With colours a cell is half a character high, in the colour of the
//! sign; without, blocks are positive and strokes negative.

mod cells;

pub(super) use cells::legend;

use ratatui::layout::{Constraint, Layout, Rect};

use super::subject::Subject;
use crate::nn::{Layer, Network};
use crate::ui::regions::Surface;
use crate::ui::style::{self, Theme, cells as text_cells, fitting};
use crate::ui::widget::visible::window;

/// With more units in a layer, lines between neurons are a tangle.
const MOST_UNITS_WITH_LINES: usize = 16;

/// Room for the text below a matrix.
const NARROWEST: usize = 14;

/// The cells for the mark of the chosen neuron and for the activation.
const BESIDE: u16 = 2;

/// Whether a network is too large for lines.
pub(super) fn are_needed(network: &Network) -> bool {
    network
        .architecture()
        .sizes()
        .iter()
        .any(|&units| units > MOST_UNITS_WITH_LINES)
}

/// Returns the rows that all neurons need, with a heading and the line that shows what is left out.
pub(super) fn height(theme: Theme, network: &Network) -> u16 {
    let layers = network.layers().iter();
    let most = layers.map(|layer| layer.units).max().unwrap_or_default();
    text_cells(most.div_ceil(cells::rows_in_a_line(theme)) + 2)
}

/// Draws the matrix of every layer, side by side.
pub(super) fn render((buffer, regions): Surface, area: Rect, subject: &Subject) {
    let layers = subject.network.layers();
    let wanted = layers.iter().map(|layer| {
        let width = (layer.fan_in + usize::from(BESIDE)).max(NARROWEST);
        Constraint::Max(u16::try_from(width).unwrap_or(u16::MAX))
    });
    let areas = Layout::horizontal(wanted).spacing(2).split(area);
    for (layer, &area) in areas.iter().enumerate() {
        let area = area.intersection(buffer.area);
        render_layer((buffer, regions), area, subject, layer);
    }
}

fn render_layer((buffer, regions): Surface, area: Rect, subject: &Subject, layer: usize) {
    let theme = subject.theme;
    if area.width == 0 || area.height < 3 {
        return;
    }
    let Layer { units, fan_in, .. } = subject.network.layers()[layer];
    let mut write = |y, text, style| {
        style::write(buffer, (area.x, y), text, usize::from(area.width), style);
    };
    let heading = format!("{fan_in}{}{units}", theme.glyph("→", ">"));
    write(area.y, &heading, theme.strong());
    // The last line shows what is left out.
    let lines = usize::from(area.height) - 2;
    let per_line = cells::rows_in_a_line(theme);
    let rows = window(units, lines * per_line, subject.chosen_unit(layer + 1));
    let room = usize::from(area.width.saturating_sub(BESIDE));
    let columns = window(fan_in, room, subject.chosen_unit(layer));
    let (rows_left, columns_left) = (units - rows.len(), fan_in - columns.len());
    if let Some(text) = left_out(theme, rows_left, columns_left, area.width) {
        write(area.bottom() - 1, &text, theme.dim());
    }
    let largest = subject.largest_of(layer);
    let rows: Vec<usize> = rows.collect();
    for (units, y) in rows.chunks(per_line).zip(area.y + 1..) {
        let line = cells::Line {
            subject,
            layer,
            units,
            largest,
        };
        line.render(buffer, (area.x, y), columns.clone());
        line.note(regions, (area.x, y), columns.clone());
    }
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
