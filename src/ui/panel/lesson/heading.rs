//! The heading of a page, and its place in the list of all pages.

use ratatui::text::Line;

use crate::app::keymap::Action;
use crate::app::{OverlayKind, PAGES, Page};
use crate::ui::canvas::Canvas;

/// Returns "Lesson 9: Break it: large weights".
pub(super) fn heading(page: &Page) -> String {
    format!("Lesson {}: {}", page.number(), page.title())
}

/// The key of the list, with the number of the page and how many there are if there is room.
pub(super) fn list_key(canvas: &Canvas, room: usize) -> Option<Line<'static>> {
    let (page, pages) = (canvas.app.place().index() + 1, PAGES.len());
    let [whole, short] = [&*format!("list: {page} of {pages}"), "list"].map(|list| {
        let key = canvas.key_text(Action::Open(OverlayKind::Lessons), list)?;
        Some(canvas.theme.keys_line(&key).left_aligned())
    });
    whole.filter(|line| line.width() < room).or(short)
}
