//! The columns that are predicted.

use anyhow::{Context, Result, bail, ensure};

use super::CsvOptions;
use super::choice::Choice;
use super::classes::{MOST_CLASSES, encode, whole_numbers};
use super::features::quantity;
use super::kind::{Kind, Numbers};
use super::problems::Naming;
use super::vocabulary::Vocabulary;
use crate::data::{Quantity, Target};

/// What is predicted, row by row.
#[derive(Debug)]
pub(super) enum TargetColumns {
    /// One column of classes.
    Classes { column: usize, classes: Vocabulary },
    /// Columns of numbers.
    Numbers(Vec<(usize, Quantity, Numbers)>),
}

impl TargetColumns {
    /// # Errors
    ///
    /// If a column has no values, or not what its use needs.
    pub(super) fn of(
        naming: Naming,
        choice: &Choice,
        kinds: &mut [Option<Kind>],
        options: &CsvOptions,
    ) -> Result<Self> {
        if let [column] = choice.targets[..] {
            let kind = kinds[column].take().context("a column is taken once")?;
            return Self::single(naming, column, kind, options);
        }
        let numbers = choice.targets.iter().map(|&column| {
            let kind = kinds[column].take().context("a column is taken once")?;
            match kind {
                Kind::Numbers(numbers) => Ok((column, quantity(naming, column, &numbers), numbers)),
                Kind::Empty => bail!("{} has no value", naming.column(column)),
                Kind::Mixed(mixed) => Err(naming.mixed(column, &mixed, false)),
                Kind::Words(cells) => bail!(
                    "{}: {} is not a number, and of several targets each is one",
                    naming.cell(0, column),
                    cells.quoted(0)
                ),
            }
        });
        Ok(Self::Numbers(numbers.collect::<Result<_>>()?))
    }

    fn single(naming: Naming, column: usize, kind: Kind, options: &CsvOptions) -> Result<Self> {
        let keeps_missing = options.missing_as_class;
        let cells = match kind {
            Kind::Empty => bail!("{} has no value", naming.column(column)),
            Kind::Mixed(mixed) if !options.classes => {
                return Err(naming.mixed(column, &mixed, true));
            }
            Kind::Numbers(numbers) => {
                let is_bit = |number: f64| number.is_nan() || number == 0.0 || number == 1.0;
                if !options.classes && !numbers.iter().all(is_bit) {
                    let quantity = quantity(naming, column, &numbers);
                    return Ok(Self::Numbers(vec![(column, quantity, numbers)]));
                }
                let classes = Vocabulary::of_numbers(&numbers, MOST_CLASSES);
                let Ok(classes) = classes else {
                    bail!(
                        "{} has more than {MOST_CLASSES} different numbers, at most that many classes are possible",
                        naming.column(column)
                    );
                };
                return Ok(Self::Classes { column, classes });
            }
            Kind::Mixed(mixed) => mixed.column,
            Kind::Words(cells) => cells,
        };
        let classes = Vocabulary::of_words(&cells, MOST_CLASSES, keeps_missing);
        let classes = classes.map_err(|unfit| naming.unfit(column, &unfit, &cells, "classes"))?;
        let classes = classes.in_order(&options.first_classes);
        Ok(Self::Classes { column, classes })
    }

    /// The columns, by their indexes in the header.
    pub(super) fn columns(&self) -> Vec<usize> {
        match self {
            Self::Classes { column, .. } => vec![*column],
            Self::Numbers(columns) => columns.iter().map(|(column, ..)| *column).collect(),
        }
    }

    /// Whether a row has no value in one of [these columns](Self::columns), by its place among them.
    pub(super) fn lacks(&self, place: usize, row: usize) -> bool {
        match self {
            Self::Classes { classes, .. } => classes.of_row[row].is_none(),
            Self::Numbers(columns) => columns[place].2.at(row).is_nan(),
        }
    }

    /// What is predicted, and the targets of these rows.
    ///
    /// # Errors
    ///
    /// If there is one class only, or no class is called like the positive one.
    pub(super) fn encode(
        self,
        naming: Naming,
        rows: &[usize],
        positive: Option<&str>,
        remarks: &mut Vec<String>,
    ) -> Result<(Target, Vec<f64>)> {
        match self {
            Self::Classes { column, classes } => {
                let name = naming.header.quantity(column).name;
                let classes = classes.of_rows(rows);
                let count = classes.words.len();
                if count == rows.len() && count > 2 {
                    let column = naming.column(column);
                    remarks.push(format!("{column}: each row is a class of its own"));
                }
                encode(name, classes, positive).with_context(|| naming.column(column))
            }
            Self::Numbers(columns) => {
                ensure!(
                    positive.is_none(),
                    "--positive is for two classes, {} has numbers (--classes takes them for classes)",
                    naming.column(columns[0].0)
                );
                remarks.extend(hint_at_classes(naming, &columns, rows));
                let at = |&row: &usize| columns.iter().map(move |(_, _, numbers)| numbers.at(row));
                let values = rows.iter().flat_map(at).collect();
                let quantities = columns.iter().map(|(_, quantity, _)| quantity.clone());
                Ok((Target::Numbers(quantities.collect()), values))
            }
        }
    }
}

/// That a single target of few whole numbers may be one of classes.
fn hint_at_classes(
    naming: Naming,
    columns: &[(usize, Quantity, Numbers)],
    rows: &[usize],
) -> Option<String> {
    let [(column, _, numbers)] = columns else {
        return None;
    };
    let count = whole_numbers(rows.iter().map(|&row| numbers.at(row)))?;
    let name = naming.header.quoted(*column);
    Some(format!(
        "{name} has {count} different whole numbers, predicted as numbers (--classes takes them for classes)"
    ))
}
