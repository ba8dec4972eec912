//! Engineered inputs: squares, the product and sines of two features, computed from their scaled values.

#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use anyhow::{Error, Result, anyhow, bail, ensure};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::csv::is_called;
use super::{Feature, Input, quoted, scrub};

/// The features that formulas are about.
pub(super) const FEATURES: [usize; 2] = [0, 1];

/// What the first and the second feature are called, whatever their names are.
const POSITIONS: [&str; 2] = ["x1", "x2"];

/// The signs of a product; the first one is written.
const TIMES: [char; 4] = ['*', '·', '×', '⋅'];

/// An input as a formula of features: each is a `T`, its typed name or its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula<T> {
    /// The feature itself.
    Value(T),
    /// Its square.
    Square(T),
    /// The product of two.
    Product(T, T),
    /// Its sine.
    Sine(T),
}

/// How formulas are written.
struct Notation {
    square: &'static str,
    times: &'static str,
    sine: [&'static str; 2],
}

/// As it is typed, and stands in files: "x1^2", "x1*x2", "sin(x1)".
const TYPED: Notation = Notation {
    square: "^2",
    times: "*",
    sine: ["sin(", ")"],
};

/// As it stands alone: "x1²", "x1·x2", "sin x1".
const LABEL: Notation = Notation {
    square: "²",
    times: "·",
    sine: ["sin ", ""],
};

/// As a factor of a product: "x1²", "x1·x2", "sin(x1)".
const SYMBOL: Notation = Notation {
    sine: TYPED.sine,
    ..LABEL
};

impl<T: Display> Formula<T> {
    fn written(&self, notation: &Notation) -> String {
        let Notation {
            square,
            times,
            sine: [before, after],
        } = notation;
        match self {
            Self::Value(of) => of.to_string(),
            Self::Square(of) => format!("{of}{square}"),
            Self::Product(a, b) => format!("{a}{times}{b}"),
            Self::Sine(of) => format!("{before}{of}{after}"),
        }
    }
}

impl<T> Formula<T> {
    /// Whether it is a feature as it is.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        matches!(self, Self::Value(_))
    }

    /// The same formula of what `of` makes of the features; the first error that it makes.
    fn try_map<U, E>(&self, of: impl Fn(&T) -> Result<U, E>) -> Result<Formula<U>, E> {
        Ok(match self {
            Self::Value(a) => Formula::Value(of(a)?),
            Self::Square(a) => Formula::Square(of(a)?),
            Self::Product(a, b) => Formula::Product(of(a)?, of(b)?),
            Self::Sine(a) => Formula::Sine(of(a)?),
        })
    }

    /// The same formula of what `of` makes of the features.
    fn map<U>(&self, of: impl Fn(&T) -> U) -> Formula<U> {
        let Ok(mapped) = self.try_map(|feature| Ok::<U, Infallible>(of(feature)));
        mapped
    }
}

impl Formula<usize> {
    /// Its value, from the scaled values of the two features.
    pub(super) fn value(self, scaled: [f64; 2]) -> f64 {
        match self {
            Self::Value(of) => scaled[of],
            Self::Square(of) => scaled[of] * scaled[of],
            Self::Product(a, b) => scaled[a] * scaled[b],
            Self::Sine(of) => scaled[of].sin(),
        }
    }

    /// The input that it is, with the names of these features.
    pub(super) fn input(self, features: &[Feature]) -> Input {
        let named = self.map(|&index| features[index].name());
        Input {
            name: named.written(&TYPED),
            label: named.written(&LABEL),
            symbol: self.map(|&index| POSITIONS[index]).written(&SYMBOL),
        }
    }

    /// The one way to write it: a square is no product, and a product begins with the first feature.
    fn simplified(self) -> Self {
        match self {
            Self::Product(a, b) if a == b => Self::Square(a),
            Self::Product(a, b) => Self::Product(a.min(b), a.max(b)),
            other => other,
        }
    }
}

/// Reads a formula: "x1", "x1^2" or "x1²", "x1*x2" or "x1·x2", "sin(x1)" or "sin x1". A feature is x1, x2 or a name
/// without the signs of formulas; whether the data has it is decided later.
impl FromStr for Formula<String> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        let formula = if let Some(of) = squared(text) {
            Self::Square(of.to_owned())
        } else if let Some((a, b)) = text.split_once(TIMES) {
            Self::Product(a.to_owned(), b.to_owned())
        } else if let Some(of) = in_sine(text) {
            Self::Sine(of.to_owned())
        } else {
            Self::Value(text.to_owned())
        };
        let read = formula.try_map(|name| named(name).ok_or(()));
        read.map_err(|()| anyhow!(unknown(text, POSITIONS)))
    }
}

