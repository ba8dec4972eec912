//! Reads a table: a header, then one sample a row.
//!
//! Bytes become text ([`source`]), lines ([`lines`]) and rows ([`records`], taken apart as [`dialect`] finds), whose
//! cells are kept by column ([`mod@column`]). When all of them are there, each whole column is judged: numbers in
//! one notation, or words ([`survey`], [`kind`]). So the order of the rows changes nothing. What is made of the columns
//! ([`features`], [`target`], [`table`]) is said in the remarks. Knows no file: the caller opens it.

mod choice;
mod classes;
mod column;
mod dialect;
mod features;
mod header;
mod ids;
mod kind;
mod lines;
mod missing;
mod no_header;
mod notation;
mod options;
mod problems;
mod records;
mod rows;
mod source;
mod survey;
mod table;
mod target;
mod texts;
mod vocabulary;
mod words;

use std::io::Read;

use anyhow::{Result, bail, ensure};

use super::Dataset;
use choice::Choice;
use column::Classing;
use dialect::Dialect;
use header::Header;
pub(super) use header::is_called;
use lines::Lines;
use missing::Missing;
pub use options::{CsvOptions, RowsRead};
use records::{Record, Records};
pub use records::{join_row, split_row};
use table::Table;
pub(super) use words::key;

/// What is wrong with bytes that are no text.
const NOT_UTF_8: &str = "not UTF-8 (perhaps Latin-1 or Windows-1252), save the file as UTF-8";

/// Reads a CSV. Columns are chosen by their names in the header; case does not matter where it is clear which is
/// meant, and a unit (`weight (lb)`, `weight_lb`) may be left out.
///
/// - A target of words makes classes, numbers are predicted as numbers; a single target that is always
///   0 or 1 is two classes, 1 being "1".
/// - Columns of a few words, which come again, are categories. The first column of words that are all different
///   names the samples. Columns that number the rows are left out.
/// - Empty cells, `NA`, `N/A`, `NaN`, `None`, `null`, `?`, `-`, `.` and the like are missing values.
///
/// All rows are for training, and nothing is scaled; what was found, converted and left out is in the remarks.
///
/// # Errors
///
/// One sentence that names the line of the file (from 1), the column and what was found.
pub fn read_csv(
    name: &str,
    file: impl Read,
    options: &CsvOptions,
    rows_read: &mut RowsRead,
) -> Result<Dataset> {
    let (text, encoding) = source::decode(file, rows_read)?;
    let mut lines = Lines::new(text);
    let dialect = dialect::find(&mut lines, options, rows_read)?;
    let mut records = Records::new(lines, dialect.delimiter, options.comment);
    let mut first = Record::default();
    ensure!(
        records.read(&mut first, rows_read)?,
        "there is no header, the file is empty"
    );
    let header = header(&first, &dialect, options)?;
    let choice = Choice::of(&header, options)?;
    let mut table = Table::new(&header, &choice, dialect.delimiter);
    table.remarks.extend(encoding);
    table.remarks.extend(dialect.remark);
    let classing = Classing {
        missing: Missing::new(&options.missing)?,
        has_point: options.decimal != Some(',') && options.thousands != Some('.'),
    };
    if options.no_header {
        table.push(&first, &classing);
    }
    let mut record = Record::default();
    while records.read(&mut record, rows_read)? {
        check_length(&mut record, &header)?;
        table.push(&record, &classing);
    }
    ensure!(table.rows() > 0, "there is no row below the header");
    table.remarks.extend(records.skipped());
    table.dataset(name, options)
}

/// The header that a first row is, or that it needs.
fn header(first: &Record, dialect: &Dialect, options: &CsvOptions) -> Result<Header> {
    dialect::check_columns(first, dialect, options)?;
    if options.no_header {
        let is_ended = first.last().is_empty() && dialect.columns == Some(first.len() - 1);
        return Ok(Header::numbered(first.len() - usize::from(is_ended)));
    }
    let header = Header::parse(first)?;
    let (line, names) = (first.line, header.len());
    match dialect.columns {
        None => Ok(header),
        Some(columns) if columns == names => Ok(header),
        // As R writes row names: their column has no name.
        Some(columns) if columns == names + 1 && dialect.begins_with_words => {
            Ok(header.with_row_names())
        }
        Some(columns) => bail!(
            "line {line} has {names} columns, but most lines have {columns}: expected a header with a name for each{}",
            if columns > names {
                " (a cell with a comma stands in quotes)"
            } else {
                ""
            }
        ),
    }
}

/// Refuses a row that has not one cell for each column; a delimiter at its end is none.
fn check_length(record: &mut Record, header: &Header) -> Result<()> {
    let expected = header.len();
    if record.len() == expected + 1 && record.last().is_empty() {
        record.remove_last();
    }
    let (line, found) = (record.line, record.len());
    ensure!(
        found == expected,
        "line {line}: expected {expected} values as in {}, found {found}",
        if header.line.is_some() {
            "the header"
        } else {
            "line 1"
        }
    );
    Ok(())
}

/// A cell in quotation marks, for a message.
fn quoted(cell: &[u8]) -> String {
    super::quoted(&String::from_utf8_lossy(cell))
}
