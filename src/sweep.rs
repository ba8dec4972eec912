//! Floor 2: one configuration from many seeds, on all cores.
//!
//! Consecutive seeds from that of the configuration on. A seed decides what single runs draw from it: the
//! initial parameters, and the order of the samples if it is shuffled. The data is the same for all of them,
//! generated or not, so that seeds differ in nothing else. A seed's numbers are those of its single run, to the
//! bit, whatever the number of threads. Knows no screen.
//!
//! [`run`] does the work and tells of each seed; [`Findings`] gathers what it tells, in memory that does not grow
//! with the length of the runs; [`Sweeper`] does both in the background.

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
pub use findings::{Counts, Findings, Losses, SeedLoss, Summary};
pub use histogram::{Bin, SMALLEST, histogram};
pub use seed_run::{Outcome, SeedRun, Verdict};
pub use sweeper::{Event, Progress, Sweeper};

use crate::session::{TrainingConfig, TrainingData};
use crate::threads;

/// The most seeds that a sweep has.
pub const MOST_SEEDS: u64 = 1_000_000;

/// The seeds of a sweep unless it is said how many.
pub const USUAL_SEEDS: u64 = 1000;

/// How long the listener waits for a seed before it is told that there is none yet.
const NAP: Duration = Duration::from_millis(20);

/// How many finished seeds may wait for the listener, for each thread.
const WAITING_SEEDS: usize = 4;

/// What a sweep runs.
#[derive(Debug, Clone)]
pub struct Plan {
    config: TrainingConfig,
    data: TrainingData,
    seeds: u64,
}

impl Plan {
    /// So many seeds from that of `config` on. Initial layers from a file are left out: each seed draws its own.
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

    /// How many seeds there are.
    #[must_use]
    pub fn seeds(&self) -> u64 {
        self.seeds
    }

    /// The first of them.
    #[must_use]
    pub fn first_seed(&self) -> u64 {
        self.config.seed
    }

    /// How the single run of a seed is set up.
    #[must_use]
    pub fn config_of(&self, seed: u64) -> TrainingConfig {
        TrainingConfig {
            seed,
            ..self.config.clone()
        }
    }
}

/// Whether there can be a sweep of so many seeds.
///
/// # Errors
///
/// One sentence, if there are no seeds or too many, or the runs would not end.
pub fn check(config: &TrainingConfig, seeds: u64) -> Result<()> {
    ensure!(
        (1..=MOST_SEEDS).contains(&seeds),
        "a sweep has 1 to {MOST_SEEDS} seeds, got {seeds}"
    );
    ensure!(
        config.epochs > 0,
        "the runs of a sweep need an end: epochs must not be 0"
    );
    Ok(())
}

/// As many threads as the processor can run at once.
#[must_use]
pub fn all_cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// How long a sweep will still take, in words, if it goes on as before; nothing while that cannot be told.
#[must_use]
pub fn time_left(done: f64, elapsed: Duration) -> Option<String> {
    // Too little to draw conclusions from.
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

/// What a sweep tells.
#[derive(Debug)]
pub struct News {
    /// A seed that is finished; nothing if none was for a while.
    pub finished: Option<SeedRun>,
    /// How much of the work is done, seeds that are under way included: from 0 to 1.
    pub done: f64,
}

/// Runs all seeds of a plan on so many threads, and tells `listen` of each as it is finished, in any order, and
/// at least every 20 ms. Once `listen` breaks off, the seeds that are under way are given up, and it hears of
/// those only that were finished already.
///
/// # Errors
///
/// If the system gives no thread.
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
    let threads = threads
        .get()
        .min(usize::try_from(plan.seeds).unwrap_or(usize::MAX));
    let (sender, finished) = mpsc::sync_channel(threads * WAITING_SEEDS);
    thread::scope(|scope| {
        let mut workers = Vec::with_capacity(threads);
        for _ in 0..threads {
            let (shared, sender) = (&shared, sender.clone());
            let worker = thread::Builder::new()
                .name(threads::Name::Sweep.as_str().to_owned())
                .spawn_scoped(scope, move || shared.work(&sender));
            // Those that were started before end at once.
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
    /// The place of the next seed that nobody has taken.
    next: AtomicU64,
    is_cancelled: AtomicBool,
    /// How many points of all seeds' loss curves are done.
    points_done: AtomicU64,
}

impl Shared<'_> {
    fn work(&self, finished: &SyncSender<SeedRun>) -> Result<(), Box<dyn Any + Send>> {
        let worked = panic::catch_unwind(AssertUnwindSafe(|| {
            while !self.is_cancelled() {
                let place = self.next.fetch_add(1, Ordering::Relaxed);
                if place >= self.plan.seeds {
                    return;
                }
                let seed = self.plan.first_seed().wrapping_add(place);
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
