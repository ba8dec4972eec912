//! Horizontal bars, one below the other, each with a name and a number.
//!
//! ```text
//! h1–h8   1.2e−5 ▆▆
//! h9–h16  0.0074 ▆▆▆▆▆▆▆
//! o1      0.31   ▆▆▆▆▆▆▆▆▆▆▆▆
//! ```

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use crate::ui::canvas::Canvas;
use crate::ui::style::number::aligned;
use crate::ui::style::widest;

/// A bar.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) number: String,
    /// From 0 to 1.
    pub(crate) length: f64,
}

/// Draws a bar into each row from the top; returns the column of the bars.
pub(crate) fn render(canvas: &mut Canvas, area: Rect, bars: &[Bar]) -> Rect {
    let theme = canvas.theme;
    let numbers: Vec<String> = bars.iter().map(|bar| theme.written(&bar.number)).collect();
    let numbers = aligned(&numbers);
    let columns = Layout::horizontal([
        Constraint::Length(widest(bars.iter().map(|bar| &bar.name))),
        Constraint::Length(widest(&numbers)),
        Constraint::Fill(1),
    ])
    .spacing(1);
    let [names, texts, lengths] = columns.areas(area);
    for (index, (bar, y)) in bars.iter().zip(area.top()..area.bottom()).enumerate() {
        let row = |column: Rect| Rect {
            y,
            height: 1,
            ..column
        };
        canvas.draw(Line::styled(&*bar.name, theme.strong()), row(names));
        canvas.draw(Line::raw(&*numbers[index]), row(texts));
        let text = theme.low_bar(bar.length, lengths.width);
        canvas.draw(Line::raw(text), row(lengths));
    }
    lengths
}

/// Selects as many indices below `all` as there is room for, including the first and the last.
pub(crate) fn spread(all: usize, room: usize) -> impl Iterator<Item = usize> {
    let seen = all.min(room);
    (0..seen).map(move |index| index * (all - 1) / seen.saturating_sub(1).max(1))
}

/// Returns " 2 more layers " if that many have no bar.
pub(crate) fn layers_left_out(count: usize) -> Option<Line<'static>> {
    let layers = if count == 1 { "layer" } else { "layers" };
    (count > 0).then(|| Line::raw(format!(" {count} more {layers} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_are_seen_where_there_is_room_for_two() {
        let seen = |all, room| spread(all, room).collect::<Vec<_>>();
        assert_eq!(seen(5, 9), [0, 1, 2, 3, 4]);
        assert_eq!(seen(5, 3), [0, 2, 4]);
        assert_eq!(seen(9, 2), [0, 8]);
        assert_eq!(seen(1, 3), [0]);
        assert_eq!(seen(3, 1), [0]);
        assert_eq!(seen(3, 0), [0; 0]);
    }
}
