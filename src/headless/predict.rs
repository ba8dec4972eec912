//! `nnscope predict`: one answer of a saved run.

use std::io::{self, Write};

use anyhow::{Result, anyhow};

use crate::cli::{PredictOptions, RunOptions, UsageError};
use crate::data::quantity;

/// Prints the output and the label: "0.9493 F".
///
/// # Errors
///
/// If the run is not sound, or the values are not one for each feature.
pub fn predict(options: &PredictOptions) -> Result<()> {
    let run = RunOptions {
        load: Some(options.run.clone()),
        ..RunOptions::default()
    };
    let setup = run.setup()?;
    let features = &setup.dataset.features;
    let names: Vec<String> = features.iter().map(ToString::to_string).collect();
    if options.values.len() != features.len() {
        let (expected, found) = (features.len(), options.values.len());
        let names = names.join(", ");
        return Err(UsageError(format!("expected {expected} values, {names}; got {found}")).into());
    }
    let mut raw = Vec::new();
    for ((text, feature), name) in options.values.iter().zip(features).zip(names) {
        let value = quantity::parse(text, &feature.unit);
        raw.push(value.map_err(|problem| anyhow!(UsageError(format!("{name}: {problem}"))))?);
    }
    let scaled: Vec<f64> = setup.dataset.scaling.apply(&raw).collect();
    let outputs = setup.session.network().predict(&scaled);
    let told: Vec<String> = outputs.iter().map(f64::to_string).collect();
    let label = setup.dataset.target.label(&outputs);
    match writeln!(io::stdout(), "{} {label}", told.join(" ")) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
