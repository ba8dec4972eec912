//! From the columns of a table to the dataset that was asked for.

use anyhow::{Context, Result, ensure};

use super::CsvOptions;
use super::classes::encode;
use super::column::{Cells, Column, Role};
use super::header::Header;
use crate::data::{Dataset, Feature, Preprocessing, Scaling, Target};

/// Which columns are asked for, by their places in the header.
#[derive(Debug)]
pub(super) struct Choice {
    /// At least one.
    targets: Vec<usize>,
    /// `None` for all columns of numbers.
    features: Option<Vec<usize>>,
    roles: Vec<Role>,
}

impl Choice {
    /// # Errors
    ///
    /// If a column is not there, is named twice, or would be both target and feature.
    pub(super) fn of(header: &Header, options: &CsvOptions) -> Result<Self> {
        let targets = if options.target.is_empty() {
            vec![header.len() - 1]
        } else {
            header.find_all(&options.target).context("--target")?
        };
        let features = if options.features.is_empty() {
            None
        } else {
            Some(header.find_all(&options.features).context("--features")?)
        };
        let mut roles = match &features {
            None => vec![Role::Open; header.len()],
            Some(_) => vec![Role::PossibleNames; header.len()],
        };
        for &feature in features.iter().flatten() {
            roles[feature] = Role::ChosenFeature;
        }
        for &target in &targets {
            ensure!(
                roles[target] != Role::ChosenFeature,
                "column {} cannot be predicted from itself",
                header.quoted(target)
            );
            roles[target] = if targets.len() == 1 {
                Role::Target
            } else {
                Role::NumberTarget
            };
        }
        Ok(Self {
            targets,
            features,
            roles,
        })
    }

    pub(super) fn role(&self, column: usize) -> Role {
        self.roles[column]
    }

    /// The columns to predict from, now that it is known which have numbers.
    fn features(&self, columns: &[Column]) -> Result<Vec<usize>> {
        if let Some(features) = &self.features {
            return Ok(features.clone());
        }
        let is_feature = |&column: &usize| {
            let column: &Column = &columns[column];
            column.role == Role::Open && matches!(column.cells, Cells::Numbers(_))
        };
        let features: Vec<usize> = (0..columns.len()).filter(is_feature).collect();
        ensure!(
            !features.is_empty(),
            "no column but the target has numbers to predict from"
        );
        Ok(features)
    }
}

/// The dataset: the rows that have all values; its remarks report everything else.
///
/// # Errors
///
/// If values are missing that must not be, nothing is left, or there is nothing to tell apart.
pub(super) fn dataset(
    name: &str,
    header: &Header,
    columns: &[Column],
    choice: &Choice,
    rows: usize,
    options: &CsvOptions,
) -> Result<Dataset> {
    let features = choice.features(columns)?;
    let used: Vec<usize> = choice.targets.iter().chain(&features).copied().collect();
    if !options.drop_missing {
        check_none_is_missing(header, columns, &used)?;
    }
    let kept = complete_rows(columns, &used, rows);
    ensure!(!kept.is_empty(), "every row lacks a value that is needed");
    let (target, targets) = targets(header, columns, choice, &kept, options.positive.as_deref())?;
    let naming = columns
        .iter()
        .position(|column| matches!(column.cells, Cells::Names(_)));
    let sample_names = naming.map_or_else(Vec::new, |column| columns[column].names_of(&kept));
    let remarks = columns_left_out(header, columns, naming)
        .into_iter()
        .chain(odd_names(header, naming, &sample_names))
        .chain(rows_left_out(kept.len(), rows));
    let numbers: Vec<&[f64]> = features.iter().map(|&f| columns[f].numbers()).collect();
    let features = features
        .iter()
        .map(|&f| Feature::Number(header.quantity(f)));
    Ok(Dataset {
        name: name.to_owned(),
        preprocessing: Preprocessing::unscaled(features.collect()),
        raw: row_major(&numbers, &kept),
        training_samples: kept.len(),
        target_scaling: Scaling::none(target.outputs()),
        target,
        targets,
        unseen: Vec::new(),
        remarks: remarks.collect(),
        sample_names,
        rows: Vec::new(),
    })
}

