//! A run on disk: JSON, written whole, read with suspicion.

mod known_keys;
mod reading;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use anyhow::{Result, ensure};
use rand::rngs::Xoshiro256PlusPlus;
use serde::{Deserialize, Serialize};

use super::data_digest::compare_data;
use super::evaluation::evaluate;
use super::held::Held;
use super::run::check_loss;
use super::{
    Confusion, DataDigest, DataSource, Evaluation, LayerParameters, Position, Run, Schedule,
    Session, State, TrainingConfig, TrainingData, WholeFile, command_line, layers_of,
};
use crate::data::{Dataset, Feature, Preprocessing, Scaling, Target};
use crate::nn::Optimizer;

/// What a file says beside its command line if that is not the whole story.
const CHANGED: &str = "the run was edited on its way; the command does not include those edits";

const FORMAT: &str = "nnscope-run";
/// Since 2, data is drawn from a stream that is independent of the weights. Since 3, categories are features,
/// the order of the classes is not that of the rows, and a file knows its data and whether the run was changed.
const VERSION: u32 = 3;

/// A run as it is saved: what it takes to predict with it and to continue it bit for bit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedRun {
    format: String,
    version: u32,
    /// The command line that recreates the run from its start.
    #[serde(default)]
    command: String,
    /// What that leaves out, if anything: the run was changed on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    command_note: Option<String>,
    /// How the run was set up.
    pub configuration: TrainingConfig,
    /// Where its data comes from.
    pub source: DataSource,
    /// What that data was; `None` in files before version 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_digest: Option<DataDigest>,
    /// What was said of the data and the run before training.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
    /// The columns that it predicts from.
    pub features: Vec<Feature>,
    /// The names of the inputs of its network; empty in files before version 3.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    inputs: Vec<String>,
    /// What it predicts.
    pub target: Target,
    /// How the features are scaled.
    pub scaling: Scaling,
    /// How its targets are; not at all if that is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target_scaling: Option<Scaling>,
    epoch: u64,
    #[serde(default)]
    step: usize,
    /// The batch size of the epoch under way, if another one was configured within it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    epoch_batch_size: Option<usize>,
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
    pub fn new(run: &Run, state: &State) -> Self {
        let dataset = &run.dataset;
        let State {
            position: Position { epoch, step },
            config,
            batch_size,
            network,
            optimizer,
            generator,
            evaluation,
            confusion,
            is_changed,
        } = state;
        let configuration = TrainingConfig::clone(config);
        let now = Run {
            config: configuration.clone(),
            ..run.clone()
        };
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            command: command_line(now.draft()),
            command_note: is_changed.then(|| CHANGED.to_owned()),
            source: run.source.clone(),
            data_digest: Some(DataDigest::of(dataset)),
            remarks: run.remarks(),
            features: dataset.features().to_vec(),
            inputs: dataset.input_names(),
            target: dataset.target.clone(),
            scaling: dataset.preprocessing.scaling().clone(),
            target_scaling: Some(dataset.target_scaling.clone()),
            epoch: *epoch,
            step: *step,
            epoch_batch_size: (*batch_size != configuration.batch_size).then_some(*batch_size),
            evaluation: *evaluation,
            confusion: (*step > 0).then(|| confusion.rows().map(<[u64]>::to_vec).collect()),
            layers: layers_of(network),
            optimizer: Optimizer::clone(optimizer),
            generator: generator.clone(),
            configuration,
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
            batch_size: self.epoch_batch_size.unwrap_or(config.batch_size),
            config: Arc::new(config.clone()),
            network: Held::of(parameters, network),
            optimizer: Held::of(parameters, self.optimizer.clone()),
            generator: self.generator.clone(),
            evaluation,
            confusion,
            is_changed: self.command_note.is_some(),
        })
    }

    /// Checks that the run can continue on this data, and prepares the data as it was for the run. Returns whether it
    /// is the very data; if not, a remark says so.
    ///
    /// # Errors
    ///
    /// One sentence that says what differs.
    pub fn take_data(&self, dataset: &mut Dataset) -> Result<bool> {
        dataset.order_classes_as(&self.target);
        let remark = compare_data(self, dataset)?;
        let is_same = remark.is_none() && self.data_digest.is_some();
        dataset.remarks.extend(remark);
        dataset.preprocessing = self.preprocessing()?;
        Ok(is_same)
    }

    /// Whether training from its start under `config` leads to where it is.
    fn can_go_back(&self, config: &TrainingConfig) -> bool {
        let own = &self.configuration;
        let depends_on_epochs = config.schedule == Schedule::Cosine;
        let same_but_for_its_end = TrainingConfig {
            epochs: config.epochs,
            until_loss: config.until_loss,
            ..own.clone()
        };
        self.command_note.is_none()
            && same_but_for_its_end == *config
            && (own.epochs == config.epochs || !depends_on_epochs)
    }

    /// [`Self::session`] on the very data that it was trained on: unless it was changed, it can go back to its start.
    ///
    /// # Errors
    ///
    /// As [`Self::session`].
    pub fn session_with_past(
        &self,
        config: &TrainingConfig,
        data: TrainingData,
    ) -> Result<Session> {
        let mut session = self.session(config, data)?;
        if self.can_go_back(config) {
            session.note_that_it_began_as_configured();
        }
        Ok(session)
    }

    /// The way from raw values to the inputs of its network.
    ///
    /// # Errors
    ///
    /// One sentence, if features, scaling and inputs do not fit each other.
    pub fn preprocessing(&self) -> Result<Preprocessing> {
        let features = Preprocessing::new(self.features.clone(), self.scaling.clone())?;
        features.with_inputs(&self.source.inputs)
    }

    /// The way from targets to what its network predicts.
    #[must_use]
    pub fn target_scaling(&self) -> Scaling {
        let scaling = self.target_scaling.clone();
        scaling.unwrap_or_else(|| Scaling::none(self.target.outputs()))
    }
}
