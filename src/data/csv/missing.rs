//! Which cells say that there is no value.

use anyhow::{Result, ensure};

use super::words;

/// What stands for a missing value everywhere, in any case.
const MARKS: &[&str] = &[
    "NA", "N/A", "#N/A", "#NA", "<NA>", "NaN", "-NaN", "None", "null", "?", "-", ".",
];

/// The cells without a value.
#[derive(Debug)]
pub(super) struct Missing {
    /// Texts that are asked for, as [keys](words::key).
    asked: Vec<String>,
    /// Those of them that are numbers: -9 is -9.0.
    numbers: Vec<f64>,
}

impl Missing {
    /// # Errors
    ///
    /// If a text that is asked for is empty, which says nothing.
    pub(super) fn new(asked: &[String]) -> Result<Self> {
        let asked: Vec<String> = asked.iter().map(|text| words::key(text)).collect();
        ensure!(
            asked.iter().all(|text| !text.is_empty()),
            "--missing has an empty text, and an empty cell is missing anyway"
        );
        let numbers = asked.iter().filter_map(|text| text.parse().ok());
        Ok(Self {
            numbers: numbers.collect(),
            asked,
        })
    }

    /// Whether this text, without blanks around it, is no value.
    pub(super) fn is(&self, text: &str) -> bool {
        let is_mark = |mark: &&str| mark.eq_ignore_ascii_case(text);
        let is_asked = |text: &str| self.asked.iter().any(|asked| asked == text);
        text.is_empty() || MARKS.iter().any(is_mark) || is_asked(text) || {
            let key = || words::key(text);
            !text.is_ascii() && (key().is_empty() || is_asked(&key()))
        }
    }

    /// Whether this number is no value.
    pub(super) fn is_number(&self, number: f64) -> bool {
        self.numbers.contains(&number)
    }
}