impl Display for Formula<String> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(&TYPED))
    }
}

impl Serialize for Formula<String> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Formula<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// What is squared, if the text is a square.
fn squared(text: &str) -> Option<&str> {
    let power = || text.strip_suffix('2')?.trim_end().strip_suffix('^');
    text.strip_suffix('²').or_else(power)
}

/// What the sine is of, if the text is one.
fn in_sine(text: &str) -> Option<&str> {
    let of = text.strip_prefix("sin")?;
    let in_parentheses = || of.trim_start().strip_prefix('(')?.strip_suffix(')');
    in_parentheses().or_else(|| of.starts_with(char::is_whitespace).then_some(of))
}

/// The name of a feature; `None` if it has a sign of formulas, or is empty.
fn named(text: &str) -> Option<String> {
    let name = scrub(text);
    let is_name = !name.is_empty() && !name.contains(['^', '²']) && !name.contains(TIMES);
    is_name.then_some(name)
}

/// Checks typed formulas, as far as that does not depend on the data.
///
/// # Errors
///
/// One sentence that names the first one that stands twice.
pub fn check_typed(typed: &[Formula<String>]) -> Result<()> {
    check_once(typed, ToString::to_string)
}

/// Checks that no formula stands twice.
fn check_once<T: PartialEq>(all: &[T], name: impl Fn(&T) -> String) -> Result<()> {
    let twice = (1..all.len()).find(|&index| all[..index].contains(&all[index]));
    match twice {
        Some(index) => bail!("the input {} is there twice", name(&all[index])),
        None => Ok(()),
    }
}

/// The formulas of these features that typed ones are. x1 and x2 are the first and the second feature, unless a feature
/// has one of these names.
///
/// # Errors
///
/// One sentence, if there are any formulas and the features are not two numbers, if a formula is not one of them, or if
/// it stands twice.
pub(super) fn resolved(
    typed: &[Formula<String>],
    features: &[Feature],
) -> Result<Vec<Formula<usize>>> {
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let (needed, found) = (FEATURES.len(), features.len());
    let choose = if found > needed {
        "; --features chooses them"
    } else {
        ""
    };
    ensure!(
        found == needed,
        "formulas of inputs take {needed} features, the data has {found}{choose}"
    );
    if let Some(category) = features.iter().find(|feature| !feature.words().is_empty()) {
        bail!(
            "formulas of inputs take numbers, {} has words",
            quoted(category.name())
        );
    }
    let formulas = typed.iter().map(|formula| {
        let resolved = formula.try_map(|name| index_of(name, features).ok_or(()));
        let resolved = resolved.map(Formula::simplified);
        resolved.map_err(|()| unknown_here(formula, features))
    });
    let formulas: Vec<_> = formulas.collect::<Result<_>>()?;
    check_once(&formulas, |formula| formula.input(features).name)?;
    Ok(formulas)
}

/// The index of the feature with a typed name; `None` if there is none, or if it may be several.
fn index_of(name: &str, features: &[Feature]) -> Option<usize> {
    let only = |is_it: &dyn Fn(&Feature) -> bool| {
        let mut found = FEATURES
            .into_iter()
            .filter(|&index| is_it(&features[index]));
        found.next().filter(|_| found.next().is_none())
    };
    let is_called = |feature: &Feature| {
        let with_unit = format!("{}_{}", feature.name(), feature.unit());
        is_called(&feature.to_string(), name) || is_called(&with_unit, name)
    };
    let position = || POSITIONS.iter().position(|position| *position == name);
    only(&|feature| feature.name() == name)
        .or_else(|| only(&is_called))
        .or_else(|| position().filter(|_| !have_positions(features)))
}

/// Whether a feature has a name that would stand for the first or the second one.
fn have_positions(features: &[Feature]) -> bool {
    let mut names = features.iter().map(Feature::name);
    names.any(|name| POSITIONS.contains(&name))
}

fn unknown_here(formula: &Formula<String>, features: &[Feature]) -> Error {
    let names = FEATURES.map(|index| features[index].name());
    let text = formula.to_string();
    if have_positions(features) {
        return anyhow!(unknown(&text, names));
    }
    let [first, second] = names.map(quoted);
    let unknown = unknown(&text, POSITIONS);
    anyhow!("{unknown}, where x1 is {first} and x2 is {second}")
}

/// That a text is no input, and which ones there are of features with these names.
fn unknown(text: &str, [x1, x2]: [&str; 2]) -> String {
    let found = quoted(text);
    format!(
        "{found} is not an input: expected {x1}, {x2}, {x1}^2, {x2}^2, {x1}*{x2}, sin({x1}) or sin({x2})"
    )
}
