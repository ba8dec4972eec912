//! One column of a table while it is being read: its first value says whether it has numbers or words.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::{Context, Result, bail, ensure};

use super::classes::Classes;
use crate::data::scrub;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// To be predicted, the only one: numbers or words.
    Target,
    /// To be predicted, one of several: numbers.
    NumberTarget,
    /// To be predicted from, by choice: numbers.
    ChosenFeature,
    /// To be predicted from if it has numbers, else it may name the rows.
    Open,
    /// It may name the rows.
    PossibleNames,
}

/// A column, row by row.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) role: Role,
    pub(super) cells: Cells,
    /// The first row of the table (the header is 1) that has no value here.
    pub(super) first_missing: Option<usize>,
}

/// What a column has.
#[derive(Debug)]
pub(super) enum Cells {
    /// No value yet in the first N rows.
    NoneYet(usize),
    /// Finite numbers; NaN where one is missing.
    Numbers(Vec<f64>),
    /// Words to predict.
    Classes(Classes),
    /// Words that are all different so far.
    Names(Names),
    /// Nothing that is needed.
    Unused,
}

/// Names, each of them once.
#[derive(Debug, Default)]
pub(super) struct Names {
    texts: Vec<String>,
    /// The first name with this hash, by its place: half the memory of a second copy of every name.
    places: HashMap<u64, usize>,
}

impl Names {
    /// Whether this name is a new one.
    fn push(&mut self, name: &[u8]) -> Result<bool> {
        let name = scrub(std::str::from_utf8(name).ok().context("not UTF-8")?);
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        let place = self.texts.len();
        let first = *self.places.entry(hasher.finish()).or_insert(place);
        let is_new = first == place || self.texts[first] != name;
        self.texts.push(name);
        Ok(is_new)
    }
}

impl Column {
    pub(super) fn new(role: Role) -> Self {
        Self {
            role,
            cells: Cells::NoneYet(0),
            first_missing: None,
        }
    }

    /// Takes the value of the next row, which is `row` in the table.
    ///
    /// # Errors
    ///
    /// What is wrong with the value; row and column are for the caller to name.
    pub(super) fn push(&mut self, cell: &[u8], row: usize) -> Result<()> {
        if matches!(self.cells, Cells::Unused) {
            return Ok(());
        }
        if is_missing(cell) {
            self.push_missing(row);
            return Ok(());
        }
        if let Cells::NoneYet(rows) = self.cells {
            self.cells = self.cells_after(rows, cell)?;
        }
        match &mut self.cells {
            Cells::Numbers(numbers) => numbers.push(number(cell)?),
            Cells::Classes(classes) => classes.push(cell)?,
            Cells::Names(names) => {
                if !names.push(cell)? {
                    self.cells = Cells::Unused;
                }
            }
            Cells::NoneYet(_) | Cells::Unused => {}
        }
        Ok(())
    }

    fn push_missing(&mut self, row: usize) {
        self.first_missing.get_or_insert(row);
        match &mut self.cells {
            Cells::NoneYet(rows) => *rows += 1,
            Cells::Numbers(numbers) => numbers.push(f64::NAN),
            Cells::Classes(classes) => classes.push_missing(),
            Cells::Names(_) => self.cells = Cells::Unused,
            Cells::Unused => {}
        }
    }

    /// What the first value makes of the column, after `rows` rows without one.
    fn cells_after(&self, rows: usize, first: &[u8]) -> Result<Cells> {
        // Taken for a name or a class, 1,5 would go unnoticed.
        let is_number = parse(first).is_some() || has_decimal_comma(first);
        let numbers = || Cells::Numbers(vec![f64::NAN; rows]);
        Ok(match self.role {
            Role::Target | Role::Open if is_number => numbers(),
            Role::Target => Cells::Classes(Classes::after(rows)),
            Role::NumberTarget if !is_number => {
                bail!(
                    "{} is not a number, and of several targets each is one",
                    quoted(first)
                )
            }
            // What is no number is refused when it is pushed.
            Role::NumberTarget | Role::ChosenFeature => numbers(),
            Role::Open | Role::PossibleNames if is_number || rows > 0 => Cells::Unused,
            Role::Open | Role::PossibleNames => Cells::Names(Names::default()),
        })
    }

    /// Whether a row, counted from 0 below the header, has no value here.
    pub(super) fn is_missing(&self, row: usize) -> bool {
        match &self.cells {
            Cells::NoneYet(_) => true,
            Cells::Numbers(numbers) => numbers[row].is_nan(),
            Cells::Classes(classes) => classes.is_missing(row),
            Cells::Names(_) | Cells::Unused => false,
        }
    }

