//! A run on disk: JSON, written whole, read with suspicion.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use super::{Existing, LayerParameters, Position, Session, TrainingConfig, layers_of, write_whole};
use crate::data::{Examples, Scaling};

const FORMAT: &str = "nnscope-run";
const VERSION: u32 = 1;

/// A run as it is saved: what it takes to predict with it and to go on to the bit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SavedRun {
    format: &'static str,
    version: u32,
    /// How the run was set up.
    pub configuration: TrainingConfig,
    /// What is done to raw values before the network sees them.
    pub scaling: Scaling,
    /// Whole passes over the data.
    pub epoch: u64,
    /// Updates since then.
    pub step: usize,
    /// The loss at the end of the last whole epoch.
    pub loss: f64,
    /// All parameters.
    pub layers: Vec<LayerParameters>,
}

/// What a file given to `--load` holds.
#[derive(Debug, Clone, PartialEq)]
pub enum RunFile {
    /// A run that nnscope saved.
    Run(SavedRun),
    /// Nothing but layers, from somewhere else: the start of a run.
    Layers(Vec<LayerParameters>),
}

impl SavedRun {
    /// The run as it stands in `session`.
    #[must_use]
    pub fn new(configuration: &TrainingConfig, scaling: &Scaling, session: &Session) -> Self {
        let Position { epoch, step } = session.position();
        Self {
            format: FORMAT,
            version: VERSION,
            configuration: configuration.clone(),
            scaling: scaling.clone(),
            epoch,
            step,
            loss: session.loss(),
            layers: layers_of(session.network()),
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
    /// Never: a run's numbers are finite, and so all of it is JSON.
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
    /// One sentence, if the layers are not of the configuration's shape or the position is not one of these
    /// examples'.
    pub fn session(&self, config: &TrainingConfig, examples: Arc<Examples>) -> Result<Session> {
        let (shifts, features) = (self.scaling.shift.len(), examples.input_width);
        ensure!(
            shifts == features,
            "expected {features} shifts, found {shifts}"
        );
        let network = LayerParameters::network(&self.layers, config.architecture(&examples))?;
        let (step, samples) = (self.step, examples.len());
        ensure!(
            step < samples,
            "step {step} is past the {samples} samples of an epoch"
        );
        Ok(Session::resume(
            config,
            examples,
            network,
            Position {
                epoch: self.epoch,
                step,
            },
        ))
    }
}

/// The file as it may be found.
#[derive(Deserialize)]
struct Found {
    format: Option<String>,
    version: Option<u32>,
    configuration: Option<TrainingConfig>,
    scaling: Option<Scaling>,
    epoch: Option<u64>,
    #[serde(default)]
    step: usize,
    loss: Option<f64>,
    layers: Vec<LayerParameters>,
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
        let found: Found = serde_json::from_slice(bytes).context("not a run that can be read")?;
        let Some(format) = found.format else {
            return Ok(Self::Layers(found.layers));
        };
        ensure!(
            format == FORMAT,
            "expected the format {FORMAT:?}, found {format:?}"
        );
        match found.version {
            Some(VERSION) => {}
            Some(version) => bail!("version {version} of the format, this program knows {VERSION}"),
            None => bail!("the format has no version"),
        }
        let missing = |field: &str| format!("the field {field:?} is missing");
        let configuration = found
            .configuration
            .with_context(|| missing("configuration"))?;
        configuration.check()?;
        Ok(Self::Run(SavedRun {
            format: FORMAT,
            version: VERSION,
            configuration,
            scaling: found.scaling.with_context(|| missing("scaling"))?,
            epoch: found.epoch.with_context(|| missing("epoch"))?,
            step: found.step,
            loss: found.loss.with_context(|| missing("loss"))?,
            layers: found.layers,
        }))
    }
}
