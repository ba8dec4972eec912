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

/// How long a step has to take until that is worth a word.
const LONG_STEP: Duration = Duration::from_millis(500);

/// Measures how long a step takes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StepClock {
    began: Option<Instant>,
    /// How long the last step took, or the present one has taken so far.
    takes: Duration,
}

impl StepClock {
    /// Notes that a step is under way. Returns whether it is a long one, which has become longer by much.
    pub(super) fn within(&mut self, now: Instant) -> bool {
        let began = *self.began.get_or_insert(now);
        let so_far = now.duration_since(began);
        let is_news = so_far >= self.takes + LONG_STEP;
        if is_news {
            self.takes = so_far;
        }
        is_news
    }

    /// Notes that a step has ended.
    pub(super) fn end(&mut self, now: Instant) {
        if let Some(began) = self.began.take() {
            self.takes = now.duration_since(began);
        }
    }

    /// Notes that the step goes on later: how long it takes is not known.
    pub(super) fn pause(&mut self) {
        self.began = None;
    }

    /// How long a step takes, if it takes long.
    pub(super) fn long_step(self) -> Option<Duration> {
        Some(self.takes).filter(|&takes| takes >= LONG_STEP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_step_is_told_while_it_lasts_and_afterwards() {
        let (start, mut clock) = (Instant::now(), StepClock::default());
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        assert!(!clock.within(at(0)));
        assert!(!clock.within(at(499)));
        assert_eq!(clock.long_step(), None);
        assert!(clock.within(at(600)));
        assert!(!clock.within(at(1_000)));
        assert_eq!(clock.long_step(), Some(Duration::from_millis(600)));
        clock.end(at(1_500));
        assert_eq!(clock.long_step(), Some(Duration::from_millis(1_500)));
        assert!(!clock.within(at(1_500)));
        clock.end(at(1_600));
        assert_eq!(clock.long_step(), None);
        assert!(!clock.within(at(2_000)));
        clock.pause();
        assert!(!clock.within(at(9_000)));
    }
}
