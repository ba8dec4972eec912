//! What is different about two runs, in words.

use super::KeptRun;
use crate::app::App;
use crate::nn::Network;
use crate::session::setting::settings;
use crate::session::{Change, Draft, PlacedChange};

impl App {
    /// What is different about a kept run, seen from the present one; the most telling first.
    #[must_use]
    pub fn differences_of(&self, run: &KeptRun) -> Vec<String> {
        let theirs = Draft::of(run.view.config(), run.view.source());
        let ours = Draft::of(self.run.config(), self.run.source());
        let differ = settings().filter(|row| row.value(&theirs) != row.value(&ours));
        let mut words: Vec<String> = differ.map(|row| row.label_of(&theirs)).collect();
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
