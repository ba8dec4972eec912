//! `nnscope predict`: one answer of a saved run.

use anyhow::{Context, Result, anyhow};

use super::output::Output;
use crate::cli::{PredictOptions, RunOptions, UsageError};
use crate::data::{Feature, Preprocessing, Scaling, Target, shortest};
use crate::nn::Network;
use crate::session::{LayerParameters, RunFile};

/// What it takes to predict: neither data nor optimizer.
struct Predictor {
    preprocessing: Preprocessing,
    network: Network,
    target: Target,
    target_scaling: Scaling,
}

/// Prints the outputs, numbers in the units of the target, and the label: "0.9493363585896620 F".
///
/// # Errors
///
/// If the run is not sound, or there is not one value for each feature.
pub fn predict(options: &PredictOptions) -> Result<()> {
    let predictor = load(options)?;
    let raw = raw_values(&options.values, predictor.preprocessing.features())?;
    let inputs = predictor.preprocessing.network_inputs(&raw);
    let outputs = predictor.network.predict(&inputs);
    let outputs = predictor.target_scaling.undone(&outputs);
    let numbers: Vec<String> = outputs.iter().map(|&output| shortest(output)).collect();
    let label = predictor.target.label(&outputs);
    let mut out = Output::stdout("the prediction");
    out.line(format_args!("{} {label}", numbers.join(" ")))?;
    out.flush()
}

fn load(options: &PredictOptions) -> Result<Predictor> {
    let path = &options.run;
    match RunFile::read(path)? {
        RunFile::Run(run) => {
            let preprocessing = run.preprocessing()?;
            let (inputs, outputs) = (preprocessing.inputs().len(), run.target.outputs());
            let architecture = run.configuration.architecture(inputs, outputs);
            let network = LayerParameters::network(&run.layers, architecture)
                .with_context(|| format!("loading {}", path.display()))?;
            Ok(Predictor {
                preprocessing,
                network,
                target_scaling: run.target_scaling(),
                target: run.target,
            })
        }
        // Only layers: the data options say what they are for.
        RunFile::Layers(_) => {
            let options = RunOptions {
                settings: options.data.0.clone(),
                load: Some(path.clone()),
                ..RunOptions::default()
            };
            let setup = options.setup()?;
            Ok(Predictor {
                preprocessing: setup.run.dataset.preprocessing.clone(),
                network: setup.session.network().clone(),
                target: setup.run.dataset.target.clone(),
                target_scaling: setup.run.dataset.target_scaling.clone(),
            })
        }
    }
}

fn raw_values(texts: &[String], features: &[Feature]) -> Result<Vec<f64>> {
    if texts.len() != features.len() {
        let names: Vec<String> = features.iter().map(ToString::to_string).collect();
        let (expected, found, names) = (features.len(), texts.len(), names.join(", "));
        return Err(UsageError(format!("expected {expected} values, {names}; got {found}")).into());
    }
    let values = texts.iter().zip(features).map(|(text, feature)| {
        let value = feature.parse(text);
        value.map_err(|problem| {
            let point = text.replace(',', ".");
            let hint = match feature.parse(&point) {
                Ok(_) if point != *text => format!("; with a decimal point it is {point}"),
                _ => String::new(),
            };
            anyhow!(UsageError(format!("{feature}: {problem}{hint}")))
        })
    });
    values.collect()
}
