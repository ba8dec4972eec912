//! One column of a table while it is being read. What it is for is decided only when all of it is there.

use super::missing::Missing;
use super::quoted;
use super::texts::{Class, Texts};

/// A column with more different plain numbers than this keeps their values, not their texts.
const MOST_NUMBER_TEXTS: usize = 1024;

/// All cells of a column.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// The different texts; of [wide](Cells::Wide) columns, those that are not plain numbers.
    pub(super) texts: Texts,
    pub(super) cells: Cells,
    /// How many different plain numbers there are among the texts.
    plain_texts: usize,
    /// The code of the last cell: many columns repeat theirs.
    last: u32,
}

/// The cells of a column, row by row.
#[derive(Debug)]
pub(super) enum Cells {
    /// The code of each cell's text.
    Coded(Vec<u32>),
    /// Very many different numbers.
    Wide(Wide),
}

/// The cells of a column with very many different numbers.
#[derive(Debug)]
pub(super) struct Wide {
    /// The plain numbers, NaN in the place of what is none.
    pub(super) values: Vec<f64>,
    /// The rows and codes of what is no plain number.
    pub(super) others: Vec<(u32, u32)>,
    /// For each row, whether its point may separate thousands, as in 1.234; `None` if a point certainly separates
    /// decimals, as in 0.5.
    pub(super) grouped: Option<Vec<bool>>,
}

impl Default for Cells {
    fn default() -> Self {
        Self::Coded(Vec::new())
    }
}

/// How cells are classed, the same for all columns.
#[derive(Debug)]
pub(super) struct Classing {
    pub(super) missing: Missing,
    /// Whether a point may separate decimals: not if a comma is said to.
    pub(super) has_point: bool,
}

impl Classing {
    fn class(&self, cell: &[u8]) -> Class {
        let Ok(text) = std::str::from_utf8(cell) else {
            return Class::Other;
        };
        if self.missing.is(text) {
            return Class::Missing;
        }
        let has_point = || self.has_point || !text.contains('.');
        match text.parse::<f64>() {
            Ok(number) if self.missing.is_number(number) => Class::Missing,
            Ok(number) if number.is_finite() && has_point() => Class::Plain(number),
            _ => Class::Other,
        }
    }
}

impl Column {
    /// Takes the cell of the next row.
    pub(super) fn push(&mut self, cell: &[u8], classing: &Classing) {
        let cell = trim(cell);
        match &mut self.cells {
            Cells::Coded(codes) => {
                let is_last = !codes.is_empty() && self.texts.bytes(self.last) == cell;
                if !is_last {
                    let found = self.texts.find(cell);
                    self.last = found.unwrap_or_else(|| {
                        let class = classing.class(cell);
                        self.plain_texts += usize::from(matches!(class, Class::Plain(_)));
                        self.texts.add(cell, class)
                    });
                }
                codes.push(self.last);
                if self.plain_texts > MOST_NUMBER_TEXTS {
                    self.widen();
                }
            }
            Cells::Wide(wide) => wide.push(cell, classing, &mut self.texts),
        }
    }

    /// From the texts of numbers to their values.
    fn widen(&mut self) {
        let Cells::Coded(codes) = &self.cells else {
            return;
        };
        let mut wide = Wide {
            values: Vec::with_capacity(codes.len()),
            others: Vec::new(),
            grouped: Some(Vec::with_capacity(codes.len())),
        };
        let mut others = Texts::default();
        for &code in codes {
            let (cell, class) = (self.texts.bytes(code), self.texts.class(code));
            wide.push_class(cell, class, &mut others);
        }
        self.cells = Cells::Wide(wide);
        self.texts = others;
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        match &self.cells {
            Cells::Coded(codes) => codes.len(),
            Cells::Wide(wide) => wide.values.len(),
        }
    }

