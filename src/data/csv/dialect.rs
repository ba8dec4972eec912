//! Which character separates the columns: what is asked for, what the file says, or what fits its
//! first rows best.

use std::io::Read;
use std::ops::ControlFlow;

use anyhow::{Result, bail, ensure};

use super::lines::Lines;
use super::records::{Delimiter, Record, Records};
use super::{CsvOptions, RowsRead, quoted};

/// What may separate columns, the most usual first, and how it is called.
const DELIMITERS: [(Delimiter, &str); 5] = [
    (Delimiter::Byte(b','), "commas"),
    (Delimiter::Byte(b';'), "semicolons"),
    (Delimiter::Byte(b'\t'), "tabs"),
    (Delimiter::Byte(b'|'), "vertical bars"),
    (Delimiter::Blanks, "blanks"),
];

/// How many rows are looked at.
const ROWS: usize = 200;

/// What separates the columns, and how that was found.
#[derive(Debug)]
pub(super) struct Dialect {
    pub(super) delimiter: Delimiter,
    pub(super) remark: Option<String>,
    /// How many columns most of the first rows have, one that is always empty at the end apart; `None` if they differ.
    pub(super) columns: Option<usize>,
    /// Whether the first column of all those has words.
    pub(super) begins_with_words: bool,
}

/// Finds out what separates the columns; takes a line like `sep=;` from the file.
///
/// # Errors
///
/// If reading fails or is cancelled.
pub(super) fn find<R: Read>(
    lines: &mut Lines<R>,
    options: &CsvOptions,
    rows_read: &mut RowsRead,
) -> Result<Dialect> {
    let beginning = lines.beginning(0, rows_read)?;
    let announced = announced(beginning);
    let found = match (options.delimiter, announced) {
        (Some(byte), _) | (None, Some(byte)) => of_byte(byte),
        (None, None) => best_for(beginning, options.comment),
    };
    if announced.is_some() {
        lines.next(0, rows_read)?;
    }
    let shape = Shape::of(lines.beginning(0, rows_read)?, found, options.comment);
    let is_said = options.delimiter.is_none() && found != Delimiter::Byte(b',');
    let name = DELIMITERS.iter().find(|(other, _)| *other == found);
    let remark = name.filter(|_| is_said);
    Ok(Dialect {
        delimiter: found,
        remark: remark.map(|(_, name)| format!("columns are separated by {name}")),
        columns: shape.columns(),
        begins_with_words: shape.begins_with_words,
    })
}

/// Refuses a first row of one column.
///
/// # Errors
///
/// What may be the reason for a single column.
pub(super) fn check_columns(first: &Record, dialect: &Dialect, options: &CsvOptions) -> Result<()> {
    if first.len() > 1 {
        return Ok(());
    }
    let (line, cell) = (first.line, first.last());
    ensure!(
        options.comment.is_some() || !cell.starts_with(b"#"),
        "line {line} is {}: --comment '#' skips such lines",
        quoted(cell)
    );
    let most = dialect.columns.unwrap_or(1);
    ensure!(
        most == 1,
        "line {line} is {}, but most lines have {most} columns: expected a header with a name for each",
        quoted(cell)
    );
    bail!(
        "the only column is {}, expected one to predict and others to predict it from (--delimiter says \
         what separates columns)",
        quoted(cell)
    )
}

fn of_byte(byte: u8) -> Delimiter {
    match byte {
        b' ' => Delimiter::Blanks,
        _ => Delimiter::Byte(byte),
    }
}

/// What a first line like `sep=;` says, which spreadsheets write and read.
fn announced(beginning: &[u8]) -> Option<u8> {
    let (name, rest) = beginning.split_at_checked(4)?;
    match rest {
        [byte] | [byte, b'\n' | b'\r', ..] if name.eq_ignore_ascii_case(b"sep=") => Some(*byte),
        _ => None,
    }
}

/// The delimiter that takes the most of the first rows apart into equally many columns, at least two; the one
/// that makes more columns where that is undecided. Blanks only if nothing else does.
fn best_for(beginning: &[u8], comment: Option<u8>) -> Delimiter {
    let mut best = (DELIMITERS[0].0, Shape::default());
    for (delimiter, _) in DELIMITERS {
        let shape = Shape::of(beginning, delimiter, comment);
        let is_candidate = match delimiter {
            Delimiter::Byte(_) => shape.usual > 1,
            Delimiter::Blanks => {
                // A header may lack the name of the row names.
                let all_but_one = shape.agreeing + 1 >= shape.rows.max(3);
                shape.usual > 1
                    && best.1.agreeing == 0
                    && (shape.agreeing == shape.rows || all_but_one)
            }
        };
        let is_better = (shape.agreeing, shape.usual) > (best.1.agreeing, best.1.usual);
        if is_candidate && is_better {
            best = (delimiter, shape);
        }
    }
    best.0
}

/// How the first rows of a file look if they are taken apart at some delimiter.
#[derive(Debug, Default)]
struct Shape {
    rows: usize,
    /// The most usual number of columns.
    usual: usize,
    /// How many rows have that many.
    agreeing: usize,
    /// Whether the last cell of all those is empty.
    is_last_empty: bool,
    /// Whether the first cell of all those is a word.
    begins_with_words: bool,
}

impl Shape {
    fn of(beginning: &[u8], delimiter: Delimiter, comment: Option<u8>) -> Self {
        let mut records = Records::new(Lines::new(beginning), delimiter, comment);
        let mut record = Record::default();
        let mut rows = Vec::new();
        while rows.len() < ROWS
            && let Ok(true) = records.read(&mut record, &mut |_| ControlFlow::Continue(()))
        {
            let first = record.cells().next().unwrap_or_default();
            let is_word = first
                .first()
                .is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
            rows.push((record.len(), record.last().is_empty(), is_word));
        }
        let count = |columns: usize| rows.iter().filter(|row| row.0 == columns).count();
        let usual = rows.iter().map(|row| (count(row.0), row.0)).max();
        let (agreeing, usual) = usual.unwrap_or_default();
        let of_usual = || rows.iter().filter(|row| row.0 == usual);
        Self {
            usual,
            agreeing,
            is_last_empty: of_usual().all(|row| row.1),
            begins_with_words: of_usual().all(|row| row.2),
            rows: rows.len(),
        }
    }

    fn columns(&self) -> Option<usize> {
        let columns = self.usual - usize::from(self.is_last_empty && self.usual > 1);
        (self.agreeing > 1 && self.agreeing * 2 > self.rows).then_some(columns)
    }
}
