//! Reads a run file with suspicion: everything in it is checked as what is typed is.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;

use super::known_keys::Keys;
use super::{FORMAT, LayerParameters, RunFile, SavedRun, VERSION};
use crate::data::{Feature, TargetScaling, scrub_to};
use crate::session::DataStream;
use crate::session::file_problem::{file_error, shown_path};
use crate::session::json_problem::json_error;

/// The largest file that is read: four numbers for each of 8 million parameters, 26 bytes each, twice over.
const MOST_BYTES: u64 = 2 << 30;

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

    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let keys: Keys = read_json(bytes)?;
        let Head { format, version } = read_json(bytes)?;
        let Some(format) = format else {
            keys.check_layers_only()?;
            let file: LayersOnly = read_json(bytes)?;
            return Ok(Self::Layers(file.layers));
        };
        ensure!(
            format == FORMAT,
            "expected the format {FORMAT:?}, found {format:?}"
        );
        let version = version.context("\"version\" is missing")?;
        ensure!(
            (1..=VERSION).contains(&version),
            "version {version} of the format, this program knows 1 to {VERSION}"
        );
        keys.check_run()?;
        let mut run: SavedRun = read_json(bytes)?;
        run.fill_in(version);
        run.check()?;
        run.scrub_texts();
        Ok(Self::Run(Box::new(run)))
    }
}

#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<u32>,
}

#[derive(Deserialize)]
struct LayersOnly {
    layers: Vec<LayerParameters>,
}

impl SavedRun {
    /// Sets what files of an earlier version leave out.
    fn fill_in(&mut self, version: u32) {
        if version == 1 && self.source.is_drawn() {
            self.source.stream = DataStream::Weights;
        }
        if self.target_scaling.is_none() {
            // Before there was a scaling of targets, files were not scaled either.
            self.source.target_scaling = Some(TargetScaling::None);
        }
        if version < 3 {
            let source = self.source.clone().with_columns_of(&self.features);
            self.source = source.with_positive_of(&self.target);
        }
    }

    /// Checks all that does not depend on the data, as what is typed is checked.
    fn check(&self) -> Result<()> {
        let config = &self.configuration;
        config.check_for(&self.target).context("configuration")?;
        self.source.check().context("source")?;
        let preprocessing = self.preprocessing()?;
        let names = preprocessing.inputs().iter().map(|input| &input.name);
        ensure!(
            self.inputs.is_empty() || names.eq(&self.inputs),
            "the inputs are not those of the features"
        );
        ensure!(
            self.target_scaling().is_sound(self.target.outputs()),
            "the scaling of the targets does not fit them"
        );
        let inputs = preprocessing.inputs().len();
        let architecture = config.architecture(inputs, self.target.outputs());
        if let Some(initial) = &config.initial_layers {
            LayerParameters::network(initial, architecture.clone()).context("initial_layers")?;
        }
        LayerParameters::network(&self.layers, architecture)?;
        ensure!(
            self.evaluation.is_finite(),
            "the loss is not a finite number"
        );
        // From there it would draw zeros for ever.
        ensure!(
            serde_json::to_value(&self.generator)? != json!({ "s": [0, 0, 0, 0] }),
            "the state of the generator is all zeros"
        );
        Ok(())
    }

    /// Removes from all texts what could disturb a screen.
    fn scrub_texts(&mut self) {
        self.features.iter_mut().for_each(Feature::scrub_texts);
        self.target.scrub_texts();
        for text in &mut self.remarks {
            *text = scrub_to(text, usize::MAX);
        }
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
