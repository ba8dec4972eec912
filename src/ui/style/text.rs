//! The width of texts, and what to show where there is no room for all of one.

use ratatui::text::Span;

/// Returns the width of a text in cells.
pub(crate) fn width(text: &str) -> u16 {
    cells(Span::raw(text).width())
}

/// Returns the width of the widest of some texts, 0 if there are none.
pub(crate) fn widest<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> u16 {
    let widths = texts.into_iter().map(|text| width(text.as_ref()));
    widths.max().unwrap_or(0)
}

/// Converts a number of cells to what the layout counts in; a larger number than that becomes its maximum.
pub(crate) fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Returns the first of some texts, given longest first, that fits into this many cells, or else the last one.
pub(crate) fn fitting<T: AsRef<str>>(texts: &[T], room: u16) -> String {
    let texts = texts.iter().map(AsRef::as_ref);
    let fits = |text: &&str| width(text) <= room;
    let found = texts.clone().find(fits).or(texts.last());
    found.unwrap_or_default().to_owned()
}

/// Shortens a text to at most this many cells; a shortened text ends with `mark`, which takes one cell.
pub(crate) fn cut(text: &str, most: u16, mark: &str) -> String {
    let mut text = text.to_owned();
    if width(&text) <= most {
        return text;
    }
    while width(&text) >= most && text.pop().is_some() {}
    text + mark
}
