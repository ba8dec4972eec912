//! Where a reader is in the lessons, as it is remembered between starts.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{PAGES, Page};

/// Where a reader is in the lessons.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The name of the page that was open last; of the first one, if there is no such page any more.
    pub page: String,
    /// The names of the pages whose goals have all been reached.
    pub done: BTreeSet<String>,
}

impl Place {
    /// The index of the page that was open last.
    #[must_use]
    pub fn index(&self) -> usize {
        let mut pages = PAGES.iter();
        pages.position(|page| page.name == self.page).unwrap_or(0)
    }

    /// Whether the goals of a page have all been reached.
    #[must_use]
    pub fn has_done(&self, page: &Page) -> bool {
        self.done.contains(page.name)
    }
}
