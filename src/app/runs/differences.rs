//! What is different about two runs, in words.

use super::KeptRun;
use crate::app::App;
use crate::nn::Network;
use crate::session::{Change, DataSource, PlacedChange, TrainingConfig};

impl App {
    /// What is different about a kept run, seen from the present one; the most telling first.
    #[must_use]
    pub fn differences_of(&self, run: &KeptRun) -> Vec<String> {
        let mut words: Vec<String> = settings(run.view.config(), run.view.source())
            .into_iter()
            .zip(settings(self.run.config(), self.run.source()))
            .filter(|(theirs, ours)| theirs != ours)
            .map(|(theirs, _)| theirs)
            .collect();
        if run.view.training.has_diverged() {
            words.insert(0, "diverged".to_owned());
        }
        let (theirs, ours) = (&run.view.training.changes, &self.run.training.changes);
        let is_alone = |made: &PlacedChange, others: &[PlacedChange]| !others.contains(made);
        let added = theirs.iter().filter(|made| is_alone(made, ours));
        words.extend(added.filter_map(|made| set_by_hand(made, &run.view.network)));
        let missing = ours.iter().filter(|made| is_alone(made, theirs));
        let missing = missing.filter_map(|made| set_by_hand(made, &self.run.network));
        words.extend(missing.map(|made| format!("without {made}")));
        if words.is_empty() {
            let is_same = theirs == ours;
            words.push(
                if is_same {
                    "the same"
                } else {
                    "changed elsewhere"
                }
                .to_owned(),
            );
        }
        words
    }
}

/// A weight or bias that was set on the way, and the epoch: "w1=2 at 140".
fn set_by_hand(made: &PlacedChange, network: &Network) -> Option<String> {
    let Change::Parameter { index, value } = made.change else {
        return None;
    };
    // The other run's network may be another one.
    let is_there = index < network.parameters().len();
    let name = is_there.then(|| network.parameter_name(network.parameter_at(index)))?;
    Some(format!(
        "{name}={} at {}",
        short(value),
        made.position.epoch
    ))
}

/// A number in so few characters that a label has room for it.
fn short(value: f64) -> String {
    let exact = value.to_string();
    if exact.len() <= 7 {
        return exact;
    }
    match value.abs() {
        1e-3..1e5 => format!("{value:.4}"),
        _ => format!("{value:.3e}"),
    }
}

/// A setting that may be left to what is usual.
fn named<T: std::fmt::Debug>(name: &str, value: Option<&T>) -> String {
    match value {
        Some(value) => format!("{name} {value:?}").to_lowercase(),
        None => format!("usual {name}"),
    }
}

/// The settings of a run in words, in the same order for all runs.
fn settings(config: &TrainingConfig, source: &DataSource) -> [String; 23] {
    let hidden: Vec<String> = config.hidden.iter().map(usize::to_string).collect();
    let hidden = if hidden.is_empty() {
        "none".to_owned()
    } else {
        hidden.join(",")
    };
    let order = if config.shuffle { "shuffled" } else { "fixed" };
    let start = if config.initial_layers.is_some() {
        "given"
    } else {
        "drawn"
    };
    [
        format!("data {}", source.data),
        format!("learning rate {}", config.learning_rate),
        config.optimizer.name().to_owned(),
        format!("hidden {hidden}"),
        format!("hidden {}", config.activation.name()),
        format!("output {}", config.output_activation.name()),
        config.loss.name().to_owned(),
        format!("batches of {}", config.batch_size),
        format!("{order} order"),
        format!("init {}", config.init.name()),
        format!("{start} weights"),
        format!("l1 {}", config.penalty.l1),
        format!("l2 {}", config.penalty.l2),
        format!("seed {}", config.seed),
        format!("noise {} %", source.noise),
        format!("test share {}", source.test_fraction),
        format!("data seed {}", source.seed),
        named("samples", source.samples.as_ref()),
        named("scaling", source.scaling.as_ref()),
        format!("target {}", source.target.join(",")),
        format!("features {}", source.features.join(",")),
        format!("{} epochs", config.epochs),
        named("until loss", config.until_loss.as_ref()),
    ]
}
