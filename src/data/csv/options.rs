//! How a table should be read.

use std::ops::ControlFlow;

use crate::data::Imputation;

/// How to read a table. Whatever is left open is found in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
pub struct CsvOptions {
    /// The columns to predict; empty for the last one.
    pub target: Vec<String>,
    /// The columns to predict from; empty for all others that have numbers or categories.
    pub features: Vec<String>,
    /// Columns to leave out.
    pub exclude: Vec<String>,
    /// Which of two classes is 1.
    pub positive: Option<String>,
    /// Whether the numbers of the target are names of classes.
    pub classes: bool,
    /// Classes that come first, in this order; the others follow in alphabetical order.
    pub first_classes: Vec<String>,
    /// What separates the columns: an ASCII character.
    pub delimiter: Option<u8>,
    /// What a line begins with that is a comment: an ASCII character.
    pub comment: Option<u8>,
    /// Whether the first line is a sample already.
    pub no_header: bool,
    /// What separates the decimals: a point or a comma.
    pub decimal: Option<char>,
    /// What separates the thousands.
    pub thousands: Option<char>,
    /// Texts that stand for a missing value, besides the usual ones.
    pub missing: Vec<String>,
    /// Whether "missing" is a class of its own in columns of words.
    pub missing_as_class: bool,
    /// Whether to leave out rows with missing values.
    pub drop_missing: bool,
    /// What replaces missing features; see [`Dataset::impute`](crate::data::Dataset::impute).
    pub impute: Option<Imputation>,
}

/// Hears, every 10,000 rows and while it waits for a pipe, how many rows have been read, and answers
/// whether to go on.
pub type RowsRead<'a> = dyn FnMut(usize) -> ControlFlow<()> + 'a;
