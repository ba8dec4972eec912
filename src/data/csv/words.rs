//! Words as a person sees them: which are the same, and in which order they come.

use std::cmp::Ordering;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::data::scrub;
use crate::data::scrub::visible;

/// What makes two texts the same: what is seen of them, in one normal form, whatever blanks there are.
pub(in crate::data) fn key(text: &str) -> String {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control()) {
        return text.trim().to_owned();
    }
    let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
    visible(text)
        .map(blank)
        .nfc()
        .collect::<String>()
        .trim()
        .to_owned()
}

/// In alphabetical order, case aside, numbers within texts by their value: "class 2" comes before "class 10".
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let natural = match (one.parse::<f64>(), other.parse::<f64>()) {
        (Ok(one), Ok(other)) => one.total_cmp(&other),
        _ => chunks(one).cmp(chunks(other)),
    };
    natural.then_with(|| one.cmp(other))
}

/// A piece of a text: a number, or a letter.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Chunk {
    /// By its length without leading zeros, then its digits.
    Number(usize, String),
    Letter(char),
}

fn chunks(text: &str) -> impl Iterator<Item = Chunk> {
    let lower: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let mut index = 0;
    std::iter::from_fn(move || {
        let first = *lower.get(index)?;
        if !first.is_ascii_digit() {
            index += 1;
            return Some(Chunk::Letter(first));
        }
        let digits = lower[index..].iter().take_while(|c| c.is_ascii_digit());
        let digits: String = digits.collect();
        index += digits.len();
        let digits = digits.trim_start_matches('0').to_owned();
        Some(Chunk::Number(digits.len(), digits))
    })
}

/// Words of which the second means 1, in lower case.
const PAIRS: &[(&str, &str)] = &[
    ("no", "yes"),
    ("n", "y"),
    ("false", "true"),
    ("f", "t"),
    ("off", "on"),
    ("negative", "positive"),
    ("neg", "pos"),
    ("absent", "present"),
];

/// Two words in alphabetical order, as the one that is 0 and the one that is 1: the larger of two numbers is 1,
/// yes of no and yes and the like, else the first word.
pub(super) fn zero_and_one([first, second]: [String; 2]) -> [String; 2] {
    let is_pair = {
        let (first, second) = (first.to_lowercase(), second.to_lowercase());
        PAIRS.contains(&(first.as_str(), second.as_str()))
            || first.parse::<f64>().is_ok() && second.parse::<f64>().is_ok()
    };
    if is_pair {
        [first, second]
    } else {
        [second, first]
    }
}

/// Words as they are shown, scrubbed; those that would look the same are numbered.
pub(super) fn shown(words: &[String]) -> Vec<String> {
    let mut count = HashMap::new();
    let shown: Vec<String> = words.iter().map(|word| scrub(word)).collect();
    let mut numbered: Vec<String> = Vec::with_capacity(words.len());
    for text in &shown {
        let number = count
            .entry(text)
            .and_modify(|count| *count += 1)
            .or_insert(1);
        let mut name = match *number {
            1 => text.clone(),
            number => format!("{text} ({number})"),
        };
        while *number > 1 && (shown.contains(&name) || numbered.contains(&name)) {
            name.push('\'');
        }
        numbered.push(name);
    }
    numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_the_same_have_the_same_key() {
        for (one, other) in [
            ("caf\u{e9}", "cafe\u{301}"),
            ("New\u{a0}York", "New York"),
            ("\u{feff}a\u{200b}b", "ab"),
            (" a\t", "a"),
        ] {
            assert_eq!(key(one), key(other), "{one:?}");
        }
        assert_ne!(key("a"), key("A"));
        assert_ne!(key("m²"), key("m2"));
    }

    #[test]
    fn the_order_is_that_of_people() {
        let mut words = ["b", "class 10", "10", "A", "class 2", "a", "9.5", "-1", "ä"];
        words.sort_by(|one, other| compare(one, other));
        let expected = ["-1", "9.5", "10", "A", "a", "b", "class 2", "class 10", "ä"];
        assert_eq!(words, expected);
    }

    #[test]
    fn one_of_two_words_is_1_whatever_comes_first_in_the_file() {
        for (words, one) in [
            (["F", "M"], "F"),
            (["female", "male"], "female"),
            (["No", "Yes"], "Yes"),
            (["FALSE", "TRUE"], "TRUE"),
            (["0", "1"], "1"),
            (["-1", "1"], "1"),
            (["1", "2"], "2"),
            (["spam", "zoo"], "spam"),
        ] {
            assert_eq!(zero_and_one(words.map(str::to_owned))[1], one);
        }
    }

    #[test]
    fn different_words_are_shown_differently() {
        let long = |end: &str| format!("{}{end}", "x".repeat(80));
        let words = [long("a"), long("b"), "c".to_owned()];
        let shown = shown(&words);
        let cut = format!("{}…", "x".repeat(59));
        assert_eq!(shown, [cut.clone(), format!("{cut} (2)"), "c".to_owned()]);
    }
}
