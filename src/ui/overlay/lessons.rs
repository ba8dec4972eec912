//! The list of all pages of the lessons, with those that are done.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::window;
use crate::app::PAGES;
use crate::ui::canvas::Canvas;
use crate::ui::style::cells;

/// With borders.
const WIDTH: u16 = 62;

/// What opens a lesson from the shell, with its name.
const COMMAND: &str = "nnscope learn";

pub(super) fn render(canvas: &mut Canvas, area: Rect, selected: usize) {
    let (app, theme) = (canvas.app, canvas.theme);
    let title = format!("{} lessons", PAGES.len());
    let inner = window::open(canvas, area, &title, (WIDTH, cells(PAGES.len() + 3)));
    let [heading, inner] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(inner);
    let columns = row(["", "", "lesson", "", COMMAND]);
    canvas.write(Line::styled(columns, theme.dim()), heading);
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
        let text = row([
            cursor,
            mark,
            &page.number().to_string(),
            page.title(),
            page.name,
        ]);
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

/// A row of the list: the cursor, whether the lesson is done, its number, its title, and its name in the shell.
fn row([cursor, mark, number, title, name]: [&str; 5]) -> String {
    format!("{cursor:1} {mark:1} {number:6}  {title:31} {name}")
}
