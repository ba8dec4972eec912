//! Which rows are samples: what becomes of those that lack a value.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use anyhow::{Result, bail, ensure};

use super::CsvOptions;
use super::features::FeatureColumn;
use super::problems::Naming;
use super::target::TargetColumns;

/// A column, and for each row whether it lacks a value there.
struct Gaps {
    column: usize,
    is_feature: bool,
    rows: Vec<usize>,
}

/// The rows that are samples, and a remark on the others.
///
/// # Errors
///
/// If values are missing that must not be, or no row is left.
pub(super) fn complete(
    naming: Naming,
    target: &TargetColumns,
    features: &[FeatureColumn],
    options: &CsvOptions,
) -> Result<(Vec<usize>, Option<String>)> {
    let rows = naming.lines.len();
    let mut gaps = gaps(rows, target, features);
    if options.impute.is_some() {
        gaps.retain(|gaps| !gaps.is_feature);
    } else if !options.drop_missing {
        check_none(naming, &gaps)?;
    }
    let mut is_kept = vec![true; rows];
    for &row in gaps.iter().flat_map(|gaps| &gaps.rows) {
        is_kept[row] = false;
    }
    let kept: Vec<usize> = (0..rows).filter(|&row| is_kept[row]).collect();
    ensure!(!kept.is_empty(), "every row lacks a value that is needed");
    let skipped = rows - kept.len();
    let remark = (skipped > 0).then(|| {
        let costs = costs(naming, &gaps);
        format!("skipped {skipped} of {rows} rows with missing values: {costs}")
    });
    Ok((kept, remark))
}

/// Which columns cost how many rows, the most expensive ones first.
fn costs(naming: Naming, gaps: &[Gaps]) -> String {
    const MOST_LISTED: usize = 4;
    let mut gaps: Vec<&Gaps> = gaps.iter().collect();
    gaps.sort_by_key(|gaps| Reverse(gaps.rows.len()));
    let listed = gaps.iter().take(MOST_LISTED);
    let listed =
        listed.map(|gaps| format!("{} {}", naming.header.quoted(gaps.column), gaps.rows.len()));
    let listed = listed.collect::<Vec<_>>().join(", ");
    match gaps.len().saturating_sub(MOST_LISTED) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

fn gaps(rows: usize, target: &TargetColumns, features: &[FeatureColumn]) -> Vec<Gaps> {
    let targets = target
        .columns()
        .into_iter()
        .enumerate()
        .map(|(place, column)| Gaps {
            column,
            is_feature: false,
            rows: (0..rows).filter(|&row| target.lacks(place, row)).collect(),
        });
    let features = features.iter().map(|feature| Gaps {
        column: feature.column,
        is_feature: true,
        rows: (0..rows).filter(|&row| feature.at(row).is_nan()).collect(),
    });
    let mut gaps: Vec<Gaps> = targets
        .chain(features)
        .filter(|gaps| !gaps.rows.is_empty())
        .collect();
    gaps.sort_by_key(|gaps| gaps.column);
    gaps
}

/// Refuses missing values: the first one is named, the others are counted.
fn check_none(naming: Naming, gaps: &[Gaps]) -> Result<()> {
    let first = gaps.iter().min_by_key(|gaps| (gaps.rows[0], gaps.column));
    let Some(Gaps {
        column,
        is_feature,
        rows,
    }) = first
    else {
        return Ok(());
    };
    let impute = if *is_feature {
        ", --impute median fills it in"
    } else {
        ""
    };
    let lacking: BTreeSet<usize> = gaps.iter().flat_map(|gaps| &gaps.rows).copied().collect();
    let (lacking, all) = (lacking.len(), naming.lines.len());
    let others = if gaps.len() > 1 || lacking > 1 {
        format!(
            "; {lacking} of {all} rows lack one: {}",
            costs(naming, gaps)
        )
    } else {
        String::new()
    };
    bail!(
        "{}: a value is missing (--drop-missing leaves such rows out{impute}){others}",
        naming.cell(rows[0], *column)
    )
}
