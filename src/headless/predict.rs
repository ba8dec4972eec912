//! `nnscope predict`: the answers of a saved run, to one sample or at every point of a grid.

mod answers;
mod points;

use anyhow::{Context, Result, anyhow};

use super::output::Output;
use crate::cli::{PredictOptions, RunOptions, UsageError};
use crate::data::{Feature, Preprocessing, Scaling, Target};
use crate::nn::Network;
use crate::session::{LayerParameters, RunFile};
use crate::surface::Batch;
use answers::Answers;
use points::Points;

/// What it takes to predict: neither data nor optimizer.
struct Predictor {
    preprocessing: Preprocessing,
    network: Network,
    target: Target,
    target_scaling: Scaling,
}

/// Prints the outputs, numbers in the units of the target, and the label: "0.9493363585896620 F". For a grid, a line
/// for each point, with its values first.
///
/// # Errors
///
/// If the run is not sound, there is not one value for each feature, or the grid is not one of them.
pub fn predict(options: &PredictOptions) -> Result<()> {
    let predictor = load(options)?;
    let features = predictor.preprocessing.features();
    let out = Output::stdout("the prediction");
    let mut answers = Answers::new(options.format, out, features, &predictor.target);
    let Some(grid) = &options.grid else {
        let raw = raw_values(&options.values, features)?;
        answers.header()?;
        let inputs = predictor.preprocessing.network_inputs(&raw);
        let outputs = predictor.network.predict(&inputs);
        answers.of_sample(&raw, &predictor.target_scaling.undone(&outputs))?;
        return answers.flush();
    };
    let points = Points::read(grid, features).map_err(|problem| {
        let problem = format!("--grid: {problem}");
        anyhow!(UsageError(problem))
    })?;
    answers.header()?;
    of_grid(&predictor, &points, &mut answers)?;
    answers.flush()
}

/// Writes the answers at all points, a batch at a time.
fn of_grid(predictor: &Predictor, points: &Points, answers: &mut Answers) -> Result<()> {
    let Predictor {
        preprocessing,
        network,
        target_scaling,
        ..
    } = predictor;
    let outputs = network.architecture().output.units;
    let mut batch = Batch::new(network, preprocessing);
    let mut points = points.iter();
    loop {
        let raws: Vec<Vec<f64>> = points.by_ref().take(batch.capacity()).collect();
        if raws.is_empty() {
            return Ok(());
        }
        for raw in &raws {
            batch.push(raw);
        }
        let predicted = batch.run().predictions(network).chunks_exact(outputs);
        for (raw, outputs) in raws.iter().zip(predicted) {
            answers.at_point(raw, &target_scaling.undone(outputs))?;
        }
    }
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
    let values = texts.iter().zip(features);
    let values = values.map(|(text, feature)| raw_value(text, feature));
    let values: Result<Vec<f64>, String> = values.collect();
    values.map_err(|problem| anyhow!(UsageError(problem)))
}

/// Reads the value of a feature.
///
/// # Errors
///
/// One sentence that names the feature.
fn raw_value(text: &str, feature: &Feature) -> Result<f64, String> {
    feature.parse(text).map_err(|problem| {
        let point = text.replace(',', ".");
        let hint = match feature.parse(&point) {
            Ok(_) if point != *text => format!("; with a decimal point it is {point}"),
            _ => String::new(),
        };
        format!("{feature}: {problem}{hint}")
    })
}
