//! Tables without a header: their first row looks like the others.

use anyhow::{Result, bail};

use super::header::Header;
use super::kind::{Kind, Numbers};
use super::notation::{Parts, SYSTEMS};
use super::words;

/// Refuses a header that is a row of data.
///
/// # Errors
///
/// If a column of numbers has a number for a name (but for years and the like), or all columns have words and
/// each name is one of them.
pub(super) fn check(header: &Header, kinds: &[Option<Kind>]) -> Result<()> {
    let Some(line) = header.line else {
        return Ok(());
    };
    let numbered: Vec<(usize, f64)> = kinds
        .iter()
        .enumerate()
        .filter_map(|(column, kind)| match kind {
            Some(Kind::Numbers(numbers)) => Some((column, number(header.name(column), numbers)?)),
            _ => None,
        })
        .collect();
    if let Some(&(column, _)) = numbered.first()
        && !are_numbered_names(&numbered, header.name(0).is_empty())
    {
        bail!(
            "line {line} looks like data, not like a header: {} stands where column {} has numbers (--no-header \
             reads it as data)",
            header.quoted(column),
            column + 1
        );
    }
    let is_word = |(column, kind): (usize, &Option<Kind>)| match kind {
        Some(Kind::Words(cells)) => {
            let name = header.name(column);
            let codes = cells.texts.codes();
            let mut texts = codes.map(|code| String::from_utf8_lossy(cells.texts.bytes(code)));
            !name.is_empty() && texts.any(|text| words::key(&text) == name)
        }
        _ => false,
    };
    if kinds.len() > 1 && kinds.iter().enumerate().all(is_word) {
        bail!(
            "line {line} looks like data, not like a header: all of its words come again below (--no-header reads it \
             as data)"
        );
    }
    Ok(())
}

/// The number that a name is, in the unit of the column.
fn number(name: &str, numbers: &Numbers) -> Option<f64> {
    let parts = Parts::of(name).filter(|parts| parts.unit == numbers.unit)?;
    SYSTEMS.iter().find_map(|system| parts.value(*system))
}

/// Whether numbers are names after all: years, or the numbers of columns.
fn are_numbered_names(names: &[(usize, f64)], has_row_names: bool) -> bool {
    let consecutive = names.windows(2).all(|pair| pair[1].1 - pair[0].1 == 1.0);
    let first = names[0].1;
    let are_years = names.len() > 1
        && names
            .iter()
            .all(|(_, year)| (1900.0..=2100.0).contains(year));
    let are_column_numbers = first == 0.0 && (names.len() > 2 || has_row_names) || names.len() > 9;
    consecutive && first.fract() == 0.0 && (are_years || are_column_numbers)
}
