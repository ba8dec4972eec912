//! Floor 2: training one configuration from many seeds, on all cores.
//!
//! The seeds are consecutive, beginning with that of the configuration. As in a single run, a seed decides the
//! initial parameters and, if the samples are shuffled, their order. The data is the same for all seeds, even if
//! it is generated, so that nothing else differs. The results of a seed equal those of its single run bit for
//! bit, whatever the number of threads. This floor knows no screen.
//!
//! [`run`] does the work and reports each seed; [`Findings`] gathers the results in memory that does not grow with
//! the length of the runs; [`Sweeper`] does both in the background.

mod fan;
mod findings;
mod histogram;
mod seed_run;
pub mod stream;
mod sweeper;

use std::any::Any;
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::Duration;

use anyhow::{Result, ensure};

pub use fan::FanPoint;
pub use findings::{Counts, Findings, Losses, Ranked, SeedLoss, Summary};
pub use histogram::{Bin, SMALLEST, rows};
pub use seed_run::{Outcome, SeedRun, Verdict};
pub use sweeper::{Progress, SweepEvent, Sweeper};

use crate::session::{TrainingConfig, TrainingData};
use crate::threads;
pub use crate::threads::all_cores;

/// The largest number of seeds of a sweep.
pub const MOST_SEEDS: u64 = 1_000_000;

/// The default number of seeds of a sweep.
pub const DEFAULT_SEEDS: u64 = 1000;

/// The longest time between two reports to the listener.
const NAP: Duration = Duration::from_millis(20);

/// The number of finished seeds per thread that may wait for the listener.
const WAITING_SEEDS: usize = 4;

/// The configuration, the data and the seeds of a sweep.
#[derive(Debug, Clone)]
pub struct Plan {
    config: TrainingConfig,
    data: TrainingData,
    seeds: u64,
}

impl Plan {
    /// Plans to train this many seeds, beginning with that of `config`. Initial layers from a file are ignored: each
    /// seed draws its own.
    ///
    /// # Errors
    ///
    /// See [`check`].
    pub fn new(config: TrainingConfig, data: TrainingData, seeds: u64) -> Result<Self> {
        check(&config, seeds)?;
        Ok(Self {
            config: TrainingConfig {
                initial_layers: None,
                ..config
            },
            data,
            seeds,
        })
    }

    /// The number of seeds.
    #[must_use]
    pub fn seeds(&self) -> u64 {
        self.seeds
    }

    /// The first seed.
    #[must_use]
    pub fn first_seed(&self) -> u64 {
        self.config.seed
    }

    /// Returns the configuration of a seed's run.
    #[must_use]
    pub fn config_of(&self, seed: u64) -> TrainingConfig {
        TrainingConfig {
            seed,
            ..self.config.clone()
        }
    }
}

/// Checks that this many seeds can be swept.
///
/// # Errors
///
/// If there are no seeds, too many, or not so many from the first one on, or if the runs would not end. The message
/// is one sentence.
pub fn check(config: &TrainingConfig, seeds: u64) -> Result<()> {
    ensure!(
        (1..=MOST_SEEDS).contains(&seeds),
        "the number of seeds must be from 1 to {MOST_SEEDS}, got {seeds}"
    );
    ensure!(
        config.seed.checked_add(seeds - 1).is_some(),
        "{seeds} seeds from {} go past the largest one, {}",
        config.seed,
        u64::MAX
    );
    ensure!(
        config.epochs > 0,
        "a sweep needs runs that end: the number of epochs must not be 0"
    );
    Ok(())
}

/// Estimates the time that a sweep will still take, such as "12 s", from the part that is done (0 to 1) and the
/// time that took; `None` while it is too early to say.
#[must_use]
pub fn time_left(done: f64, elapsed: Duration) -> Option<String> {
    if done < 0.01 || elapsed < Duration::from_millis(300) {
        return None;
    }
    let seconds = elapsed.as_secs_f64() * (1.0 - done) / done;
    Some(match seconds {
        ..100.0 => format!("{seconds:.0} s"),
        ..6000.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.0} h", seconds / 3600.0),
    })
}

/// A report of a sweep.
#[derive(Debug)]
pub struct News {
    /// A seed that has finished; `None` if none has for a while.
    pub finished: Option<SeedRun>,
    /// How much of the work is done, from 0 to 1, including seeds that are under way.
    pub done: f64,
}

/// Trains all seeds of a plan on this many threads. Calls `listen` for each seed as it finishes, in any order, and
/// at least every 20 ms. Once `listen` returns [`ControlFlow::Break`], the seeds that are under way are dropped,
/// and only those that had already finished are still reported.
///
/// # Errors
///
/// If the system cannot start a thread.
///
/// # Panics
///
/// If a run panics.
pub fn run(
    plan: &Plan,
    threads: NonZeroUsize,
    mut listen: impl FnMut(News) -> ControlFlow<()>,
) -> io::Result<()> {
    let shared = Shared {
        plan,
        next: AtomicU64::new(0),
        is_cancelled: AtomicBool::new(false),
        points_done: AtomicU64::new(0),
    };
    let threads =
        usize::try_from(plan.seeds).map_or(threads.get(), |seeds| threads.get().min(seeds));
    let (sender, finished) = mpsc::sync_channel(threads * WAITING_SEEDS);
    thread::scope(|scope| {
        let mut workers = Vec::new();
        for _ in 0..threads {
            let (shared, sender) = (&shared, sender.clone());
            let worker = thread::Builder::new()
                .name(threads::Name::Sweep.as_str().to_owned())
                .spawn_scoped(scope, move || shared.work(&sender));
            // The threads that have been started end at once.
            workers.push(worker.inspect_err(|_| shared.cancel())?);
        }
        drop(sender);
        loop {
            let finished = match finished.recv_timeout(NAP) {
                Ok(seed_run) => Some(seed_run),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let done = shared.done();
            if listen(News { finished, done }).is_break() {
                shared.cancel();
            }
        }
        for worker in workers {
            let ended = worker.join().expect("its panic was caught");
            ended.unwrap_or_else(|panic| panic::resume_unwind(panic));
        }
        Ok(())
    })
}

/// What the threads of a sweep share.
struct Shared<'a> {
    plan: &'a Plan,
    /// The index of the next seed that no thread has taken.
    next: AtomicU64,
    is_cancelled: AtomicBool,
    /// The number of finished points of all loss curves.
    points_done: AtomicU64,
}

impl Shared<'_> {
    fn work(&self, finished: &SyncSender<SeedRun>) -> Result<(), Box<dyn Any + Send>> {
        let worked = panic::catch_unwind(AssertUnwindSafe(|| {
            while !self.is_cancelled() {
                let index = self.next.fetch_add(1, Ordering::Relaxed);
                if index >= self.plan.seeds {
                    return;
                }
                let seed = self.plan.first_seed().wrapping_add(index);
                let Some(seed_run) = seed_run::run_seed(self, seed) else {
                    return;
                };
                if finished.send(seed_run).is_err() {
                    return;
                }
            }
        }));
        worked.inspect_err(|_| self.cancel())
    }

    fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    #[inline]
    fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }

    fn done(&self) -> f64 {
        let points = self.plan.seeds as f64 * fan::points(self.plan.config.epochs).count() as f64;
        (self.points_done.load(Ordering::Relaxed) as f64 / points).min(1.0)
    }
}
