//! The columns that are predicted from.

use anyhow::{Context, Result, anyhow, ensure};

use super::column::Column;
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
struct LeftOut {
    empty: Vec<usize>,
    constant: Vec<usize>,
    many: Vec<usize>,
    different: Vec<usize>,
    mixed: Vec<usize>,
    row_numbers: Vec<usize>,
    identifiers: Vec<usize>,
    unreadable: Vec<usize>,
    /// The column that names the rows.
    names: Option<usize>,
    /// Whether that is said: its names have no letter, and so may have been meant as something else.
    says_names: bool,
}

impl LeftOut {
    /// One remark for each reason.
    fn remarks(&self, naming: Naming) -> Vec<String> {
        let reasons = [
            (&self.empty, "no values"),
            (&self.constant, "always the same word"),
            (&self.many, "more than 20 different words"),
            (&self.different, "a different word in every row"),
            (&self.mixed, "not all are numbers in one notation"),
            (&self.row_numbers, "row numbers; --features can keep them"),
            (
                &self.identifiers,
                "row numbers or ids; --features can keep them",
            ),
            (&self.unreadable, "not UTF-8, or several lines in a cell"),
        ];
        let reasons = reasons.iter().filter(|(columns, _)| !columns.is_empty());
        let remarks = reasons.map(|(columns, reason)| {
            let listed = naming.header.listed(columns);
            format!("left out {listed}: {reason}")
        });
        let odd_names = self.names.filter(|_| self.says_names);
        remarks
            .chain(odd_names.map(|column| names_the_rows(naming, column)))
            .collect()
    }
}

fn names_the_rows(naming: Naming, column: usize) -> String {
    let name = naming.header.quoted(column);
    format!("{name} names the rows: no numbers, all different")
}

/// The columns that are learned from.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) features: Vec<FeatureColumn>,
    /// The names of those that are left out because they seem to number the rows.
    pub(super) row_numbers: Vec<String>,
    /// What is said of the others.
    pub(super) remarks: Vec<String>,
}

/// The columns of a table that can be learned from, if none are chosen; what is left out and why.
#[derive(Debug)]
pub(super) struct Suitable<'a> {
    naming: Naming<'a>,
    /// Whether a missing value is a word among words.
    keeps_missing: bool,
    features: Vec<FeatureColumn>,
    left_out: LeftOut,
    /// Columns that count 1, 2, 3, …: they are taken if there are no others.
    row_numbers: Vec<(usize, Numbers)>,
}

impl<'a> Suitable<'a> {
    pub(super) fn new(
        naming: Naming<'a>,
        keeps_missing: bool,
        names: Option<&(usize, Column)>,
    ) -> Self {
        Self {
            naming,
            keeps_missing,
            features: Vec::new(),
            left_out: LeftOut {
                names: names.map(|(column, _)| *column),
                says_names: names.is_some_and(|(_, cells)| cells.has_no_letter()),
                ..LeftOut::default()
            },
            row_numbers: Vec::new(),
        }
    }

    /// Takes the next column of the table, or notes why not.
    ///
    /// # Errors
    ///
    /// If it has a few words among numbers.
    pub(super) fn add(&mut self, column: usize, kind: Kind) -> Result<()> {
        match kind {
            Kind::Empty => self.left_out.empty.push(column),
            Kind::Mixed(mixed) if mixed.is_mistake => {
                return Err(self.naming.mixed(column, &mixed, false));
            }
            Kind::Mixed(_) => self.left_out.mixed.push(column),
            Kind::Words(cells) => self.add_words(column, &cells),
            Kind::Numbers(numbers) => match Id::of(self.naming.header.name(column), &numbers) {
                None => self.take_numbers(column, numbers),
                Some(Id::RowNumbers) => self.row_numbers.push((column, numbers)),
                Some(Id::Identifiers) => self.left_out.identifiers.push(column),
            },
        }
        Ok(())
    }

    fn add_words(&mut self, column: usize, cells: &Column) {
        match Vocabulary::of_words(cells, MOST_WORDS, self.keeps_missing) {
            Err(Unfit::TooMany(_)) => self.left_out.many.push(column),
            Err(_) => self.left_out.unreadable.push(column),
            Ok(words) if words.words.len() < 2 => self.left_out.constant.push(column),
            Ok(words) if words.words.len() == cells.len() => self.left_out.different.push(column),
            Ok(words) => {
                let category = FeatureColumn::category(self.naming, column, words);
                self.features.push(category);
            }
        }
    }

    fn take_numbers(&mut self, column: usize, numbers: Numbers) {
        let numbers = FeatureColumn::numbers(self.naming, column, numbers);
        self.features.push(numbers);
    }

    /// The columns that are taken, in the order of the table, and remarks on the others.
    ///
    /// # Errors
    ///
    /// If nothing can be learned from.
    pub(super) fn finish(mut self) -> Result<Taken> {
        let row_numbers = std::mem::take(&mut self.row_numbers);
        if self.features.is_empty() {
            for (column, numbers) in row_numbers {
                self.take_numbers(column, numbers);
            }
        } else {
            let columns = row_numbers.iter().map(|(column, _)| *column);
            self.left_out.row_numbers = columns.collect();
        }
        if self.features.is_empty() {
            // All that is left out is a reason now.
            self.left_out.says_names = true;
        }
        let remarks = self.left_out.remarks(self.naming);
        let reasons = match &remarks[..] {
            [] => String::new(),
            remarks => format!(" ({})", remarks.join("; ")),
        };
        ensure!(
            !self.features.is_empty(),
            "no column but the target has numbers or categories to predict from{reasons}"
        );
        let LeftOut {
            row_numbers,
            identifiers,
            ..
        } = &self.left_out;
        let mut numbering: Vec<usize> = row_numbers.iter().chain(identifiers).copied().collect();
        numbering.sort_unstable();
        let header = self.naming.header;
        let names = numbering.into_iter().map(|column| header.name(column));
        let names = names.filter(|name| !name.is_empty());
        Ok(Taken {
            features: self.features,
            row_numbers: names.map(str::to_owned).collect(),
            remarks,
        })
    }
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
