//! The histogram of the final losses.
//!
//! ```text
//! final loss             seeds
//! 0.00100 to 0.00158    10,133 ███████████
//! 0.00158 to 0.00251     9,494 ██████████
//! …
//! 0.398 to 0.631             1 ▏
//! ```

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::sweep::{Bin, SMALLEST, Summary, rows};
use crate::ui::canvas::Canvas;
use crate::ui::style::number::{self, grouped};
use crate::ui::style::{cells, widest, width};

/// The least widths of the edges and of the counts, with the gap before them.
const EDGES: u16 = 10;
const COUNT: u16 = 7;

/// Returns the height of the finest histogram.
pub(super) fn height(summary: &Summary) -> u16 {
    cells(rows(&summary.fine_histogram) + 1)
}

/// Draws the first of two histograms, the finer one, if there is room for it below the heading.
pub(super) fn render(canvas: &mut Canvas, area: Rect, [fine, usual]: [&[Bin]; 2]) {
    let theme = canvas.theme;
    let has_room = rows(fine) < usize::from(area.height);
    let bins = if has_room { fine } else { usual };
    let mut lines = area.rows();
    let (Some(heading), Some(most)) = (lines.next(), bins.iter().map(|bin| bin.count).max()) else {
        return;
    };
    let edges: Vec<String> = bins
        .iter()
        .map(|bin| theme.written(&edges_of(bin)))
        .collect();
    let edges_width = widest(&edges).max(EDGES);
    let count_width = (width(&grouped(most)) + 2).max(COUNT);
    let bar_width = area.width.saturating_sub(edges_width + count_width + 1);
    let [edges_width, count_width] = [edges_width, count_width].map(usize::from);
    let text = format!("{:<edges_width$}{:>count_width$}", "final loss", "seeds");
    canvas.write(Line::styled(text, theme.dim()), heading);
    let mut end = None;
    for (bin, edges) in bins.iter().zip(&edges) {
        let is_after_gap = end.replace(bin.high).is_some_and(|end| end != bin.low);
        if is_after_gap && let Some(row) = lines.next() {
            canvas.write(Line::styled(theme.glyph("…", "..."), theme.dim()), row);
        }
        let Some(row) = lines.next() else {
            return;
        };
        let count = grouped(bin.count);
        // A count other than 0 always has a visible bar.
        let fraction = bin.count as f64 / most as f64;
        let fraction = fraction.max(0.125 / f64::from(bar_width.max(1)));
        let bar = theme.filled(fraction, bar_width);
        let line = format!("{edges:<edges_width$}{count:>count_width$} {bar}");
        canvas.write(Line::raw(line), row);
    }
}

/// "0.00100 to 0.00112"; the widest bins reach beyond all numbers, and the least loss stands for all below it.
fn edges_of(bin: &Bin) -> String {
    let low = if bin.low > SMALLEST { bin.low } else { 0.0 };
    let [low, high] = [low, bin.high].map(number::loss);
    if bin.high.is_finite() {
        number::range(&low, &high)
    } else {
        format!("from {low}")
    }
}
