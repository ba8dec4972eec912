//! The command line: what is asked for, and the run that it describes.

mod parse;
mod setup;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app::{Appearance, Colors, Glyphs, View};
use crate::data::ScalingMethod;
use crate::nn::init::Init;
use crate::nn::{Activation, Loss, OptimizerKind};
use crate::sweep;
use crate::trainer::Pace;
use parse::{
    one_of, parse_batch_size, parse_delimiter, parse_hidden, parse_learning_rate, parse_penalty,
    parse_scaling, parse_size, parse_test_fraction, parse_until_loss, parse_weights,
};
pub use setup::Setup;

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
    /// Train one configuration from many seeds, on all cores
    ///
    /// From the seed of the run on, one after the other. A seed decides the initial parameters and the order of
    /// the samples; the data is the same for all. Each seed's numbers are those of its single run, to the bit.
    /// A seed has "solved" it if all training samples are right at the end; it is "stuck" if not, and its loss
    /// has fallen by less than 1 % in the last tenth of the epochs; else it is still "learning". It has
    /// "diverged" if the loss or a weight was not a number any more.
    Sweep(SweepOptions),
    /// Predict with a saved run
    Predict(PredictOptions),
    /// Draw the screen of a run at some epoch as a picture (SVG)
    Screenshot(ScreenshotOptions),
}

/// What to train; the same with and without a screen.
#[derive(Debug, Clone, Default, Args)]
pub struct RunOptions {
    /// The data.
    #[command(flatten)]
    pub data: DataOptions,
    /// Units of each hidden layer: 2, or 8,8, or none [default: 2]
    #[arg(long, value_name = "UNITS", value_parser = parse_hidden)]
    pub hidden: Option<Hidden>,
    /// What hidden units do with their weighted sum: sigmoid, tanh, relu or linear [default: sigmoid]
    #[arg(long, value_name = "NAME", value_parser = one_of(&Activation::HIDDEN, Activation::name))]
    pub activation: Option<Activation>,
    /// What output units do: sigmoid, softmax, tanh or linear [default: what suits the target]
    #[arg(long, value_name = "NAME", value_parser = one_of(&Activation::OUTPUT, Activation::name))]
    pub output_activation: Option<Activation>,
    /// What training makes small: mse or cross-entropy [default: cross-entropy for softmax, else mse]
    #[arg(long, value_name = "NAME", value_parser = one_of(&Loss::ALL, Loss::name))]
    pub loss: Option<Loss>,
    /// How: sgd, momentum, rmsprop or adam, as PyTorch defines them [default: sgd]
    #[arg(long, value_name = "NAME", value_parser = one_of(&OptimizerKind::ALL, OptimizerKind::name))]
    pub optimizer: Option<OptimizerKind>,
    /// Learning rate [default: 0.1]
    #[arg(long, value_name = "RATE", value_parser = parse_learning_rate, allow_negative_numbers = true)]
    pub learning_rate: Option<f64>,
    /// Samples in one update [default: 1]
    #[arg(long, value_name = "COUNT", value_parser = parse_batch_size)]
    pub batch_size: Option<usize>,
    /// Take the samples in a new order each epoch
    #[arg(long)]
    pub shuffle: bool,
    /// Where the parameters start: normal, xavier, he or zeros [default: normal]
    #[arg(long, value_name = "NAME", value_parser = one_of(&Init::ALL, Init::name))]
    pub init: Option<Init>,
    /// Initial weights and biases by name, the others as --init draws them: w1=1,w2=1,b3=0
    #[arg(long, value_name = "NAME=VALUE,…", value_parser = parse_weights)]
    pub weights: Option<Weights>,
    /// Adds λ·Σ|w| to what training makes small [default: 0]
    #[arg(long, value_name = "λ", value_parser = parse_penalty, allow_negative_numbers = true)]
    pub l1: Option<f64>,
    /// Adds λ/2·Σw² to what training makes small [default: 0]
    #[arg(long, value_name = "λ", value_parser = parse_penalty, allow_negative_numbers = true)]
    pub l2: Option<f64>,
    /// Where the run finishes; 0: it goes on until it is stopped [default: 1000]
    #[arg(long, value_name = "COUNT")]
    pub epochs: Option<u64>,
    /// Finish as soon as the training loss at the end of an epoch is this or less [default: never]
    #[arg(long, value_name = "LOSS", value_parser = parse_until_loss, allow_negative_numbers = true)]
    pub until_loss: Option<f64>,
    /// What the initial parameters, the order and the data are drawn from; the same seed is the same run
    /// on this machine (other processors may differ in the last digits) [default: drawn]
    #[arg(long)]
    pub seed: Option<u64>,
    /// Epochs a second: 1, 10, 50, 200, 1000 or max [default: 50 on the screen, max without]
    #[arg(long, value_name = "PACE")]
    pub speed: Option<Pace>,
    /// Go on with a saved run, or start from a file that has nothing but layers
    #[arg(long, value_name = "FILE")]
    pub load: Option<PathBuf>,
}

