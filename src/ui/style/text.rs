//! How much room a text takes, and what is done where there is not enough.

use ratatui::text::Span;

/// The cells that a text takes in a line.
pub(crate) fn width(text: &str) -> u16 {
    cells(Span::raw(text).width())
}

/// The cells of the widest of some texts; 0 if there are none.
pub(crate) fn widest<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> u16 {
    let widths = texts.into_iter().map(|text| width(text.as_ref()));
    widths.max().unwrap_or(0)
}

/// A number of cells as the layout counts them: more than a screen can have are the most that it can.
pub(crate) fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The first of some texts, longest first, that fits into a room of this many cells; else the last one.
pub(crate) fn fitting<T: AsRef<str>>(texts: &[T], room: u16) -> String {
    let texts = texts.iter().map(AsRef::as_ref);
    let fits = |text: &&str| width(text) <= room;
    let found = texts.clone().find(fits).or(texts.last());
    found.unwrap_or_default().to_owned()
}

/// A text of at most this many cells; a longer one ends with `mark`, which takes one.
pub(crate) fn cut(text: &str, most: u16, mark: &str) -> String {
    let mut text = text.to_owned();
    if width(&text) <= most {
        return text;
    }
    while width(&text) >= most && text.pop().is_some() {}
    text + mark
}
