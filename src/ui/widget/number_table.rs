//! A table of numbers with their decimal points lined up.
//!
//! ```text
//!      value  gradient    step
//! w1    1.73   −0.0153  0.0015
//! b1    0.51    0.0076 −0.0008
//! ```

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::ui::canvas::Canvas;
use crate::ui::style::number::aligned;
use crate::ui::style::{widest, width};

/// A column of numbers.
pub(crate) struct Column {
    pub(crate) heading: String,
    pub(crate) numbers: Vec<String>,
    /// The style of each number; empty if they have none.
    pub(crate) styles: Vec<Style>,
    /// Whether it goes before others where there is no room for all.
    pub(crate) is_extra: bool,
}

/// The names of the rows, and the columns right of them.
pub(crate) struct NumberTable {
    pub(crate) names: Vec<String>,
    pub(crate) columns: Vec<Column>,
    /// The row that is selected, if any.
    pub(crate) chosen: Option<usize>,
}

impl Column {
    /// A column of plain numbers that stays as long as there is room for it.
    pub(crate) fn new(heading: &str, numbers: &[String]) -> Self {
        Self {
            heading: heading.to_owned(),
            numbers: aligned(numbers),
            styles: Vec::new(),
            is_extra: false,
        }
    }

    /// With two spaces before it.
    fn width(&self) -> u16 {
        widest(&self.numbers).max(width(&self.heading)) + 2
    }

    /// Returns a text at the right end of the column.
    fn right_aligned(&self, text: &str) -> String {
        let gap = self.width().saturating_sub(width(text));
        " ".repeat(usize::from(gap)) + text
    }
}

impl NumberTable {
    /// Draws the headings and as many rows as there is room for. Where there is no room for all columns, extra ones go,
    /// then the last.
    pub(crate) fn render(mut self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme;
        let names = widest(&self.names);
        self.fit(area.width.saturating_sub(names));
        let mut rows = area.rows();
        let Some(first) = rows.next() else { return };
        let headings = self.columns.iter();
        let headings: String = headings
            .map(|column| column.right_aligned(&column.heading))
            .collect();
        let blank = " ".repeat(usize::from(names));
        canvas.draw(Line::styled(blank + &headings, theme.dim()), first);
        for ((index, name), row) in self.names.iter().enumerate().zip(rows) {
            let chosen = match self.chosen {
                Some(chosen) if chosen == index => theme.chosen(),
                _ => Style::new(),
            };
            let gap = " ".repeat(usize::from(names - width(name)));
            let name = Span::styled(name.clone(), theme.strong().patch(chosen));
            let numbers = self.columns.iter().map(|column| {
                let style = column.styles.get(index).copied().unwrap_or_default();
                Span::styled(column.right_aligned(&column.numbers[index]), style)
            });
            let line: Line = [name, Span::raw(gap)].into_iter().chain(numbers).collect();
            canvas.draw(line, row);
        }
    }

    /// Drops columns until the others fit.
    fn fit(&mut self, room: u16) {
        while self.columns.iter().map(Column::width).sum::<u16>() > room {
            let extra = self.columns.iter().rposition(|column| column.is_extra);
            self.columns.remove(extra.unwrap_or(self.columns.len() - 1));
        }
    }
}
