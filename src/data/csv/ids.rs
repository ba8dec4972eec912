//! Columns that number the rows or name them by numbers: nothing can be learned from them.

use std::collections::HashSet;

use super::kind::Numbers;

/// Names of such columns, in lower case.
const NAMES: &[&str] = &[
    "id",
    "ids",
    "index",
    "idx",
    "row",
    "rows",
    "rowid",
    "row id",
    "row_number",
    "rownames",
    "no",
    "no.",
    "nr",
    "nr.",
    "num",
    "#",
    "obs",
    "record",
    "serial",
    "uuid",
    "unnamed",
];

/// From this many rows on, 1, 2, 3, … are taken for row numbers whatever their column is called.
const FEWEST_ROWS: usize = 4;

/// Why a column is none to learn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Id {
    /// It is called like an id, or not at all, and has whole numbers that are all different.
    Identifiers,
    /// It has the numbers 0, 1, 2, … or 1, 2, 3, …, each once. Something else may be counted so.
    RowNumbers,
}

impl Id {
    /// Whether a column of this name ("" for none) is such a one.
    pub(super) fn of(name: &str, numbers: &Numbers) -> Option<Self> {
        let is_named = is_name(name);
        if is_named && are_different(numbers) {
            Some(Self::Identifiers)
        } else if numbers.len() >= FEWEST_ROWS && are_row_numbers(numbers) {
            Some(Self::RowNumbers)
        } else {
            None
        }
    }
}

/// Whether a column is called like an id: "id", "`passenger_id`", "`PassengerId`", "Unnamed: 0".
fn is_name(name: &str) -> bool {
    let ends_in_camel_case = name.strip_suffix("Id").or(name.strip_suffix("ID"));
    let is_camel_case = ends_in_camel_case.is_some_and(|rest| rest.ends_with(char::is_lowercase));
    let name = name.to_lowercase();
    name.is_empty()
        || is_camel_case
        || NAMES.contains(&name.as_str())
        || name.starts_with("unnamed:")
        || ["_id", " id", "-id", ".id"]
            .iter()
            .any(|end| name.ends_with(end))
        || ["id_", "id "].iter().any(|start| name.starts_with(start))
}

/// Whether these are 0, 1, 2, … or 1, 2, 3, …, in any order.
fn are_row_numbers(numbers: &Numbers) -> bool {
    let rows = numbers.len();
    let mut is_seen = vec![false; rows + 1];
    for number in numbers.iter() {
        // NaN is in no range.
        if !(0.0..=rows as f64).contains(&number) || number.fract() != 0.0 {
            return false;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number between 0 and the number of rows"
        )]
        let number = number as usize;
        if std::mem::replace(&mut is_seen[number], true) {
            return false;
        }
    }
    // One of rows + 1 numbers is not there: the first or the last.
    rows > 1 && !(is_seen[0] && is_seen[rows])
}

fn are_different(numbers: &Numbers) -> bool {
    let mut seen = HashSet::new();
    numbers.len() > 1
        && numbers
            .iter()
            .all(|number| number.fract() == 0.0 && seen.insert(number.to_bits()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_known_by_their_names() {
        for name in [
            "",
            "id",
            "ID",
            "PassengerId",
            "customerID",
            "user_id",
            "Unnamed: 0",
            "No.",
            "row",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "humid",
            "acid",
            "idea",
            "width",
            "Candid",
            "x",
            "number of rooms",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }
}
