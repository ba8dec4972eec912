//! `nnscope predict`: one answer of a saved run.

use std::io::{self, Write};

use anyhow::{Context, Result, anyhow};

use crate::cli::{PredictOptions, RunOptions, UsageError};
use crate::data::{Feature, Scaling, Target, quantity};
use crate::nn::Network;
use crate::session::{LayerParameters, RunFile};

/// What it takes to predict: neither data nor optimizer.
struct Predictor {
    network: Network,
    features: Vec<Feature>,
    scaling: Scaling,
    target: Target,
}

/// Prints the outputs and the label: "0.9493363585896620 F".
///
/// # Errors
///
/// If the run is not sound, or the values are not one for each feature.
pub fn predict(options: &PredictOptions) -> Result<()> {
    let predictor = load(options)?;
    let raw = raw_inputs(&options.values, &predictor.features)?;
    let scaled = predictor.scaling.applied(&raw);
    let outputs = predictor.network.predict(&scaled);
    let told: Vec<String> = outputs.iter().map(f64::to_string).collect();
    let label = predictor.target.label(&outputs);
    match writeln!(io::stdout(), "{} {label}", told.join(" ")) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

fn load(options: &PredictOptions) -> Result<Predictor> {
    let path = &options.run;
    match RunFile::read(path)? {
        RunFile::Run(run) => {
            let (inputs, outputs) = (run.features.len(), run.target.outputs());
            let architecture = run.configuration.architecture(inputs, outputs);
            let network = LayerParameters::network(&run.layers, architecture)
                .with_context(|| format!("loading {}", path.display()))?;
            let run = *run;
            let (features, scaling, target) = (run.features, run.scaling, run.target);
            Ok(Predictor {
                network,
                features,
                scaling,
                target,
            })
        }
        // Nothing but layers: the data options say what they are for.
        RunFile::Layers(_) => {
            let options = RunOptions {
                data: options.data.clone(),
                load: Some(path.clone()),
                ..RunOptions::default()
            };
            let setup = options.setup()?;
            Ok(Predictor {
                network: setup.session.network().clone(),
                features: setup.dataset.features.clone(),
                scaling: setup.dataset.scaling.clone(),
                target: setup.dataset.target.clone(),
            })
        }
    }
}

fn raw_inputs(values: &[String], features: &[Feature]) -> Result<Vec<f64>> {
    let names: Vec<String> = features.iter().map(ToString::to_string).collect();
    if values.len() != features.len() {
        let (expected, found) = (features.len(), values.len());
        let names = names.join(", ");
        return Err(UsageError(format!("expected {expected} values, {names}; got {found}")).into());
    }
    let values = values.iter().zip(features).zip(names);
    let values = values.map(|((text, feature), name)| {
        let value = quantity::parse(text, &feature.unit);
        value.map_err(|problem| anyhow!(UsageError(format!("{name}: {problem}"))))
    });
    values.collect()
}
