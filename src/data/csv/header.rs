//! The first row of a table: what its columns are called, and how they are chosen.

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};
use csv::ByteRecord;

use crate::data::{Quantity, listed, scrub};

/// More columns than this are no table that a network could show.
const MOST_COLUMNS: usize = 10_000;

/// Units that are known at the end of a name, as in `body_mass_g`.
const SUFFIXES: &[&str] = &[
    "g", "kg", "mg", "lb", "lbs", "oz", "mm", "cm", "m", "km", "in", "ft",
];

/// What the columns are called, each differently.
#[derive(Debug)]
pub(super) struct Header {
    /// As the file has them, white space around them apart.
    texts: Vec<String>,
}

impl Header {
    /// Reads a header; a column without a name is called by its number, `column 3`.
    pub(super) fn parse(record: &ByteRecord, delimiter: u8) -> Result<Self> {
        let columns = record.len();
        ensure!(
            columns <= MOST_COLUMNS,
            "the header has {columns} columns, at most {MOST_COLUMNS} are possible"
        );
        let is_number = |cell: &[u8]| {
            std::str::from_utf8(cell).is_ok_and(|text| text.trim().parse::<f64>().is_ok())
        };
        ensure!(
            record.is_empty() || !record.iter().all(is_number),
            "row 1 has numbers only: a header is expected, with the names of the columns"
        );
        let texts = record.iter().zip(1..).map(|(cell, number)| {
            let text = std::str::from_utf8(cell)
                .ok()
                .with_context(|| format!("row 1, column {number}: not UTF-8"))?;
            match text.trim() {
                "" => Ok(format!("column {number}")),
                text => Ok(text.to_owned()),
            }
        });
        let header = Self {
            texts: texts.collect::<Result<_>>()?,
        };
        if let [text] = &header.texts[..] {
            bail!(single_column(text, delimiter));
        }
        header.check_names_differ()?;
        Ok(header)
    }

    fn check_names_differ(&self) -> Result<()> {
        let mut first = HashMap::with_capacity(self.len());
        for (column, text) in self.texts.iter().enumerate() {
            if let Some(earlier) = first.insert(text, column) {
                let (earlier, column) = (earlier + 1, column + 1);
                bail!(
                    "columns {earlier} and {column} are both called {:?}",
                    scrub(text)
                );
            }
        }
        Ok(())
    }

    /// How many columns there are; at least 2.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// What a column is called, in quotation marks, for a message.
    pub(super) fn quoted(&self, column: usize) -> String {
        format!("{:?}", scrub(&self.texts[column]))
    }

    /// The names of columns for a message, shortened if there are many.
    pub(super) fn listed(&self, columns: impl ExactSizeIterator<Item = usize>) -> String {
        listed(columns.map(|column| &*self.texts[column]))
    }

    /// What a column measures.
    pub(super) fn quantity(&self, column: usize) -> Quantity {
        quantity(&self.texts[column])
    }

    /// The columns of these names, in this order.
    pub(super) fn find_all(&self, names: &[String]) -> Result<Vec<usize>> {
        let mut is_found = vec![false; self.len()];
        let columns = names.iter().map(|name| {
            let column = self.find(name)?;
            ensure!(
                !std::mem::replace(&mut is_found[column], true),
                "column {} is named twice",
                self.quoted(column)
            );
            Ok(column)
        });
        columns.collect()
    }

    fn find(&self, name: &str) -> Result<usize> {
        let name = name.trim();
        if let Some(column) = self.texts.iter().position(|text| text == name) {
            return Ok(column);
        }
        let similar = (0..self.len()).filter(|&column| is_called(&self.texts[column], name));
        match similar.collect::<Vec<_>>()[..] {
            [column] => Ok(column),
            [] => bail!(
                "no column is called {:?}, there are {}",
                scrub(name),
                self.listed(0..self.len())
            ),
            [first, second, ..] => bail!(
                "{:?} may be column {} or {}",
                scrub(name),
                self.quoted(first),
                self.quoted(second)
            ),
        }
    }
}

/// Why a table with this one column, called `text`, cannot be used.
fn single_column(text: &str, delimiter: u8) -> String {
    let other = [(';', ";"), ('\t', "tab"), ('|', "|"), (',', ",")];
    let found = other.iter().find(|(character, _)| {
        u32::from(delimiter) != u32::from(*character) && text.contains(*character)
    });
    match found {
        Some((_, name)) => format!(
            "the header {:?} is one column: is --delimiter '{name}' missing?",
            scrub(text)
        ),
        None => format!(
            "the only column is {:?}, expected one to predict and others to predict it from",
            scrub(text)
        ),
    }
}

/// Whether somebody who types `name` may mean this column: case does not matter, and the unit may be
/// left out.
pub(in crate::data) fn is_called(text: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    [text, &scrub(text), &quantity(text).name]
        .iter()
        .any(|candidate| candidate.to_lowercase() == name)
}

/// "weight (lb)" or "`weight_lb`" as a name and a unit.
fn quantity(text: &str) -> Quantity {
    let in_parentheses = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('));
    let suffix = || {
        text.rsplit_once('_')
            .filter(|(_, unit)| SUFFIXES.contains(unit))
    };
    let (name, unit) = in_parentheses
        .or_else(suffix)
        .filter(|(name, _)| !name.trim().is_empty())
        .unwrap_or((text, ""));
    Quantity {
        name: scrub(name),
        unit: scrub(unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(texts: &[&str]) -> Header {
        Header::parse(&ByteRecord::from(texts), b',').unwrap()
    }

    #[test]
    fn units_are_separated_from_names() {
        for (text, name, unit) in [
            ("weight (lb)", "weight", "lb"),
            ("area(mm²)", "area", "mm²"),
            ("body_mass_g", "body_mass", "g"),
            ("bill_length_mm", "bill_length", "mm"),
            ("weight", "weight", ""),
            ("item_name", "item_name", ""),
            ("BODY_MASS_G", "BODY_MASS_G", ""),
            ("_g", "_g", ""),
            ("(lb)", "(lb)", ""),
        ] {
            let quantity = quantity(text);
            assert_eq!((&*quantity.name, &*quantity.unit), (name, unit), "{text}");
        }
    }

    #[test]
    fn columns_are_chosen_by_the_headers_own_text() {
        let header = header(&["Weight (lb)", "weight", "Height_cm", "id", "ID"]);
        for (name, column) in [
            ("Weight (lb)", 0),
            ("weight", 1),
            ("weight (LB)", 0),
            ("height_cm", 2),
            ("height", 2),
            ("id", 3),
            ("ID", 4),
        ] {
            assert_eq!(header.find(name).unwrap(), column, "{name}");
        }
        for (name, message) in [
            ("Id", "\"Id\" may be column \"id\" or \"ID\""),
            (
                "size",
                "no column is called \"size\", there are \"Weight (lb)\", \"weight\", \"Height_cm\", \
                 \"id\", \"ID\"",
            ),
        ] {
            assert_eq!(header.find(name).unwrap_err().to_string(), message);
        }
        let twice = header.find_all(&["weight".to_owned(), "weight".to_owned()]);
        assert_eq!(
            twice.unwrap_err().to_string(),
            "column \"weight\" is named twice"
        );
    }
}
