//! What is known of a sample: a number or a word each.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::csv::key;
use super::{Quantity, listed, quantity, quoted, scrub};

/// One thing that is known of every sample, and predicted from. A sample has one raw value for each
/// feature, and a person is asked for one; the network may see [several inputs](super::Input).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Feature {
    /// A word of a few; its raw value is the index of the word.
    Category {
        /// What the words are of, "sex".
        name: String,
        /// The words; at least two, all different.
        words: Vec<String>,
    },
    /// A number; it is its own raw value.
    Number(Quantity),
}

impl Feature {
    /// A feature of numbers; the unit is empty if it is unknown.
    #[must_use]
    pub fn number(name: &str, unit: &str) -> Self {
        Self::Number(Quantity {
            name: name.to_owned(),
            unit: unit.to_owned(),
        })
    }

    /// What it is called, "weight".
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Category { name, .. } => name,
            Self::Number(quantity) => &quantity.name,
        }
    }

    /// Whether it is a number, and no category.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// What it is measured in, "lb"; empty if that is unknown or it is a category.
    #[must_use]
    pub fn unit(&self) -> &str {
        match self {
            Self::Category { .. } => "",
            Self::Number(quantity) => &quantity.unit,
        }
    }

    /// The word that a raw value stands for; `None` if this is a number.
    #[must_use]
    pub fn word(&self, raw: f64) -> Option<&str> {
        match self {
            Self::Category { words, .. } => {
                let word = words.iter().zip(0_u32..);
                let mut word = word.filter(|&(_, index)| f64::from(index) == raw);
                word.next().map(|(word, _)| word.as_str())
            }
            Self::Number(_) => None,
        }
    }

    /// The words of a category; empty if this is a number.
    #[must_use]
    pub fn words(&self) -> &[String] {
        match self {
            Self::Category { words, .. } => words,
            Self::Number(_) => &[],
        }
    }

    /// The raw value that somebody means who types `text`: a number, with or without a unit, or one of
    /// the words (in any case if that is clear).
    ///
    /// # Errors
    ///
    /// One clause that says what is wrong with the text.
    pub fn parse(&self, text: &str) -> Result<f64, String> {
        match self {
            Self::Category { words, .. } => parse_word(text.trim(), words),
            Self::Number(quantity) => quantity::parse(text, &quantity.unit),
        }
    }

    /// Removes from all texts what could disturb a screen.
    pub fn scrub_texts(&mut self) {
        match self {
            Self::Category { name, words } => {
                *name = scrub(name);
                words.iter_mut().for_each(|word| *word = scrub(word));
            }
            Self::Number(quantity) => quantity.scrub_texts(),
        }
    }
}

/// "weight (lb)", or "weight" where there is no unit.
impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Category { name, .. } => f.write_str(name),
            Self::Number(quantity) => quantity.fmt(f),
        }
    }
}

fn parse_word(text: &str, words: &[String]) -> Result<f64, String> {
    let text = &*key(text);
    let folded = text.to_lowercase();
    let alike = |word: &&String| word.to_lowercase() == folded;
    let exact = words.iter().position(|word| word == text);
    let index = exact.or_else(|| match words.iter().filter(alike).count() {
        1 => words.iter().position(|word| alike(&word)),
        _ => None,
    });
    let index = index.and_then(|index| u32::try_from(index).ok());
    index.map(f64::from).ok_or_else(|| {
        let expected = listed(words.iter().map(String::as_str));
        match text {
            "" => format!("nothing is typed yet, expected one of {expected}"),
            _ => format!("{} is not one of {expected}", quoted(text)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(words: &[&str]) -> Feature {
        Feature::Category {
            name: "cut".to_owned(),
            words: words.iter().map(|&word| word.to_owned()).collect(),
        }
    }

    #[test]
    fn the_raw_value_of_a_word_is_its_index() {
        let cut = category(&["fair", "good", "Good"]);
        for (text, raw) in [("fair", 0.0), (" FAIR ", 0.0), ("good", 1.0), ("Good", 2.0)] {
            assert_eq!(cut.parse(text), Ok(raw), "{text}");
        }
        assert_eq!(cut.word(1.0), Some("good"));
        assert_eq!(cut.word(3.0), None);
        assert_eq!(cut.word(0.5), None);
    }

    #[test]
    fn what_is_no_word_of_a_category_is_refused() {
        let cut = category(&["fair", "good", "Good"]);
        for (text, message) in [
            (
                "",
                r#"nothing is typed yet, expected one of "fair", "good", "Good""#,
            ),
            ("0", r#""0" is not one of "fair", "good", "Good""#),
            ("GOOD", r#""GOOD" is not one of "fair", "good", "Good""#),
        ] {
            assert_eq!(cut.parse(text), Err(message.to_owned()), "{text}");
        }
    }

    #[test]
    fn files_tell_numbers_and_categories_apart() {
        for (feature, json) in [
            (
                Feature::number("weight", "lb"),
                r#"{"name":"weight","unit":"lb"}"#,
            ),
            (
                category(&["fair", "good"]),
                r#"{"name":"cut","words":["fair","good"]}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&feature).unwrap(), json);
            assert_eq!(serde_json::from_str::<Feature>(json).unwrap(), feature);
        }
    }
}
