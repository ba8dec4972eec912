//! Where a line ends: it is led to its name, or marked.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::ui::canvas::Canvas;
use crate::ui::panel::chart::series::{SOLID, Series};
use crate::ui::widget::dots::Stroke;
use crate::ui::widget::plot::Plot;

/// Draws the axis at which lines end and their leaders begin.
pub(super) fn render_axis(canvas: &mut Canvas, column: Rect) {
    let axis = Line::styled("│", canvas.theme.dim());
    // A style of the line would be that of the names too.
    let column = Rect { width: 1, ..column };
    for row in column.rows() {
        canvas.write(axis.clone(), row);
    }
}

/// Leads the end of a line to its name in a row.
pub(super) fn lead(canvas: &mut Canvas, plot: &Plot, area: Rect, series: &Series, row: u16) {
    let style = canvas.theme.dim();
    let stroke = Stroke {
        dashes: SOLID,
        styles: (style, style),
        ..series.stroke
    };
    if let Some((_, end)) = series.end().filter(|_| !area.is_empty()) {
        stroke.lead(canvas.frame.buffer_mut(), plot, area, end, row);
    }
}

/// Writes the letter of its run behind a line that ends within a plot, or where it has none, a sign that it ends.
pub(super) fn mark(canvas: &mut Canvas, plot: &Plot, series: &Series, style: Style) {
    let Some((epoch, number)) = series.end() else {
        return;
    };
    if !(0.0..=1.0).contains(&plot.up.share(number)) || plot.area.is_empty() {
        return;
    }
    let first = series.name.as_deref().unwrap_or_default().split(' ').next();
    let letter = first.filter(|word| word.len() == 1);
    let symbol = letter.unwrap_or(canvas.theme.glyph("×", "x"));
    let (end, y) = plot.cell(epoch as f64, number);
    let x = (end + 1).min(plot.area.right() - 1);
    if let Some(cell) = canvas.frame.buffer_mut().cell_mut((x, y)) {
        cell.set_symbol(symbol).set_style(style);
    }
}
