//! The command line: what is asked for, and the run that it describes.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Parser, Subcommand, ValueEnum};
use rand::TryRng;
use rand::rngs::SysRng;

use crate::app::{Appearance, Colors, Glyphs};
use crate::data::{Dataset, people};
use crate::session::config::{check_epochs, check_hidden, check_learning_rate};
use crate::session::{LayerParameters, Position, RunFile, SavedRun, Session, TrainingConfig};
use crate::trainer::Pace;

/// Watch a small neural network learn, live in your terminal.
///
/// Without a subcommand it trains on the screen. With no option at all it is the run of the post
/// "Machine Learning for Beginners: An Introduction to Neural Networks": four people, a 2-2-1 sigmoid
/// network, mse, stochastic gradient descent with learning rate 0.1, 1000 epochs.
#[derive(Debug, Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do instead of training on the screen.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The run.
    #[command(flatten)]
    pub run: RunOptions,
    /// The screen.
    #[command(flatten)]
    pub screen: ScreenOptions,
}

/// What to do without a screen.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Train without a screen; the log goes to stdout
    ///
    /// The text log has the lines of the post, which counts from 0: its "Epoch 0 loss" is measured after
    /// the first pass. Everywhere else, epoch 0 is before training and epoch 1 is after the first pass.
    Train(TrainOptions),
    /// Predict with a saved run
    Predict(PredictOptions),
    /// Draw the screen of a run at some epoch as a picture (SVG)
    Screenshot(ScreenshotOptions),
}

/// What to train; the same with and without a screen.
#[derive(Debug, Clone, Default, Args)]
pub struct RunOptions {
    /// Units of each hidden layer: 2, or 8,8, or none [default: 2]
    #[arg(long, value_name = "UNITS", value_parser = parse_hidden)]
    pub hidden: Option<Hidden>,
    /// Learning rate of the gradient descent [default: 0.1]
    #[arg(long, value_name = "RATE", value_parser = parse_learning_rate, allow_negative_numbers = true)]
    pub learning_rate: Option<f64>,
    /// Where the run finishes [default: 1000]
    #[arg(long, value_name = "COUNT", value_parser = parse_epochs)]
    pub epochs: Option<u64>,
    /// What the initial parameters are drawn from; the same seed is the same run on this machine
    /// (other processors may differ in the last digits) [default: drawn]
    #[arg(long)]
    pub seed: Option<u64>,
    /// Epochs a second: 1, 10, 50, 200, 1000 or max [default: 50 on the screen, max without]
    #[arg(long, value_name = "PACE")]
    pub speed: Option<Pace>,
    /// Go on with a saved run, or start from a file that has nothing but layers
    #[arg(long, value_name = "FILE")]
    pub load: Option<PathBuf>,
}

/// The units of each hidden layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden(pub Vec<usize>);

/// How to draw.
#[derive(Debug, Clone, Copy, Args)]
pub struct ScreenOptions {
    /// Colours: auto heeds `NO_COLOR` and what the terminal says of itself
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub color: ColorChoice,
    /// Draw with ASCII only: no box lines, Braille or blocks
    #[arg(long)]
    pub ascii: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// As the environment says.
    Auto,
    /// The full range.
    Always,
    /// None.
    Never,
}

/// `nnscope train`.
#[derive(Debug, Args)]
pub struct TrainOptions {
    /// The run.
    #[command(flatten)]
    pub run: RunOptions,
    /// Save the run at its end (also when it is interrupted)
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Replace the file that --save names, if it is there already
    #[arg(long, requires = "save")]
    pub force: bool,
    /// How the log is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Log every N epochs; 0: only the end [default: 10 for text, else 1]
    #[arg(long, value_name = "N")]
    pub log_every: Option<u64>,
}

/// How the log of `nnscope train` is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The post's lines, then predictions.
    Text,
    /// epoch,loss
    Csv,
    /// One JSON object a line, with all parameters.
    Jsonl,
}

/// `nnscope predict`.
#[derive(Debug, Args)]
pub struct PredictOptions {
    /// A saved run, or a file that has nothing but layers
    pub run: PathBuf,
    /// One value for each feature: 128 63, or 58kg 160cm
    #[arg(required = true, allow_negative_numbers = true)]
    pub values: Vec<String>,
}

/// `nnscope screenshot`.
#[derive(Debug, Args)]
pub struct ScreenshotOptions {
    /// The run.
    #[command(flatten)]
    pub run: RunOptions,
    /// The screen.
    #[command(flatten)]
    pub screen: ScreenOptions,
    /// Train to this epoch first
    #[arg(long, value_name = "EPOCH", default_value_t = 0)]
    pub at_epoch: u64,
    /// Columns and rows
    #[arg(long, value_name = "WxH", default_value = "80x24", value_parser = parse_size)]
    pub size: (u16, u16),
    /// The file to write; an existing one is replaced
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,
}

