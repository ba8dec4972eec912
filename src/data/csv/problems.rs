//! Sentences about columns that cannot be used.

use anyhow::{Error, anyhow};

use super::column::Column;
use super::header::Header;
use super::kind::Mixed;
use super::vocabulary::Unfit;
use crate::data::scrub;

/// A table's columns and lines by their names, for messages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Naming<'a> {
    pub(super) header: &'a Header,
    /// The line of the file that each row begins in.
    pub(super) lines: &'a [u32],
}

impl Naming<'_> {
    /// "line 3, column "x"".
    pub(super) fn cell(&self, row: usize, column: usize) -> String {
        format!("line {}, {}", self.lines[row], self.column(column))
    }

    /// "column "x"".
    pub(super) fn column(&self, column: usize) -> String {
        format!("column {}", self.header.quoted(column))
    }

    /// Which cells are no numbers, and what can be done about it.
    pub(super) fn mixed(&self, column: usize, mixed: &Mixed, is_target: bool) -> Error {
        let Some((&first, others)) = mixed.rows.split_first() else {
            return anyhow!("{} has numbers and words", self.column(column));
        };
        let text = |row| mixed.column.quoted(row);
        let (numbers, cells) = mixed.numbers;
        let what = match mixed.reason {
            Some(reason) => reason.to_owned(),
            None => format!("is not a number as {numbers} of {cells} values are"),
        };
        let others = others
            .iter()
            .map(|&row| format!("{} in line {}", text(row), self.lines[row]));
        let others: Vec<String> = others.collect();
        let others = if others.is_empty() || mixed.reason.is_some() {
            String::new()
        } else {
            format!(", nor {}", others.join(" and "))
        };
        let remedy = if is_target {
            "--classes takes all values for classes".to_owned()
        } else {
            format!(
                "--exclude {} leaves the column out",
                argument(self.header.quoted(column).trim_matches('"'))
            )
        };
        let missing = argument(text(first).trim_matches('"'));
        anyhow!(
            "{}: {} {what}{others} (--missing {missing} reads it as missing, {remedy})",
            self.cell(first, column),
            text(first),
        )
    }

    /// Why a column of words is none of a few.
    pub(super) fn unfit(&self, column: usize, unfit: &Unfit, cells: &Column, what: &str) -> Error {
        match *unfit {
            Unfit::TooMany(most) => anyhow!(
                "{} has more than {most} different {what}, at most that many are possible",
                self.column(column)
            ),
            Unfit::NotUtf8(row) => anyhow!("{}: {}", self.cell(row, column), super::NOT_UTF_8),
            Unfit::Lines(row) => anyhow!(
                "{}: {} goes over several lines, is a quote missing?",
                self.cell(row, column),
                cells.quoted(row)
            ),
        }
    }
}

/// A text as the value of a list option on a command line.
fn argument(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./%".contains(c);
    let text = scrub(text);
    if !text.is_empty() && text.chars().all(is_plain) {
        text
    } else {
        format!("'{}'", super::join_row(std::iter::once(text.as_str())))
    }
}
