//! How two runs differ.

use super::KeptRun;
use crate::app::{App, RunView};
use crate::nn::Network;
use crate::session::setting::{setting, settings};
use crate::session::{Change, Draft, PlacedChange};

impl App {
    /// The settings of the run that is shown that some kept run on the chart does not share, the most important first.
    #[must_use]
    pub fn own_differences(&self) -> Vec<String> {
        let ours = self.run.trained.draft();
        let theirs = self.drawn_runs().map(|run| run.view.trained.draft());
        let theirs: Vec<Draft> = theirs.collect();
        let own = settings().filter(|row| {
            let value = row.value(&ours);
            theirs.iter().any(|theirs| row.value(theirs) != value)
        });
        own.map(|row| row.label_of(&ours)).collect()
    }

    /// How a kept run differs from the run that is shown, the most important first.
    #[must_use]
    pub fn differences_of(&self, run: &KeptRun) -> Vec<String> {
        let (theirs, ours) = (&run.view, &self.run);
        let mut texts = settings_that_differ(theirs, ours);
        if theirs.training.has_diverged() {
            texts.insert(0, "diverged".to_owned());
        }
        texts.extend(added(theirs, ours).filter_map(|made| on_the_way(made, theirs)));
        let missing = added(ours, theirs).filter(|made| made.change.setting().is_none());
        let missing = missing.filter_map(|made| on_the_way(made, ours));
        texts.extend(missing.map(|made| format!("without {made}")));
        if texts.is_empty() {
            let text = if !theirs.lived_changes().eq(ours.lived_changes()) {
                "edited"
            } else if theirs.run.config == ours.run.config {
                "identical"
            } else {
                // What was set since makes a difference from the next step on.
                "the same so far"
            };
            texts.push(text.to_owned());
        }
        texts
    }
}

/// The settings with which the last steps of two runs were made, as far as they differ; unless the first one was changed to its value on its way: that is
/// said with the epoch.
fn settings_that_differ(theirs: &RunView, ours: &RunView) -> Vec<String> {
    let is_changed = |option: &str| {
        let changes = added(theirs, ours);
        let mut options = changes.filter_map(|made| made.change.setting());
        options.any(|row| row.option == option)
    };
    let drafts = [theirs, ours].map(|run| run.trained.draft());
    let applying = settings().filter(|row| drafts.iter().any(|draft| row.applies_to(draft)));
    let differ = applying.filter(|row| row.value(&drafts[0]) != row.value(&drafts[1]));
    let differ = differ.filter(|row| !is_changed(row.option));
    differ.map(|row| row.label_of(&drafts[0])).collect()
}

/// The changes of a run that are not among those of another one.
fn added<'a>(run: &'a RunView, other: &'a RunView) -> impl Iterator<Item = &'a PlacedChange> {
    let is_shared = |made: &PlacedChange| other.lived_changes().any(|others| others == made);
    run.lived_changes().filter(move |made| !is_shared(made))
}

/// What was changed on the way, and the epoch: "w1=2 at 140".
fn on_the_way(made: &PlacedChange, run: &RunView) -> Option<String> {
    let what = match &made.change {
        Change::Setting { option, value } => setting(option).label_with(value),
        &Change::Parameter { index, value } => {
            let name = parameter_name(&run.network, index)?;
            format!("{name}={}", short(value))
        }
    };
    let epoch = made.position.epoch;
    Some(format!("{what} at {epoch}"))
}

/// The name of a parameter; the other run's network may be another one.
fn parameter_name(network: &Network, index: usize) -> Option<String> {
    let is_there = index < network.parameters().len();
    is_there.then(|| network.parameter_name(network.parameter_at(index)))
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
