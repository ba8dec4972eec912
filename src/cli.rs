//! The command line: its options, and the run that they describe.

mod examples;
mod file;
mod frames;
mod given;
mod learn;
mod parse;
mod screen;
mod setup;
mod slice;
mod terminal;
mod usage;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app::View;
use crate::session::setting::read_count;
use crate::sweep;
use crate::threads::Cores;
use crate::trainer::Pace;
pub use frames::Frames;
pub use given::{Given, GivenData};
use learn::read_lesson;
pub use learn::{LearnFormat, LearnOptions};
use parse::{at_least_one, one_of, parse_size};
pub use screen::{ColorChoice, Mouse, ScreenOptions, StartOptions, ThemeChoice};
pub use setup::Setup;
pub use slice::SliceChoice;
use slice::read_slice;
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
        let run = cli.run_options()?;
        if let Some(threads) = run.and_then(|run| run.threads) {
            Cores::limit(threads);
        }
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
    /// "diverged" if the loss or a weight overflowed. Where numbers are predicted, no sample is simply right or
    /// wrong: a run has "ended" if it has not diverged.
    Sweep(SweepOptions),
    /// Predict with a saved run
    Predict(PredictOptions),
    /// Learn neural networks in short lessons, each beside a live network
    Learn(LearnOptions),
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
    /// Threads for large layers, or for the seeds of a sweep; the numbers are the same with any [default: one for each
    /// core]
    #[arg(help_heading = "Training", long, value_name = "COUNT")]
    #[arg(allow_negative_numbers = true, value_parser = at_least_one)]
    pub threads: Option<NonZeroUsize>,
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
    /// View to draw: train, backprop, surface or learn
    #[arg(long, value_name = "VIEW", default_value = "train", value_parser = one_of(View::ALL, View::option))]
    pub view: View,
    /// The loss slice in the Surface view, over two parameters (w1,b2), gradient, random or auto
    #[arg(long, value_name = "AXES", value_parser = read_slice)]
    pub slice: Option<SliceChoice>,
    /// Lesson to draw as it opens, by number or by name, with --view learn [default: the first]
    #[arg(long, value_name = "LESSON", value_parser = read_lesson)]
    pub lesson: Option<usize>,
    /// File to write: a PNG picture if its name ends with .png, else an SVG picture; - is standard output
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,
    /// Replace the file that --output names if it exists; a device or a pipe is written to, never replaced
    #[arg(long)]
    pub force: bool,
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
