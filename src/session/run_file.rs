//! A run on disk: JSON, written whole, read with suspicion.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use rand::rngs::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

use super::evaluation::evaluate;
use super::file_problem::{file_error, shown_path};
use super::json_problem::json_error;
use super::run::check_loss;
use super::{
    Confusion, DataSource, DataStream, Draft, Evaluation, Known, LayerParameters, Position,
    Session, State, TrainingConfig, TrainingData, WholeFile, command_line, layers_of,
};
use crate::data::{Dataset, Feature, Preprocessing, Scaling, Target, TargetScaling};
use crate::nn::Optimizer;

const FORMAT: &str = "nnscope-run";
/// Since 2, data is drawn from a stream that is independent of the weights. Since 3, categories are features, and the
/// order of the classes is not that of the rows.
const VERSION: u32 = 3;

/// The largest file that is read: four numbers for each of 8 million parameters, 26 bytes each, twice over.
const MOST_BYTES: u64 = 2 << 30;

/// A run as it is saved: what it takes to predict with it and to continue it bit for bit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedRun {
    format: String,
    version: u32,
    /// The command line that recreates the run from its start.
    #[serde(default)]
    command: String,
    /// How the run was set up.
    pub configuration: TrainingConfig,
    /// Where its data comes from.
    pub source: DataSource,
    /// The columns that it predicts from.
    pub features: Vec<Feature>,
    /// What it predicts.
    pub target: Target,
    /// How the inputs of the network are scaled.
    pub scaling: Scaling,
    /// How its targets are; not at all if that is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target_scaling: Option<Scaling>,
    epoch: u64,
    #[serde(default)]
    step: usize,
    #[serde(flatten)]
    evaluation: Evaluation,
    /// The confusion matrix of the same evaluation, one row for each actual class. Between two epochs it follows
    /// from the layers and is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confusion: Option<Vec<Vec<u64>>>,
    /// All parameters.
    pub layers: Vec<LayerParameters>,
    optimizer: Optimizer,
    generator: Xoshiro256PlusPlus,
}

/// The contents of a file that is given to `--load`.
#[derive(Debug, Clone, PartialEq)]
pub enum RunFile {
    /// A run that nnscope saved.
    Run(Box<SavedRun>),
    /// Only layers, from another program: the start of a run.
    Layers(Vec<LayerParameters>),
}

