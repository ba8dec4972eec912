//! How two runs differ.

use super::KeptRun;
use crate::app::{App, RunView};
use crate::nn::Network;
use crate::session::setting::settings;
use crate::session::{Change, PlacedChange};

impl App {
    /// How a kept run differs from the run that is shown, the most important first.
    #[must_use]
    pub fn differences_of(&self, run: &KeptRun) -> Vec<String> {
        let [theirs, ours] = [&run.view, &self.run].map(RunView::draft);
        let differ = settings().filter(|row| row.value(&theirs) != row.value(&ours));
        let mut texts: Vec<String> = differ.map(|row| row.label_of(&theirs)).collect();
        if run.view.training.has_diverged() {
            texts.insert(0, "diverged".to_owned());
        }
        let (theirs, ours) = (&run.view.training.changes, &self.run.training.changes);
        let is_alone = |made: &PlacedChange, others: &[PlacedChange]| !others.contains(made);
        let added = theirs.iter().filter(|made| is_alone(made, ours));
        texts.extend(added.filter_map(|made| set_by_hand(made, &run.view.network)));
        let missing = ours.iter().filter(|made| is_alone(made, theirs));
        let missing = missing.filter_map(|made| set_by_hand(made, &self.run.network));
        texts.extend(missing.map(|made| format!("without {made}")));
        if texts.is_empty() {
            let text = if theirs == ours {
                "identical"
            } else {
                "edited"
            };
            texts.push(text.to_owned());
        }
        texts
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