/// What to learn from.
#[derive(Debug, Clone, Default, Args)]
pub struct DataOptions {
    /// A built-in dataset (people, xor, circle, gauss, spiral, plane, hills, penguins) or a CSV file with a
    /// header [default: people]
    #[arg(long, value_name = "NAME|FILE.csv")]
    pub data: Option<String>,
    /// The columns to predict: words (or 0 and 1) make classes, other numbers are predicted as numbers
    /// [default: the last]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub target: Option<Vec<String>>,
    /// The columns to predict from [default: all others that are numbers; for penguins the measurements]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub features: Option<Vec<String>>,
    /// Which of two classes is 1 [default: the first that is seen; 1 of 0 and 1]
    #[arg(long, value_name = "CLASS")]
    pub positive: Option<String>,
    /// What separates the columns of the file: a character, or tab [default: ,]
    #[arg(long, value_name = "CHARACTER", value_parser = parse_delimiter)]
    pub delimiter: Option<char>,
    /// Leave out rows with missing values: empty, NA, NaN, null or ? (penguins are left out without it)
    #[arg(long)]
    pub drop_missing: bool,
    /// Samples to generate: 1 to 1000000 [default: 500]
    #[arg(long, value_name = "COUNT")]
    pub samples: Option<usize>,
    /// Noise in generated data, in percent: 0 to 50 [default: 0]
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true)]
    pub noise: Option<f64>,
    /// How features are scaled: standardize, center, none or shift=135,66 [default: standardize for files
    /// and penguins, none for generated data, shift=135,66 for people]
    #[arg(long, value_name = "METHOD", value_parser = parse_scaling)]
    pub scaling: Option<ScalingMethod>,
    /// The share of the samples that is kept for testing [default: 0]
    #[arg(long, value_name = "SHARE", value_parser = parse_test_fraction, allow_negative_numbers = true)]
    pub test_fraction: Option<f64>,
    /// What data and test samples are drawn from [default: the seed]
    #[arg(long, value_name = "SEED")]
    pub data_seed: Option<u64>,
}

/// The units of each hidden layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden(pub Vec<usize>);

/// Parameters by their names.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights(pub Vec<(String, f64)>);

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
    /// The epoch to save: the run is trained to its end, then goes back to it [default: the last]
    #[arg(long, value_name = "EPOCH", requires = "save")]
    pub at_epoch: Option<u64>,
    /// Replace the file that --save names, if it is there already
    #[arg(long, requires = "save")]
    pub force: bool,
    /// Hold every derivative against the central difference, before and after training; exit code 1 if they differ
    #[arg(long)]
    pub check_gradients: bool,
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
    /// epoch,loss and, where there are classes or test samples, accuracy and the same of the test samples
    Csv,
    /// One JSON object a line, with all parameters.
    Jsonl,
}

/// `nnscope sweep`.
#[derive(Debug, Args)]
pub struct SweepOptions {
    /// The run.
    #[command(flatten)]
    pub run: RunOptions,
    /// How many seeds, from --seed on
    #[arg(long, value_name = "COUNT", default_value_t = sweep::USUAL_SEEDS)]
    pub seeds: u64,
    /// How many of them at once [default: as many as there are cores]
    #[arg(long, value_name = "COUNT")]
    pub threads: Option<NonZeroUsize>,
    /// What is written
    #[arg(long, value_enum, default_value_t = SweepFormat::Text)]
    pub format: SweepFormat,
}

/// What `nnscope sweep` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SweepFormat {
    /// A summary.
    Text,
    /// A line for each seed: what became of it, its epochs and its final scores.
    Csv,
    /// The same as JSON objects, and at the end one with the summary.
    Jsonl,
}

/// `nnscope predict`.
#[derive(Debug, Args)]
pub struct PredictOptions {
    /// What layers without a run are for.
    #[command(flatten)]
    pub data: DataOptions,
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
    /// The epoch to draw [default: where the run begins]
    #[arg(long, value_name = "EPOCH")]
    pub at_epoch: Option<u64>,
    /// Columns and rows
    #[arg(long, value_name = "WxH", default_value = "80x24", value_parser = parse_size)]
    pub size: (u16, u16),
    /// Which view: train or backprop
    #[arg(long, value_name = "VIEW", default_value = "train", value_parser = one_of(&View::ALL, View::option))]
    pub view: View,
    /// The file to write; an existing one is replaced
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,
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