    /// How many cells have each text.
    pub(super) fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.texts.len()];
        match &self.cells {
            Cells::Coded(codes) => codes.iter().for_each(|&code| counts[code as usize] += 1),
            Cells::Wide(wide) => {
                let others = wide.others.iter();
                others.for_each(|&(_, code)| counts[code as usize] += 1);
            }
        }
        counts
    }

    /// The code of a row's text; `None` for a plain number of a wide column.
    pub(super) fn code(&self, row: usize) -> Option<u32> {
        match &self.cells {
            Cells::Coded(codes) => Some(codes[row]),
            Cells::Wide(wide) => {
                let row = u32::try_from(row).ok()?;
                let found = wide.others.binary_search_by_key(&row, |&(row, _)| row);
                Some(wide.others[found.ok()?].1)
            }
        }
    }

    /// Whether a text stands for a missing value.
    pub(super) fn is_missing_code(&self, code: u32) -> bool {
        self.texts.class(code) == Class::Missing
    }

    /// Whether it can name the rows: words that are all different, none a number or missing.
    pub(super) fn names_rows(&self, rows: usize) -> bool {
        let is_word = |code| self.texts.class(code) == Class::Other;
        let is_text = |code| std::str::from_utf8(self.texts.bytes(code)).is_ok();
        matches!(self.cells, Cells::Coded(_))
            && self.texts.len() == rows
            && self
                .texts
                .codes()
                .all(|code| is_word(code) && is_text(code))
    }

    /// Whether no text has a letter: dates, times, and numbers that are written in some other way.
    pub(super) fn has_no_letter(&self) -> bool {
        let texts = self.texts.codes().map(|code| self.texts.bytes(code));
        let mut texts = texts.map(|text| String::from_utf8_lossy(text));
        !texts.any(|text| text.contains(char::is_alphabetic))
    }

    /// The text of a row, in quotation marks, for a message.
    pub(super) fn quoted(&self, row: usize) -> String {
        match (self.code(row), &self.cells) {
            (None, Cells::Wide(wide)) => format!("\"{}\"", wide.values[row]),
            (code, _) => quoted(self.texts.bytes(code.unwrap_or_default())),
        }
    }
}

impl Wide {
    fn push(&mut self, cell: &[u8], classing: &Classing, texts: &mut Texts) {
        // Most cells are numbers, and new ones: this is the fastest way.
        let is_plain = |number: &f64| classing.has_point && !classing.missing.is_number(*number);
        let class = match parse_fast(cell).filter(is_plain) {
            Some(number) => Class::Plain(number),
            None => classing.class(cell),
        };
        self.push_class(cell, class, texts);
    }

    fn push_class(&mut self, cell: &[u8], class: Class, texts: &mut Texts) {
        let mut is_grouped = false;
        if let Class::Plain(number) = class {
            self.values.push(number);
            if self.grouped.is_some() {
                is_grouped = is_group(cell);
                if !is_grouped && cell.contains(&b'.') {
                    self.grouped = None;
                }
            }
        } else {
            let row = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
            let code = texts.find(cell).unwrap_or_else(|| texts.add(cell, class));
            self.others.push((row, code));
            self.values.push(f64::NAN);
        }
        if let Some(grouped) = &mut self.grouped {
            grouped.push(is_grouped);
        }
    }
}

/// A finite number that stands for no missing value: those all begin with a letter or have no digit.
fn parse_fast(cell: &[u8]) -> Option<f64> {
    let has_digit = cell.last().is_some_and(u8::is_ascii_digit);
    let text = has_digit
        .then(|| std::str::from_utf8(cell).ok())
        .flatten()?;
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Whether a plain number looks like 1.234 or 12.345.678, whose points may separate thousands.
pub(super) fn is_group(cell: &[u8]) -> bool {
    let digits = cell.strip_prefix(b"-").or(cell.strip_prefix(b"+"));
    let mut parts = digits.unwrap_or(cell).split(|&byte| byte == b'.');
    let is_digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    let first = parts.next().unwrap_or_default();
    let second = parts.next().unwrap_or_default();
    matches!(first, [b'1'..=b'9', ..])
        && first.len() <= 3
        && is_digits(first)
        && second.len() == 3
        && is_digits(second)
        && parts.next().is_none()
}

/// Without the blanks of any script around it.
fn trim(cell: &[u8]) -> &[u8] {
    let is_ascii = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii);
    if is_ascii(cell.first()) && is_ascii(cell.last()) {
        return cell;
    }
    match std::str::from_utf8(cell) {
        Ok(text) => text
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
            .as_bytes(),
        Err(_) => cell,
    }
}
