//! The width of texts, and what to show where there is no room for all of one.

use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

use super::writing::narrow_width;

/// Returns the width of a text in cells.
pub(crate) fn width(text: &str) -> u16 {
    cells(narrow_width(text).unwrap_or_else(|| Span::raw(text).width()))
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

/// Shortens a text to at most this many cells, between characters as a reader sees them. A shortened text ends with
/// `mark`, if that fits.
pub(crate) fn cut(text: &str, most: u16, mark: &str) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let Some(room) = most.checked_sub(width(mark)) else {
        return String::new();
    };
    // From the front: a text can be much longer than there is room.
    let starts = text.grapheme_indices(true).map(|(start, _)| start);
    let heads = starts.map(|end| &text[..end]);
    let fitting = heads.take_while(|head| width(head) <= room);
    fitting.last().unwrap_or_default().to_owned() + mark
}

/// Shortens a sentence to at most this many cells, between words; a first word that is too long is [cut].
pub(crate) fn shortened(text: &str, most: u16, mark: &str) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let ends = text.match_indices(' ').map(|(end, _)| end);
    let heads = ends.map(|end| text[..end].trim_end_matches([' ', ',', ';', ':', '–', '-']));
    let fitting = heads
        .filter(|head| !head.trim().is_empty())
        .take_while(|head| width(head) + width(mark) <= most);
    fitting
        .last()
        .map_or_else(|| cut(text, most, mark), |head| head.to_owned() + mark)
}

/// Returns items side by side, as many as fit into this many cells, and how many there are besides: "a, b, 2 more";
/// `None` if not one fits.
pub(crate) fn listed(items: impl ExactSizeIterator<Item = String>, room: u16) -> Option<String> {
    listed_and(items, room, |more| format!("{more} more"))
}

/// The same with other words for how many there are besides.
pub(crate) fn listed_and(
    items: impl ExactSizeIterator<Item = String>,
    room: u16,
    others: impl Fn(usize) -> String,
) -> Option<String> {
    let all = items.len();
    // Of thousands only as many are written as there is room for their commas.
    let items: Vec<String> = items.take(usize::from(room) / 2 + 1).collect();
    let counts = (1..=items.len()).rev();
    let mut texts = counts.map(|count| {
        let named = items[..count].join(", ");
        match all - count {
            0 => named,
            more => format!("{named}, {}", others(more)),
        }
    });
    texts.find(|text| width(text) <= room)
}

/// A space at which no line is broken.
pub(crate) const NO_BREAK: &str = "\u{a0}";

/// Breaks a text between words into lines of at most this many cells; a longer word has a separate line. Words
/// joined by [`NO_BREAK`] stay together, with a space between them.
pub(crate) fn wrapped(text: &str, most: u16) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let lines = lines.into_iter();
    lines.map(|line| line.replace(NO_BREAK, " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_as_a_reader_sees_them() {
        for (text, most, shortened) in [
            ("weight", 6, "weight"),
            ("weight", 5, "weig…"),
            ("weight", 1, "…"),
            ("weight", 0, ""),
            ("re\u{301}sume\u{301}", 3, "re\u{301}…"),
            ("กำลัง", 3, "กำ…"),
            ("漢字", 3, "漢…"),
            ("漢字", 2, "…"),
            ("🇩🇪🇫🇷", 3, "🇩🇪…"),
            ("👩\u{200d}👩\u{200d}👧 x", 3, "👩\u{200d}👩\u{200d}👧…"),
        ] {
            assert_eq!(cut(text, most, "…"), shortened);
            assert!(width(&cut(text, most, "…")) <= most);
        }
        assert_eq!(cut("weight", 4, ""), "weig");
    }

    #[test]
    fn a_sentence_is_shortened_between_words() {
        for (most, shown) in [
            (33, "finished – space to continue; h1"),
            (31, "finished – space to continue…"),
            (20, "finished – space to…"),
            (12, "finished…"),
            (9, "finished…"),
            (8, "finishe…"),
            (1, "…"),
            (0, ""),
        ] {
            assert_eq!(
                shortened("finished – space to continue; h1", most, "…"),
                shown
            );
        }
        assert_eq!(shortened(" [1 Train]", 5, "."), " [1.");
    }

    #[test]
    fn items_that_do_not_fit_are_counted() {
        let items = ["hidden sigmoid", "l2 0", "rate 3"].map(str::to_owned);
        let all = || items.iter().cloned();
        let others = |more| format!("{more} more: v");
        assert_eq!(
            listed_and(all(), 28, others).unwrap(),
            "hidden sigmoid, l2 0, rate 3"
        );
        assert_eq!(
            listed_and(all(), 27, others).unwrap(),
            "hidden sigmoid, 2 more: v"
        );
        assert_eq!(listed_and(all(), 24, others), None);
        let many = (0..1_000_000).map(|number| number.to_string());
        assert_eq!(listed(many, 20).unwrap(), "0, 1, 2, 999997 more");
        assert_eq!(
            listed_and(all().take(1), 14, others).unwrap(),
            "hidden sigmoid"
        );
    }

    #[test]
    fn a_text_is_broken_between_words() {
        let text = "a bar from 0 to 1";
        assert_eq!(wrapped(text, 17), [text]);
        assert_eq!(wrapped(text, 16), ["a bar from 0 to", "1"]);
        assert_eq!(wrapped(text, 4), ["a", "bar", "from", "0 to", "1"]);
        assert_eq!(wrapped(text, 0), ["a", "bar", "from", "0", "to", "1"]);
        let joined = text.replace("0 to", &format!("0{NO_BREAK}to"));
        assert_eq!(wrapped(&joined, 4), ["a", "bar", "from", "0 to", "1"]);
        assert_eq!(wrapped(&joined, 12), ["a bar from", "0 to 1"]);
    }
}
