//! The columns that are predicted from.

use anyhow::{Context, Result, anyhow, ensure};

use super::ids::Id;
use super::kind::{Kind, Numbers};
use super::problems::Naming;
use super::vocabulary::{Unfit, Vocabulary};
use super::words;
use crate::data::{Feature, Quantity, quoted};

/// A category with more words than this would fill the diagram with inputs.
const MOST_WORDS: usize = 20;

/// A column that is predicted from.
#[derive(Debug)]
pub(super) struct FeatureColumn {
    pub(super) column: usize,
    pub(super) feature: Feature,
    values: Values,
}

#[derive(Debug)]
enum Values {
    Numbers(Numbers),
    /// The index of the word of each row.
    Words(Vec<Option<u32>>),
}

impl FeatureColumn {
    /// The raw value of a row; NaN if it is missing.
    pub(super) fn at(&self, row: usize) -> f64 {
        match &self.values {
            Values::Numbers(numbers) => numbers.at(row),
            Values::Words(of_row) => of_row[row].map_or(f64::NAN, f64::from),
        }
    }

    fn numbers(naming: Naming, column: usize, numbers: Numbers) -> Self {
        let quantity = quantity(naming, column, &numbers);
        Self {
            column,
            feature: Feature::Number(quantity),
            values: Values::Numbers(numbers),
        }
    }

    fn category(naming: Naming, column: usize, vocabulary: Vocabulary) -> Self {
        let vocabulary = vocabulary.with_one_last();
        Self {
            column,
            feature: Feature::Category {
                name: naming.header.quantity(column).name,
                words: words::shown(&vocabulary.words),
            },
            values: Values::Words(vocabulary.of_row),
        }
    }
}

/// What a column of numbers measures, in the unit that stands in its cells or else in its name.
pub(super) fn quantity(naming: Naming, column: usize, numbers: &Numbers) -> Quantity {
    let mut quantity = naming.header.quantity(column);
    if !numbers.unit.is_empty() {
        quantity.unit.clone_from(&numbers.unit);
        quantity.scrub_texts();
    }
    quantity
}

/// The columns that are asked for, in this order.
///
/// # Errors
///
/// If one of them has neither numbers nor a few words.
pub(super) fn chosen(
    naming: Naming,
    columns: &[usize],
    kinds: &mut [Option<Kind>],
    keeps_missing: bool,
) -> Result<Vec<FeatureColumn>> {
    let take = |&column: &usize| {
        let kind = kinds[column].take().context("a column is taken once")?;
        match kind {
            Kind::Numbers(numbers) => Ok(FeatureColumn::numbers(naming, column, numbers)),
            Kind::Empty => Err(anyhow!("{} has no value", naming.column(column))),
            Kind::Mixed(mixed) => Err(naming.mixed(column, &mixed, false)),
            Kind::Words(cells) => {
                let vocabulary = Vocabulary::of_words(&cells, MOST_WORDS, keeps_missing);
                let vocabulary =
                    vocabulary.map_err(|unfit| naming.unfit(column, &unfit, &cells, "words"))?;
                if let [word] = &vocabulary.words[..] {
                    return Err(anyhow!(
                        "{}: every row is {}",
                        naming.column(column),
                        quoted(word)
                    ));
                }
                Ok(FeatureColumn::category(naming, column, vocabulary))
            }
        }
    };
    columns.iter().map(take).collect()
}

/// Why columns are not predicted from.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    empty: Vec<usize>,
    constant: Vec<usize>,
    many: Vec<usize>,
    different: Vec<usize>,
    mixed: Vec<usize>,
    row_numbers: Vec<usize>,
    identifiers: Vec<usize>,
    unreadable: Vec<usize>,
    /// The column that names the rows, if its names may have been meant as something else.
    odd_names: Option<usize>,
}