impl SavedRun {
    /// The run as it is in `session`.
    #[must_use]
    pub fn new(source: &DataSource, dataset: &Dataset, session: &Session) -> Self {
        let configuration = session.config();
        let State {
            position: Position { epoch, step },
            // It is in the configuration.
            learning_rate: _,
            network,
            optimizer,
            generator,
            evaluation,
            confusion,
        } = session.state();
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            command: command_line(Draft::of(&configuration, source, Some(Known::of(dataset)))),
            configuration,
            source: source.clone(),
            features: dataset.features().to_vec(),
            target: dataset.target.clone(),
            scaling: dataset.preprocessing.scaling().clone(),
            target_scaling: Some(dataset.target_scaling.clone()),
            epoch: *epoch,
            step: *step,
            evaluation: *evaluation,
            confusion: (*step > 0).then(|| confusion.rows().map(<[u64]>::to_vec).collect()),
            layers: layers_of(network),
            optimizer: optimizer.clone(),
            generator: generator.clone(),
        }
    }

    /// Writes the run to a file.
    ///
    /// # Errors
    ///
    /// One sentence, if the file cannot be written.
    ///
    /// # Panics
    ///
    /// Never: even numbers that are not finite can be written. [`Session::keep_finite`] is for the caller.
    pub fn write(&self, file: WholeFile) -> Result<()> {
        let mut json =
            serde_json::to_vec_pretty(self).expect("a run has no key that is not a text");
        json.push(b'\n');
        file.write(&json)
    }

    /// The session that continues the run under `config`: the run's own, or changed where that is possible on
    /// the way.
    ///
    /// # Errors
    ///
    /// One sentence, if the run does not fit its configuration or the data.
    pub fn session(&self, config: &TrainingConfig, data: TrainingData) -> Result<Session> {
        let state = self.state(config, &data)?;
        let session = Session::resume(config, data, state);
        let (step, steps) = (self.step, session.steps_per_epoch());
        ensure!(
            step <= steps,
            "step {step} is past the {steps} steps of an epoch"
        );
        check_loss(&session)?;
        Ok(session)
    }

    fn state(&self, config: &TrainingConfig, data: &TrainingData) -> Result<State> {
        let architecture = config.architecture_for(&data.training);
        let network = LayerParameters::network(&self.layers, architecture)?;
        let parameters = network.parameters().len();
        ensure!(
            self.optimizer.kind() == config.optimizer && self.optimizer.is_sound(parameters),
            "the optimizer's memory does not fit {parameters} parameters"
        );
        let (mut evaluation, mut confusion) = evaluate(&network, config.loss, data);
        // Between two epochs it is that of the layers, whatever the file says.
        // Within one it is older, and both parts of it are in the file: of an old file without the matrix, neither.
        if self.step > 0
            && let Some(rows) = &self.confusion
        {
            evaluation = self.evaluation;
            confusion = Confusion::from_rows(rows, confusion.classes)?;
        }
        Ok(State {
            position: Position {
                epoch: self.epoch,
                step: self.step,
            },
            learning_rate: config.learning_rate,
            network,
            optimizer: self.optimizer.clone(),
            generator: self.generator.clone(),
            evaluation,
            confusion,
        })
    }

    /// The way from raw values to the inputs of its network.
    ///
    /// # Errors
    ///
    /// One sentence, if features and scaling do not fit each other.
    pub fn preprocessing(&self) -> Result<Preprocessing> {
        Preprocessing::new(self.features.clone(), self.scaling.clone())
    }

    /// The way from targets to what its network predicts.
    #[must_use]
    pub fn target_scaling(&self) -> Scaling {
        let scaling = self.target_scaling.clone();
        scaling.unwrap_or_else(|| Scaling::none(self.target.outputs()))
    }

    /// Removes from all texts what could disturb a screen.
    fn scrub_texts(&mut self) {
        self.features.iter_mut().for_each(Feature::scrub_texts);
        self.target.scrub_texts();
    }
}

impl RunFile {
    /// Reads a run, or the layers of one.
    ///
    /// # Errors
    ///
    /// One sentence that names the file and what is wrong with it.
    pub fn read(path: &Path) -> Result<Self> {
        let reading = || format!("reading {}", shown_path(path));
        let bytes = read_some(path).with_context(reading)?;
        Self::parse(&bytes).with_context(reading)
    }

    fn parse(bytes: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Head {
            format: Option<String>,
            version: Option<u32>,
        }
        #[derive(Deserialize)]
        struct LayersOnly {
            layers: Vec<LayerParameters>,
        }
        let head: Head = read_json(bytes)?;
        let Some(format) = head.format else {
            let file: LayersOnly = read_json(bytes)?;
            return Ok(Self::Layers(file.layers));
        };
        ensure!(
            format == FORMAT,
            "expected the format {FORMAT:?}, found {format:?}"
        );
        let version = head.version.context("the format has no version")?;
        ensure!(
            (1..=VERSION).contains(&version),
            "version {version} of the format, this program knows 1 to {VERSION}"
        );
        let mut run: SavedRun = read_json(bytes)?;
        if version == 1 && run.source.is_drawn() {
            run.source.stream = DataStream::Weights;
        }
        if run.target_scaling.is_none() {
            // Before there was a scaling of targets, files were not scaled either.
            run.source.target_scaling = Some(TargetScaling::None);
        }
        if version < 3 {
            run.source = run
                .source
                .with_columns_of(&run.features)
                .with_positive_of(&run.target);
        }
        run.configuration.check()?;
        run.preprocessing()?;
        ensure!(
            run.target_scaling().is_sound(run.target.outputs()),
            "the scaling of the targets does not fit them"
        );
        run.scrub_texts();
        Ok(Self::Run(Box::new(run)))
    }
}

fn read_json<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| json_error(&error))
}

