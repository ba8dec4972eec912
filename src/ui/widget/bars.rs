//! Horizontal bars, one below the other, each with a name and a number.
//!
//! ```text
//! h1..h8  1.2e−5 ▆▆
//! h9..h16 0.0074 ▆▆▆▆▆▆▆
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
        canvas.write(Line::styled(&*bar.name, theme.strong()), row(names));
        canvas.write(Line::raw(&*numbers[index]), row(texts));
        let text = theme.low_bar(bar.length, lengths.width);
        canvas.write(Line::raw(text), row(lengths));
    }
    lengths
}
