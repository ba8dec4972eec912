//! A run before its first step: how it is set up, and what it learns from.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

use super::memory::check_memory;
use super::preparing::{CANCELLED, go_on};
use super::reach::{check_targets, scaled_targets, unreachable_targets};
use super::{
    Baseline, DataSource, Draft, Hear, Known, LayerParameters, Preparing, Session, TrainingConfig,
    TrainingData, layers_of,
};
use crate::data::{Dataset, Scaling, Summary, TargetScaling};
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
    /// What the best constant answer scores.
    pub baseline: Baseline,
    /// What its values are like.
    pub summary: Arc<Summary>,
}

impl Run {
    /// A run of this configuration, which fits the data.
    #[must_use]
    pub fn new(config: TrainingConfig, source: DataSource, dataset: Arc<Dataset>) -> Self {
        let summary = Arc::new(Summary::of(&dataset));
        Self::with_summary(config, source, dataset, summary)
    }

    fn with_summary(
        config: TrainingConfig,
        source: DataSource,
        dataset: Arc<Dataset>,
        summary: Arc<Summary>,
    ) -> Self {
        let data = TrainingData::of(&dataset);
        Self {
            baseline: Baseline::of(&dataset, &data),
            summary,
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
        Self::prepare_beside(None, draft, dataset)
    }

    /// [`Self::prepare`], with what the present run has made of the same dataset.
    fn prepare_beside(
        present: Option<&Self>,
        mut draft: Draft,
        dataset: Arc<Dataset>,
    ) -> Result<Self> {
        draft.know(Known::of(&dataset));
        let Draft {
            config,
            source,
            weights,
            ..
        } = draft;
        config.check_for(&dataset.target)?;
        let scaling = source.target_scaling_for(config.output_activation);
        let dataset = with_target_scaling(dataset, scaling);
        let mut run = match present {
            Some(present) if Arc::ptr_eq(&present.dataset, &dataset) => Self {
                config,
                source,
                ..present.clone()
            },
            Some(present) if present.dataset.has_same_samples(&dataset) => {
                Self::with_summary(config, source, dataset, Arc::clone(&present.summary))
            }
            _ => Self::new(config, source, dataset),
        };
        check_targets(&run)?;
        let architecture = run.config.architecture_for(&run.data.training);
        check_memory(&architecture)?;
        let layers = run.config.initial_layers.take();
        run.config.initial_layers =
            layers.filter(|layers| LayerParameters::network(layers, architecture).is_ok());
        if !weights.is_empty() {
            let mut network = run.initial_network();
            weights.set_in(&mut network)?;
            run.config.initial_layers = Some(layers_of(&network));
        }
        Ok(run)
    }

    /// The run that a draft describes, and its start. The data of the present run is taken if the
    /// draft asks for the same, split, scaled and with inputs in whatever way; else see [`DataSource::load`].
    ///
    /// # Errors
    ///
    /// One sentence, if the data cannot be read, the settings do not go together, the loss overflows, or it is not to go
    /// on. The present run is not touched.
    pub fn prepare_instead_of(
        present: &Self,
        draft: Draft,
        hear: &mut Hear<'_>,
    ) -> Result<(Arc<Self>, Box<Session>)> {
        let source = &draft.source;
        let dataset = if *source == present.source {
            Arc::clone(&present.dataset)
        } else if let Some(remade) = source.remade(&present.source, &present.dataset) {
            Arc::new(remade?)
        } else {
            Arc::new(source.load(&mut |rows| hear(Preparing::Reading { rows }))?)
        };
        let run = Self::prepare_beside(Some(present), draft, dataset)?;
        let session = run.begin_heard(hear)?;
        Ok((Arc::new(run), Box::new(session)))
    }

    /// The network at the start of the run.
    ///
    /// # Panics
    ///
    /// If the configuration's initial layers do not fit its architecture.
    #[must_use]
    pub fn initial_network(&self) -> Network {
        let mut generator = Xoshiro256PlusPlus::seed_from_u64(self.config.seed);
        self.config
            .initial_network(&self.data.training, &mut generator)
    }

    /// The start of the run: epoch 0.
    ///
    /// # Errors
    ///
    /// One sentence, if the loss overflows before the first step.
    pub fn begin(&self) -> Result<Session> {
        self.begin_heard(&mut go_on)
    }

    /// [`Self::begin`], which hears how far it is.
    ///
    /// # Errors
    ///
    /// One sentence, if the loss overflows before the first step, or if it is not to go on.
    pub fn begin_heard(&self, hear: &mut Hear<'_>) -> Result<Session> {
        let session = Session::start_heard(&self.config, self.data.clone(), hear);
        let session = session.context(CANCELLED)?;
        check_loss(&session)?;
        Ok(session)
    }

    /// The run as a draft of another one: no setting is open.
    #[must_use]
    pub fn draft(&self) -> Draft {
        let known = Known::of(&self.dataset);
        Draft::of(&self.config, &self.source, Some(known))
    }

    /// What is to be said of it before training, a sentence each.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = self.dataset.remarks.clone();
        remarks.extend(scaled_targets(&self.dataset));
        remarks.extend(unreachable_targets(self));
        remarks
    }