impl LeftOut {
    /// One remark for each reason.
    pub(super) fn remarks(&self, naming: Naming) -> Vec<String> {
        let reasons = [
            (&self.empty, "no values"),
            (&self.constant, "always the same word"),
            (&self.many, "more than 20 different words"),
            (&self.different, "a different word in every row"),
            (&self.mixed, "not all are numbers in one notation"),
            (&self.row_numbers, "row numbers"),
            (&self.identifiers, "row numbers or identifiers"),
            (&self.unreadable, "not UTF-8, or several lines in a cell"),
        ];
        let reasons = reasons.iter().filter(|(columns, _)| !columns.is_empty());
        let remarks = reasons.map(|(columns, reason)| {
            let listed = naming.header.listed(columns);
            format!("left out {listed}: {reason}")
        });
        let names = self.odd_names.map(|column| {
            let name = naming.header.quoted(column);
            format!("{name} names the rows: no numbers, all different")
        });
        remarks.chain(names).collect()
    }
}

/// All columns that can be learned from, in the order of the table; what is left out and why. Columns that count 1, 2, 3,
/// … are taken if there are no others.
///
/// # Errors
///
/// If a column has a few words among numbers, or nothing can be learned from.
pub(super) fn suitable(
    naming: Naming,
    columns: &[usize],
    kinds: &mut [Option<Kind>],
    keeps_missing: bool,
    odd_names: Option<usize>,
) -> Result<(Vec<FeatureColumn>, LeftOut)> {
    let mut features = Vec::new();
    let mut left_out = LeftOut {
        odd_names,
        ..LeftOut::default()
    };
    let mut row_numbers = Vec::new();
    for &column in columns {
        match kinds[column].take() {
            None => {}
            Some(Kind::Empty) => left_out.empty.push(column),
            Some(Kind::Mixed(mixed)) if mixed.is_mistake => {
                return Err(naming.mixed(column, &mixed, false));
            }
            Some(Kind::Mixed(_)) => left_out.mixed.push(column),
            Some(Kind::Numbers(numbers)) => match Id::of(naming.header.name(column), &numbers) {
                None => features.push(FeatureColumn::numbers(naming, column, numbers)),
                Some(Id::RowNumbers) => row_numbers.push((column, numbers)),
                Some(Id::Identifiers) => left_out.identifiers.push(column),
            },
            Some(Kind::Words(cells)) => {
                let rows = cells.len();
                match Vocabulary::of_words(&cells, MOST_WORDS, keeps_missing) {
                    Err(Unfit::TooMany(_)) => left_out.many.push(column),
                    Err(_) => left_out.unreadable.push(column),
                    Ok(vocabulary) if vocabulary.words.len() < 2 => left_out.constant.push(column),
                    Ok(vocabulary) if vocabulary.words.len() == rows => {
                        left_out.different.push(column);
                    }
                    Ok(vocabulary) => {
                        features.push(FeatureColumn::category(naming, column, vocabulary));
                    }
                }
            }
        }
    }
    if features.is_empty() {
        let taken = row_numbers.drain(..);
        features
            .extend(taken.map(|(column, numbers)| FeatureColumn::numbers(naming, column, numbers)));
    }
    left_out.row_numbers = row_numbers.iter().map(|(column, _)| *column).collect();
    let reasons = left_out.remarks(naming);
    ensure!(
        !features.is_empty(),
        "no column but the target has numbers or categories to predict from{}",
        if reasons.is_empty() {
            String::new()
        } else {
            format!(" ({})", reasons.join("; "))
        }
    );
    Ok((features, left_out))
}

/// Which features are categories, if any are.
pub(super) fn categories(naming: Naming, features: &[FeatureColumn]) -> Option<String> {
    let is_category =
        |feature: &&FeatureColumn| matches!(feature.feature, Feature::Category { .. });
    let categories = features.iter().filter(is_category);
    let columns: Vec<usize> = categories.map(|feature| feature.column).collect();
    let listed = naming.header.listed(&columns);
    match columns.len() {
        0 => None,
        1 => Some(format!(
            "{listed} is a category, with an input for each word"
        )),
        _ => Some(format!(
            "{listed} are categories, with an input for each word"
        )),
    }
}
