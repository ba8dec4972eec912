//! The worker's clocks: when the next epoch is due, and how fast training is.

use std::time::{Duration, Instant};

use super::Pace;

/// After a delay, epochs that were due longer ago than this are not caught up on.
const MOST_BACKLOG: Duration = Duration::from_millis(100);

/// The time over which the speed is measured.
const SPEED_WINDOW: Duration = Duration::from_millis(250);

/// When the next epoch is due.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timetable {
    next_epoch: Instant,
}

impl Timetable {
    /// Creates a timetable whose first epoch is due now.
    pub(super) fn from(now: Instant) -> Self {
        Self { next_epoch: now }
    }

    /// The time until the next epoch is due.
    pub(super) fn until_due(self, pace: Pace, now: Instant) -> Duration {
        match pace {
            Pace::EpochsPerSecond(_) => self.next_epoch.saturating_duration_since(now),
            Pace::Max => Duration::ZERO,
        }
    }

    /// The number of epochs that are due now.
    pub(super) fn epochs_due(&mut self, pace: Pace, now: Instant) -> u64 {
        let Pace::EpochsPerSecond(rate) = pace else {
            return u64::MAX;
        };
        if let Some(earliest) = now.checked_sub(MOST_BACKLOG) {
            self.next_epoch = self.next_epoch.max(earliest);
        }
        let Some(late) = now.checked_duration_since(self.next_epoch) else {
            return 0;
        };
        1 + late.as_secs() * u64::from(rate)
            + u64::from(late.subsec_nanos()) * u64::from(rate) / 1_000_000_000
    }

    /// Notes that this many epochs have been trained.
    pub(super) fn done(&mut self, pace: Pace, epochs: u64) {
        if let Pace::EpochsPerSecond(rate) = pace {
            self.next_epoch += Duration::from_nanos(epochs * 1_000_000_000 / u64::from(rate));
        }
    }
}

/// Measures the speed in epochs per second.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speedometer {
    since: Instant,
    epoch: u64,
    epochs_per_second: f64,
}

impl Speedometer {
    /// Starts to measure.
    pub(super) fn start(epoch: u64, now: Instant) -> Self {
        Self {
            since: now,
            epoch,
            epochs_per_second: 0.0,
        }
    }

    /// Returns the speed over the last window; 0 before the first one is over.
    pub(super) fn measure(&mut self, epoch: u64, now: Instant) -> f64 {
        let elapsed = now.duration_since(self.since);
        if elapsed >= SPEED_WINDOW && epoch > self.epoch {
            let epochs_per_second = (epoch - self.epoch) as f64 / elapsed.as_secs_f64();
            *self = Self {
                since: now,
                epoch,
                epochs_per_second,
            };
        }
        self.epochs_per_second
    }
}
