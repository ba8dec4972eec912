//! Which lesson, and which page of it.

use crate::app::{PAGES, Page, lessons};

/// Returns "5 of 12", or "8 of 12, page 2" if the lesson has several pages.
pub(super) fn number_of(page: &Page) -> String {
    let pages = PAGES.iter().filter(|other| other.lesson == page.lesson);
    let names: Vec<&str> = pages.map(|page| page.name).collect();
    let number = format!("{} of {}", page.lesson, lessons());
    match names.iter().position(|name| *name == page.name) {
        Some(index) if names.len() > 1 => {
            format!("{number}, page {} of {}", index + 1, names.len())
        }
        _ => number,
    }
}
