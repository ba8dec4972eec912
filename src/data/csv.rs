//! Reads a table: names first, then numeric features, then the class.

use std::io::Read;

use anyhow::{Context, Result, bail, ensure};

use super::{Dataset, Feature, Scaling, Target};

/// Reads a CSV with a header. The first column names the samples, the last is the class (two
/// different words; the first that is seen is class 1), those between are numbers; a unit in the
/// header, `weight (lb)`, goes with its feature.
///
/// # Errors
///
/// One sentence that names the row (the header is row 1), the column and what was found.
pub(super) fn read(name: &str, source: impl Read) -> Result<Dataset> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(source);
    let header = reader.headers().context("reading the header")?.clone();
    ensure!(
        header.len() >= 3,
        "expected a name, features and a class, found {} columns",
        header.len()
    );
    let feature_columns = 1..header.len() - 1;

    let mut classes: Vec<String> = Vec::new();
    let mut dataset = Dataset {
        name: name.to_owned(),
        features: feature_columns
            .clone()
            .map(|column| feature(&header[column]))
            .collect(),
        target: Target::Numbers(Vec::new()),
        sample_names: Vec::new(),
        inputs: Vec::new(),
        targets: Vec::new(),
        training_samples: 0,
        scaling: Scaling::shift(vec![0.0; feature_columns.len()]),
        unseen: Vec::new(),
    };
    for (index, record) in reader.records().enumerate() {
        let record = record?;
        let row = index + 2;
        dataset.sample_names.push(record[0].to_owned());
        for column in feature_columns.clone() {
            let value = record[column]
                .parse()
                .ok()
                .filter(|value: &f64| value.is_finite());
            dataset.inputs.push(value.with_context(|| {
                format!(
                    "row {row}, column {:?}: {:?} is not a number",
                    &header[column], &record[column]
                )
            })?);
        }
        let class = &record[feature_columns.end];
        let seen = classes
            .iter()
            .position(|known| known == class)
            .unwrap_or_else(|| {
                classes.push(class.to_owned());
                classes.len() - 1
            });
        ensure!(
            seen < 2,
            "row {row}: {class:?} is a third class, expected two"
        );
        dataset.targets.push(if seen == 0 { 1.0 } else { 0.0 });
    }
    let Ok([positive, negative]) = <[String; 2]>::try_from(classes) else {
        bail!(
            "expected two classes in column {:?}",
            &header[feature_columns.end]
        );
    };
    let name = header[feature_columns.end].to_owned();
    dataset.target = Target::Binary {
        name,
        classes: [negative, positive],
    };
    dataset.training_samples = dataset.targets.len();
    Ok(dataset)
}

/// "weight (lb)" as a name and a unit.
fn feature(header: &str) -> Feature {
    let split = header
        .strip_suffix(')')
        .and_then(|header| header.rsplit_once('('));
    let (name, unit) = split.unwrap_or((header, ""));
    Feature {
        name: name.trim().to_owned(),
        unit: unit.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_tables_are_refused_with_row_and_column() {
        for (table, message) in [
            (
                "name,x,class\nA,one,b\n",
                "row 2, column \"x\": \"one\" is not a number",
            ),
            (
                "name,x,class\nA,1,b\nB,inf,c\n",
                "row 3, column \"x\": \"inf\" is not a number",
            ),
            (
                "name,x,class\nA,1,b\nB,2,c\nC,3,d\n",
                "row 4: \"d\" is a third class, expected two",
            ),
            (
                "name,x,class\nA,1,b\n",
                "expected two classes in column \"class\"",
            ),
            (
                "name,class\nA,b\n",
                "expected a name, features and a class, found 2 columns",
            ),
        ] {
            assert_eq!(
                read("table", table.as_bytes()).unwrap_err().to_string(),
                message
            );
        }
    }
}
