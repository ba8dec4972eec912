//! Tables that come with the program.
//!
//! To add one: its CSV and its source in `assets/datasets/`, a row of [`TABLES`], a word in the README
//! (tests compare).

use std::sync::Arc;

use std::ops::ControlFlow;

use anyhow::Result;

use super::csv::is_called;
use super::{CsvOptions, Dataset, ScalingMethod, Task, UnseenSample, read_csv};

/// A table that comes with the program.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name on the command line and in files.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// What is learned from it, unless other columns are chosen.
    pub task: Task,
    csv: &'static str,
    columns: Columns,
    /// Whom to ask about after training: names and raw values.
    unseen: &'static [(&'static str, &'static [f64])],
}

/// Which columns of a table are used.
#[derive(Debug, Clone, Copy)]
enum Columns {
    /// Always all of them.
    Fixed {
        /// What is subtracted from each feature.
        shift: &'static [f64],
    },
    /// Always all of them, as they are.
    TruthTable,
    /// These unless others are chosen; the features are standardized. Rows that lack a value are left out,
    /// and a remark says how many.
    Usual {
        target: &'static str,
        features: &'static [&'static str],
        /// The words of all columns that come first as classes, in this order.
        classes: &'static [&'static str],
    },
}

/// All tables.
pub static TABLES: [Table; 5] = [
    // The four people of the post (weight in lb, height in in; F = 1, M = 0), shifted as there, with Emily
    // and Frank to ask about.
    Table {
        name: "people",
        about: "The four people of the post: weight and height, and whether they are F or M.",
        task: Task::Binary,
        csv: include_str!("../../assets/datasets/people.csv"),
        columns: Columns::Fixed {
            shift: &[135.0, 66.0],
        },
        unseen: &[("Emily", &[128.0, 63.0]), ("Frank", &[155.0, 68.0])],
    },
    truth_table(
        "and",
        "The four rows of a truth table: 1 where both inputs are 1.",
        include_str!("../../assets/datasets/and.csv"),
    ),
    truth_table(
        "or",
        "The four rows of a truth table: 0 where both inputs are 0.",
        include_str!("../../assets/datasets/or.csv"),
    ),
    // Not the pattern xor, which has hundreds of points.
    truth_table(
        "xor4",
        "The four rows of a truth table: 1 where the inputs differ.",
        include_str!("../../assets/datasets/xor4.csv"),
    ),
    // 344 penguins of the Palmer Archipelago (Gorman, Williams and Fraser 2014; CC0): three species from
    // all measurements, but not the year.
    Table {
        name: "penguins",
        about: "344 penguins: three species from four measurements.",
        task: Task::Classes,
        csv: include_str!("../../assets/datasets/penguins.csv"),
        columns: Columns::Usual {
            target: "species",
            features: &[
                "bill_length_mm",
                "bill_depth_mm",
                "flipper_length_mm",
                "body_mass_g",
            ],
            classes: &[
                "Adelie",
                "Gentoo",
                "Chinstrap",
                "Torgersen",
                "Biscoe",
                "Dream",
                "male",
            ],
        },
        unseen: &[],
    },
];

/// The four rows of a function of two inputs that are 0 or 1, named by them.
const fn truth_table(name: &'static str, about: &'static str, csv: &'static str) -> Table {
    Table {
        name,
        about,
        task: Task::Binary,
        csv,
        columns: Columns::TruthTable,
        unseen: &[],
    }
}

/// The post's data: four people, shifted by −135 lb and −66 in.
///
/// # Panics
///
/// Never: the built-in table is read by the tests.
#[must_use]
pub fn people() -> Dataset {
    let table = Table::named("people").expect("the people are a table");
    let people = table.load(&CsvOptions::default());
    let mut people = people.expect("the built-in table is sound");
    people
        .scale(&table.usual_scaling())
        .expect("the shift has a number for each feature");
    people
}

impl Table {
    /// The table of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// Whether it is a truth table.
    #[must_use]
    pub fn is_truth_table(&self) -> bool {
        matches!(self.columns, Columns::TruthTable)
    }

    /// Whether other columns than the usual ones can be chosen.
    #[must_use]
    pub fn has_choice(&self) -> bool {
        matches!(self.columns, Columns::Usual { .. })
    }

    /// How many features it has, unless others are chosen.
    #[must_use]
    pub fn usual_features(&self) -> usize {
        match self.columns {
            Columns::Fixed { shift } => shift.len(),
            Columns::TruthTable => 2,
            Columns::Usual { features, .. } => features.len(),
        }
    }

