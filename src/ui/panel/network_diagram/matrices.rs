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
//! sign; without, blocks are positive and strokes negative. Where all have room, cells are larger; where a row is too long
//! and lines are free, it goes on below.

mod cells;
mod plan;

pub(super) use cells::legend;

use std::ops::Range;

use ratatui::layout::Rect;

use plan::{Matrix, Plan, Size};

use super::subject::Subject;
use crate::nn::{Layer, Network};
use crate::ui::regions::Surface;
use crate::ui::style::{self, Theme, fitting};
use crate::ui::widget::visible::window;

/// With more units in a layer, lines between neurons are a tangle.
const MOST_UNITS_WITH_LINES: usize = 16;

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
    plan::height(theme, network.layers())
}

/// Draws the matrix of every layer, side by side.
pub(super) fn render((buffer, regions): Surface, area: Rect, subject: &Subject) {
    let room = (area.width, area.height);
    let Plan { size, matrices } = Plan::new(subject.theme, subject.network.layers(), room);
    for (layer, matrix) in matrices.into_iter().enumerate() {
        let cells = Rect {
            x: area.x + matrix.left,
            width: matrix.width,
            ..area
        };
        let cells = cells.intersection(area);
        render_layer((buffer, regions), cells, subject, layer, (size, matrix));
    }
}

fn render_layer(
    (buffer, regions): Surface,
    area: Rect,
    subject: &Subject,
    layer: usize,
    (size, matrix): (Size, Matrix),
) {
    let theme = subject.theme;
    if area.width == 0 || area.height < 3 {
        return;
    }
    let of = &subject.network.layers()[layer];
    let heading = heading(theme, of, matrix);
    // The last line shows what is left out.
    let room = usize::from(area.height) - 2;
    let (per_line, _) = size.of_lines(theme);
    let is_whole = size.lines_of(theme, of.units, matrix.parts) <= room + 1;
    let rows = if is_whole {
        0..of.units
    } else {
        window(of.units, room * per_line, subject.chosen_unit(layer + 1))
    };
    let columns = match matrix.parts {
        1 => window(of.fan_in, matrix.sources, subject.chosen_unit(layer)),
        _ => 0..of.fan_in,
    };
    let (rows_left, columns_left) = (of.units - rows.len(), of.fan_in - columns.len());
    let rest = left_out(theme, rows_left, columns_left, area.width);
    let rest = rest.map(|text| (area.bottom() - 1, text, theme.dim()));
    let texts = [(area.y, heading, theme.strong())];
    for (y, text, style) in texts.into_iter().chain(rest) {
        style::write(buffer, (area.x, y), &text, usize::from(area.width), style);
    }
    let rows: Vec<usize> = rows.collect();
    let line = cells::Line {
        subject,
        layer,
        units: &rows,
        largest: subject.largest_of(layer),
        size,
        is_last: true,
    };
    render_rows((buffer, regions), area, line, (columns, matrix.sources));
}

/// Draws all rows of a layer below its heading, so many of their sources in a part.
fn render_rows(
    (buffer, regions): Surface,
    area: Rect,
    all: cells::Line,
    (columns, in_a_part): (Range<usize>, usize),
) {
    let (per_line, lines) = all.size.of_lines(all.subject.theme);
    let mut y = area.y + 1;
    for first in columns.clone().step_by(in_a_part.max(1)) {
        let sources = first..columns.end.min(first + in_a_part);
        for units in all.units.chunks(per_line) {
            let is_last = sources.end == columns.end;
            let line = cells::Line {
                units,
                is_last,
                ..all
            };
            for y in y..y + lines {
                line.render(buffer, (area.x, y), sources.clone());
                line.note(regions, (area.x, y), sources.clone());
            }
            y += lines;
        }
        // Between two parts.
        y += 1;
    }
}

/// Returns the heading of a matrix: "32→1", and where its long rows are folded.
fn heading(theme: Theme, layer: &Layer, matrix: Matrix) -> String {
    let name = plan::heading(theme, layer);
    if matrix.parts == 1 {
        return name;
    }
    let sources = matrix.sources;
    let texts = [
        format!("{name} in rows of {sources}"),
        format!("{name}, {sources} a row"),
        name,
    ];
    fitting(&texts, matrix.width)
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
