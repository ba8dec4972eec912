//! How two runs differ.

use super::KeptRun;
use crate::app::{App, RunView};
use crate::nn::Network;
use crate::session::setting::{Setting, settings};
use crate::session::{Change, Draft, PlacedChange};

impl App {
    /// The settings of the run that is shown that some kept run on the chart does not share: first those that are new since
    /// the run before, then the most important. What was changed on the way is marked on the chart.
    #[must_use]
    pub fn own_differences(&self) -> Vec<String> {
        self.own(|row, _| row.label_of(&self.run.trained.draft()))
    }

    /// The same with all values that a setting had on the way, and with only the last one, and its epoch.
    #[must_use]
    pub fn own_courses(&self) -> [Vec<String>; 2] {
        [
            self.own(|row, since| course(row, &self.run, since)),
            self.own(|row, since| last_value(row, &self.run, since)),
        ]
    }

    /// The settings of the run that is shown that some kept run on the chart does not share, as they are said with the
    /// values that they were changed to on the way.
    fn own(&self, said: impl Fn(&Setting, &[(&str, u64)]) -> String) -> Vec<String> {
        let [ours, next] = [&self.run.trained, &self.run.run].map(|run| run.draft());
        let theirs: Vec<(&RunView, Draft)> = self
            .drawn_runs()
            .map(|run| (&run.view, run.view.trained.draft()))
            .collect();
        let own = settings().filter(|row| {
            let value = row.value(&ours);
            let mut theirs = theirs.iter();
            // What was set since the last step is what the next one is made with.
            let changes = !theirs.as_slice().is_empty() && row.value(&next) != value;
            changes
                || theirs.any(|(run, draft)| {
                    row.value(draft) != value || has_changed(row, run, &self.run)
                })
        });
        let before = self.runs.newest().map(|run| run.view.trained.draft());
        let is_old = |row: &&Setting| {
            before
                .as_ref()
                .is_some_and(|draft| row.value(draft) == row.value(&ours))
        };
        let mut own: Vec<&Setting> = own.collect();
        own.sort_by_key(is_old);
        let is_shared = |made: &PlacedChange| {
            let mut theirs = self.drawn_runs();
            theirs.all(|run| run.view.lived_changes().any(|others| others == made))
        };
        let label = |row: &Setting| {
            let changes = self.run.lived_changes().filter(|made| !is_shared(made));
            let label = said(row, &values_of(row, changes).collect::<Vec<_>>());
            match row.value(&next) {
                value if value == row.value(&ours) => label,
                value => format!("{label}, then {value}"),
            }
        };
        own.into_iter().map(label).collect()
    }

    /// How a kept run differs from the run that is shown, the most important first.
    #[must_use]
    pub fn differences_of(&self, run: &KeptRun) -> Vec<String> {
        self.differences(run, course)
    }

    /// The same in less room: of a setting that was changed on the way, only the last value.
    #[must_use]
    pub fn brief_differences_of(&self, run: &KeptRun) -> Vec<String> {
        self.differences(run, last_value)
    }

    fn differences(&self, run: &KeptRun, changed: Changed) -> Vec<String> {
        let (theirs, ours) = (&run.view, &self.run);
        let mut texts = settings_that_differ(theirs, ours, changed);
        if theirs.training.has_diverged() {
            texts.insert(0, "diverged".to_owned());
        }
        let parameters = added(theirs, ours).filter(|made| made.change.setting().is_none());
        texts.extend(parameters.filter_map(|made| on_the_way(made, theirs)));
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

/// The settings with which the last steps of two runs were made, as far as they differ, and those that only the first one
/// was changed to on its way, with all values that it had since: "learning rate 0.1, then 0.01 from epoch 1000".
fn settings_that_differ(theirs: &RunView, ours: &RunView, changed: Changed) -> Vec<String> {
    let drafts = [theirs, ours].map(|run| run.trained.draft());
    let applying = settings().filter(|row| drafts.iter().any(|draft| row.applies_to(draft)));
    let text = |row: &'static Setting| {
        if has_changed(row, theirs, ours) {
            let since: Vec<(&str, u64)> = values_of(row, added(theirs, ours)).collect();
            return Some(changed(row, theirs, &since));
        }
        let differs = row.value(&drafts[0]) != row.value(&drafts[1]);
        differs.then(|| row.label_of(&drafts[0]))
    };
    applying.filter_map(text).collect()
}

/// Whether a run was changed to another value of a setting on its way, unlike another run.
fn has_changed(row: &Setting, run: &RunView, other: &RunView) -> bool {
    values_of(row, added(run, other)).next().is_some()
}

/// The values of a setting that a run was changed to, and the epochs.
fn values_of<'a>(
    row: &Setting,
    changes: impl Iterator<Item = &'a PlacedChange>,
) -> impl Iterator<Item = (&'a str, u64)> {
    changes.filter_map(move |made| match &made.change {
        Change::Setting { option, value } if *option == row.option => {
            Some((&**value, made.position.epoch))
        }
        _ => None,
    })
}

/// How the values are said of a setting that a run was changed to on its way.
type Changed = fn(&Setting, &RunView, &[(&str, u64)]) -> String;

/// The last of them: "learning rate 0.01 from 1000".
fn last_value(row: &Setting, run: &RunView, since: &[(&str, u64)]) -> String {
    match since.last() {
        Some((value, epoch)) => format!("{} from {epoch}", row.label_with(value)),
        None => row.label_of(&run.trained.draft()),
    }
}

/// The value of a setting that a run had before these, and these.
fn course(row: &Setting, run: &RunView, since: &[(&str, u64)]) -> String {
    let Some(first) = since.first() else {
        return row.label_of(&run.trained.draft());
    };
    let all = values_of(row, run.lived_changes());
    let shared = all.take_while(|made| made != first).last();
    let before = match shared {
        Some((value, _)) => row.label_with(value),
        None => row.label_of(&run.begun.run.draft()),
    };
    since.iter().fold(before, |text, (value, epoch)| {
        format!("{text}, then {value} from epoch {epoch}")
    })
}

/// The changes of a run that are not among those of another one.
fn added<'a>(run: &'a RunView, other: &'a RunView) -> impl Iterator<Item = &'a PlacedChange> {
    let is_shared = |made: &PlacedChange| other.lived_changes().any(|others| others == made);
    run.lived_changes().filter(move |made| !is_shared(made))
}

/// Which parameter was set on the way, and the epoch: "w1=2 at 140".
fn on_the_way(made: &PlacedChange, run: &RunView) -> Option<String> {
    let &Change::Parameter { index, value } = &made.change else {
        return None;
    };
    let name = parameter_name(&run.network, index)?;
    let epoch = made.position.epoch;
    Some(format!("{name}={} at {epoch}", short(value)))
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
