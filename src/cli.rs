//! The command line: its options, and the run that they describe.

mod examples;
mod file;
mod frames;
mod given;
mod parse;
mod setup;
mod terminal;
mod usage;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use strum::VariantArray;

use crate::app::{Appearance, Background, Colors, Glyphs, View};
use crate::session::setting::read_count;
use crate::sweep;
use crate::trainer::{Pace, Start, StartState};
pub use given::{Given, GivenData};
use parse::{at_least_one, one_of, parse_size};
pub use setup::Setup;
use terminal::Terminal;
use usage::usage_error;

/// Watch a small neural network learn, live in your terminal.
///
/// Without a subcommand it trains on the screen. Without options it trains the network from the post
/// "Machine Learning for Beginners: An Introduction to Neural Networks": four people, a 2-2-1 sigmoid
/// network, mse, stochastic gradient descent with learning rate 0.1, 1000 epochs.
#[derive(Debug, Parser)]
#[command(version, about, args_conflicts_with_subcommands = true, after_help = examples::SCREEN)]
pub struct Cli {
    /// What to do instead of training on the screen.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The run.
    #[command(flatten)]
    pub run: RunOptions,
    /// How the screen begins.
    #[command(flatten)]
    pub start: StartOptions,
    /// The screen.
    #[command(flatten)]
    pub screen: ScreenOptions,
    /// Whether to use the mouse; off leaves it to the terminal, which then selects text without Shift
    #[arg(help_heading = "Output", long, value_enum, default_value_t = Mouse::On, value_name = "ON|OFF")]
    pub mouse: Mouse,
}

impl Cli {
    /// Reads the command line. Prints the help or the version and ends the program if that is asked for.
    ///
    /// # Errors
    ///
    /// A [`UsageError`].
    pub fn read() -> Result<Self, UsageError> {
        let mut cli = Self::try_parse().map_err(|error| {
            if !error.use_stderr() {
                error.exit();
            }
            usage_error(&error)
        })?;
        cli.take_file()?;
        Ok(cli)
    }
}

/// What to do without a screen.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Train without a screen; the log goes to stdout
    ///
    /// The text log has the lines of the post, which counts from 0: its "Epoch 0 loss" is measured after
    /// the first pass. Everywhere else, epoch 0 is before training and epoch 1 is after the first pass.
    Train(TrainOptions),
    /// Train one configuration from many seeds, on all cores
    ///
    /// The seeds are that of the run and those after it. A seed decides the initial parameters and the order of
    /// the samples; the data is the same for all. Each seed gives the numbers of its single run, bit for bit.
    /// A seed has "solved" the data if all training samples are correct at the end. If not, it is "stuck" if its
    /// loss fell by less than 1 % in the last tenth of the epochs, and otherwise still "learning". It has
    /// "diverged" if a loss or weight overflowed. Where numbers are predicted, no sample is simply right or
    /// wrong: a run has "ended" if it has not diverged.
    Sweep(SweepOptions),
    /// Predict with a saved run
    Predict(PredictOptions),
    /// Draw the screen of a run at an epoch as a picture (SVG or PNG), or several as an animation (SVG)
    #[command(mut_arg("epochs", |epochs| epochs.value_name("COUNT|A..B").value_parser(frames::read_epochs)))]
    Screenshot(ScreenshotOptions),
}

/// What to train; the same with and without a screen.
#[derive(Debug, Clone, Default, Args)]
pub struct RunOptions {
    /// CSV file or built-in data to learn from, as --data; or a saved run (.json), as --load
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// How the run is set up.
    #[command(flatten)]
    pub settings: Given,
    /// Epochs a second: 1, 10, 50, 200, 1000 or max [default: 50 on the screen, max without]
    #[arg(
        help_heading = "Training",
        long,
        value_name = "PACE",
        allow_negative_numbers = true
    )]
    pub speed: Option<Pace>,
    /// Continue a saved run, or start from a file with only layers
    #[arg(help_heading = "Training", long, value_name = "FILE")]
    pub load: Option<PathBuf>,
}

/// How the screen begins.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Screen")]
pub struct StartOptions {
    /// Start paused: space or a step begins the training
    #[arg(long)]
    pub paused: bool,
    /// Train to this epoch at full speed, then pause; 0 is before training
    #[arg(long, value_name = "EPOCH", allow_negative_numbers = true, value_parser = read_count::<u64>)]
    pub at_epoch: Option<u64>,
    /// View to start with: train or backprop
    #[arg(long, value_name = "VIEW", default_value = "train", value_parser = one_of(View::VARIANTS, View::option))]
    pub view: View,
}

