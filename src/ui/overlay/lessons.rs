//! The list of all pages of the lessons, with those that are done.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::window;
use crate::app::PAGES;
use crate::ui::canvas::Canvas;
use crate::ui::style::cells;

/// With borders.
const WIDTH: u16 = 58;

pub(super) fn render(canvas: &mut Canvas, area: Rect, selected: usize) {
    let (app, theme) = (canvas.app, canvas.theme);
    let inner = window::open(canvas, area, "Lessons", (WIDTH, cells(PAGES.len() + 2)));
    let [open, done] = theme.glyph(["○", "✓"], ["[ ]", "[x]"]);
    let lines = PAGES.iter().enumerate().map(|(index, page)| {
        let mark = if app.place().has_done(page) {
            done
        } else {
            open
        };
        let cursor = if index == selected {
            theme.glyph("›", ">")
        } else {
            " "
        };
        let text = format!(
            "{cursor} {mark} {:3}  {:31} {}",
            page.label(),
            page.title(),
            page.name
        );
        if index == selected {
            Line::styled(text, theme.strong())
        } else {
            Line::raw(text)
        }
    });
    let lines: Vec<Line> = lines.collect();
    // The selected one is always visible.
    let first = (selected + 1).saturating_sub(usize::from(inner.height));
    canvas.draw(Paragraph::new(lines).scroll((cells(first), 0)), inner);
}
