//! Real animals: penguins of the Palmer Archipelago (Gorman, Williams and Fraser 2014; CC0).

use anyhow::Result;

use super::csv::is_called;
use super::{CsvOptions, Dataset, read_csv};

/// What is predicted from unless columns are chosen: all measurements, but not the year.
const MEASUREMENTS: [&str; 4] = [
    "bill_length_mm",
    "bill_depth_mm",
    "flipper_length_mm",
    "body_mass_g",
];

/// 344 penguins: `species` (three) from four measurements, unless the options choose other columns.
/// Penguins that lack a value that is used are always left out, and a remark says how many.
///
/// # Errors
///
/// One sentence, if the chosen columns are not there or cannot be used so.
pub fn penguins(options: &CsvOptions) -> Result<Dataset> {
    let file = include_str!("../../assets/datasets/penguins.csv");
    let mut options = CsvOptions {
        drop_missing: true,
        ..options.clone()
    };
    if options.target.is_empty() {
        options.target = vec!["species".to_owned()];
    }
    if options.features.is_empty() {
        let is_target = |name: &str| options.target.iter().any(|target| is_called(name, target));
        let features = MEASUREMENTS.iter().filter(|name| !is_target(name));
        options.features = features.map(|&name| name.to_owned()).collect();
    }
    read_csv("penguins", file.as_bytes(), &options, &mut |_| {})
}