/// How to draw.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Output")]
pub struct ScreenOptions {
    /// When to use colours.
    #[arg(help = "When to use colours; auto follows NO_COLOR and what the terminal reports")]
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub color: ColorChoice,
    /// Draw with ASCII only: no box lines, Braille or blocks [default: true in a locale without UTF-8]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub ascii: Option<bool>,
    /// The background that maps are coloured for; auto follows COLORFGBG, and is dark without it
    #[arg(long, value_enum, default_value_t = ThemeChoice::Auto, value_name = "BACKGROUND")]
    pub theme: ThemeChoice,
}

/// The background that maps are coloured for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeChoice {
    /// A dark one.
    Dark,
    /// A light one.
    Light,
    /// The terminal's, as far as it is known.
    Auto,
}

/// Whether to use the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mouse {
    /// Clicks and the wheel are for the program.
    On,
    /// They are for the terminal.
    Off,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// As the environment asks.
    Auto,
    /// The full range.
    Always,
    /// None.
    Never,
}

/// `nnscope train`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output", after_help = examples::TRAIN)]
pub struct TrainOptions {
    /// The run.
    #[command(flatten)]
    pub run: RunOptions,
    /// Save the run at its end (also after Ctrl-C; a second one does not wait); - is standard output, and the log goes to
    /// stderr
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Epoch to save; the run is trained to its end first [default: the last]
    #[arg(long, value_name = "EPOCH", requires = "save", allow_negative_numbers = true, value_parser = read_count::<u64>)]
    pub at_epoch: Option<u64>,
    /// Replace the file that --save names if it exists; a device or a pipe is written to, never replaced
    #[arg(long, requires = "save")]
    pub force: bool,
    /// Compare every gradient with finite differences, before and after training; exit code 1 if they differ
    #[arg(long)]
    pub check_gradients: bool,
    /// Format of the log
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Log every N epochs; 0 logs only the end [default: 10 for text, else 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = read_count::<u64>)]
    pub log_every: Option<u64>,
}

/// How the log of `nnscope train` is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The post's lines, then predictions.
    Text,
    /// The columns epoch and loss, accuracy if there are classes, and the same for test samples if there are any.
    Csv,
    /// One JSON object a line, with all parameters.
    Jsonl,
}

/// `nnscope sweep`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output", after_help = examples::SWEEP)]
pub struct SweepOptions {
    /// The run.
    #[command(flatten)]
    pub run: RunOptions,
    /// Number of seeds, from --seed on
    #[arg(help_heading = "Training", long, value_name = "COUNT", default_value_t = sweep::DEFAULT_SEEDS)]
    #[arg(allow_negative_numbers = true, value_parser = read_count::<u64>)]
    pub seeds: u64,
    /// Seeds to train at the same time [default: one for each core]
    #[arg(help_heading = "Training", long, value_name = "COUNT")]
    #[arg(allow_negative_numbers = true, value_parser = at_least_one)]
    pub threads: Option<NonZeroUsize>,
    /// Format of the results
    #[arg(long, value_enum, default_value_t = SweepFormat::Text)]
    pub format: SweepFormat,
}

/// What `nnscope sweep` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SweepFormat {
    /// A summary.
    Text,
    /// A line for each seed: how it ended, its epochs and its final scores.
    Csv,
    /// The same as JSON objects, and the summary at the end.
    Jsonl,
}

/// `nnscope predict`.
#[derive(Debug, Args)]
#[command(after_help = examples::PREDICT)]
pub struct PredictOptions {
    /// The data that a file with only layers is for.
    #[command(flatten)]
    pub data: GivenData,
    /// A saved run, or a file with only layers
    pub run: PathBuf,
    /// One value for each feature: 128 63, or 58kg 160cm
    #[arg(required_unless_present = "grid", allow_negative_numbers = true)]
    pub values: Vec<String>,
    /// Every point of a grid instead: FROM:TO:COUNT or one value for each feature, such as weight=110:170:61,height=65
    #[arg(
        help_heading = "Output",
        long,
        value_name = "FEATURE=RANGE,…",
        conflicts_with = "values"
    )]
    pub grid: Option<String>,
    /// Format of the predictions
    #[arg(help_heading = "Output", long, value_enum, default_value_t = PredictFormat::Text)]
    pub format: PredictFormat,
}

