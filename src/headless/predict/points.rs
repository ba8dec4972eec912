//! The points of `--grid weight=110:170:61,height=58:76:37`: every combination of the values of its features.

use super::raw_value;
use crate::data::{Feature, split_row};
use crate::session::setting::read_count;
use crate::surface::Span;

/// What a feature may be given as.
const EXAMPLE: &str = "FROM:TO:COUNT, such as 0:10:21, or one value";

/// The values of every feature, in the order in which they are given: the last one changes with every point.
#[derive(Debug, PartialEq)]
pub(super) struct Points {
    axes: Vec<Axis>,
}

/// The values of a feature.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Axis {
    span: Span,
    /// How many there are; 1 of a feature that is held.
    points: usize,
}

impl Points {
    /// Reads a range or a value for each of these features.
    ///
    /// # Errors
    ///
    /// One sentence that says which feature is wrong, and what would be right.
    pub(super) fn read(text: &str, features: &[Feature]) -> Result<Self, String> {
        let items = split_row(text).map_err(|problem| problem.to_string())?;
        let mut axes: Vec<Axis> = Vec::with_capacity(features.len());
        for item in items {
            let read = Axis::read(&item, features)?;
            let feature = read.span.feature;
            if axes.iter().any(|given| given.span.feature == feature) {
                return Err(format!("{} is given twice", features[feature].name()));
            }
            axes.push(read);
        }
        let is_given = |feature: usize| axes.iter().any(|axis| axis.span.feature == feature);
        if let Some(missing) = (0..features.len()).find(|feature| !is_given(*feature)) {
            let name = features[missing].name();
            return Err(format!("{name} is missing, expected {name}={EXAMPLE}"));
        }
        let mut counts = axes.iter().map(|axis| axis.points);
        match counts.try_fold(1_usize, usize::checked_mul) {
            Some(_) => Ok(Self { axes }),
            None => Err("there are too many points".to_owned()),
        }
    }

    /// The raw values of each point.
    pub(super) fn iter(&self) -> impl Iterator<Item = Vec<f64>> {
        let all: usize = self.axes.iter().map(|axis| axis.points).product();
        (0..all).map(|mut index| {
            let mut raw = vec![0.0; self.axes.len()];
            for Axis { span, points } in self.axes.iter().rev() {
                raw[span.feature] = span.value(index % points, *points);
                index /= points;
            }
            raw
        })
    }
}

impl Axis {
    /// Reads `weight=110:170:61` or `weight=128`.
    fn read(item: &str, features: &[Feature]) -> Result<Self, String> {
        let text_of = |feature: &Feature| item.strip_prefix(feature.name())?.strip_prefix('=');
        // A name may have an "=" itself.
        let found = features.iter().enumerate();
        let found = found.filter_map(|(index, feature)| Some((index, text_of(feature)?)));
        let Some((feature, text)) = found.min_by_key(|(_, text)| text.len()) else {
            let names: Vec<&str> = features.iter().map(Feature::name).collect();
            return Err(format!(
                "expected FEATURE={EXAMPLE}, for each of {}; found {item:?}",
                names.join(", ")
            ));
        };
        let of = &features[feature];
        let span = |from, to| Span { feature, from, to };
        let parts: Vec<&str> = text.split(':').collect();
        // A word may have a ":" itself.
        if !of.words().is_empty() || parts.len() == 1 {
            let value = raw_value(text, of)?;
            return Ok(Self {
                span: span(value, value),
                points: 1,
            });
        }
        let [from, to, count] = parts[..] else {
            let name = of.name();
            return Err(format!("expected {name}={EXAMPLE}, found {text:?}"));
        };
        let points = read_count(count).map_err(|problem| format!("{of}: {problem}"))?;
        let span = span(raw_value(from, of)?, raw_value(to, of)?);
        if points < 2 || span.from == span.to {
            return Err(format!(
                "{of}: a range has two ends and at least 2 points, found {text:?}"
            ));
        }
        Ok(Self { span, points })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features() -> Vec<Feature> {
        let sex = Feature::Category {
            name: "sex".to_owned(),
            words: ["a:b", "c"].map(str::to_owned).to_vec(),
        };
        vec![
            Feature::number("weight", "lb"),
            sex,
            Feature::number("a=b", ""),
        ]
    }

    fn read(text: &str) -> Result<Vec<Vec<f64>>, String> {
        Points::read(text, &features()).map(|points| points.iter().collect())
    }

    #[test]
    fn the_last_feature_changes_with_every_point() {
        let expected = [
            [1.0, 1.0, 7.0],
            [1.0, 1.0, 8.0],
            [3.0, 1.0, 7.0],
            [3.0, 1.0, 8.0],
        ];
        assert_eq!(read("weight=1:3:2,sex=c,a=b=7:8:2").unwrap(), expected);
        let expected = [
            [1.0, 0.0, 8.0],
            [3.0, 0.0, 8.0],
            [1.0, 0.0, 7.0],
            [3.0, 0.0, 7.0],
        ];
        assert_eq!(read("a=b=8:7:2,weight=1lb:3:2,sex=a:b").unwrap(), expected);
        assert_eq!(read("weight=1,sex=c,a=b=2").unwrap(), [[1.0, 1.0, 2.0]]);
    }

    #[test]
    fn what_is_no_grid_is_refused_with_what_would_be_right() {
        for (text, words) in [
            (
                "wieght=1:2:3",
                "expected FEATURE=FROM:TO:COUNT, such as 0:10:21, or one value, for each of weight, sex, a=b; found \
                 \"wieght=1:2:3\"",
            ),
            (
                "weight=1:2:3,sex=c",
                "a=b is missing, expected a=b=FROM:TO:COUNT, such as 0:10:21, or one value",
            ),
            ("weight=1,weight=2", "weight is given twice"),
            (
                "weight=1:2",
                "expected weight=FROM:TO:COUNT, such as 0:10:21, or one value, found \"1:2\"",
            ),
            ("weight=x:2:3", "weight (lb): \"x\" is not a number"),
            (
                "weight=1:2:x",
                "weight (lb): expected a whole number such as 1000, found \"x\"",
            ),
            (
                "weight=1:2:1",
                "weight (lb): a range has two ends and at least 2 points, found \"1:2:1\"",
            ),
            (
                "weight=2:2:5",
                "weight (lb): a range has two ends and at least 2 points, found \"2:2:5\"",
            ),
            ("sex=d", "sex: \"d\" is not one of \"a:b\", \"c\""),
            (
                "weight=0:1:9999999999,sex=c,a=b=0:1:9999999999",
                "there are too many points",
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), words, "{text}");
        }
    }
}
