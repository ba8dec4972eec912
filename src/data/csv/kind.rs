//! What a whole column is: numbers in one notation, words, or something between.

use super::column::{Cells, Column};
use super::notation::System;
use super::survey::Survey;
use super::texts::Class;

/// A few cells that are not numbers among others that are: at most this many are an error whatever their share.
const FEW: usize = 5;

/// Words are few among numbers if they are at most one of this many cells.
const FEW_OF: usize = 5;

/// How many cells a message names.
const MOST_NAMED: usize = 3;

/// What a column has.
#[derive(Debug)]
pub(super) enum Kind {
    /// No value at all.
    Empty,
    /// Numbers.
    Numbers(Numbers),
    /// Words; perhaps some are digits.
    Words(Column),
    /// Neither numbers nor words.
    Mixed(Mixed),
}

/// A column of numbers.
#[derive(Debug)]
pub(super) struct Numbers {
    values: Values,
    /// What they are measured in, if that stands in the cells; "" if not.
    pub(super) unit: String,
    /// How they were read, if they are not plain numbers.
    pub(super) remark: Option<String>,
}

#[derive(Debug)]
enum Values {
    /// The code of each row, the value of each code.
    Coded(Vec<u32>, Vec<f64>),
    /// The value of each row.
    Wide(Vec<f64>),
}

/// A column of numbers and words.
#[derive(Debug)]
pub(super) struct Mixed {
    pub(super) column: Column,
    /// The rows of the first cells that are not like the others.
    pub(super) rows: Vec<usize>,
    /// How many cells are numbers, and how many have a value.
    pub(super) numbers: (usize, usize),
    /// Why the first of these cells is no number, if that is known.
    pub(super) reason: Option<&'static str>,
    /// Whether this is certainly a mistake, and not a column of another kind.
    pub(super) is_mistake: bool,
}

impl Numbers {
    /// The number of a row; NaN if it is missing.
    pub(super) fn at(&self, row: usize) -> f64 {
        match &self.values {
            Values::Coded(codes, values) => values[codes[row] as usize],
            Values::Wide(values) => values[row],
        }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        match &self.values {
            Values::Coded(codes, _) => codes.len(),
            Values::Wide(values) => values.len(),
        }
    }

    /// The numbers of all rows.
    pub(super) fn iter(&self) -> impl Iterator<Item = f64> {
        (0..self.len()).map(|row| self.at(row))
    }
}

impl Kind {
    /// What a column has, if decimals and thousands are separated so. With `keeps_missing`, a text that stands for
    /// a missing value is a word among words.
    pub(super) fn of(survey: Survey, system: System, keeps_missing: bool) -> Self {
        let census = Census::of(&survey, system);
        if census.numbers == 0 && census.words == 0 {
            return if keeps_missing && census.marks > 0 {
                Self::Words(survey.column)
            } else {
                Self::Empty
            };
        }
        if census.words == 0 {
            return Self::Numbers(numbers(survey, system, &census));
        }
        match census.verdict() {
            None => Self::Words(survey.column),
            Some(is_mistake) => Self::Mixed(mixed(survey, &census, is_mistake)),
        }
    }
}

/// How many cells are what.
#[derive(Debug, Default)]
struct Census {
    numbers: usize,
    words: usize,
    /// Words that look like numbers in another notation.
    lookalikes: usize,
    /// Words that are numbers of other programs.
    odd: usize,
    /// How many different words there are.
    different: usize,
    /// Missing values that have a text.
    marks: usize,
    /// The value of each text; NaN if it is none.
    values: Vec<f64>,
}

impl Census {
    fn of(survey: &Survey, system: System) -> Self {
        let mut census = Self::default();
        let texts = &survey.column.texts;
        for (code, &count) in texts.codes().zip(&survey.counts) {
            let value = survey.value(code, system);
            census.values.push(value.unwrap_or(f64::NAN));
            match (texts.class(code), value) {
                (Class::Missing, _) => census.marks += count,
                (_, Some(_)) => census.numbers += count,
                (_, None) => {
                    census.words += count;
                    census.different += 1;
                    if survey.looks_like_a_number(code) {
                        census.lookalikes += count;
                    }
                    if survey.odd(code).is_some() {
                        census.odd += count;
                    }
                }
            }
        }
        if let Cells::Wide(wide) = &survey.column.cells {
            let plain = wide.values.len() - wide.others.len();
            let is_read = |&row: &usize| wide.value(row, system).is_some();
            let numbers = (0..wide.values.len()).filter(is_read).count();
            let numbers = if survey.unit.is_empty() { numbers } else { 0 };
            census.numbers += numbers;
            census.words += plain - numbers;
            census.lookalikes += plain - numbers;
            census.different += plain - numbers;
        }
        census
    }

