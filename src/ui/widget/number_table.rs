//! A panel with a table of numbers whose decimal points line up: as many rows as there is room for, with the chosen one
//! among them.
//!
//! ```text
//! ┌ Every weight and bias ─────┐
//! │     value  gradient    step│
//! │w1    1.73   −0.0153  0.0015│
//! │b1    0.51    0.0076 −0.0008│
//! └──────────── 7 parameters more ┘
//! ```

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::keymap::Action;
use crate::session::setting::Turn;
use crate::ui::canvas::Canvas;
use crate::ui::style::number::aligned;
use crate::ui::style::{fitting, widest, width};
use crate::ui::widget::visible::{left_out_of, window};

/// A column of numbers.
pub(crate) struct Column {
    pub(crate) heading: String,
    pub(crate) numbers: Vec<String>,
    /// The style of each number; empty if they have none.
    pub(crate) styles: Vec<Style>,
    /// Whether it goes before others where there is no room for all.
    pub(crate) is_extra: bool,
    /// What its numbers are, said below the rows; empty if its heading says it.
    pub(crate) note: String,
}

/// A table in a panel of its own.
pub(crate) struct NumberTable<'t> {
    pub(crate) title: String,
    /// The key that belongs to it, with what that does, where there is room.
    pub(crate) key: Option<(String, Action)>,
    /// What a row is: "neuron".
    pub(crate) row: &'t str,
    /// The number of rows, most of which may have no room.
    pub(crate) rows: usize,
    /// The row that is selected, if any.
    pub(crate) chosen: Option<usize>,
    /// What is said of all rows together, below what is said of the columns.
    pub(crate) note: Option<String>,
}

/// The names of the rows that are seen, and the columns right of them.
pub(crate) struct Rows {
    pub(crate) names: Vec<String>,
    pub(crate) columns: Vec<Column>,
}

impl Column {
    /// A column of plain numbers that stays as long as there is room for it.
    pub(crate) fn new(heading: &str, numbers: &[String]) -> Self {
        Self {
            heading: heading.to_owned(),
            numbers: aligned(numbers),
            styles: Vec::new(),
            is_extra: false,
            note: String::new(),
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

impl NumberTable<'_> {
    /// Draws the panel with the rows that there is room for, which `rows` makes; what has no room is counted.
    pub(crate) fn render(
        self,
        canvas: &mut Canvas,
        area: Rect,
        rows: impl FnOnce(Range<usize>) -> Rows,
    ) {
        let (key, action) = self.key.unzip();
        let mut panel = canvas
            .theme
            .panel_with_key(self.title, key.as_deref(), area.width);
        let inner = panel.inner(area);
        let room = usize::from(inner.height.saturating_sub(1));
        let seen = window(self.rows, room, self.chosen);
        let unseen = self.rows - seen.len();
        let chosen = self.chosen.map(|index| index - seen.start);
        let mut rows = rows(seen);
        let columns = rows.fit(inner.width);
        if let Some(text) = left_out_of(&[(unseen, self.row), (columns, "column")]) {
            let with_ways = text.clone() + &ways_to_room(canvas, columns);
            panel = panel.title_bottom(fitting(&[with_ways, text], area.width.saturating_sub(2)));
        }
        canvas.draw(panel, area);
        if let Some(action) = action {
            canvas.shows_key(area, key.as_deref(), action);
        }
        let below = inner.rows().skip(rows.names.len() + 1).collect();
        let notes = rows.columns.iter().map(|column| column.note.clone());
        let notes: Vec<String> = notes
            .filter(|note| !note.is_empty())
            .chain(self.note)
            .collect();
        rows.render(canvas, inner, chosen);
        render_notes(canvas, &notes, below);
    }
}

/// Returns the keys that give a panel that lacks columns the whole window: "(keys f, z) ".
fn ways_to_room(canvas: &Canvas, columns: usize) -> String {
    let keys = [Action::TurnPanel(Turn::Forward), Action::ToggleZoom(None)];
    match keys.map(|action| canvas.app.offered_key(action)) {
        [Some(focus), Some(zoom)] if columns > 0 && canvas.app.zoomed().is_none() => {
            format!("(keys {focus}, {zoom}) ")
        }
        _ => String::new(),
    }
}

/// Writes the notes in the rows that are left, whole lines in the order of the columns, a row apart from the table if there
/// is one more. Without room for all, those of the last columns are less known.
fn render_notes(canvas: &mut Canvas, notes: &[String], below: Vec<Rect>) {
    let style = canvas.theme.dim();
    let notes = notes.iter().map(|note| canvas.theme.written(note));
    let has_room = |note: &String| below.iter().all(|row| width(note) <= row.width);
    let mut notes: Vec<String> = notes.filter(has_room).collect();
    notes.drain(..notes.len().saturating_sub(below.len()));
    let gap = usize::from(notes.len() < below.len());
    for (note, row) in notes.into_iter().zip(below.into_iter().skip(gap)) {
        canvas.write(Line::styled(note, style), row);
    }
}

impl Rows {
    /// Draws the headings and the rows.
    fn render(self, canvas: &mut Canvas, area: Rect, chosen: Option<usize>) {
        let theme = canvas.theme;
        let names = widest(&self.names);
        let mut rows = area.rows();
        let Some(first) = rows.next() else { return };
        let headings = self.columns.iter();
        let headings: String = headings
            .map(|column| column.right_aligned(&column.heading))
            .collect();
        let blank = " ".repeat(usize::from(names));
        canvas.write(Line::styled(blank + &headings, theme.dim()), first);
        for ((index, name), row) in self.names.iter().enumerate().zip(rows) {
            let chosen = if chosen == Some(index) {
                theme.chosen()
            } else {
                Style::new()
            };
            let gap = " ".repeat(usize::from(names - width(name)));
            let name = Span::styled(name.clone(), theme.strong().patch(chosen));
            let numbers = self.columns.iter().map(|column| {
                let style = column.styles.get(index).copied().unwrap_or_default();
                Span::styled(column.right_aligned(&column.numbers[index]), style)
            });
            let line: Line = [name, Span::raw(gap)].into_iter().chain(numbers).collect();
            canvas.write(line, row);
        }
    }

    /// Drops columns until the others fit: extra ones go, then the last. Returns how many.
    fn fit(&mut self, room: u16) -> usize {
        let all = self.columns.len();
        let room = room.saturating_sub(widest(&self.names));
        while self.columns.iter().map(Column::width).sum::<u16>() > room {
            let extra = self.columns.iter().rposition(|column| column.is_extra);
            self.columns.remove(extra.unwrap_or(self.columns.len() - 1));
        }
        all - self.columns.len()
    }
}
