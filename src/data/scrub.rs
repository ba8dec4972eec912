//! Makes text that comes from a file safe to show.

/// How many names a sentence lists.
const MOST_LISTED: usize = 8;

/// How much of a header, a label or a name is kept, in characters.
const LONGEST: usize = 60;

/// A header, a label or a name as it may be shown: see [`scrub_to`], at most 60 characters.
#[must_use]
pub fn scrub(text: &str) -> String {
    scrub_to(text, LONGEST)
}

/// Text without what could disturb a screen: control characters and line separators become spaces,
/// characters that turn the direction of writing or take no room are left out. What is longer than
/// `longest` characters (at least 1) is cut and ends in "…".
#[must_use]
pub fn scrub_to(text: &str, longest: usize) -> String {
    // Most text is sound, and there may be millions of it.
    if text.len() <= longest && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text.to_owned();
    }
    let mut shown = text
        .chars()
        .filter(|&c| !is_hidden(c))
        .map(|c| if is_line_end_or_control(c) { ' ' } else { c })
        .skip_while(|c| c.is_whitespace());
    let mut scrubbed: String = shown.by_ref().take(longest).collect();
    if shown.any(|c| !c.is_whitespace()) {
        scrubbed.pop();
        scrubbed.push('…');
    }
    scrubbed.truncate(scrubbed.trim_end().len());
    scrubbed
}

/// The characters of a text that take room or shape others; see [`is_hidden`].
pub(super) fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| !is_hidden(c))
}

/// A text in quotation marks, scrubbed, and otherwise as it is: marks of any script and backslashes have no escapes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", scrub(text))
}

/// Texts in quotation marks, scrubbed, the first few of them: `"a", "b" and 7 more`.
pub(super) fn listed<'a>(texts: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = texts.len().saturating_sub(MOST_LISTED);
    let shown = texts.take(MOST_LISTED).map(quoted);
    let shown = shown.collect::<Vec<_>>().join(", ");
    if more == 0 {
        shown
    } else {
        format!("{shown} and {more} more")
    }
}

fn is_line_end_or_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9), and what has no
/// width; joiners stay, for scripts and emoji need them.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            | '\u{00AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_could_disturb_a_screen_goes() {
        for (text, scrubbed) in [
            ("weight (lb)", "weight (lb)"),
            ("  two words\t", "two words"),
            ("\u{1b}[2Jred", "[2Jred"),
            ("a\r\nb", "a  b"),
            ("a\u{2028}b", "a b"),
            ("\u{202E}txt.exe\u{2066}", "txt.exe"),
            ("\u{FEFF}name", "name"),
            ("größe µ 体重", "größe µ 体重"),
            ("\u{7f}\u{9b}", ""),
            ("", ""),
        ] {
            assert_eq!(scrub(text), scrubbed, "{text:?}");
        }
    }

    #[test]
    fn marks_and_backslashes_stay_as_they_are() {
        for text in [
            "กำไร",
            "हिन्दी",
            "cafe\u{301}",
            r"C:\data\x.csv",
            "\u{301}x",
            "👩‍🔬",
            "5'3\"",
        ] {
            assert_eq!(quoted(text), format!("\"{text}\""));
        }
        assert_eq!(quoted("🏴\u{E0067}\u{E007F}\u{2029}"), "\"🏴\"");
    }

    #[test]
    fn long_text_is_cut_and_says_so() {
        assert_eq!(scrub(&"x".repeat(60)), "x".repeat(60));
        assert_eq!(scrub(&"x".repeat(61)), format!("{}…", "x".repeat(59)));
        assert_eq!(scrub(&format!("{}   ", "ä".repeat(60))), "ä".repeat(60));
        assert_eq!(scrub_to("abcd", 3), "ab…");
    }

    #[test]
    fn many_texts_are_listed_shortly() {
        let texts = ["a", "b\n", "c", "d", "e", "f", "g", "h", "i", "j"];
        assert_eq!(listed(texts[..2].iter().copied()), r#""a", "b""#);
        assert!(listed(texts.into_iter()).ends_with(r#""h" and 2 more"#));
    }

    proptest! {
        #[test]
        fn scrubbing_leaves_nothing_to_scrub(text in any::<String>()) {
            let scrubbed = scrub(&text);
            prop_assert!(scrubbed.chars().count() <= LONGEST);
            prop_assert!(!scrubbed.chars().any(|c| is_hidden(c) || is_line_end_or_control(c)));
            prop_assert_eq!(scrub(&scrubbed), scrubbed);
        }
    }
}
