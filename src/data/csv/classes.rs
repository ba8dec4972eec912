//! A column of words to predict: which class each row is of.

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};

use crate::data::{Target, scrub};

/// More classes than this are hardly classes: names or numbers in disguise.
const MOST_CLASSES: usize = 100;

/// The class of a row that has none.
const MISSING: u8 = u8::MAX;

/// The class of every row: classes are numbered in the order in which they appear.
#[derive(Debug, Default)]
pub(super) struct Classes {
    of_row: Vec<u8>,
    names: Vec<String>,
    numbers: HashMap<Vec<u8>, u8>,
}

impl Classes {
    /// After this many rows without a value.
    pub(super) fn after(missing_rows: usize) -> Self {
        Self {
            of_row: vec![MISSING; missing_rows],
            ..Self::default()
        }
    }

    pub(super) fn is_missing(&self, row: usize) -> bool {
        self.of_row[row] == MISSING
    }

    pub(super) fn push_missing(&mut self) {
        self.of_row.push(MISSING);
    }

    /// # Errors
    ///
    /// If there are too many classes, or the word is not UTF-8.
    pub(super) fn push(&mut self, word: &[u8]) -> Result<()> {
        let number = if let Some(&number) = self.numbers.get(word) {
            number
        } else {
            self.add(word)?
        };
        self.of_row.push(number);
        Ok(())
    }

    fn add(&mut self, word: &[u8]) -> Result<u8> {
        let name = scrub(std::str::from_utf8(word).ok().context("not UTF-8")?);
        let count = self.names.len();
        ensure!(
            count < MOST_CLASSES,
            "{name:?} is one class more than the {MOST_CLASSES} that are possible"
        );
        // Both would read the same on the screen.
        ensure!(
            !self.names.contains(&name),
            "another class can be told from {name:?} only by characters that are not shown"
        );
        let number = u8::try_from(count)?;
        self.names.push(name);
        self.numbers.insert(word.to_vec(), number);
        Ok(number)
    }

    /// The classes of these rows, and nothing of others: numbered as they appear there.
    ///
    /// # Panics
    ///
    /// If the class of one of the rows is missing.
    pub(super) fn of(&self, rows: &[usize]) -> (Vec<usize>, Vec<String>) {
        let mut number = vec![None; self.names.len()];
        let mut names = Vec::new();
        let of_row = rows.iter().map(|&row| {
            let class = usize::from(self.of_row[row]);
            *number[class].get_or_insert_with(|| {
                names.push(self.names[class].clone());
                names.len() - 1
            })
        });
        (of_row.collect(), names)
    }
}

/// What is predicted if rows are of these classes, and the targets of the rows: one number each for
/// two classes, one number a class for more.
///
/// # Errors
///
/// If there is one class only, or `positive` is not one of two classes.
pub(super) fn encode(
    name: String,
    of_row: &[usize],
    classes: Vec<String>,
    positive: Option<&str>,
) -> Result<(Target, Vec<f64>)> {
    match <[String; 2]>::try_from(classes) {
        Ok(classes) => {
            let positive = positive.map_or(Ok(0), |positive| find(&classes, positive))?;
            let targets = of_row.iter().map(|&class| f64::from(class == positive));
            let targets = targets.collect();
            let [first, second] = classes;
            let classes = if positive == 0 {
                [second, first]
            } else {
                [first, second]
            };
            Ok((Target::Binary { name, classes }, targets))
        }
        Err(classes) => {
            let count = classes.len();
            if let [class] = &classes[..] {
                bail!("every row is {class:?}, expected two classes or more");
            }
            ensure!(
                positive.is_none(),
                "--positive is for two classes, there are {count}"
            );
            let mut targets = vec![0.0; of_row.len() * count];
            for (target, &class) in targets.chunks_exact_mut(count).zip(of_row) {
                target[class] = 1.0;
            }
            Ok((Target::Classes { name, classes }, targets))
        }
    }
}

fn find(classes: &[String; 2], name: &str) -> Result<usize> {
    let found = classes.iter().position(|class| class == name.trim());
    found.with_context(|| {
        let [first, second] = classes;
        format!(
            "no class is called {:?}, there are {first:?} and {second:?}",
            scrub(name)
        )
    })
}
