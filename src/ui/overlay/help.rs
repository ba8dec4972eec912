//! The help: the keys of the view, or every sign of the picture, in groups; two columns where there is room.

mod entry;

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
    let visible = Visible::of(&rows, selected, height, columns);
    canvas.regions.seen.list = Some(page_of(&rows, selected, usize::from(height * columns)));
    let size = (width * columns + 2, cells(visible.height + 2));
    let area = area.centered(Constraint::Length(size.0), Constraint::Length(size.1));
    let inner = window(canvas, area, page, [selected + 1, entries.len()]);
    let areas = Layout::horizontal(vec![Constraint::Fill(1); usize::from(columns)]).split(inner);
    let chunks = rows[visible.first..].chunks(visible.height.max(1));
    for (rows, &area) in chunks.zip(areas.iter()) {
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

/// The rows that are seen: from the first, in columns of this height.
struct Visible {
    first: usize,
    height: usize,
}

impl Visible {
    /// Shows the selected entry, and as much before it as after it.
    fn of(rows: &[Row], selected: usize, height: u16, columns: u16) -> Self {
        let room = usize::from(height * columns);
        let height = usize::from(height).min(rows.len().div_ceil(usize::from(columns)));
        let at = rows.iter().position(|row| row.entry == Some(selected));
        let last_first = rows.len().saturating_sub(room);
        let first = at.unwrap_or(0).saturating_sub(room / 2).min(last_first);
        Self { first, height }
    }
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