/// Refuses the first row that lacks a value in a used column.
fn check_none_is_missing(header: &Header, columns: &[Column], used: &[usize]) -> Result<()> {
    let missing = used
        .iter()
        .filter_map(|&column| Some((columns[column].first_missing?, column)));
    match missing.min() {
        None => Ok(()),
        Some((row, column)) => Err(anyhow::anyhow!(
            "row {row}, column {}: a value is missing (--drop-missing leaves such rows out)",
            header.quoted(column)
        )),
    }
}

/// The rows, counted from 0 below the header, that have a value in every used column.
fn complete_rows(columns: &[Column], used: &[usize], rows: usize) -> Vec<usize> {
    let gappy: Vec<&Column> = used
        .iter()
        .map(|&column| &columns[column])
        .filter(|column| column.first_missing.is_some())
        .collect();
    (0..rows)
        .filter(|&row| gappy.iter().all(|column| !column.is_missing(row)))
        .collect()
}

/// What is predicted, and the targets of the rows that are kept.
fn targets(
    header: &Header,
    columns: &[Column],
    choice: &Choice,
    kept: &[usize],
    positive: Option<&str>,
) -> Result<(Target, Vec<f64>)> {
    let column = choice.targets[0];
    let in_column = || format!("column {}", header.quoted(column));
    if let Cells::Classes(classes) = &columns[column].cells {
        let (of_row, classes) = classes.of(kept);
        let name = header.quantity(column).name;
        return encode(name, &of_row, classes, positive).with_context(in_column);
    }
    let numbers: Vec<&[f64]> = choice
        .targets
        .iter()
        .map(|&target| columns[target].numbers())
        .collect();
    let targets = row_major(&numbers, kept);
    if choice.targets.len() == 1 && targets.iter().all(|&target| target == 0.0 || target == 1.0) {
        let name = header.quantity(column).name;
        return zeros_and_ones(name, &targets, positive).with_context(in_column);
    }
    ensure!(
        positive.is_none(),
        "--positive is for two classes, {} has numbers",
        in_column()
    );
    let targets_of = choice.targets.iter();
    let quantities = targets_of.map(|&target| header.quantity(target)).collect();
    Ok((Target::Numbers(quantities), targets))
}

/// A target that is always 0 or 1 is two classes of these names.
fn zeros_and_ones(
    name: String,
    values: &[f64],
    positive: Option<&str>,
) -> Result<(Target, Vec<f64>)> {
    let is_one = |value: &f64| *value == 1.0;
    let of_row: Vec<usize> = values
        .iter()
        .map(|value| usize::from(is_one(value)))
        .collect();
    let has_both = of_row.contains(&0) && of_row.contains(&1);
    ensure!(
        has_both,
        "every row is {}, expected two classes or more",
        of_row[0]
    );
    let classes = vec!["0".to_owned(), "1".to_owned()];
    encode(name, &of_row, classes, positive.or(Some("1")))
}

/// The rows of some columns, one after the other.
fn row_major(columns: &[&[f64]], rows: &[usize]) -> Vec<f64> {
    let mut values = Vec::with_capacity(columns.len() * rows.len());
    for &row in rows {
        values.extend(columns.iter().map(|column| column[row]));
    }
    values
}

/// Names without a letter, as in "$10", were perhaps meant as numbers.
fn odd_names(header: &Header, naming: Option<usize>, sample_names: &[String]) -> Option<String> {
    let are_odd = !sample_names.first()?.contains(char::is_alphabetic);
    let column = naming.filter(|_| are_odd)?;
    let listed = header.listed(std::iter::once(column));
    Some(format!("column {listed} names the rows: no numbers"))
}

fn rows_left_out(kept: usize, rows: usize) -> Option<String> {
    let left_out = rows - kept;
    (left_out > 0).then(|| format!("left out {left_out} of {rows} rows: a value is missing"))
}

/// Reports the columns that cannot be features. The one that names the rows has another use, and a
/// caller who chooses columns knows which are left.
fn columns_left_out(header: &Header, columns: &[Column], naming: Option<usize>) -> Option<String> {
    let is_left_out = |&column: &usize| {
        columns[column].role == Role::Open
            && !matches!(columns[column].cells, Cells::Numbers(_))
            && Some(column) != naming
    };
    let left_out: Vec<usize> = (0..columns.len()).filter(is_left_out).collect();
    let plural = match left_out.len() {
        0 => return None,
        1 => "",
        _ => "s",
    };
    let listed = header.listed(left_out.into_iter());
    Some(format!("left out column{plural} {listed}: no numbers"))
}
