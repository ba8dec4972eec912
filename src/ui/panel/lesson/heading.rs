//! The heading of a page.

use crate::app::{Page, lessons};

/// Returns "8b of 12: Break it: large weights".
pub(super) fn heading(page: &Page) -> String {
    format!("{} of {}: {}", page.label(), lessons(), page.title())
}
