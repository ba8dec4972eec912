//! From options to a run that is ready to train.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rand::TryRng;
use rand::rngs::SysRng;

use super::{DataOptions, Hidden, RunOptions, UsageError, Weights};
use crate::data::Dataset;
use crate::nn::Network;
use crate::session::config::check_hidden;
use crate::session::{
    DataSource, Draft, LayerParameters, Run, RunFile, SavedRun, Session, TrainingConfig, layers_of,
};

/// A run, and where it stands.
#[derive(Debug)]
pub struct Setup {
    /// The run.
    pub run: Arc<Run>,
    /// Where it stands.
    pub session: Session,
}

impl RunOptions {
    /// The run that the options describe.
    ///
    /// # Errors
    ///
    /// If the data or the file to load is not sound or does not go with the other options, or no seed can
    /// be drawn.
    pub fn setup(&self) -> Result<Setup> {
        let Some(path) = &self.load else {
            return self.new_run();
        };
        let setup = match RunFile::read(path)? {
            RunFile::Layers(layers) => self.run_from(layers),
            RunFile::Run(saved) => self.saved_run(&saved),
        };
        setup.with_context(|| format!("loading {}", path.display()))
    }

    fn new_run(&self) -> Result<Setup> {
        let mut run = self.prepare(None)?;
        if let Some(Weights(given)) = &self.weights {
            let drawn = Session::start(&run.config, run.data.clone());
            let network = with_weights(drawn.network().clone(), given)?;
            run.config.initial_layers = Some(layers_of(&network));
        }
        Setup::begin(run)
    }

    /// A new run that does not draw its initial parameters.
    fn run_from(&self, layers: Vec<LayerParameters>) -> Result<Setup> {
        let hidden = LayerParameters::hidden_units(&layers);
        check_hidden(&hidden)?;
        self.check_hidden_is(&hidden)?;
        let mut run = self.prepare(Some(hidden))?;
        let architecture = run.config.architecture_for(&run.data.training);
        LayerParameters::network(&layers, architecture)?;
        run.config.initial_layers = Some(layers);
        Setup::begin(run)
    }

    fn saved_run(&self, saved: &SavedRun) -> Result<Setup> {
        let mut config = saved.configuration.clone();
        let mut source = saved.source.clone();
        self.data.change(&mut source);
        self.change(&mut config);
        self.check_hidden_is(&config.hidden)?;
        source.check()?;
        Self::check_network_is(&config, &saved.configuration)?;
        ensure!(
            self.weights.is_none(),
            "a run goes on as it began: --weights is for new runs"
        );
        ensure!(
            self.data.scaling.is_none(),
            "it keeps its scaling, --scaling is for new runs"
        );
        let mut dataset = load(&source)?;
        ensure!(
            dataset.features() == saved.features && dataset.target == saved.target,
            "the run was trained on other columns than {:?} has",
            source.data
        );
        dataset.preprocessing = saved.preprocessing()?;
        config.check_for(&dataset.target)?;
        let run = Run::new(config, source, Arc::new(dataset));
        let session = saved.session(&run.config, run.data.clone())?;
        Ok(Setup {
            run: Arc::new(run),
            session,
        })
    }

    /// A run that begins, with these units in its hidden layers or those that are asked for.
    fn prepare(&self, hidden: Option<Vec<usize>>) -> Result<Run> {
        let seed = self.seed.map_or_else(draw_seed, Ok)?;
        let mut source = DataSource {
            seed,
            ..DataSource::default()
        };
        self.data.change(&mut source);
        let mut config = TrainingConfig::post(seed);
        if let Some(hidden) = hidden.or_else(|| self.hidden.clone().map(|Hidden(hidden)| hidden)) {
            config.hidden = hidden;
        }
        self.change(&mut config);
        let dataset = load(&source)?;
        let draft = Draft {
            config,
            source,
            output_activation: self.output_activation,
            loss: self.loss,
        };
        let run = Run::prepare(draft, Arc::new(dataset));
        run.map_err(|problem| UsageError(problem.to_string()).into())
    }

    /// The command line goes before the file. What would make it another network is checked elsewhere.
    fn change(&self, config: &mut TrainingConfig) {
        config.activation = self.activation.unwrap_or(config.activation);
        config.output_activation = self.output_activation.unwrap_or(config.output_activation);
        config.loss = self.loss.unwrap_or(config.loss);
        config.optimizer = self.optimizer.unwrap_or(config.optimizer);
        config.learning_rate = self.learning_rate.unwrap_or(config.learning_rate);
        config.batch_size = self.batch_size.unwrap_or(config.batch_size);
        config.shuffle |= self.shuffle;
        config.init = self.init.unwrap_or(config.init);
        config.penalty.l1 = self.l1.unwrap_or(config.penalty.l1);
        config.penalty.l2 = self.l2.unwrap_or(config.penalty.l2);
        config.epochs = self.epochs.unwrap_or(config.epochs);
        config.until_loss = self.until_loss.or(config.until_loss);
        config.seed = self.seed.unwrap_or(config.seed);
    }

