//! What the loss has done so far.

use super::{CLEARLY, FEWEST_EPOCHS, Trend};
use crate::trainer::{Bucket, Curve};

/// A loss goes up if it is this many times the lowest since it went down, and down likewise.
const SWING: f64 = 1.1;

/// A loss that goes up this often in a fifth of the run jumps.
const SWINGS: usize = 3;

/// Returns what the loss did in the last tenth of the epochs up to this one.
pub(super) fn trend(curve: &Curve, epoch: u64) -> Trend {
    let past = curve.up_to(epoch);
    let recent = &past[past.len() - past.len().min((past.len() / 10).max(2))..];
    let [first, .., last] = recent else {
        return Trend::Unknown;
    };
    match (last.last - first.last) / first.last.max(f64::MIN_POSITIVE) {
        ..-0.005 => Trend::Falling,
        0.005.. => Trend::Rising,
        _ => Trend::Flat,
    }
}

/// Returns the epoch up to this one where the loss was lowest, and the loss.
pub(super) fn lowest(curve: &Curve, epoch: u64) -> Option<(u64, f64)> {
    let losses = curve.iter().take_while(|(epochs, _)| epochs.start <= epoch);
    let losses = losses.map(|(epochs, bucket)| (epochs.start, bucket.last));
    losses.min_by(|(_, a), (_, b)| a.total_cmp(b))
}

/// Whether the loss has gone up and down in the last fifth of the epochs up to this one, and no lower than before.
pub(super) fn jumps(curve: &Curve, epoch: u64) -> bool {
    let past = curve.up_to(epoch);
    let fewest = usize::try_from(FEWEST_EPOCHS).unwrap_or(usize::MAX);
    let recent = (past.len() / 5).max(fewest).min(past.len());
    let (before, recent) = past.split_at(past.len() - recent);
    let lowest = |buckets: &[Bucket]| {
        let losses = buckets.iter().map(|bucket| bucket.last);
        losses.fold(f64::INFINITY, f64::min)
    };
    !before.is_empty() && CLEARLY * lowest(recent) > lowest(before) && swings(recent) >= SWINGS
}

/// Returns how often the loss goes up clearly, to go down before or after.
fn swings(buckets: &[Bucket]) -> usize {
    let (mut ups, mut is_up, mut turn) = (0, true, 0.0_f64);
    for loss in buckets.iter().map(|bucket| bucket.last) {
        if is_up && loss * SWING < turn {
            (is_up, turn) = (false, loss);
        } else if !is_up && loss > turn * SWING {
            (is_up, turn) = (true, loss);
            ups += 1;
        } else {
            turn = if is_up {
                turn.max(loss)
            } else {
                turn.min(loss)
            };
        }
    }
    ups
}
