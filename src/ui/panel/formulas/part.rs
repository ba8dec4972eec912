//! What the formulas of a stage consist of.

use super::table::Table;

/// A part of the formulas of a stage.
pub(super) enum Part<'a> {
    /// A text, which is broken into as many lines as it needs.
    Text(String),
    Table(Table<'a>),
}

impl From<String> for Part<'_> {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Each text as a part.
pub(super) fn texts<'a>(texts: impl IntoIterator<Item = String>) -> impl Iterator<Item = Part<'a>> {
    texts.into_iter().map(Part::Text)
}
