//! Points of a plane, each of a class: data that somebody draws.

use super::{Dataset, Feature, Quantity, Target, join_row, shortest};

/// The most classes: each has its own sign on a map.
const MOST_CLASSES: usize = 6;

/// A point of a class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Its raw values, across and up.
    pub values: [f64; 2],
    /// The index of its class.
    pub class: usize,
}

/// Points of the plane of two features, in the order in which they were placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// The features, across and up.
    pub features: [Quantity; 2],
    /// What the classes are of, "species".
    pub target: String,
    /// The names of the classes, at least one; not all of them need to have points.
    pub classes: Vec<String>,
    /// At most [`Points::MOST`].
    pub points: Vec<Point>,
}

impl Points {
    /// The most points that a drawing has.
    pub const MOST: usize = 2000;

    /// No points of the classes A and B over x and y.
    #[must_use]
    pub fn empty() -> Self {
        let quantity = |name: &str| Quantity {
            name: name.to_owned(),
            unit: String::new(),
        };
        Self {
            features: ["x", "y"].map(quantity),
            target: "class".to_owned(),
            classes: ["A", "B"].map(str::to_owned).to_vec(),
            points: Vec::new(),
        }
    }

    /// The samples of a dataset over two of its features, training and test samples alike.
    ///
    /// # Errors
    ///
    /// One clause, if these are no points of a few classes, or too many.
    pub fn of(dataset: &Dataset, features: [usize; 2]) -> Result<Self, String> {
        let quantities = features.map(|feature| match &dataset.features()[feature] {
            Feature::Number(quantity) => Some(quantity.clone()),
            Feature::Category { .. } => None,
        });
        let [Some(across), Some(up)] = quantities else {
            return Err("this data has not two features that are numbers".to_owned());
        };
        let task = dataset.target.task();
        let points = (0..dataset.len()).map(|sample| {
            let raw = dataset.raw_of(sample);
            Some(Point {
                values: features.map(|feature| raw[feature]),
                class: task.class(dataset.targets_of(sample))?,
            })
        });
        let Some(target) = name_of_classes(&dataset.target) else {
            return Err("this data has numbers to predict, and no classes".to_owned());
        };
        let classes = dataset.target.classes();
        if classes.len() > MOST_CLASSES {
            let count = classes.len();
            return Err(format!(
                "this data has {count} classes, a drawing at most {MOST_CLASSES}"
            ));
        }
        if dataset.len() > Self::MOST {
            let count = dataset.len();
            return Err(format!(
                "this data has {count} samples, a drawing at most {}",
                Self::MOST
            ));
        }
        Ok(Self {
            features: [across, up],
            target: target.to_owned(),
            classes: classes.to_vec(),
            points: points.flatten().collect(),
        })
    }

    /// Adds a class with the next name: C after A and B, else "class 3". Returns whether there was room for it.
    pub fn add_class(&mut self) -> bool {
        let count = self.classes.len();
        if count == MOST_CLASSES {
            return false;
        }
        let letters = (b'A'..=b'Z').map(|letter| char::from(letter).to_string());
        let are_letters = letters.clone().take(count).eq(self.classes.iter().cloned());
        let next = letters.clone().nth(count).filter(|_| are_letters);
        let numbered = (count + 1..).map(|number| format!("class {number}"));
        let mut names = next.into_iter().chain(numbered);
        let free = names.find(|name| !self.classes.contains(name));
        self.classes.extend(free);
        true
    }

    /// How many points each class has.
    #[must_use]
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.classes.len()];
        for point in &self.points {
            counts[point.class] += 1;
        }
        counts
    }

    /// The classes that have points, in their order.
    #[must_use]
    pub fn used_classes(&self) -> Vec<&str> {
        let classes = self.classes.iter().zip(self.counts());
        let used = classes.filter(|(_, count)| *count > 0);
        used.map(|(class, _)| class.as_str()).collect()
    }

    /// The points as a CSV: a header with the units in parentheses, then a row for each, with the shortest texts that
    /// give the same numbers.
    #[must_use]
    pub fn csv(&self) -> String {
        let [across, up] = &self.features;
        let header = [across.to_string(), up.to_string(), self.target.clone()];
        let rows = self.points.iter().map(|point| {
            let [across, up] = point.values.map(shortest);
            [across, up, self.classes[point.class].clone()]
        });
        let lines = std::iter::once(header).chain(rows);
        let lines = lines.map(|cells| join_row(cells.iter().map(String::as_str)) + "\n");
        lines.collect()
    }

    /// Whether a dataset is what is drawn: the same features, classes in the same order, and samples.
    #[must_use]
    pub fn are(&self, dataset: &Dataset) -> bool {
        let of_numbers = self.features.iter().cloned().map(Feature::Number);
        let raw = self.points.iter().flat_map(|point| point.values);
        let classes = self.points.iter().map(|point| &self.classes[point.class]);
        let found = (0..dataset.len()).map(|sample| dataset.target_text(sample));
        of_numbers.eq(dataset.features().iter().cloned())
            && name_of_classes(&dataset.target) == Some(&self.target)
            && dataset.target.classes() == self.used_classes()
            && raw.eq((0..dataset.len()).flat_map(|sample| dataset.raw_of(sample).iter().copied()))
            && found.eq(classes.cloned())
    }
}

/// What the classes of a target are of; `None` if it is numbers.
fn name_of_classes(target: &Target) -> Option<&str> {
    match target {
        Target::Binary { name, .. } | Target::Classes { name, .. } => Some(name),
        Target::Numbers(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::people;

    #[test]
    fn the_samples_of_a_dataset_are_points_with_names_and_units() {
        let points = Points::of(&people(), [0, 1]).unwrap();
        assert_eq!(points.classes, ["M", "F"]);
        assert_eq!(points.counts(), [2, 2]);
        assert_eq!(
            points.csv(),
            "weight (lb),height (in),gender\n133,65,F\n160,72,M\n152,70,M\n120,60,F\n"
        );
    }

    #[test]
    fn a_new_class_has_the_next_name_as_long_as_there_are_signs() {
        let mut points = Points::empty();
        while points.add_class() {}
        assert_eq!(points.classes, ["A", "B", "C", "D", "E", "F"]);
        points.classes = vec!["M".to_owned(), "class 3".to_owned()];
        points.add_class();
        assert_eq!(points.classes, ["M", "class 3", "class 4"]);
        assert!(points.used_classes().is_empty());
    }
}