    /// The names of these rows; empty if the column does not name them.
    pub(super) fn names_of(&self, rows: &[usize]) -> Vec<String> {
        match &self.cells {
            Cells::Names(names) => rows.iter().map(|&row| names.texts[row].clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// # Panics
    ///
    /// If it has words.
    pub(super) fn numbers(&self) -> &[f64] {
        match &self.cells {
            Cells::Numbers(numbers) => numbers,
            other => panic!("a column of numbers is expected here, not {other:?}"),
        }
    }
}

/// Whether a cell says that there is no value.
fn is_missing(cell: &[u8]) -> bool {
    const MARKS: [&[u8]; 5] = [b"", b"NA", b"NaN", b"null", b"?"];
    // Most cells are numbers: one look at the first byte is enough.
    match cell.first() {
        None => true,
        Some(b'N' | b'n' | b'?') => MARKS.iter().any(|mark| cell.eq_ignore_ascii_case(mark)),
        Some(_) => false,
    }
}

fn number(cell: &[u8]) -> Result<f64> {
    let number = parse(cell).with_context(|| {
        let hint = if has_decimal_comma(cell) {
            ", expected a point instead of the comma"
        } else {
            ""
        };
        format!("{} is not a number{hint}", quoted(cell))
    })?;
    ensure!(
        number.is_finite(),
        "{} is not a finite number",
        quoted(cell)
    );
    Ok(number)
}

fn parse(cell: &[u8]) -> Option<f64> {
    std::str::from_utf8(cell).ok()?.parse().ok()
}

/// Whether a cell is a number as many countries write it, 1,5.
fn has_decimal_comma(cell: &[u8]) -> bool {
    cell.contains(&b',')
        && std::str::from_utf8(cell)
            .is_ok_and(|text| text.replacen(',', ".", 1).parse::<f64>().is_ok())
}

fn quoted(cell: &[u8]) -> String {
    format!("{:?}", scrub(&String::from_utf8_lossy(cell)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(role: Role, cells: &[&str]) -> Result<Column> {
        let mut column = Column::new(role);
        for (cell, row) in cells.iter().zip(2..) {
            column.push(cell.as_bytes(), row)?;
        }
        Ok(column)
    }

    #[test]
    fn missing_values_have_many_names() {
        for cell in ["", "NA", "na", "NaN", "nan", "null", "NULL", "?"] {
            assert!(is_missing(cell.as_bytes()), "{cell}");
        }
        for cell in ["0", "none", "N", "n/a", "-"] {
            assert!(!is_missing(cell.as_bytes()), "{cell}");
        }
    }

    #[test]
    fn a_column_of_numbers_remembers_what_was_missing_before_the_first() {
        let column = column(Role::Open, &["", "NA", "1.5", "", "-2e3"]).unwrap();
        assert_eq!(column.first_missing, Some(2));
        let missing: Vec<bool> = (0..5).map(|row| column.is_missing(row)).collect();
        assert_eq!(missing, [true, true, false, true, false]);
        assert_eq!(column.numbers()[4], -2000.0);
    }

    #[test]
    fn words_name_the_rows_only_if_all_are_different() {
        let cells = |cells: &[&str]| column(Role::Open, cells).unwrap().cells;
        assert!(matches!(cells(&["a", "b", "c"]), Cells::Names(_)));
        assert!(matches!(cells(&["a", "b", "a"]), Cells::Unused));
        assert!(matches!(cells(&["a", "", "b"]), Cells::Unused));
        assert!(matches!(cells(&["", "a", "b"]), Cells::Unused));
    }

    #[test]
    fn what_is_no_number_among_numbers_is_refused() {
        for (role, cells, message) in [
            (Role::Open, &["1", "x"], "\"x\" is not a number"),
            (Role::Open, &["1", "inf"], "\"inf\" is not a finite number"),
            (
                Role::Open,
                &["1e999", "1"],
                "\"1e999\" is not a finite number",
            ),
            (Role::ChosenFeature, &["x", "1"], "\"x\" is not a number"),
            (
                Role::Target,
                &["1,5", "2"],
                "\"1,5\" is not a number, expected a point instead of the comma",
            ),
            (
                Role::NumberTarget,
                &["x", "1"],
                "\"x\" is not a number, and of several targets each is one",
            ),
        ] {
            assert_eq!(column(role, cells).unwrap_err().to_string(), message);
        }
    }
}
