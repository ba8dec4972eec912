//! The rows of a table: lines taken apart at the delimiter, quotes heeded.

use std::io::Read;
use std::ops::Range;

use anyhow::{Result, bail, ensure};
use memchr::memchr;

use super::RowsRead;
use super::lines::{LONGEST_LINE, Lines, check_goes_on};
use super::quoted;

/// More columns than this are no table that a network could show.
const MOST_COLUMNS: usize = 10_000;

/// How often progress is reported.
const ROWS_BETWEEN_REPORTS: usize = 10_000;

/// What separates the cells of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    /// This byte.
    Byte(u8),
    /// Spaces and tabs, however many.
    Blanks,
}

impl Delimiter {
    fn is(self, byte: u8) -> bool {
        match self {
            Self::Byte(own) => byte == own,
            Self::Blanks => matches!(byte, b' ' | b'\t'),
        }
    }
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The number of its first line in the file, from 1.
    pub(super) line: u32,
    bytes: Vec<u8>,
    cells: Vec<Range<usize>>,
}

impl Record {
    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Its cells, without the quotes and blanks around them.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        self.cells.iter().map(|cell| &self.bytes[cell.clone()])
    }

    /// The last cell; empty if there is none.
    pub(super) fn last(&self) -> &[u8] {
        let last = self.cells.last();
        last.map_or(&[], |cell| &self.bytes[cell.clone()])
    }

    pub(super) fn remove_last(&mut self) {
        self.cells.pop();
    }

    /// Takes what was written since `start` as a cell.
    fn end_cell(&mut self, start: usize) -> Result<()> {
        ensure!(
            self.cells.len() < MOST_COLUMNS,
            "line {} has more than {MOST_COLUMNS} columns, at most that many are possible",
            self.line
        );
        let cell = &self.bytes[start..];
        let trimmed = cell.trim_ascii();
        let start = start + (cell.len() - cell.trim_ascii_start().len());
        self.cells.push(start..start + trimmed.len());
        Ok(())
    }
}

/// Reads a table row by row.
#[derive(Debug)]
pub(super) struct Records<R> {
    lines: Lines<R>,
    delimiter: Delimiter,
    comment: Option<u8>,
    /// How many rows were read.
    rows: usize,
    /// Rows that had delimiters and nothing else.
    empty: usize,
}

impl<R: Read> Records<R> {
    pub(super) fn new(lines: Lines<R>, delimiter: Delimiter, comment: Option<u8>) -> Self {
        Self {
            lines,
            delimiter,
            comment,
            rows: 0,
            empty: 0,
        }
    }

    /// How many rows had nothing in them, if any had.
    pub(super) fn skipped(&self) -> Option<String> {
        let empty = self.empty;
        let rows = if empty == 1 { "row" } else { "rows" };
        (empty > 0).then(|| format!("skipped {empty} {rows} without any value"))
    }

    /// Reads the next row; returns whether there was one. Blank lines and comments are no rows.
    ///
    /// # Errors
    ///
    /// One sentence with the line, if the row cannot be taken apart, or reading fails or is cancelled.
    pub(super) fn read(&mut self, record: &mut Record, rows_read: &mut RowsRead) -> Result<bool> {
        loop {
            record.line = self.lines.next_number();
            let Some(line) = self.lines.next(self.rows, rows_read)? else {
                return Ok(false);
            };
            let first = line.trim_ascii_start().first();
            if first.is_none() || (first == self.comment.as_ref()) {
                continue;
            }
            record.bytes.clear();
            record.cells.clear();
            if memchr(b'"', line).is_none() {
                split_plain(line, self.delimiter, record)?;
            } else {
                let line = line.to_vec();
                self.split_quoted(line, record, rows_read)?;
            }
            if record.cells.iter().all(Range::is_empty) {
                self.empty += 1;
                continue;
            }
            self.rows += 1;
            if self.rows.is_multiple_of(ROWS_BETWEEN_REPORTS) {
                check_goes_on(self.rows, rows_read)?;
            }
            return Ok(true);
        }
    }

    /// Takes a line with quotes apart; a quoted cell may go on in the following lines.
    fn split_quoted(
        &mut self,
        mut line: Vec<u8>,
        record: &mut Record,
        rows_read: &mut RowsRead,
    ) -> Result<()> {
        let mut rest = 0;
        loop {
            while line.get(rest).is_some_and(u8::is_ascii_whitespace)
                && (self.delimiter == Delimiter::Blanks || !self.delimiter.is(line[rest]))
            {
                rest += 1;
            }
            let start = record.bytes.len();
            if self.delimiter == Delimiter::Blanks && rest == line.len() {
                return Ok(());
            }
            if line.get(rest) == Some(&b'"') {
                rest = self.copy_quoted(&mut line, rest + 1, record, rows_read)?;
            } else {
                let cell = &line[rest..];
                let end = cell.iter().position(|&byte| self.delimiter.is(byte));
                let cell = &cell[..end.unwrap_or(cell.len())];
                record.bytes.extend_from_slice(cell);
                rest += cell.len();
            }
            record.end_cell(start)?;
            if rest >= line.len() {
                return Ok(());
            }
            rest += 1;
        }
    }

