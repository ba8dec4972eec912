//! Names side by side that have to be short: no two of them look alike, and a shortened one shows that it is.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation;

use super::text::{cut, width};

/// What separates the words of a name.
const SEPARATORS: [char; 4] = [' ', '_', '-', '.'];

/// The most letters that are left of a word.
const MOST_LETTERS: usize = 3;

/// The fewest cells that are left of the last one.
const LEAST_OF_LAST: u16 = 3;

/// Shortens names to at most this many cells each. One that is too long keeps its last word and the first letters of
/// those before it, "b.length" for "bill length" or "b.len", or else its beginning; where two names would look alike, they end with
/// their numbers.
pub(crate) fn abbreviated<T: AsRef<str>>(names: &[T], most: u16, mark: &str) -> Vec<String> {
    if names.iter().all(|name| width(name.as_ref()) <= most) {
        return names.iter().map(|name| name.as_ref().to_owned()).collect();
    }
    let shortened = |letters: usize| -> Vec<String> {
        let names = names.iter().map(AsRef::as_ref);
        names
            .map(|name| match by_words(name, letters) {
                _ if width(name) <= most => name.to_owned(),
                Some((first, last)) if width(&first) + width(last).min(LEAST_OF_LAST) <= most => {
                    cut(&(first + last), most, "")
                }
                _ => cut(name, most, mark),
            })
            .collect()
    };
    let whole = distinct(names);
    let mut ways = (1..=MOST_LETTERS).map(shortened);
    ways.find(|short| distinct(short) == whole)
        .unwrap_or_else(|| numbered(names, most, mark))
}

/// Returns the first letter of each name; `None` if two of them begin with the same one.
pub(crate) fn initials<T: AsRef<str>>(names: &[T]) -> Option<Vec<String>> {
    let initials: Vec<String> = names.iter().map(|name| cut(name.as_ref(), 1, "")).collect();
    (distinct(&initials) == names.len()).then_some(initials)
}

/// Returns this many letters of each word of a name but the last, and that: "b." and "length"; `None` if it is a single
/// word.
fn by_words(name: &str, letters: usize) -> Option<(String, &str)> {
    let words: Vec<&str> = name
        .split(SEPARATORS)
        .filter(|word| !word.is_empty())
        .collect();
    let (last, before) = words
        .split_last()
        .filter(|(_, before)| !before.is_empty())?;
    let before = before.iter().map(|word| {
        word.graphemes(true)
            .take(letters)
            .chain(["."])
            .collect::<String>()
    });
    Some((before.collect(), *last))
}

/// The beginnings of names, each with its number from 1.
fn numbered<T: AsRef<str>>(names: &[T], most: u16, mark: &str) -> Vec<String> {
    let numbers = (1..).zip(names.iter().map(AsRef::as_ref));
    numbers
        .map(|(number, name): (usize, _)| {
            let end = format!("{mark}{number}");
            match most.checked_sub(width(&end)) {
                Some(room) => cut(name, room, "") + &end,
                None => cut(&number.to_string(), most, ""),
            }
        })
        .collect()
}

fn distinct<T: AsRef<str>>(names: &[T]) -> usize {
    let names: HashSet<&str> = names.iter().map(AsRef::as_ref).collect();
    names.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_keeps_its_last_word_or_its_beginning() {
        for (names, most, short) in [
            (
                &["bill_length", "bill_depth", "flipper_length", "body_mass"][..],
                8,
                &["b.length", "b.depth", "f.length", "b.mass"][..],
            ),
            (
                &["bill_length", "bill_depth", "flipper_length", "body_mass"],
                5,
                &["b.len", "b.dep", "f.len", "b.mas"],
            ),
            (&["weight", "height"], 6, &["weight", "height"]),
            (&["bill mass", "body mass"], 8, &["bi.mass", "bo.mass"]),
            (&["temperature", "pressure"], 8, &["tempera…", "pressure"]),
            (
                &["temperature_1_mean", "temperature_2_mean"],
                8,
                &["t.1.mean", "t.2.mean"],
            ),
            (
                &["temperature1", "temperature2"],
                8,
                &["temper…1", "temper…2"],
            ),
            (&["Adelie", "Chinstrap"], 6, &["Adelie", "Chins…"]),
        ] {
            assert_eq!(abbreviated(names, most, "…"), short);
        }
    }

    #[test]
    fn initials_are_of_use_only_if_they_differ() {
        let found = initials(&["weight", "height"]).unwrap();
        assert_eq!(found, ["w", "h"]);
        assert_eq!(initials(&["bill_length", "bill_depth"]), None);
    }

    proptest! {
        #[test]
        fn no_two_names_look_alike_and_all_fit(
            names in prop::collection::hash_set("[ab_漢]{1,9}", 1..12),
            most in 4_u16..9,
        ) {
            let names: Vec<String> = names.into_iter().collect();
            let short = abbreviated(&names, most, "…");
            prop_assert_eq!(distinct(&short), names.len());
            prop_assert!(short.iter().all(|name| width(name) <= most), "{short:?}");
        }
    }
}
