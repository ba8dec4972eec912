//! The histogram of the final losses.
//!
//! ```text
//! loss from    seeds
//!    0.001          10,133 ███████████
//!    0.00158         9,494 ██████████
//!      …
//!    0.398               1 ▏
//! ```

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::sweep::{Bin, rows};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{grouped, significant};

/// The widths of the lower edge and of the count.
const EDGE: usize = 9;
const COUNT: usize = 9;

/// Draws the first of two histograms, the finer one, if there is room for it below the heading.
pub(super) fn render(canvas: &mut Canvas, area: Rect, [fine, usual]: [&[Bin]; 2]) {
    let theme = canvas.theme;
    let has_room = rows(fine) < usize::from(area.height);
    let bins = if has_room { fine } else { usual };
    let mut lines = area.rows();
    let (Some(heading), Some(most)) = (lines.next(), bins.iter().map(|bin| bin.count).max()) else {
        return;
    };
    let text = format!("{:<EDGE$}{:>COUNT$}", "loss from", "seeds");
    canvas.write(Line::styled(text, theme.dim()), heading);
    let bar_width = area.width.saturating_sub(19);
    let mut end = None;
    for bin in bins {
        let is_after_gap = end.replace(bin.high).is_some_and(|end| end != bin.low);
        if is_after_gap && let Some(row) = lines.next() {
            canvas.write(Line::styled(theme.glyph("…", "..."), theme.dim()), row);
        }
        let Some(row) = lines.next() else {
            return;
        };
        let (edge, count) = (significant(bin.low, 3), grouped(bin.count));
        // A count other than 0 always has a visible bar.
        let fraction = bin.count as f64 / most as f64;
        let fraction = fraction.max(0.125 / f64::from(bar_width.max(1)));
        let bar = theme.filled(fraction, bar_width);
        let line = format!("{edge:<EDGE$}{count:>COUNT$} {bar}");
        canvas.write(Line::raw(line), row);
    }
}
