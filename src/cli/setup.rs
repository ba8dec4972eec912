//! From options to a run that is ready to train.

use std::io::{self, IsTerminal, Stderr, Write};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rand::TryRng;
use rand::rngs::SysRng;

use super::{RunOptions, UsageError};
use crate::nn::LayerRequest;
use crate::session::config::check_hidden;
use crate::session::setting::read_count;
use crate::session::{Draft, Hear, LayerParameters, Preparing, Run, RunFile, SavedRun, Session};

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
        let mut progress = Progress::new();
        let setup = self.setup_with(&mut |prepared| progress.show(prepared));
        progress.clear();
        setup
    }

    /// The same, with something else that hears how far it is.
    ///
    /// # Errors
    ///
    /// As [`Self::setup`], and if it is not to go on.
    pub fn setup_with(&self, hear: &mut Hear) -> Result<Setup> {
        let Some(path) = &self.load else {
            return Setup::begin(prepare(self.draft()?, hear)?, hear);
        };
        let setup = match RunFile::read(path)? {
            RunFile::Layers(layers) => self.run_from(layers, hear),
            RunFile::Run(mut saved) => {
                saved.source.look_beside(path);
                self.saved_run(&saved, hear)
            }
        };
        setup.with_context(|| format!("loading {}", path.display()))
    }

    /// A new run that does not draw its initial parameters.
    fn run_from(&self, layers: Vec<LayerParameters>, hear: &mut Hear) -> Result<Setup> {
        let mut draft = self.draft()?;
        let units = LayerParameters::hidden_units(&layers);
        if self.settings.text("hidden").is_some() {
            let asked: Vec<usize> = draft
                .config()
                .hidden
                .iter()
                .map(|layer| layer.units)
                .collect();
            ensure!(
                asked == units,
                "its hidden layers have {units:?} units, --hidden asks for {asked:?}"
            );
        } else {
            let hidden = LayerRequest::of_units(&units);
            check_hidden(&hidden)?;
            draft.set_hidden(hidden);
        }
        let mut run = prepare(draft, hear)?;
        let architecture = run.config.architecture_for(&run.data.training);
        LayerParameters::network(&layers, architecture)?;
        run.config.initial_layers = Some(layers);
        Setup::begin(run, hear)
    }

    fn saved_run(&self, saved: &SavedRun, hear: &mut Hear) -> Result<Setup> {
        let loaded = Draft::of(&saved.configuration, &saved.source, None);
        let mut draft = loaded.clone();
        self.settings.apply(&mut draft);
        for setting in self.settings.settings() {
            setting.check_loaded(&loaded, &draft)?;
        }
        self.check_given(&draft)?;
        draft.source.check()?;
        let mut dataset = draft
            .source
            .load(&mut |rows| hear(Preparing::Reading { rows }))?;
        let is_same_data = saved.take_data(&mut dataset)?;
        let mut run = Run::prepare(draft, Arc::new(dataset))?;
        run.keep_target_scaling(saved.target_scaling());
        let data = run.data.clone();
        let session = if is_same_data {
            saved.session_with_past(&run.config, data)?
        } else {
            saved.session(&run.config, data)?
        };
        Ok(Setup {
            run: Arc::new(run),
            session,
        })
    }

    /// The run that is asked for, from a seed that is given or drawn.
    fn draft(&self) -> Result<Draft> {
        let given = self.settings.text("seed");
        let given = given.and_then(|seed| read_count(seed).ok());
        let mut draft = Draft::new(given.map_or_else(draw_seed, Ok)?);
        self.settings.apply(&mut draft);
        self.check_given(&draft)?;
        Ok(draft)
    }

    /// Checks that no option is given that this run would ignore.
    fn check_given(&self, draft: &Draft) -> Result<()> {
        for setting in self.settings.settings() {
            let checked = setting.check_applies(draft);
            checked.map_err(|problem| UsageError(problem.to_string()))?;
        }
        Ok(())
    }
}

fn prepare(draft: Draft, hear: &mut Hear) -> Result<Run> {
    let checked = draft.source.check();
    checked.map_err(|problem| UsageError(format!("{problem:#}")))?;
    let dataset = draft
        .source
        .load(&mut |rows| hear(Preparing::Reading { rows }))?;
    let run = Run::prepare(draft, Arc::new(dataset));
    run.map_err(|problem| UsageError(problem.to_string()).into())
}

/// Room for the longest text of the progress.
const WIDTH: usize = 40;

/// The progress of loading data, on a terminal, if that takes a while.
struct Progress {
    stderr: Stderr,
    begun: Instant,
    is_line_open: bool,
}

impl Progress {
    const PATIENCE: Duration = Duration::from_millis(500);

    fn new() -> Self {
        Self {
            stderr: io::stderr(),
            begun: Instant::now(),
            is_line_open: false,
        }
    }

    fn show(&mut self, prepared: Preparing) -> ControlFlow<()> {
        if self.begun.elapsed() > Self::PATIENCE && self.stderr.is_terminal() {
            self.is_line_open = true;
            let text = match prepared {
                Preparing::Reading { rows } => format!("{rows} rows read"),
                Preparing::Evaluating { samples, all } => {
                    format!("{samples} of {all} samples evaluated")
                }
            };
            let _ = write!(self.stderr, "\r{text:WIDTH$}");
        }
        ControlFlow::Continue(())
    }

    fn clear(&mut self) {
        if self.is_line_open {
            let _ = write!(self.stderr, "\r{:WIDTH$}\r", "");
        }
    }
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
    fn begin(run: Run, hear: &mut Hear) -> Result<Self> {
        let session = run.begin_heard(hear)?;
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
