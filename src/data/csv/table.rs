//! From the columns of a table to the dataset that was asked for.

use std::sync::Arc;

use anyhow::Result;

use super::CsvOptions;
use super::choice::Choice;
use super::column::{Classing, Column};
use super::features::{self, FeatureColumn, Suitable, Taken};
use super::header::Header;
use super::kind::Kind;
use super::no_header;
use super::problems::Naming;
use super::records::{Delimiter, Record};
use super::rows::complete;
use super::survey::Survey;
use super::target::TargetColumns;
use crate::data::{Dataset, Preprocessing, Scaling, scrub};

/// A table that is being read.
#[derive(Debug)]
pub(super) struct Table<'a> {
    header: &'a Header,
    choice: &'a Choice,
    delimiter: Delimiter,
    columns: Vec<Column>,
    /// The line that each row begins in.
    lines: Vec<u32>,
    pub(super) remarks: Vec<String>,
}

impl<'a> Table<'a> {
    pub(super) fn new(header: &'a Header, choice: &'a Choice, delimiter: Delimiter) -> Self {
        Self {
            header,
            choice,
            delimiter,
            columns: (0..header.len()).map(|_| Column::default()).collect(),
            lines: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.lines.len()
    }

    /// Takes the next row, which has a cell for each column.
    pub(super) fn push(&mut self, record: &Record, classing: &Classing) {
        let columns = self.columns.iter_mut().zip(record.cells()).enumerate();
        for (index, (column, cell)) in columns {
            if self.choice.needs(index) {
                column.push(cell, classing);
            }
        }
        self.lines.push(record.line);
    }

    /// The dataset: the rows that have all values; its remarks report everything else.
    ///
    /// # Errors
    ///
    /// If a column is not what its use needs, values are missing that must not be, or there is nothing to tell apart.
    pub(super) fn dataset(mut self, name: &str, options: &CsvOptions) -> Result<Dataset> {
        let mut kinds = self.kinds(options);
        no_header::check(self.header, &kinds)?;
        let naming = Naming {
            header: self.header,
            lines: &self.lines,
        };
        let names = self.take_names(&mut kinds);
        let notations = self.notations(&kinds);
        let target = TargetColumns::of(naming, self.choice, &mut kinds, options)?;
        let Taken {
            features,
            row_numbers,
            remarks: left_out,
        } = self.features(naming, &mut kinds, names.as_ref(), options)?;
        let is_used = |column: &usize| {
            target.columns().contains(column)
                || features.iter().any(|feature| feature.column == *column)
        };
        let notations = notations.into_iter().filter(|(column, _)| is_used(column));
        let mut remarks: Vec<String> = notations.map(|(_, remark)| remark).collect();
        remarks.extend(left_out);
        remarks.extend(features::categories(naming, &features));
        let (kept, skipped) = complete(naming, &target, &features, options)?;
        remarks.extend(skipped);
        let positive = options.positive.as_deref();
        let (target, targets) = target.encode(naming, &kept, positive, &mut remarks)?;
        self.remarks.extend(remarks);
        let raw = row_major(&features, &kept);
        let features = features.into_iter().map(|column| column.feature);
        Ok(Dataset {
            name: name.to_owned(),
            raw: Arc::new(raw),
            filled: Arc::default(),
            preprocessing: Preprocessing::unscaled(features.collect()),
            training_samples: kept.len(),
            target_scaling: Scaling::none(target.outputs()),
            target,
            targets: Arc::new(targets),
            unseen: Vec::new(),
            row_numbers,
            remarks: self.remarks,
            names: names.map_or_else(Arc::default, |(_, names)| Arc::new(names_of(&names, &kept))),
            order: None,
            generator: None,
            rows: Arc::new(kept.iter().map(|&row| self.lines[row] as usize).collect()),
        })
    }

    /// What each column has; `None` for those that are left out.
    fn kinds(&mut self, options: &CsvOptions) -> Vec<Option<Kind>> {
        let columns = std::mem::take(&mut self.columns).into_iter().enumerate();
        let surveys: Vec<Option<Survey>> = columns
            .map(|(index, column)| {
                self.choice
                    .needs(index)
                    .then(|| Survey::new(column, options))
            })
            .collect();
        let decimal = self.decimal(&surveys);
        let kinds = surveys.into_iter().map(|survey| {
            let survey = survey?;
            let first = *survey.systems.first()?;
            let usual = survey
                .systems
                .iter()
                .find(|system| system.decimal == decimal);
            let system = usual.copied().filter(|_| survey.is_ambiguous);
            Some(Kind::of(
                survey,
                system.unwrap_or(first),
                options.missing_as_class,
            ))
        });
        kinds.collect()
    }

    /// What separates decimals where a column does not show it: what the others show, or else a comma if columns
    /// are separated by semicolons.
    fn decimal(&self, surveys: &[Option<Survey>]) -> char {
        let shown: Vec<char> = surveys
            .iter()
            .flatten()
            .filter_map(Survey::decimal)
            .collect();
        match (shown.contains(&'.'), shown.contains(&',')) {
            (true, false) => '.',
            (false, true) => ',',
            _ if self.delimiter == Delimiter::Byte(b';') => ',',
            _ => '.',
        }
    }

    /// How numbers that are not plain were read, by their columns.
    fn notations(&self, kinds: &[Option<Kind>]) -> Vec<(usize, String)> {
        let remarks = kinds
            .iter()
            .enumerate()
            .filter_map(|(column, kind)| match kind {
                Some(Kind::Numbers(numbers)) => {
                    let remark = numbers.remark.as_ref()?;
                    Some((column, format!("{}: {remark}", self.header.quoted(column))))
                }
                _ => None,
            });
        remarks.collect()
    }

    /// Takes the first column of words that names the rows: all different, none missing.
    fn take_names(&self, kinds: &mut [Option<Kind>]) -> Option<(usize, Column)> {
        let rows = self.rows();
        let is_used = |column: usize| {
            let features = self.choice.features.as_ref();
            self.choice.targets.contains(&column)
                || features.is_some_and(|features| features.contains(&column))
        };
        let names = kinds
            .iter_mut()
            .enumerate()
            .find(|(column, kind)| match kind {
                Some(Kind::Words(cells)) => !is_used(*column) && cells.names_rows(rows),
                _ => false,
            });
        let (column, kind) = names?;
        match kind.take() {
            Some(Kind::Words(cells)) => Some((column, cells)),
            _ => None,
        }
    }

    /// The columns that are predicted from, and remarks on those that are not.
    fn features(
        &self,
        naming: Naming,
        kinds: &mut [Option<Kind>],
        names: Option<&(usize, Column)>,
        options: &CsvOptions,
    ) -> Result<Taken> {
        let keeps_missing = options.missing_as_class;
        if let Some(columns) = &self.choice.features {
            return Ok(Taken {
                features: features::chosen(naming, columns, kinds, keeps_missing)?,
                ..Taken::default()
            });
        }
        let mut suitable = Suitable::new(naming, keeps_missing, names);
        for (column, kind) in kinds.iter_mut().enumerate() {
            if self.choice.may_be_feature(column)
                && let Some(kind) = kind.take()
            {
                suitable.add(column, kind)?;
            }
        }
        suitable.finish()
    }
}

fn names_of(names: &Column, rows: &[usize]) -> Vec<String> {
    let text = |&row: &usize| {
        let code = names.code(row).unwrap_or_default();
        scrub(&String::from_utf8_lossy(names.texts.bytes(code)))
    };
    rows.iter().map(text).collect()
}

/// The raw values of these rows, one row after the other.
fn row_major(features: &[FeatureColumn], rows: &[usize]) -> Vec<f64> {
    let mut values = Vec::with_capacity(features.len() * rows.len());
    for &row in rows {
        values.extend(features.iter().map(|feature| feature.at(row)));
    }
    values
}
