//! The order of the rows changes nothing: not the columns, not their kinds, not the classes.

use nnscope::data::{CsvOptions, Dataset};
use proptest::prelude::*;

use super::csv::read;

/// A column of some kind, as the cells of `rows` rows.
fn column(rows: usize) -> impl Strategy<Value = Vec<String>> {
    let cell = prop::sample::select(vec![
        r"-?[0-9]{1,2}",
        r"[0-9]\.[0-9]{1,3}",
        r"[1-9]\.[0-9]{3}",
        r"\$[0-9],[0-9]{3}",
        r"[0-9]%",
        r"[0-9] kg",
        "[ab]",
        "[a-e]{1,2}",
        "(yes|no)",
        "(yes|no|NA)",
        "([0-9]|)",
        "([0-9]|[0-9]|[0-9]|[0-9]|[0-9]|[0-9]|x)",
        "([a-c]|[0-9])",
        "(e\u{301}|\u{e9}|a)",
    ]);
    cell.prop_flat_map(move |cell| prop::collection::vec(cell, rows))
}

/// A table and another order of its rows.
fn table() -> impl Strategy<Value = (Vec<Vec<String>>, Vec<usize>)> {
    (1..12_usize, 2..5_usize).prop_flat_map(|(rows, columns)| {
        let order: Vec<usize> = (0..rows).collect();
        (
            prop::collection::vec(column(rows), columns),
            Just(order).prop_shuffle(),
        )
    })
}

fn written(columns: &[Vec<String>], order: impl Iterator<Item = usize>) -> String {
    let names = ["p", "q", "r", "s"].iter().take(columns.len());
    let mut table = names.copied().collect::<Vec<_>>().join(",");
    for row in order {
        let cells = columns.iter().map(|column| format!("\"{}\"", column[row]));
        table = format!("{table}\n{}", cells.collect::<Vec<_>>().join(","));
    }
    table
}

/// The samples, each with its name, raw values and targets, in an order of their own.
fn samples(data: &Dataset) -> Vec<String> {
    let sample = |sample| {
        let name = data.own_name(sample);
        format!(
            "{name:?} {:?} {:?}",
            data.raw_of(sample),
            data.targets_of(sample)
        )
    };
    let mut samples: Vec<String> = (0..data.len()).map(sample).collect();
    samples.sort();
    samples
}

proptest! {
    #[test]
    fn shuffled_rows_give_the_same_columns_kinds_classes_and_remarks(
        (columns, order) in table(),
        drop_missing: bool,
        classes: bool,
        missing_as_class: bool,
    ) {
        let options = CsvOptions { drop_missing, classes, missing_as_class, ..CsvOptions::default() };
        let one = read(written(&columns, 0..order.len()), &options);
        let other = read(written(&columns, order.iter().copied()), &options);
        match (one, other) {
            (Ok(one), Ok(other)) => {
                prop_assert_eq!(one.features(), other.features());
                prop_assert_eq!(&one.target, &other.target);
                prop_assert_eq!(&one.remarks, &other.remarks);
                prop_assert_eq!(samples(&one), samples(&other));
            }
            (one, other) => prop_assert!(one.is_err() && other.is_err(), "{:?} {:?}", one, other),
        }
    }
}