/// What `nnscope predict` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PredictFormat {
    /// The outputs and the prediction.
    Text,
    /// A header, then a row for each point: features, outputs, and the class if there are classes.
    Csv,
    /// One JSON object for each point.
    Jsonl,
}

/// `nnscope screenshot`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output", after_help = examples::SCREENSHOT)]
pub struct ScreenshotOptions {
    /// The run.
    #[command(flatten)]
    pub run: RunOptions,
    /// The screen.
    #[command(flatten)]
    pub screen: ScreenOptions,
    /// Epoch to draw [default: where the run begins]
    #[arg(long, value_name = "EPOCH", allow_negative_numbers = true, value_parser = read_count::<u64>)]
    pub at_epoch: Option<u64>,
    /// Frames of an animation, with --epochs A..B: one every N epochs [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = read_count::<std::num::NonZeroU64>)]
    pub every: Option<std::num::NonZeroU64>,
    /// Columns and rows of the screen
    #[arg(long, value_name = "WxH", default_value = "80x24", value_parser = parse_size)]
    pub size: (u16, u16),
    /// View to draw: train, backprop or surface
    #[arg(long, value_name = "VIEW", default_value = "train", value_parser = one_of(View::VARIANTS, View::option))]
    pub view: View,
    /// File to write: a PNG picture if its name ends with .png, else an SVG picture; - is standard output
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,
    /// Replace the file that --output names if it exists; a device or a pipe is written to, never replaced
    #[arg(long)]
    pub force: bool,
}

impl StartOptions {
    /// How the trainer begins, at this pace.
    #[must_use]
    pub fn start(self, pace: Pace) -> Start {
        let waits = self.paused || self.at_epoch.is_some();
        Start {
            state: if waits {
                StartState::Paused
            } else {
                StartState::Running
            },
            pace,
            looks_ahead: self.view.looks_ahead(),
        }
    }
}

impl ScreenOptions {
    /// How to draw on the terminal, by the options and the environment.
    ///
    /// # Errors
    ///
    /// A [`UsageError`], if the terminal cannot show a screen.
    pub fn appearance(self) -> Result<Appearance, UsageError> {
        let terminal = Terminal::of_environment();
        if !terminal.can_move_cursor() {
            return Err(UsageError(format!(
                "the terminal (TERM={}) cannot move its cursor; without a screen, use `nnscope train`",
                terminal.name
            )));
        }
        Ok(Appearance {
            colors: match self.color {
                ColorChoice::Never => Colors::None,
                ColorChoice::Always => Colors::True,
                ColorChoice::Auto => terminal.colors(),
            },
            glyphs: self.glyphs().unwrap_or(terminal.glyphs()),
        })
    }

    /// How to draw a picture, which does not depend on the terminal in which it is made.
    #[must_use]
    pub fn appearance_of_picture(self) -> Appearance {
        Appearance {
            colors: match self.color {
                ColorChoice::Auto | ColorChoice::Always => Colors::True,
                ColorChoice::Never => Colors::None,
            },
            glyphs: self.glyphs().unwrap_or(Glyphs::Unicode),
        }
    }

    /// The background of the terminal, by the option and the environment.
    #[must_use]
    pub fn background(self) -> Background {
        self.asked_background()
            .unwrap_or_else(|| Terminal::of_environment().background())
    }

    /// The background of a picture, which does not depend on the terminal in which it is made.
    #[must_use]
    pub fn background_of_picture(self) -> Background {
        self.asked_background().unwrap_or(Background::Dark)
    }

    /// The background that is asked for.
    fn asked_background(self) -> Option<Background> {
        match self.theme {
            ThemeChoice::Dark => Some(Background::Dark),
            ThemeChoice::Light => Some(Background::Light),
            ThemeChoice::Auto => None,
        }
    }

    /// The characters that are asked for.
    fn glyphs(self) -> Option<Glyphs> {
        self.ascii.map(|is_ascii| {
            if is_ascii {
                Glyphs::Ascii
            } else {
                Glyphs::Unicode
            }
        })
    }
}

/// A usage error, in one sentence: exit code 2.
#[derive(Debug)]
pub struct UsageError(pub String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}
