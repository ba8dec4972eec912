//! How drawn points are read back from their file exactly as they are.

use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Result, ensure};

use super::{DataSource, built_in_names};
use crate::data::{Dataset, Points, read_csv};

impl DataSource {
    /// The source of drawn points that are saved as this CSV. It asks for no more than it takes to read the file as it
    /// was drawn: columns may look like row numbers, classes like numbers, and of two classes another one be the positive.
    ///
    /// # Errors
    ///
    /// One sentence, if the points cannot be learned from.
    pub fn of_points(points: &Points, path: &Path, seed: u64) -> Result<Self> {
        let classes = points.used_classes();
        ensure!(
            classes.len() > 1,
            "two classes with a point each are needed"
        );
        let csv = points.csv();
        let is_as_drawn = |source: &Self| {
            let dataset = source.read_drawn(&csv);
            dataset.is_ok_and(|dataset| points.are(&dataset))
        };
        let plain = Self {
            seed,
            ..Self::of_file(path)
        };
        if is_as_drawn(&plain) {
            return Ok(plain);
        }
        let positive = match classes[..] {
            [_, one] => Some(one.to_owned()),
            _ => None,
        };
        let ordered = Self { positive, ..plain };
        if is_as_drawn(&ordered) {
            return Ok(ordered);
        }
        let chosen = Self {
            features: points.features.iter().map(ToString::to_string).collect(),
            target: vec![points.target.clone()],
            classes: true,
            decimal: Some('.'),
            ..ordered
        };
        // Of several classes, the order may be another one.
        chosen.read_drawn(&csv)?;
        Ok(chosen)
    }

    /// The source of this file, whatever else is called so.
    fn of_file(path: &Path) -> Self {
        let name = path.to_string_lossy();
        let is_taken = built_in_names().contains(&&*name);
        let data = if is_taken {
            format!("./{name}")
        } else {
            name.into_owned()
        };
        Self {
            data,
            ..Self::default()
        }
    }

    fn read_drawn(&self, csv: &str) -> Result<Dataset> {
        let rows_read = &mut |_| ControlFlow::Continue(());
        read_csv("drawing", csv.as_bytes(), &self.csv_options()?, rows_read)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;
    use crate::data::{Point, Quantity};

    fn points(values: &[[f64; 2]], classes: &[&str]) -> Points {
        let points = values.iter().enumerate();
        Points {
            classes: classes.iter().map(|&class| class.to_owned()).collect(),
            points: points
                .map(|(index, &values)| Point {
                    values,
                    class: index % classes.len(),
                })
                .collect(),
            ..Points::empty()
        }
    }

    /// The source of the points in a new file, and whether they are what is loaded from it.
    fn saved(points: &Points, name: &str) -> (DataSource, bool) {
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = folder.path().join(name);
        std::fs::write(&path, points.csv()).unwrap();
        let source = DataSource::of_points(points, &path, 7).unwrap();
        let dataset = source.load(&mut |_| ControlFlow::Continue(())).unwrap();
        (source, points.are(&dataset))
    }

    #[test]
    fn what_looks_like_something_else_is_read_as_it_was_drawn() {
        let corners = [[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]];
        let (source, are_same) = saved(&points(&corners, &["B", "A"]), "points.csv");
        assert!(are_same && source.positive.is_none() && source.features.is_empty());
        let (source, are_same) = saved(&points(&corners, &["A", "B"]), "points.csv");
        assert!(are_same && source.positive.as_deref() == Some("B"));
        assert!(source.features.is_empty());
        // Row numbers, classes that are numbers, points that could separate thousands.
        let rows = [[1.0, 0.5], [2.0, 0.25], [3.0, 0.5], [4.0, 0.75], [5.0, 0.1]];
        let grouped = [[1.234, 2.345], [3.456, 4.567], [5.678, 6.789]];
        for values in [&corners[..], &rows, &grouped, &corners[..2]] {
            for classes in [&["A", "B"][..], &["1", "0"], &["3", "1"], &["yes", "no"]] {
                let drawn = points(values, classes);
                assert!(saved(&drawn, "points.csv").1, "{}", drawn.csv());
            }
        }
        let mut drawn = points(&corners, &["a, b", "\"c\""]);
        let names = [("weight", "lb"), ("id", "")];
        drawn.features = names.map(|(name, unit)| Quantity {
            name: name.to_owned(),
            unit: unit.to_owned(),
        });
        assert!(saved(&drawn, "points.csv").1);
    }

    #[test]
    fn a_file_that_is_called_like_built_in_data_is_a_file() {
        let drawn = points(&[[0.0, 0.0], [1.0, 1.0]], &["A", "B"]);
        let source = DataSource::of_points(&drawn, Path::new("xor"), 7).unwrap();
        assert_eq!(source.data, "./xor");
    }

    #[test]
    fn one_class_is_not_enough() {
        let drawn = points(&[[0.0, 0.0], [1.0, 1.0]], &["A"]);
        let problem = DataSource::of_points(&drawn, Path::new("points.csv"), 7).unwrap_err();
        let expected = "two classes with a point each are needed";
        assert_eq!(problem.to_string(), expected);
    }

    proptest! {
        #[test]
        fn drawn_points_are_the_dataset_that_is_loaded(
            values in prop::collection::vec([-1e3..1e3_f64, -1e-3..1e-3], 3..30),
            classes in 2..4_usize,
        ) {
            let names = ["A", "B", "C"];
            let drawn = points(&values, &names[..classes.min(values.len())]);
            prop_assert!(saved(&drawn, "points.csv").1, "{}", drawn.csv());
        }
    }
}
