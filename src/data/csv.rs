//! Reads a table: a header, then one sample a row.
//!
//! One pass, no text kept that is not shown: a column's first value says whether it has numbers or
//! words. Knows no file: the caller opens it.

mod classes;
mod column;
mod header;
mod table;

use std::io::Read;
use std::ops::ControlFlow;

use anyhow::{Result, anyhow, ensure};
use csv::{ByteRecord, Reader, ReaderBuilder};

use super::Dataset;
use column::Column;
use header::Header;
pub(super) use header::is_called;

/// How often progress is reported.
const ROWS_BETWEEN_REPORTS: usize = 10_000;

/// How to read a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvOptions {
    /// The columns to predict; empty for the last one.
    pub target: Vec<String>,
    /// The columns to predict from; empty for all others that have numbers.
    pub features: Vec<String>,
    /// Which of two classes is 1; the first that is seen unless named.
    pub positive: Option<String>,
    /// What separates the columns.
    pub delimiter: u8,
    /// Whether to leave out rows with missing values.
    pub drop_missing: bool,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self {
            target: Vec::new(),
            features: Vec::new(),
            positive: None,
            delimiter: b',',
            drop_missing: false,
        }
    }
}

/// Hears, every 10,000 rows, how many rows of a file have been read, and answers whether to go on.
pub type RowsRead<'a> = dyn FnMut(usize) -> ControlFlow<()> + 'a;

/// Reads a CSV with a header (UTF-8). Columns are chosen by their names in the header; case does not
/// matter where it is clear which is meant, and a unit (`weight (lb)`, `weight_lb`) may be left out.
///
/// - A target of words makes classes, numbers are predicted as numbers; a single target that is always
///   0 or 1 is two classes, 1 being "1".
/// - The first other column of words that are all different names the samples.
/// - Empty cells, `NA`, `NaN`, `null` and `?` are missing values.
///
/// All rows are for training, and nothing is scaled; what was left out is in the remarks.
///
/// # Errors
///
/// One sentence that names the row (the header is row 1, empty lines do not count), the column and what
/// was found.
pub fn read_csv(
    name: &str,
    source: impl Read,
    options: &CsvOptions,
    rows_read: &mut RowsRead,
) -> Result<Dataset> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        // Rows of other lengths are refused below, in our own words.
        .flexible(true)
        .delimiter(options.delimiter)
        .from_reader(source);
    let mut record = ByteRecord::new();
    ensure!(
        reader.read_byte_record(&mut record)?,
        "there is no header, the file is empty"
    );
    let header = Header::parse(&record, options.delimiter)?;
    let choice = table::Choice::of(&header, options)?;
    let mut columns: Vec<Column> = (0..header.len())
        .map(|column| Column::new(choice.role(column)))
        .collect();
    let rows = read_rows(&mut reader, &header, &mut columns, rows_read)?;
    ensure!(rows > 0, "there is no row below the header");
    table::dataset(name, &header, &columns, &choice, rows, options)
}

/// Reads what is below the header; returns how many rows that is.
fn read_rows(
    reader: &mut Reader<impl Read>,
    header: &Header,
    columns: &mut [Column],
    rows_read: &mut RowsRead,
) -> Result<usize> {
    let mut record = ByteRecord::new();
    let mut rows = 0;
    while reader.read_byte_record(&mut record)? {
        let row = rows + 2;
        let (found, expected) = (record.len(), header.len());
        ensure!(
            found == expected,
            "row {row}: expected {expected} values as in the header, found {found}"
        );
        for (number, (column, cell)) in columns.iter_mut().zip(&record).enumerate() {
            column.push(cell.trim_ascii(), row).map_err(|problem| {
                anyhow!("row {row}, column {}: {problem}", header.quoted(number))
            })?;
        }
        rows += 1;
        if rows.is_multiple_of(ROWS_BETWEEN_REPORTS) {
            let go_on = rows_read(rows);
            ensure!(
                go_on.is_continue(),
                "reading was cancelled after {rows} rows"
            );
        }
    }
    Ok(rows)
}
