//! The labels of a loss chart: losses on the left, epochs below.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::axis::Axis;
use crate::ui::canvas::Canvas;
use crate::ui::style::{number, widest};

/// Draws the labels of a chart, with the first and the last epoch in the last row; returns the area for its curves.
pub(crate) fn render_labels(
    canvas: &mut Canvas,
    area: Rect,
    losses: Axis,
    (first, last): (u64, u64),
) -> Rect {
    let labels = losses.labels();
    let [upper, epochs] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]).areas(area);
    let split = Layout::horizontal([Constraint::Length(widest(&labels)), Constraint::Fill(1)]);
    let ([label_area, curves], [_, epochs]) = (split.areas(upper), split.areas(epochs));
    render_losses(canvas, label_area, &labels);
    let dim = canvas.theme.dim();
    canvas.draw(Line::styled(number::grouped(first), dim), epochs);
    let last = format!("epoch {}", number::grouped(last));
    canvas.draw(Line::styled(last, dim).right_aligned(), epochs);
    curves
}

fn render_losses(canvas: &mut Canvas, area: Rect, labels: &[String; 3]) {
    if area.height == 0 {
        return;
    }
    let rows = [area.y, area.y + (area.height - 1) / 2, area.bottom() - 1];
    for (index, (label, y)) in labels.iter().zip(rows).enumerate() {
        // In a low window the lowest label is written last and replaces the others.
        if index != 1 || area.height >= 5 {
            let row = Rect {
                y,
                height: 1,
                ..area
            };
            let label = Line::styled(label.as_str(), canvas.theme.dim());
            canvas.draw(label.right_aligned(), row);
        }
    }
}