    /// How it is scaled unless asked otherwise.
    #[must_use]
    pub fn usual_scaling(&self) -> ScalingMethod {
        match self.columns {
            Columns::Fixed { shift } => ScalingMethod::Shift(shift.to_vec()),
            Columns::TruthTable => ScalingMethod::None,
            Columns::Usual { .. } => ScalingMethod::Standardize,
        }
    }

    /// Reads the table with the columns that `options` choose, or the usual ones. Nothing is scaled.
    ///
    /// # Errors
    ///
    /// One sentence, if the chosen columns do not exist or cannot be used in this way.
    pub fn load(&self, options: &CsvOptions) -> Result<Dataset> {
        let options = match self.columns {
            Columns::Fixed { .. } | Columns::TruthTable => CsvOptions::default(),
            Columns::Usual {
                target,
                features,
                classes,
            } => CsvOptions {
                first_classes: classes.iter().map(|&class| class.to_owned()).collect(),
                ..or_usual(options, target, features)
            },
        };
        let mut dataset = read_csv(self.name, self.csv.as_bytes(), &options, &mut |_| {
            ControlFlow::Continue(())
        })?;
        let unseen = self.unseen.iter().map(|&(name, raw)| UnseenSample {
            name: name.to_owned(),
            raw: raw.to_vec(),
        });
        dataset.unseen = unseen.collect();
        if self.is_truth_table() {
            let rows = dataset.raw.chunks(dataset.features().len());
            let names =
                rows.map(|row| row.iter().map(f64::to_string).collect::<Vec<_>>().join(" "));
            dataset.names = Arc::new(names.collect());
        }
        // Nobody has the file that the lines are of.
        dataset.rows = Arc::default();
        Ok(dataset)
    }
}

/// The usual columns where none are chosen. A feature that is chosen as the target is none.
fn or_usual(options: &CsvOptions, target: &str, features: &[&str]) -> CsvOptions {
    let mut options = CsvOptions {
        drop_missing: options.impute.is_none(),
        ..options.clone()
    };
    if options.target.is_empty() {
        options.target = vec![target.to_owned()];
    }
    if options.features.is_empty() {
        let is_target = |name: &str| options.target.iter().any(|target| is_called(name, target));
        let features = features.iter().filter(|name| !is_target(name));
        options.features = features.map(|&name| name.to_owned()).collect();
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_people_are_those_of_the_post() {
        let people = people();
        assert_eq!(*people.names, ["Alice", "Bob", "Charlie", "Diana"]);
        assert_eq!(
            people
                .features()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            ["weight (lb)", "height (in)"]
        );
        assert_eq!(
            *people.raw,
            [133.0, 65.0, 160.0, 72.0, 152.0, 70.0, 120.0, 60.0]
        );
        assert_eq!(*people.targets, [1.0, 0.0, 0.0, 1.0]);
        assert_eq!(people.target.classes(), ["M", "F"]);
        let weight = &crate::data::Summary::of(&people).features[0];
        assert_eq!(weight.training, (120.0, 160.0));
    }

    #[test]
    fn training_sees_the_shifted_values_of_the_post() {
        let examples = people().training();
        assert_eq!(
            examples.copied().0,
            [-2.0, -1.0, 25.0, 6.0, 17.0, 4.0, -15.0, -6.0]
        );
        assert_eq!(
            (&examples.copied().0[6..], &examples.copied().1[3..]),
            (&[-15.0, -6.0][..], &[1.0][..])
        );
    }

    #[test]
    fn the_rows_of_truth_tables_are_named_by_their_inputs_and_are_not_scaled() {
        for (name, targets) in [
            ("and", [0.0, 0.0, 0.0, 1.0]),
            ("or", [0.0, 1.0, 1.0, 1.0]),
            ("xor4", [0.0, 1.0, 1.0, 0.0]),
        ] {
            let table = Table::named(name).unwrap();
            assert!(table.is_truth_table());
            let mut data = table.load(&CsvOptions::default()).unwrap();
            data.scale(&table.usual_scaling()).unwrap();
            assert_eq!(*data.names, ["0 0", "0 1", "1 0", "1 1"]);
            assert_eq!(
                data.training().copied().0,
                [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0]
            );
            assert_eq!(*data.targets, targets);
            assert_eq!(data.target.classes(), ["0", "1"]);
        }
    }

    #[test]
    fn every_table_is_as_its_row_says() {
        for table in &TABLES {
            let mut dataset = table.load(&CsvOptions::default()).unwrap();
            dataset.scale(&table.usual_scaling()).unwrap();
            assert_eq!(dataset.name, table.name);
            assert_eq!(dataset.target.task(), table.task, "{}", table.name);
            let features = dataset.features().len();
            assert_eq!(table.usual_features(), features);
            for sample in &dataset.unseen {
                assert_eq!(sample.raw.len(), features, "{}", table.name);
            }
        }
    }
}