fn parse_hidden(text: &str) -> Result<Hidden> {
    if text == "none" {
        return Ok(Hidden(Vec::new()));
    }
    let units = text.split(',').map(|units| {
        units
            .trim()
            .parse()
            .with_context(|| format!("{units:?} is not a number of units"))
    });
    let hidden = units.collect::<Result<Vec<usize>>>()?;
    check_hidden(&hidden)?;
    Ok(Hidden(hidden))
}

fn parse_learning_rate(text: &str) -> Result<f64> {
    let learning_rate = text.parse().context("not a number")?;
    check_learning_rate(learning_rate)?;
    Ok(learning_rate)
}

fn parse_epochs(text: &str) -> Result<u64> {
    let epochs = text.parse().context("not a whole number")?;
    check_epochs(epochs)?;
    Ok(epochs)
}

fn parse_size(text: &str) -> Result<(u16, u16)> {
    let size = text
        .split_once('x')
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let (width, height) = size.context("expected a size like 80x24")?;
    ensure!(
        (1..=1000).contains(&width) && (1..=1000).contains(&height),
        "at most 1000x1000"
    );
    Ok((width, height))
}

/// A run that is ready to train.
#[derive(Debug)]
pub struct Setup {
    /// Everything that decides its course but the data.
    pub config: TrainingConfig,
    /// What it learns from.
    pub dataset: Arc<Dataset>,
    /// Where it stands.
    pub session: Session,
}

impl RunOptions {
    /// The run that the options describe.
    ///
    /// # Errors
    ///
    /// If the file to load is not sound, does not go with the other options, or no seed can be drawn.
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
        let mut config = TrainingConfig::post(0);
        config.seed = self.seed.map_or_else(draw_seed, Ok)?;
        self.change(&mut config);
        if let Some(Hidden(hidden)) = &self.hidden {
            config.hidden.clone_from(hidden);
        }
        let dataset = people();
        let session = Session::start(&config, Arc::new(dataset.examples()));
        Ok(Setup {
            config,
            dataset: Arc::new(dataset),
            session,
        })
    }

    /// A new run that does not draw its initial parameters.
    fn run_from(&self, layers: Vec<LayerParameters>) -> Result<Setup> {
        let mut config = TrainingConfig::post(0);
        self.change(&mut config);
        config.hidden = LayerParameters::hidden_units(&layers);
        check_hidden(&config.hidden)?;
        self.check_hidden_is(&config.hidden)?;
        let dataset = people();
        let examples = Arc::new(dataset.examples());
        let network = LayerParameters::network(&layers, config.architecture(&examples))?;
        config.initial_layers = Some(layers);
        let session = Session::resume(&config, examples, network, Position::default());
        Setup {
            config,
            dataset: Arc::new(dataset),
            session,
        }
        .with_finite_loss()
    }

    fn saved_run(&self, saved: &SavedRun) -> Result<Setup> {
        let mut config = saved.configuration.clone();
        self.change(&mut config);
        self.check_hidden_is(&config.hidden)?;
        let mut dataset = people();
        let (shifts, features) = (saved.scaling.shift.len(), dataset.features.len());
        ensure!(
            shifts == features,
            "expected {features} shifts, found {shifts}"
        );
        dataset.scaling = saved.scaling.clone();
        let session = saved.session(&config, Arc::new(dataset.examples()))?;
        Setup {
            config,
            dataset: Arc::new(dataset),
            session,
        }
        .with_finite_loss()
    }

    /// What can change on the way of a run: the command line goes before the file.
    fn change(&self, config: &mut TrainingConfig) {
        config.learning_rate = self.learning_rate.unwrap_or(config.learning_rate);
        config.epochs = self.epochs.unwrap_or(config.epochs);
        config.seed = self.seed.unwrap_or(config.seed);
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

impl Setup {
    fn with_finite_loss(self) -> Result<Self> {
        ensure!(
            self.session.loss().is_finite(),
            "with these weights the loss is not a number"
        );
        Ok(self)
    }
}

/// Six digits, so that it can be read out in a classroom.
fn draw_seed() -> Result<u64> {
    Ok(SysRng.try_next_u64().context("drawing a seed")? % 1_000_000)
}

impl ScreenOptions {
    /// What the terminal can show, as far as options and environment tell.
    #[must_use]
    pub fn appearance(self) -> Appearance {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_true_color = || {
            std::env::var("COLORTERM").is_ok_and(|value| value == "truecolor" || value == "24bit")
        };
        let colors = match self.color {
            ColorChoice::Never => Colors::None,
            ColorChoice::Auto if is_set("NO_COLOR") => Colors::None,
            ColorChoice::Always => Colors::True,
            ColorChoice::Auto if is_true_color() => Colors::True,
            ColorChoice::Auto => Colors::Indexed,
        };
        let glyphs = if self.ascii {
            Glyphs::Ascii
        } else {
            Glyphs::Unicode
        };
        Appearance { colors, glyphs }
    }
}

/// What the command line asks for cannot be: exit code 2.
#[derive(Debug)]
pub struct UsageError(pub String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}
