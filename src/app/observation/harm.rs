//! What a learning rate that is too high has done to a run.

use super::course::{jumps, lowest, trend};
use super::{CLEARLY, FEWEST_EPOCHS, Harm, Trend, failure, is_held};
use crate::app::RunView;
use crate::session::{Assessment, Change};

/// A run whose loss is this many times its lowest has lost what it had learned.
const LOST: f64 = 1.25;

/// Parameters that have moved by more than this share of their initial size have been thrown there.
const FAR: f64 = 0.5;

/// Returns what the learning rate has done to a run at an epoch, if it is too high.
pub(super) fn harm(run: &RunView, epoch: u64) -> Option<Harm> {
    let curve = &run.curves.training;
    let loss = run.training.evaluation?.training.loss;
    let is_worse = loss > CLEARLY * run.baseline().least_loss.by(run.config().loss);
    let (_, is_useless) = failure(run);
    // One that does not learn any more is seen at once.
    if is_worse && is_useless && !run.health.saturated_outputs.is_empty() && has_moved_far(run) {
        return Some(Harm::Worse);
    }
    if epoch < FEWEST_EPOCHS {
        return None;
    }
    if jumps(curve, epoch) {
        return Some(Harm::Jumps);
    }
    let (since, lowest) = lowest(curve, epoch)?;
    let trend = trend(curve, epoch);
    let is_explained =
        trend == Trend::Falling || is_held(run) != Some(false) || is_set_back(run, since);
    if is_explained {
        return None;
    }
    let has_risen = loss > CLEARLY * lowest;
    if is_worse && (has_risen || trend == Trend::Flat && has_moved_far(run)) {
        return Some(Harm::Worse);
    }
    (!is_worse && loss > LOST * lowest).then_some(Harm::Risen { since })
}

/// Whether training has moved the parameters so far that where they are is not the seed's doing. It is not known of a
/// large network, nor of one whose parameters were set.
pub(super) fn has_moved_far(run: &RunView) -> bool {
    let is_cheap = Assessment::is_cheap(&run.network, &run.run.data);
    if !is_cheap
        || run
            .lived_changes()
            .any(|made| made.change.setting().is_none())
    {
        return false;
    }
    let initial = run.begun.initial_network();
    let pairs = initial.parameters().iter().zip(run.network.parameters());
    let moved: f64 = pairs.map(|(from, to)| (to - from).powi(2)).sum();
    let size: f64 = initial.parameters().iter().map(|from| from * from).sum();
    moved > FAR * FAR * size
}

/// Whether something else than the learning rate was changed since an epoch that can raise the loss.
fn is_set_back(run: &RunView, since: u64) -> bool {
    let raises = |change: &Change| match change.setting() {
        None => true,
        Some(row) => matches!(row.option, "l1" | "l2"),
    };
    let mut changes = run.lived_changes();
    changes.any(|made| made.position.epoch >= since && raises(&made.change))
}