/// The bytes of a file, a pipe or standard input.
fn read_some(path: &Path) -> Result<Vec<u8>> {
    let open = || -> io::Result<Box<dyn Read>> {
        Ok(if path == "-" {
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(path)?)
        })
    };
    let mut bytes = Vec::new();
    let read = open().and_then(|input| input.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|problem| file_error(&problem))?;
    ensure!(
        bytes.len() as u64 <= MOST_BYTES,
        "it has more than {MOST_BYTES} bytes, as no run has"
    );
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use serde_json::{Value, json};

    use super::*;
    use crate::nn::{Activation, Loss, OptimizerKind};
    use crate::session::StepOutcome;

    /// A run on the penguins: its configuration, source and data, and the session after some steps.
    fn run(steps: usize) -> (SavedRun, Session) {
        let source = DataSource {
            data: "penguins".to_owned(),
            test_fraction: 0.25,
            ..DataSource::default()
        };
        let dataset = source.load(&mut |_| ControlFlow::Continue(())).unwrap();
        let mut config = TrainingConfig {
            optimizer: OptimizerKind::Adam,
            learning_rate: 0.01,
            batch_size: 16,
            shuffle: true,
            ..TrainingConfig::post(3)
        };
        config.output_activation = Activation::Softmax;
        config.loss = Loss::CrossEntropy;
        let mut session = Session::start(&config, TrainingData::of(&dataset));
        for _ in 0..steps {
            while session.step() == StepOutcome::Evaluating {}
        }
        (SavedRun::new(&source, &dataset, &session), session)
    }

    /// The session that continues a file.
    fn loaded(file: &Value, data: &TrainingData) -> Result<Session> {
        let RunFile::Run(run) = RunFile::parse(file.to_string().as_bytes())? else {
            panic!("only layers")
        };
        run.session(&run.configuration, data.clone())
    }

    #[test]
    fn a_file_holds_the_whole_state_between_two_epochs_and_within_one() {
        let (_, start) = run(0);
        let steps = start.steps_per_epoch();
        for steps in [0, 1, steps - 1, steps, 5 * steps, 5 * steps + 7] {
            let (saved, session) = run(steps);
            let file = serde_json::to_value(&saved).unwrap();
            let loaded = loaded(&file, session.data()).unwrap();
            assert_eq!(loaded.state(), session.state(), "{steps}");
            assert_eq!(loaded.config(), session.config());
        }
    }

    #[test]
    fn the_confusion_matrix_is_in_the_file_only_where_it_does_not_follow_from_the_layers() {
        let [between, within] = [0, 1].map(|steps| serde_json::to_value(run(steps).0).unwrap());
        assert_eq!(between.get("confusion"), None);
        let rows = within["confusion"].as_array().unwrap();
        assert_eq!(rows.len(), 3);
        let samples = rows.iter().flat_map(|row| row.as_array().unwrap());
        let samples: u64 = samples.map(|n| n.as_u64().unwrap()).sum();
        assert_eq!(samples, run(0).1.data().training.len() as u64);
    }

    #[test]
    fn a_file_without_the_confusion_matrix_loads_and_one_with_another_shape_does_not() {
        let (saved, session) = run(1);
        let mut file = serde_json::to_value(&saved).unwrap();
        file.as_object_mut().unwrap().remove("confusion").unwrap();
        let without = loaded(&file, session.data()).unwrap();
        assert_eq!(without.network(), session.network());
        // Its accuracy agrees with its matrix.
        let right = without.confusion().right() as f64 / without.data().training.len() as f64;
        assert_eq!(without.evaluation().training.quality.accuracy, Some(right));
        for (rows, problem) in [
            (json!([[1, 2], [3, 4]]), "not one of 3 classes"),
            (
                json!([[1, 2, 3], [4, 5, 6], [7, 8]]),
                "not one of 3 classes",
            ),
            (
                json!([[u64::MAX, 1, 0], [0, 0, 0], [0, 0, 0]]),
                "too many samples",
            ),
        ] {
            file["confusion"] = rows;
            let refused = loaded(&file, session.data()).unwrap_err().to_string();
            assert!(refused.contains(problem), "{refused}");
        }
    }
}