    /// A run goes on with the network and the optimizer that it has.
    fn check_network_is(config: &TrainingConfig, saved: &TrainingConfig) -> Result<()> {
        for (option, is_same) in [
            ("--activation", config.activation == saved.activation),
            (
                "--output-activation",
                config.output_activation == saved.output_activation,
            ),
            ("--optimizer", config.optimizer == saved.optimizer),
            ("--init", config.init == saved.init),
            ("--seed", config.seed == saved.seed),
        ] {
            ensure!(
                is_same,
                "a run goes on as it began: {option} is for new runs"
            );
        }
        Ok(())
    }

    fn check_hidden_is(&self, loaded: &[usize]) -> Result<()> {
        match &self.hidden {
            Some(Hidden(asked)) if asked != loaded => {
                bail!("its hidden layers have {loaded:?} units, --hidden asks for {asked:?}")
            }
            _ => Ok(()),
        }
    }
}

impl DataOptions {
    /// What is given on the command line goes before what `source` has.
    fn change(&self, source: &mut DataSource) {
        fn set<T: Clone>(place: &mut T, given: Option<&T>) {
            if let Some(given) = given {
                place.clone_from(given);
            }
        }
        set(&mut source.data, self.data.as_ref());
        set(&mut source.target, self.target.as_ref());
        set(&mut source.features, self.features.as_ref());
        set(&mut source.noise, self.noise.as_ref());
        set(&mut source.test_fraction, self.test_fraction.as_ref());
        set(&mut source.seed, self.data_seed.as_ref());
        source.drop_missing |= self.drop_missing;
        source.positive = self.positive.clone().or(source.positive.take());
        source.delimiter = self.delimiter.or(source.delimiter);
        source.samples = self.samples.or(source.samples);
        source.scaling = self.scaling.clone().or(source.scaling.take());
    }
}

/// A network with some of its parameters set by name.
fn with_weights(mut network: Network, given: &[(String, f64)]) -> Result<Network> {
    for (name, value) in given {
        let Some(parameter) = network.parameter_named(name) else {
            let biases: usize = network.layers().iter().map(|layer| layer.units).sum();
            let weights = network.parameters().len() - biases;
            let there_are = format!("w1 to w{weights} and b1 to b{biases}");
            bail!(UsageError(format!(
                "--weights: the network has {there_are}, not {name:?}"
            )));
        };
        let index = network.index_of(parameter);
        network.parameters_mut()[index] = *value;
    }
    Ok(network)
}

/// Loads data, and says how it goes on a terminal if that takes a while.
fn load(source: &DataSource) -> Result<Dataset> {
    const PATIENCE: Duration = Duration::from_millis(500);
    source
        .check()
        .map_err(|problem| UsageError(format!("{problem:#}")))?;
    let mut stderr = io::stderr();
    let is_seen = stderr.is_terminal();
    let begun = Instant::now();
    let mut is_line_open = false;
    let dataset = source.load(&mut |rows| {
        if is_seen && begun.elapsed() > PATIENCE {
            is_line_open = true;
            let _ = write!(stderr, "\r{rows} rows read");
        }
        ControlFlow::Continue(())
    });
    if is_line_open {
        let _ = write!(stderr, "\r{:30}\r", "");
    }
    dataset
}

impl Setup {
    /// Whether the run comes by an epoch.
    ///
    /// # Errors
    ///
    /// A [`UsageError`], if that is past its end or before where it was loaded.
    pub fn check_has(&self, epoch: u64) -> Result<()> {
        let (first, last) = (
            self.session.position().epoch,
            self.session.config().last_epoch(),
        );
        let problem = if epoch > last {
            format!("--at-epoch {epoch} is past the end of the run at epoch {last}")
        } else if epoch < first {
            format!("--at-epoch {epoch} is before epoch {first}, at which the run was saved")
        } else {
            return Ok(());
        };
        Err(UsageError(problem).into())
    }

    /// The start of a run.
    fn begin(run: Run) -> Result<Self> {
        let session = run.begin()?;
        Ok(Self {
            run: Arc::new(run),
            session,
        })
    }
}

/// Six digits, so that it can be read out in a classroom.
fn draw_seed() -> Result<u64> {
    Ok(SysRng.try_next_u64().context("drawing a seed")? % 1_000_000)
}
