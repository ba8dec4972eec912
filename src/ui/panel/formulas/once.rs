//! A formula that two stages speak of stands in the later one, which needs it.

use std::collections::HashSet;
use std::ops::Range;

use super::row::Row;

/// Leaves out the formulas that are repeated further down; returns the other rows, and which of them the row at an index
/// is then, or what follows it.
pub(super) fn once(rows: Vec<Row>, index: usize) -> (Vec<Row>, usize) {
    let mut known = HashSet::new();
    let mut stays = vec![true; rows.len()];
    for formula in formulas(&rows).into_iter().rev() {
        let is_new = known.insert(text(&rows[formula.clone()]));
        stays[formula].fill(is_new);
    }
    let left_out = stays[..index].iter().filter(|stays| !**stays).count();
    let rows = rows.into_iter().zip(stays);
    let rows = rows.filter_map(|(row, stays)| stays.then_some(row));
    (rows.collect(), index - left_out)
}

/// The rows of each formula: further lines of one begin with spaces.
fn formulas(rows: &[Row]) -> Vec<Range<usize>> {
    let mut formulas: Vec<Range<usize>> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let Row::Formula { text, .. } = row else {
            continue;
        };
        match formulas.last_mut() {
            Some(formula) if text.starts_with(' ') && formula.end == index => formula.end += 1,
            _ => formulas.push(index..index + 1),
        }
    }
    formulas
}

fn text(rows: &[Row]) -> String {
    let lines = rows.iter().filter_map(|row| match row {
        Row::Formula { text, .. } => Some(text.as_str()),
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}