    /// Predicts what a saved run predicted: targets that are scaled in the same way.
    pub fn keep_target_scaling(&mut self, scaling: Scaling) {
        if self.dataset.target_scaling != scaling {
            Arc::make_mut(&mut self.dataset).target_scaling = scaling;
            self.data = TrainingData::of(&self.dataset);
            self.baseline = Baseline::of(&self.dataset, &self.data);
        }
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

/// The dataset with its targets scaled by this method.
fn with_target_scaling(mut dataset: Arc<Dataset>, method: TargetScaling) -> Arc<Dataset> {
    let scaling = dataset.target_scaling_by(method);
    if dataset.target_scaling != scaling {
        Arc::make_mut(&mut dataset).target_scaling = scaling;
    }
    dataset
}

/// # Errors
///
/// One sentence, if the loss at the start overflows, on the training samples or on those for testing.
pub(super) fn check_loss(session: &Session) -> Result<()> {
    ensure!(
        session.evaluation().is_finite(),
        "with these weights and values the loss overflows"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::data::ScalingMethod;
    use crate::nn::LayerRequest;

    #[test]
    fn what_a_new_run_has_in_common_with_the_present_one_is_shared_and_read_no_second_time() {
        let source = DataSource {
            test_fraction: 0.25,
            ..DataSource::default()
        };
        let reads = &mut |_| ControlFlow::Continue(());
        let load = |source: &DataSource| source.load(&mut |_| ControlFlow::Continue(())).unwrap();
        let draft = Draft::of(&TrainingConfig::post(1), &source, None);
        let present = Run::prepare(draft, Arc::new(load(&source))).unwrap();

        let mut other = present.draft();
        other.set_hidden(LayerRequest::of_units(&[3]));
        let (run, _) = Run::prepare_instead_of(&present, other, reads).unwrap();
        assert!(Arc::ptr_eq(&run.dataset, &present.dataset));
        assert!(Arc::ptr_eq(&run.data.training, &present.data.training));
        assert_eq!(
            *run,
            Run::prepare(run.draft(), Arc::new(load(&source))).unwrap()
        );

        let mut other = present.draft();
        other.source.scaling = Some(ScalingMethod::Standardize);
        let (run, _) = Run::prepare_instead_of(&present, other, reads).unwrap();
        assert!(Arc::ptr_eq(&run.dataset.raw, &present.dataset.raw));
        assert!(!Arc::ptr_eq(&run.data.training, &present.data.training));
        assert_eq!(*run.dataset, load(&run.source));

        for (test_fraction, seed) in [(0.5, 0), (0.25, 9), (0.0, 0)] {
            let mut other = present.draft();
            (other.source.test_fraction, other.source.seed) = (test_fraction, seed);
            let (run, _) = Run::prepare_instead_of(&present, other, reads).unwrap();
            assert_eq!(*run.dataset, load(&run.source));
        }
    }

    fn plane() -> Run {
        let source = DataSource {
            data: "plane".to_owned(),
            samples: Some(5000),
            seed: 3,
            ..DataSource::default()
        };
        let dataset = source.load(&mut |_| ControlFlow::Continue(())).unwrap();
        let draft = Draft::of(&TrainingConfig::post(1), &source, None);
        let draft = draft.with_usual_open();
        Run::prepare(draft, Arc::new(dataset)).unwrap()
    }

    #[test]
    fn generated_data_that_is_split_is_not_drawn_again() {
        let mut present = plane();
        for test_fraction in [0.25, 0.4, 0.0] {
            let mut other = present.draft();
            other.source.test_fraction = test_fraction;
            let (run, _) = Run::prepare_instead_of(&present, other, &mut go_on).unwrap();
            assert!(Arc::ptr_eq(&run.dataset.raw, &present.dataset.raw));
            let loaded = run.source.load(&mut |_| ControlFlow::Continue(())).unwrap();
            assert_eq!(*run.dataset, loaded);
            present = Run::clone(&run);
        }
    }

    #[test]
    fn a_preparation_that_is_cancelled_leaves_the_present_run_whole() {
        let present = plane();
        let before = present.clone();
        let mut draft = present.draft();
        (draft.source.test_fraction, draft.source.scaling) = (0.25, Some(ScalingMethod::Center));
        let mut heard = Vec::new();
        let cancelled = Run::prepare_instead_of(&present, draft, &mut |progress| {
            heard.push(progress);
            ControlFlow::Break(())
        });
        let problem = cancelled.unwrap_err().to_string();
        assert_eq!(problem, "the preparation was cancelled");
        let samples = heard.iter().map(|progress| match progress {
            Preparing::Evaluating { samples, all: 5000 } => *samples,
            other => panic!("{other:?}"),
        });
        assert_eq!(samples.collect::<Vec<_>>(), [1024]);
        assert_eq!(present, before);
    }
}
