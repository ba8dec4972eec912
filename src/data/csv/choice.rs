//! Which columns are asked for.

use anyhow::{Context, Result, bail, ensure};

use super::CsvOptions;
use super::header::Header;

/// Which columns are asked for, by their indexes in the header.
#[derive(Debug)]
pub(super) struct Choice {
    /// At least one.
    pub(super) targets: Vec<usize>,
    /// `None` for all that can be learned from.
    pub(super) features: Option<Vec<usize>>,
    is_excluded: Vec<bool>,
}

impl Choice {
    /// # Errors
    ///
    /// If a column is not there, is named twice, or is asked for in two ways.
    pub(super) fn of(header: &Header, options: &CsvOptions) -> Result<Self> {
        let find = |option: &'static str, names: &[String]| header.find_all(names).context(option);
        let mut is_excluded = vec![false; header.len()];
        for column in find("--exclude", &options.exclude)? {
            is_excluded[column] = true;
        }
        let targets = if options.target.is_empty() {
            let last = (0..header.len()).rev().find(|&column| !is_excluded[column]);
            vec![last.context("--exclude leaves no column to predict")?]
        } else {
            find("--target", &options.target)?
        };
        let features = find("--features", &options.features)?;
        for (option, columns) in [("--target", &targets), ("--features", &features)] {
            let both = columns.iter().find(|&&column| is_excluded[column]);
            if let Some(&column) = both {
                bail!(
                    "column {} is in {option} and in --exclude",
                    header.quoted(column)
                );
            }
        }
        let itself = features.iter().find(|feature| targets.contains(feature));
        if let Some(&column) = itself {
            bail!(
                "column {} cannot be predicted from itself",
                header.quoted(column)
            );
        }
        ensure!(
            targets.len() == 1 || !options.classes,
            "--classes is for one target, there are {}",
            targets.len()
        );
        Ok(Self {
            targets,
            features: (!features.is_empty()).then_some(features),
            is_excluded,
        })
    }

    /// Whether anything can be made of this column.
    pub(super) fn needs(&self, column: usize) -> bool {
        !self.is_excluded[column]
    }

    /// Whether this column is predicted from if it suits and none are chosen.
    pub(super) fn may_be_feature(&self, column: usize) -> bool {
        self.needs(column) && !self.targets.contains(&column)
    }
}
