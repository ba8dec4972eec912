//! The help: the keys of the view, or every sign of the picture, in groups; two columns where there is room.

mod entry;

use std::ops::Range;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph};

use crate::app::{HelpPage, Target};
use crate::ui::canvas::Canvas;
use crate::ui::style::{cells, widest};
use entry::Row;

/// The cells between key and text, and before and after both.
const GAPS: u16 = 5;

/// From this width on, a long list has two columns.
const WIDE_ENOUGH_FOR_TWO: u16 = 120;

pub(super) fn render(canvas: &mut Canvas, area: Rect, page: HelpPage, selected: usize) {
    let theme = canvas.theme;
    let entries = match page {
        HelpPage::Keys => entry::keys(canvas),
        HelpPage::Picture => entry::signs(theme),
    };
    let height = area.height.saturating_sub(2);
    let widths = [
        widest(entries.iter().map(|entry| &entry.sign)),
        widest(entries.iter().map(|entry| &entry.text)),
    ];
    let column = widths[0] + widths[1] + GAPS;
    let lines = entry::rows(theme, &entries, widths[1]).len();
    // A second column only if the list is longer than the window; there, long texts have two lines.
    let is_wide = area.width >= WIDE_ENOUGH_FOR_TWO;
    let columns = if is_wide && lines > usize::from(height) {
        2
    } else {
        1
    };
    let width = column.min(area.width.saturating_sub(2) / columns);
    let rows = entry::rows(theme, &entries, width.saturating_sub(widths[0] + GAPS));
    let [height, of] = [height, columns].map(usize::from);
    let visible = Visible::of(&rows, selected, height, of);
    canvas.regions.seen.list = Some(page_of(&rows, selected, sure_rows(&rows, height, of)));
    let size = (width * columns + 2, cells(visible.height + 2));
    let area = area.centered(Constraint::Length(size.0), Constraint::Length(size.1));
    let inner = window(canvas, area, page, [selected + 1, entries.len()]);
    let areas = Layout::horizontal(vec![Constraint::Fill(1); usize::from(columns)]).split(inner);
    for (seen, &area) in visible.columns.into_iter().zip(areas.iter()) {
        let rows = &rows[seen];
        let lines = rows.iter().map(|row| row.line(theme, widths[0], selected));
        canvas.draw(Paragraph::new(lines.collect::<Vec<_>>()), area);
        for (row, line) in rows.iter().zip(area.rows()) {
            if let Some(entry) = row.entry {
                canvas.shows(line, Target::Entry(entry));
            }
        }
    }
}

/// Draws the empty window, and returns the area within.
fn window(canvas: &mut Canvas, area: Rect, page: HelpPage, [entry, of]: [usize; 2]) -> Rect {
    let [title, what, other] = match page {
        HelpPage::Keys => ["Help: keys", "key", "Tab: what the picture means"],
        HelpPage::Picture => ["Help: what the picture means", "sign", "Tab: keys"],
    };
    let count = format!(" {what} {entry} of {of}; {other} ");
    let panel = canvas
        .theme
        .panel(title)
        .title_bottom(Line::from(count).right_aligned());
    let inner = panel.inner(area);
    canvas.draw(Clear, area);
    canvas.shows(area, Target::Window);
    canvas.draw(panel, area);
    inner
}

/// The rows that are seen in each column, which begins with an entry or a heading, and the height of the columns.
struct Visible {
    columns: Vec<Range<usize>>,
    height: usize,
}

impl Visible {
    /// Shows all rows in columns as low as possible; else the selected entry, and as much before it as after it.
    fn of(rows: &[Row], selected: usize, height: usize, columns: usize) -> Self {
        let lowest = rows.len().div_ceil(columns);
        let whole = (lowest..=height).map(|height| Self::starting_at(rows, 0, height, columns));
        if let Some(all) = whole.into_iter().find(|seen| seen.end() == rows.len()) {
            return all;
        }
        let at = rows.iter().position(|row| row.entry == Some(selected));
        let at = at.unwrap_or(0);
        let seen = |first| Self::starting_at(rows, first, height, columns);
        let mut starts = (0..rows.len()).filter(|row| rows[*row].is_start());
        let last = starts.find(|first| seen(*first).end() == rows.len());
        let middle = at.saturating_sub(height * columns / 2);
        let first = middle.min(last.unwrap_or(at));
        let first = (first..=at).find(|row| rows[*row].is_start());
        seen(first.unwrap_or(at))
    }

    /// Shows rows from the first on.
    fn starting_at(rows: &[Row], first: usize, height: usize, columns: usize) -> Self {
        let mut start = first;
        let ranges = (1..=columns).map(|column| {
            let full = (start + height).min(rows.len());
            let mut ends = (start + 1..=full).rev();
            let whole = ends.find(|end| may_end(rows, *end)).unwrap_or(full);
            let end = if column < columns { whole } else { full };
            std::mem::replace(&mut start, end)..end
        });
        Self {
            columns: ranges.collect(),
            height,
        }
    }

    /// The row after the last one.
    fn end(&self) -> usize {
        self.columns.last().map_or(0, |column| column.end)
    }
}

/// Whether a column can end before a row: no entry is divided, and no heading is away from its entries.
fn may_end(rows: &[Row], end: usize) -> bool {
    rows.get(end)
        .is_none_or(|row| row.is_start() && !rows[end - 1].is_heading())
}

/// Returns how many rows are seen at least, wherever they begin: a column begins with an entry, for which others may be a
/// few rows shorter.
fn sure_rows(rows: &[Row], height: usize, columns: usize) -> usize {
    let starts = (0..rows.len()).filter(|row| rows[*row].entry.is_some());
    let lengths = starts.map(|row| {
        let rest = rows[row + 1..].iter();
        1 + rest.take_while(|row| !row.is_start()).count()
    });
    let longest = lengths.max().unwrap_or(1);
    (height * columns)
        .saturating_sub(longest * columns - 1)
        .max(1)
}

/// Returns how many entries a page key can go over so that no row is skipped, up or down: those in as many rows as there
/// is room for. Near an end, the last of them is seen anyway.
fn page_of(rows: &[Row], selected: usize, room: usize) -> usize {
    let at = rows.iter().position(|row| row.entry == Some(selected));
    let at = at.unwrap_or(0);
    let entries = |rows: &[Row]| rows.iter().filter(|row| row.entry.is_some()).count();
    let below = rows[at..].get(1..room).map(entries);
    let above = (at + 1)
        .checked_sub(room)
        .map(|first| entries(&rows[first..at]));
    let fewest = below.into_iter().chain(above).min();
    fewest.unwrap_or(room).max(1)
}
