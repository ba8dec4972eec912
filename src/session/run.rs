//! A run before its first step: how it is set up, and what it learns from.

use std::sync::Arc;

use anyhow::{Result, ensure};

use super::{DataSource, Draft, LayerParameters, Session, TrainingConfig, TrainingData, layers_of};
use crate::data::{Dataset, RowsRead};
use crate::nn::Network;

/// Everything that decides a run's course, shared by all who train it, show it and save it.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// How it is set up.
    pub config: TrainingConfig,
    /// Where its data comes from.
    pub source: DataSource,
    /// What it learns from, as people know it: raw values, names and units.
    pub dataset: Arc<Dataset>,
    /// The same as the network sees it.
    pub data: TrainingData,
}

impl Run {
    /// A run of this configuration, which fits the data.
    #[must_use]
    pub fn new(config: TrainingConfig, source: DataSource, dataset: Arc<Dataset>) -> Self {
        let data = TrainingData::of(&dataset);
        Self {
            config,
            source,
            dataset,
            data,
        }
    }

    /// The run that a draft describes. Initial layers that do not fit the network are dropped: it draws its own.
    ///
    /// # Errors
    ///
    /// One sentence, if the settings do not go together or with the data.
    pub fn prepare(draft: Draft, dataset: Arc<Dataset>) -> Result<Self> {
        let Draft {
            mut config,
            source,
            output_activation,
            loss,
            weights,
        } = draft;
        config.suit(&dataset.target, output_activation, loss);
        config.check_for(&dataset.target)?;
        let mut run = Self::new(config, source, dataset);
        let architecture = run.config.architecture_for(&run.data.training);
        let layers = run.config.initial_layers.take();
        run.config.initial_layers =
            layers.filter(|layers| LayerParameters::network(layers, architecture).is_ok());
        if !weights.is_empty() {
            let mut network = Session::start(&run.config, run.data.clone())
                .network()
                .clone();
            weights.set_in(&mut network)?;
            run.config.initial_layers = Some(layers_of(&network));
        }
        Ok(run)
    }

    /// The run that a draft describes, and the network of its start. The data of the present run is taken if the
    /// draft asks for the same; else see [`DataSource::load`].
    ///
    /// # Errors
    ///
    /// One sentence, if the data cannot be read, the settings do not go together, or the loss overflows.
    pub fn prepare_instead_of(
        present: &Self,
        draft: Draft,
        rows_read: &mut RowsRead,
    ) -> Result<(Arc<Self>, Network)> {
        let dataset = if draft.source == present.source {
            Arc::clone(&present.dataset)
        } else {
            Arc::new(draft.source.load(rows_read)?)
        };
        let run = Self::prepare(draft, dataset)?;
        let network = run.begin()?.network().clone();
        Ok((Arc::new(run), network))
    }

    /// The start of the run: epoch 0.
    ///
    /// # Errors
    ///
    /// One sentence, if the loss overflows before the first step.
    pub fn begin(&self) -> Result<Session> {
        let session = Session::start(&self.config, self.data.clone());
        check_loss(&session)?;
        Ok(session)
    }

    /// Whether the other run differs in nothing but the seed and the initial parameters.
    #[must_use]
    pub fn is_same_but_for_seed(&self, other: &Self) -> bool {
        self.source == other.source && self.with_seed(0).config == other.with_seed(0).config
    }

    /// The same run from another seed, which draws its own initial parameters.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        let mut run = self.clone();
        run.config.seed = seed;
        run.config.initial_layers = None;
        run
    }
}

/// # Errors
///
/// One sentence, if the loss at the start overflows.
pub(super) fn check_loss(session: &Session) -> Result<()> {
    ensure!(
        session.loss().is_finite(),
        "with these weights and values the loss overflows"
    );
    Ok(())
}