    /// Whether a column with words is one of words (`None`), or else whether that is certainly a mistake.
    fn verdict(&self) -> Option<bool> {
        let Self {
            numbers,
            words,
            lookalikes,
            odd,
            different,
            ..
        } = *self;
        let are_few = words <= FEW || words * FEW_OF <= numbers + words;
        if odd > 0 && numbers + odd >= words - odd || numbers >= words && are_few {
            Some(true)
        } else if numbers >= words || lookalikes == words && different * 2 > numbers + words {
            Some(false)
        } else {
            None
        }
    }
}

fn numbers(survey: Survey, system: System, census: &Census) -> Numbers {
    let remark = remark(&survey, system, census);
    let unit = survey.unit.clone();
    let values = match survey.column.cells {
        Cells::Coded(codes) => Values::Coded(codes, census.values.clone()),
        Cells::Wide(mut wide) => {
            if system.decimal != '.' {
                for row in 0..wide.values.len() {
                    wide.values[row] = wide.value(row, system).unwrap_or(f64::NAN);
                }
            }
            for &(row, code) in &wide.others {
                wide.values[row as usize] = census.values[code as usize];
            }
            Values::Wide(wide.values)
        }
    };
    Numbers {
        values,
        unit,
        remark,
    }
}

/// How numbers were read that are not plain ones, with an example.
fn remark(survey: &Survey, system: System, census: &Census) -> Option<String> {
    let (text, value) = example(survey, system, census)?;
    let unit = match &*survey.unit {
        "" => String::new(),
        unit => format!(", in {unit}"),
    };
    let otherwise = if survey.is_ambiguous {
        let other = if system.decimal == '.' { "," } else { "." };
        format!(" (--decimal {other} reads it otherwise)")
    } else {
        String::new()
    };
    let text = super::quoted(text.as_bytes());
    Some(format!("read {text} as {value}{unit}{otherwise}"))
}

/// The text that is the least like a plain number, and what it was read as; the same whatever the order of the
/// rows.
fn example(survey: &Survey, system: System, census: &Census) -> Option<(String, f64)> {
    let texts = &survey.column.texts;
    let is_changed = |&code: &u32| match texts.class(code) {
        Class::Missing => false,
        Class::Plain(number) => census.values[code as usize] != number,
        Class::Other => true,
    };
    let signs = |text: &[u8]| text.iter().filter(|byte| !byte.is_ascii_digit()).count();
    let changed = texts.codes().filter(is_changed);
    let key = |&code: &u32| {
        (
            signs(texts.bytes(code)),
            std::cmp::Reverse(texts.bytes(code)),
        )
    };
    if let Some(code) = changed.max_by_key(key) {
        let text = String::from_utf8_lossy(texts.bytes(code)).into_owned();
        return Some((text, census.values[code as usize]));
    }
    let Cells::Wide(wide) = &survey.column.cells else {
        return None;
    };
    let grouped = wide.grouped.as_ref().filter(|_| system.decimal != '.')?;
    let rows = grouped
        .iter()
        .enumerate()
        .filter(|(_, is_grouped)| **is_grouped);
    let largest = rows.map(|(row, _)| wide.values[row]).reduce(f64::max)?;
    Some((format!("{largest:.3}"), (largest * 1000.0).round()))
}

fn mixed(survey: Survey, census: &Census, is_mistake: bool) -> Mixed {
    let column = &survey.column;
    let is_number = |row: usize| match (column.code(row), &column.cells) {
        (None, _) => survey.unit.is_empty(),
        (Some(code), _) => {
            column.texts.class(code) == Class::Missing || !census.values[code as usize].is_nan()
        }
    };
    let rows = (0..column.len()).filter(|&row| !is_number(row));
    let rows: Vec<usize> = rows.take(MOST_NAMED).collect();
    let first = rows.first().and_then(|&row| column.code(row));
    Mixed {
        reason: first.and_then(|code| survey.odd(code)),
        numbers: (census.numbers, census.numbers + census.words),
        rows,
        is_mistake,
        column: survey.column,
    }
}
