//! A run as one command line that gives it again.

use std::fmt::Write;

use super::{DataSource, LayerParameters, TrainingConfig};
use crate::data::ScalingMethod;
use crate::nn::Network;

/// The most parameters that a command line tells one by one.
const MOST_WEIGHTS: usize = 64;

/// The command line of a run; what is as it would be without being said is left out. The initial layers of a
/// large network [cannot be said](can_tell_weights) in it.
#[must_use]
pub fn command_line(source: &DataSource, config: &TrainingConfig) -> String {
    let mut line = Line("nnscope".to_owned());
    line.data(source);
    line.training(config);
    line.option("seed", &config.seed);
    if let Some(network) = initial_network(config).filter(can_tell) {
        line.option("weights", &weights(&network));
    }
    if source.is_drawn() && source.seed != config.seed {
        line.option("data-seed", &source.seed);
    }
    line.0
}

/// Whether a command line can tell the initial weights of a run.
#[must_use]
pub fn can_tell_weights(config: &TrainingConfig) -> bool {
    initial_network(config).as_ref().is_none_or(can_tell)
}

fn can_tell(network: &Network) -> bool {
    network.parameters().len() <= MOST_WEIGHTS
}

/// The network that was given instead of drawn.
fn initial_network(config: &TrainingConfig) -> Option<Network> {
    let layers = config.initial_layers.as_ref()?;
    let inputs = layers.first()?.weights.first()?.len();
    let outputs = layers.last()?.biases.len();
    LayerParameters::network(layers, config.architecture(inputs, outputs)).ok()
}

/// "w1=1,w2=1,…,b3=0", each to the bit.
fn weights(network: &Network) -> String {
    let parameters = network.parameters().iter().enumerate();
    let parameters = parameters.map(|(index, value)| {
        let name = network.parameter_name(network.parameter_at(index));
        format!("{name}={value}")
    });
    parameters.collect::<Vec<_>>().join(",")
}

struct Line(String);

impl Line {
    fn data(&mut self, source: &DataSource) {
        let usual = DataSource::default();
        self.unless(source.data == usual.data, "data", &source.data);
        self.unless(source.target.is_empty(), "target", &source.target.join(","));
        self.unless(
            source.features.is_empty(),
            "features",
            &source.features.join(","),
        );
        self.given("positive", source.positive.as_ref());
        let delimiter = source.delimiter.map(|c| {
            if c == '\t' {
                "tab".to_owned()
            } else {
                c.to_string()
            }
        });
        self.given("delimiter", delimiter.as_ref());
        if source.drop_missing {
            self.0.push_str(" --drop-missing");
        }
        self.given("samples", source.samples.as_ref());
        self.unless(source.noise == usual.noise, "noise", &source.noise);
        self.given("scaling", source.scaling.as_ref().map(scaling).as_ref());
        self.unless(
            source.test_fraction == 0.0,
            "test-fraction",
            &source.test_fraction,
        );
    }

    fn training(&mut self, config: &TrainingConfig) {
        let usual = TrainingConfig::post(config.seed);
        let hidden: Vec<String> = config.hidden.iter().map(usize::to_string).collect();
        let hidden = if hidden.is_empty() {
            "none".to_owned()
        } else {
            hidden.join(",")
        };
        self.unless(config.hidden == usual.hidden, "hidden", &hidden);
        self.unless(
            config.activation == usual.activation,
            "activation",
            &config.activation.name(),
        );
        // What suits the data is not known here: so outputs and loss are always said.
        self.option("output-activation", &config.output_activation.name());
        self.option("loss", &config.loss.name());
        self.unless(
            config.optimizer == usual.optimizer,
            "optimizer",
            &config.optimizer.name(),
        );
        let learning_rate = config.learning_rate;
        self.unless(
            learning_rate == usual.learning_rate,
            "learning-rate",
            &learning_rate,
        );
        self.unless(
            config.batch_size == usual.batch_size,
            "batch-size",
            &config.batch_size,
        );
        if config.shuffle {
            self.0.push_str(" --shuffle");
        }
        self.unless(config.init == usual.init, "init", &config.init.name());
        self.unless(config.penalty.l1 == 0.0, "l1", &config.penalty.l1);
        self.unless(config.penalty.l2 == 0.0, "l2", &config.penalty.l2);
        self.unless(config.epochs == usual.epochs, "epochs", &config.epochs);
        self.given("until-loss", config.until_loss.as_ref());
    }

    fn option(&mut self, name: &str, value: &impl ToString) {
        // Writing to a String cannot fail.
        let _ = write!(self.0, " --{name} {}", quoted(&value.to_string()));
    }

    fn unless(&mut self, is_usual: bool, name: &str, value: &impl ToString) {
        if !is_usual {
            self.option(name, value);
        }
    }

    fn given(&mut self, name: &str, value: Option<&impl ToString>) {
        if let Some(value) = value {
            self.option(name, value);
        }
    }
}

fn scaling(method: &ScalingMethod) -> String {
    match method {
        ScalingMethod::None => "none".to_owned(),
        ScalingMethod::Center => "center".to_owned(),
        ScalingMethod::Standardize => "standardize".to_owned(),
        ScalingMethod::Shift(shift) => {
            let shift: Vec<String> = shift.iter().map(f64::to_string).collect();
            format!("shift={}", shift.join(","))
        }
    }
}

/// As a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./,=+:".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