    /// Copies what is within quotes; returns where the cell ends in `line`, which is then the line that has the
    /// closing quote.
    fn copy_quoted(
        &mut self,
        line: &mut Vec<u8>,
        mut rest: usize,
        record: &mut Record,
        rows_read: &mut RowsRead,
    ) -> Result<usize> {
        let opened = self.lines.next_number() - 1;
        let column = record.len() + 1;
        loop {
            let Some(length) = memchr(b'"', &line[rest..]) else {
                record.bytes.extend_from_slice(&line[rest..]);
                record.bytes.push(b'\n');
                let next = self.lines.next(self.rows, rows_read)?;
                let Some(next) = next.filter(|_| record.bytes.len() <= LONGEST_LINE) else {
                    bail!(
                        "line {opened}, column {column}: the quote that opens here is never closed"
                    );
                };
                line.clear();
                line.extend_from_slice(next);
                rest = 0;
                continue;
            };
            record.bytes.extend_from_slice(&line[rest..rest + length]);
            rest += length + 1;
            if line.get(rest) != Some(&b'"') {
                return self.end_of_quoted(line, rest, opened, column);
            }
            record.bytes.push(b'"');
            rest += 1;
        }
    }

    /// Where the cell ends whose closing quote stands before `rest`: only blanks may follow.
    fn end_of_quoted(&self, line: &[u8], rest: usize, opened: u32, column: usize) -> Result<usize> {
        let behind = &line[rest..];
        let end = behind.iter().position(|&byte| self.delimiter.is(byte));
        let end = end.unwrap_or(behind.len());
        let odd = behind[..end].trim_ascii();
        ensure!(
            odd.is_empty(),
            "line {opened}, column {column}: the quote that opens here closes in line {} before {}, \
             expected a delimiter there",
            self.lines.next_number() - 1,
            quoted(odd)
        );
        Ok(rest + end)
    }
}

/// Takes a line without quotes apart.
fn split_plain(line: &[u8], delimiter: Delimiter, record: &mut Record) -> Result<()> {
    let Delimiter::Byte(delimiter) = delimiter else {
        for cell in line.split(u8::is_ascii_whitespace) {
            if !cell.is_empty() {
                let start = record.bytes.len();
                record.bytes.extend_from_slice(cell);
                record.end_cell(start)?;
            }
        }
        return Ok(());
    };
    let mut rest = line;
    loop {
        let start = record.bytes.len();
        let end = memchr(delimiter, rest);
        record
            .bytes
            .extend_from_slice(&rest[..end.unwrap_or(rest.len())]);
        record.end_cell(start)?;
        match end {
            Some(end) => rest = &rest[end + 1..],
            None => return Ok(()),
        }
    }
}

/// The cells of one row, as texts: how a list option is read.
///
/// # Errors
///
/// One sentence, if a quote is not closed or is followed by something else.
pub fn split_row(row: &str) -> Result<Vec<String>> {
    let mut record = Record::default();
    let mut records = Records::new(Lines::new(row.as_bytes()), Delimiter::Byte(b','), None);
    records.read(&mut record, &mut |_| std::ops::ControlFlow::Continue(()))?;
    let cells = record.cells();
    Ok(cells
        .map(|cell| String::from_utf8_lossy(cell).into_owned())
        .collect())
}

/// One row with these cells, which [`split_row`] reads back.
#[must_use]
pub fn join_row<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let quoted = |cell: &str| {
        let is_plain =
            !cell.is_empty() && cell.trim() == cell && !cell.contains(['"', ',', '\n', '\r']);
        if is_plain {
            cell.to_owned()
        } else {
            format!("\"{}\"", cell.replace('"', "\"\""))
        }
    };
    cells.map(quoted).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_row_of_an_option_has_quotes_around_commas() {
        let row = split_row(r#""price, EUR", rooms ,"a ""b""""#).unwrap();
        assert_eq!(row, ["price, EUR", "rooms", "a \"b\""]);
        assert_eq!(split_row("").unwrap(), [""; 0]);
        let problem = split_row("a,\"b").unwrap_err().to_string();
        assert_eq!(
            problem,
            "line 1, column 2: the quote that opens here is never closed"
        );
    }

    proptest! {
        #[test]
        fn a_row_is_read_as_it_was_written(cells in prop::collection::vec("[a, \"é_]{1,6}", 1..5)) {
            let cells: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
            prop_assume!(cells.iter().all(|cell| !cell.is_empty()));
            let row = join_row(cells.iter().map(String::as_str));
            prop_assert_eq!(split_row(&row).unwrap(), cells, "{}", row);
        }
    }
}
