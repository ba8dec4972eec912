//! The different words of a column, in an order that does not depend on that of the rows.

use std::collections::HashMap;

use super::column::Column;
use super::kind::Numbers;
use super::words;

/// How a missing value is called that is a word of its own and has no text.
const NO_TEXT: &str = "(missing)";

/// The words of a column, and which of them each row has.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// In alphabetical order, all different.
    pub(super) words: Vec<String>,
    /// The index of the word of each row; `None` where a value is missing.
    pub(super) of_row: Vec<Option<u32>>,
}

/// Why a column has no vocabulary.
#[derive(Debug)]
pub(super) enum Unfit {
    /// It has more different words than this.
    TooMany(usize),
    /// The text of this row is not UTF-8.
    NotUtf8(usize),
    /// The text of this row is more than one line.
    Lines(usize),
}

impl Vocabulary {
    /// The words of a column of words, at most `most`. With `keeps_missing`, a missing value is a word.
    pub(super) fn of_words(
        column: &Column,
        most: usize,
        keeps_missing: bool,
    ) -> Result<Self, Unfit> {
        let mut indexes = HashMap::new();
        let mut words: Vec<String> = Vec::new();
        let mut word_of = vec![None; column.texts.len()];
        let row_of = |code| (0..column.len()).find(|&row| column.code(row) == Some(code));
        for code in column.texts.codes() {
            if column.is_missing_code(code) && !keeps_missing {
                continue;
            }
            let text = column.texts.bytes(code);
            let text = std::str::from_utf8(text);
            let text = text.map_err(|_| Unfit::NotUtf8(row_of(code).unwrap_or_default()))?;
            if text.contains('\n') {
                return Err(Unfit::Lines(row_of(code).unwrap_or_default()));
            }
            let key = Some(words::key(text)).filter(|key| !key.is_empty());
            let key = key.unwrap_or_else(|| NO_TEXT.to_owned());
            let next = words.len();
            let index = *indexes.entry(key.clone()).or_insert(next);
            if index == next {
                if next == most {
                    return Err(Unfit::TooMany(most));
                }
                words.push(key);
            }
            word_of[code as usize] = u32::try_from(index).ok();
        }
        let code = |row| column.code(row).and_then(|code| word_of[code as usize]);
        let of_row = (0..column.len()).map(code).collect();
        Ok(Self { words, of_row }.sorted())
    }

    /// The different numbers of a column as words, at most `most`.
    pub(super) fn of_numbers(numbers: &Numbers, most: usize) -> Result<Self, Unfit> {
        let mut indexes = HashMap::new();
        let mut words = Vec::new();
        let mut of_row = Vec::with_capacity(numbers.len());
        for number in numbers.iter() {
            if number.is_nan() {
                of_row.push(None);
                continue;
            }
            // 0 and -0 are the same number.
            let number = number + 0.0;
            let next = words.len();
            let index = *indexes.entry(number.to_bits()).or_insert(next);
            if index == next {
                if next == most {
                    return Err(Unfit::TooMany(most));
                }
                words.push(number.to_string());
            }
            of_row.push(u32::try_from(index).ok());
        }
        Ok(Self { words, of_row }.sorted())
    }

    fn sorted(self) -> Self {
        self.in_order(&[])
    }

    /// With these words first, in this order; the others follow in alphabetical order.
    pub(super) fn in_order(self, first: &[String]) -> Self {
        let rank = |word: &String| first.iter().position(|other| other == word);
        let mut order: Vec<usize> = (0..self.words.len()).collect();
        order.sort_by(|&one, &other| {
            let [one, other] = [&self.words[one], &self.words[other]];
            let ranks = [one, other].map(|word| rank(word).unwrap_or(usize::MAX));
            ranks[0]
                .cmp(&ranks[1])
                .then_with(|| words::compare(one, other))
        });
        self.reordered(&order)
    }

    /// With these words only, by their present indexes, in this order.
    fn reordered(self, order: &[usize]) -> Self {
        let mut new = vec![None; self.words.len()];
        for (index, &old) in (0..).zip(order) {
            new[old] = Some(index);
        }
        let of_row = self.of_row.into_iter();
        let of_row = of_row.map(|word: Option<u32>| word.and_then(|word| new[word as usize]));
        Self {
            of_row: of_row.collect(),
            words: order.iter().map(|&old| self.words[old].clone()).collect(),
        }
    }

    /// Only these rows, and the words that they have.
    pub(super) fn of_rows(mut self, rows: &[usize]) -> Self {
        self.of_row = rows.iter().map(|&row| self.of_row[row]).collect();
        let mut is_used = vec![false; self.words.len()];
        for &word in self.of_row.iter().flatten() {
            is_used[word as usize] = true;
        }
        let used: Vec<usize> = (0..self.words.len())
            .filter(|&word| is_used[word])
            .collect();
        self.reordered(&used)
    }

    /// Of two words, the one that means 1 comes second.
    pub(super) fn with_one_last(self) -> Self {
        let [first, second] = &self.words[..] else {
            return self;
        };
        let [zero, _] = words::zero_and_one([first.clone(), second.clone()]);
        let order = if zero == *first { [0, 1] } else { [1, 0] };
        self.reordered(&order)
    }
}
