//! What the columns of a table are called, and how they are chosen.

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};

use super::records::Record;
use super::words;
use crate::data::{Quantity, listed, quoted, scrub};

/// Units that are known at the end of a name, as in `body_mass_g`.
const SUFFIXES: &[&str] = &[
    "g", "kg", "mg", "lb", "lbs", "oz", "mm", "cm", "m", "km", "in", "ft",
];

/// What the columns are called, each differently.
#[derive(Debug)]
pub(super) struct Header {
    /// The line of the file that it is in; `None` if it is in none.
    pub(super) line: Option<u32>,
    /// As the file has them, in one normal form; "" if a column has no name.
    names: Vec<String>,
    /// What they are called: those without a name by their number, "column 3".
    texts: Vec<String>,
}

impl Header {
    /// Reads a header. A last name that is empty is none: the line ends in a delimiter.
    ///
    /// # Errors
    ///
    /// If a name is not UTF-8, or two columns have the same one.
    pub(super) fn parse(record: &Record) -> Result<Self> {
        let names = record.cells().zip(1..).map(|(cell, number)| {
            let text = std::str::from_utf8(cell).ok().with_context(|| {
                format!(
                    "line {}, column {number}: {}",
                    record.line,
                    super::NOT_UTF_8
                )
            })?;
            Ok(words::key(text))
        });
        let mut names: Vec<String> = names.collect::<Result<_>>()?;
        if names.len() > 1 && names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let header = Self::of(Some(record.line), names);
        header.check_names_differ()?;
        Ok(header)
    }

    /// The header of a table that has none: x1, x2, …
    pub(super) fn numbered(columns: usize) -> Self {
        let names = (1..=columns).map(|number| format!("x{number}"));
        Self::of(None, names.collect())
    }

    fn of(line: Option<u32>, names: Vec<String>) -> Self {
        let text = |(name, number): (&String, i32)| match &**name {
            "" => format!("column {number}"),
            name => name.to_owned(),
        };
        Self {
            line,
            texts: names.iter().zip(1..).map(text).collect(),
            names,
        }
    }

    /// The same with a first column that has no name.
    pub(super) fn with_row_names(mut self) -> Self {
        self.names.insert(0, String::new());
        Self::of(self.line, self.names)
    }

    fn check_names_differ(&self) -> Result<()> {
        let mut first = HashMap::with_capacity(self.len());
        for (column, text) in self.texts.iter().enumerate() {
            if let Some(earlier) = first.insert(text, column) {
                let (earlier, column) = (earlier + 1, column + 1);
                let hint = match text.parse::<f64>() {
                    Ok(_) => ", is line 1 data? (--no-header reads it as data)",
                    Err(_) => "",
                };
                bail!(
                    "columns {earlier} and {column} are both called {}{hint}",
                    quoted(text)
                );
            }
        }
        Ok(())
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The name that a column has in the file; "" if it has none.
    pub(super) fn name(&self, column: usize) -> &str {
        &self.names[column]
    }

    /// What a column is called, in quotation marks, for a message.
    pub(super) fn quoted(&self, column: usize) -> String {
        quoted(&self.texts[column])
    }

    /// The names of columns for a message, shortened if there are many.
    pub(super) fn listed(&self, columns: &[usize]) -> String {
        listed(columns.iter().map(|&column| &*self.texts[column]))
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
        let name = words::key(name);
        if let Some(column) = self.texts.iter().position(|text| *text == name) {
            return Ok(column);
        }
        let similar = (0..self.len()).filter(|&column| is_called(&self.texts[column], &name));
        match similar.collect::<Vec<_>>()[..] {
            [column] => Ok(column),
            [] => bail!(
                "no column is called {}, there are {}{}",
                quoted(&name),
                listed(self.texts.iter().map(String::as_str)),
                self.hint_at_quotes(&name)
            ),
            [first, second, ..] => bail!(
                "{} may be column {} or {}",
                quoted(&name),
                self.quoted(first),
                self.quoted(second)
            ),
        }
    }

    /// How to name a column that has a comma in its name, if this may be a part of one.
    fn hint_at_quotes(&self, name: &str) -> String {
        let has_comma = |text: &&String| text.split(',').any(|part| part.trim() == name);
        let found = self
            .texts
            .iter()
            .find(has_comma)
            .filter(|text| text.contains(','));
        found.map_or_else(String::new, |text| {
            let text = scrub(text);
            format!(" (a name with a comma stands in quotes: '\"{text}\"')")
        })
    }
}

/// Whether somebody who types `name` may mean this column: case does not matter, and the unit may be
/// left out.
pub(in crate::data) fn is_called(text: &str, name: &str) -> bool {
    let folded = |text: &str| words::key(text).to_lowercase();
    let name = folded(name);
    let quantity = quantity(text);
    [text, &scrub(text), &quantity.name, &quantity.to_string()]
        .iter()
        .any(|candidate| folded(candidate) == name)
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
        Header::of(Some(1), texts.iter().map(|&text| text.to_owned()).collect())
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
