//! What is predicted if it is one of a few classes.

use anyhow::{Result, bail, ensure};

use super::vocabulary::Vocabulary;
use super::words;
use crate::data::{Target, quoted};

/// More classes than this are hardly classes: names or numbers in disguise.
pub(super) const MOST_CLASSES: usize = 100;

/// What is predicted if rows are of these classes, and the targets of the rows: one number each for
/// two classes, one number a class for more.
///
/// # Errors
///
/// If there is one class only, or `positive` is not one of two classes.
///
/// # Panics
///
/// If the class of a row is missing.
pub(super) fn encode(
    name: String,
    classes: Vocabulary,
    positive: Option<&str>,
) -> Result<(Target, Vec<f64>)> {
    let count = classes.words.len();
    if let [class] = &classes.words[..] {
        let class = quoted(class);
        bail!("every row is {class}, expected two classes or more");
    }
    let classes = match positive {
        Some(positive) => with_positive(classes, positive)?,
        None => classes.with_one_last(),
    };
    let of_row = classes.of_row.iter();
    let of_row = of_row.map(|class| class.expect("a row without a class is no sample") as usize);
    let names = words::shown(&classes.words);
    Ok(match <[String; 2]>::try_from(names) {
        Ok(classes) => {
            let targets = of_row
                .map(|class| if class == 1 { 1.0 } else { 0.0 })
                .collect();
            (Target::Binary { name, classes }, targets)
        }
        Err(names) => {
            let mut targets = vec![0.0; classes.of_row.len() * count];
            for (target, class) in targets.chunks_exact_mut(count).zip(of_row) {
                target[class] = 1.0;
            }
            (
                Target::Classes {
                    name,
                    classes: names,
                },
                targets,
            )
        }
    })
}

/// Puts the class that is 1 last.
fn with_positive(classes: Vocabulary, positive: &str) -> Result<Vocabulary> {
    let [first, second] = &classes.words[..] else {
        let count = classes.words.len();
        bail!("--positive is for two classes, there are {count}");
    };
    let key = words::key(positive);
    let is_there = *first == key || *second == key;
    ensure!(
        is_there,
        "no class is called {}, there are {} and {}",
        quoted(positive),
        quoted(first),
        quoted(second)
    );
    let zero = if *first == key { second } else { first };
    let zero = [zero.clone()];
    Ok(classes.in_order(&zero))
}

/// How many of the numbers of a target hint at classes: few different whole numbers, which come again.
pub(super) fn whole_numbers(numbers: impl Iterator<Item = f64>) -> Option<usize> {
    const MOST: usize = 10;
    let mut different: Vec<f64> = Vec::new();
    let mut count = 0;
    for number in numbers {
        count += 1;
        if number.fract() != 0.0 {
            return None;
        }
        if !different.contains(&number) {
            if different.len() == MOST {
                return None;
            }
            different.push(number);
        }
    }
    (different.len() > 1 && different.len() < count).then_some(different.len())
}
