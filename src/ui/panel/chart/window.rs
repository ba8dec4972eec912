//! The epochs that a chart is of: those of the run that is shown. A kept run that goes on beyond them does so unseen, or a
//! short run would have only a corner beside a long one.

use super::series::Series;
use crate::app::{App, KeptRun};
use crate::trainer::Curve;

/// The first and the last epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) first: u64,
    pub(super) last: u64,
}

impl Window {
    /// Of the run that is shown, from its first update on up to where it will finish, and of these kept runs up to there.
    pub(super) fn of(app: &App, kept_runs: &[&KeptRun]) -> Self {
        let own = &app.run().curves.training;
        let ends = |curve: &Curve| (curve.first_epoch(), curve.last_epoch());
        let kept = kept_runs.iter().map(|run| ends(&run.view.curves.training));
        let first = kept.clone().map(|ends| ends.0).chain([own.first_epoch()]);
        let kept_last = kept.filter_map(|ends| ends.1).max().unwrap_or_default();
        let last = own.last_epoch().unwrap_or_default();
        let planned = match own.epochs() {
            0 | 1 => kept_last,
            _ => app.run().config().last_epoch(),
        };
        Self {
            first: first.min().unwrap_or_default(),
            last: last.max(kept_last.min(planned)),
        }
    }

    /// Cuts off the lines that go on beyond it.
    pub(super) fn cut(self, mut lines: Vec<Series>) -> Vec<Series> {
        for line in &mut lines {
            line.until = self.last;
        }
        lines
    }

    /// The smallest and the largest number of some curves within it.
    pub(super) fn range<'a>(self, curves: impl Iterator<Item = &'a Curve>) -> Option<(f64, f64)> {
        let ranges = curves.filter_map(|curve| {
            if curve.last_epoch()? <= self.last {
                return curve.range();
            }
            let buckets = curve.up_to(self.last).iter();
            let ranges = buckets.map(|bucket| (bucket.min, bucket.max));
            ranges.reduce(widened)
        });
        ranges.reduce(widened)
    }

    /// Whether a kept run goes on beyond it; if so, to which epoch.
    pub(super) fn beyond(self, run: &KeptRun) -> Option<u64> {
        let last = run.view.curves.training.last_epoch();
        last.filter(|last| *last > self.last)
    }
}

fn widened(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    (one.0.min(other.0), one.1.max(other.1))
}
