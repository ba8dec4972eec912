//! A run on disk: JSON, written whole, read with suspicion.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use rand::rngs::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

use super::run::check_loss;
use super::{
    DataSource, DataStream, Evaluation, Existing, LayerParameters, Position, Session, Standing,
    TrainingConfig, TrainingData, command_line, layers_of, write_whole,
};
use crate::data::{Dataset, Feature, Preprocessing, Scaling, Target};
use crate::nn::Optimizer;

const FORMAT: &str = "nnscope-run";
/// Since 2, data is drawn from a stream that is independent of the weights.
const VERSION: u32 = 2;

/// A run as it is saved: what it takes to predict with it and to go on to the bit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedRun {
    format: String,
    version: u32,
    /// The command line that gives the run again from its start.
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
    /// Whole passes over the data.
    pub epoch: u64,
    /// Updates since then.
    #[serde(default)]
    pub step: usize,
    /// How good the network was at the end of the last whole epoch.
    #[serde(flatten)]
    pub evaluation: Evaluation,
    /// All parameters.
    pub layers: Vec<LayerParameters>,
    /// What the optimizer remembers.
    pub optimizer: Optimizer,
    /// The generator as it was before the order of this epoch was drawn from it.
    pub generator: Xoshiro256PlusPlus,
}

impl SavedRun {
    /// Removes from all texts what could disturb a screen.
    fn scrub_texts(&mut self) {
        self.features.iter_mut().for_each(Feature::scrub_texts);
        self.target.scrub_texts();
    }

    /// The way from raw values to the inputs of its network.
    ///
    /// # Errors
    ///
    /// One sentence, if features and scaling do not fit each other.
    pub fn preprocessing(&self) -> Result<Preprocessing> {
        Preprocessing::new(self.features.clone(), self.scaling.clone())
    }
}

/// What a file given to `--load` holds.
#[derive(Debug, Clone, PartialEq)]
pub enum RunFile {
    /// A run that nnscope saved.
    Run(Box<SavedRun>),
    /// Nothing but layers, from somewhere else: the start of a run.
    Layers(Vec<LayerParameters>),
}

impl SavedRun {
    /// The run as it stands in `session`.
    #[must_use]
    pub fn new(source: &DataSource, dataset: &Dataset, session: &Session) -> Self {
        let Standing {
            position,
            optimizer,
            generator,
            ..
        } = session.standing();
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            command: command_line(source, &session.config()),
            configuration: session.config(),
            source: source.clone(),
            features: dataset.features().to_vec(),
            target: dataset.target.clone(),
            scaling: dataset.preprocessing.scaling().clone(),
            epoch: position.epoch,
            step: position.step,
            evaluation: session.evaluation(),
            layers: layers_of(session.network()),
            optimizer,
            generator,
        }
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    ///
    /// If a file is there that is to be kept, or the disk refuses.
    ///
    /// # Panics
    ///
    /// Never: even what is not finite can be written. [`Session::keep_finite`] is for the caller.
    pub fn write(&self, path: &Path, existing: Existing) -> Result<()> {
        let mut json = serde_json::to_vec_pretty(self).expect("finite numbers are JSON");
        json.push(b'\n');
        write_whole(path, &json, existing)
    }

    /// The session to go on with, under `config` (this run's own, or changed where that is possible
    /// on the way).
    ///
    /// # Errors
    ///
    /// One sentence, if the run does not fit its configuration or the data.
    pub fn session(&self, config: &TrainingConfig, data: TrainingData) -> Result<Session> {
        let network =
            LayerParameters::network(&self.layers, config.architecture_for(&data.training))?;
        let parameters = network.parameters().len();
        ensure!(
            self.optimizer.kind() == config.optimizer && self.optimizer.is_sound(parameters),
            "the optimizer's memory does not fit {parameters} parameters"
        );
        let position = Position {
            epoch: self.epoch,
            step: self.step,
        };
        let standing = Standing {
            position,
            optimizer: self.optimizer.clone(),
            generator: self.generator.clone(),
            // Between two epochs it is what is found; there is no need to believe the file.
            evaluation: (self.step > 0).then_some(self.evaluation),
        };
        let session = Session::resume(config, data, network, standing);
        let (step, steps) = (self.step, session.steps_per_epoch());
        ensure!(
            step <= steps,
            "step {step} is past the {steps} steps of an epoch"
        );
        check_loss(&session)?;
        Ok(session)
    }
}

impl RunFile {
    /// Reads a run, or the layers of one.
    ///
    /// # Errors
    ///
    /// One sentence that names the file and what is wrong with it. Only regular files are opened.
    pub fn read(path: &Path) -> Result<Self> {
        let reading = || format!("reading {}", path.display());
        let metadata = fs::metadata(path).with_context(reading)?;
        ensure!(
            metadata.is_file(),
            "reading {}: not a regular file",
            path.display()
        );
        let bytes = fs::read(path).with_context(reading)?;
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
        const NOT_A_RUN: &str = "not a run that can be read";
        let head: Head = serde_json::from_slice(bytes).context(NOT_A_RUN)?;
        let Some(format) = head.format else {
            let file: LayersOnly = serde_json::from_slice(bytes).context(NOT_A_RUN)?;
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
        let mut run: SavedRun = serde_json::from_slice(bytes).context(NOT_A_RUN)?;
        if version == 1 && run.source.is_drawn() {
            run.source.stream = DataStream::Weights;
        }
        run.configuration.check()?;
        run.preprocessing()?;
        run.scrub_texts();
        Ok(Self::Run(Box::new(run)))
    }
}
