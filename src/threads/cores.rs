//! Several threads for one piece of work.

use std::num::NonZeroUsize;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use rayon_core::{ThreadPool, ThreadPoolBuilder};

use crate::nn::{Executor, Piece};

/// The threads that the work of one run may use: see [`Cores::limit`].
static ALL: OnceLock<Cores> = OnceLock::new();

/// Threads that share the layers of a large network: the one that asks for it, and others that are started when the
/// first such layer comes. Between two layers these sleep.
#[derive(Debug)]
pub struct Cores {
    threads: NonZeroUsize,
    /// The others; `None` if there are none, or the system cannot start them.
    others: OnceLock<Option<ThreadPool>>,
}

impl Cores {
    /// Sets what [`Self::all`] is, once and for the whole program.
    pub fn limit(threads: NonZeroUsize) {
        // The command line is read once.
        let _ = ALL.set(Self::of(threads.get()));
    }

    /// As many threads as the processor can run at once, or as the limit allows.
    #[must_use]
    pub fn all() -> &'static Self {
        ALL.get_or_init(|| Self::of(super::all_cores().get()))
    }

    /// This many threads, at least one.
    #[must_use]
    pub const fn of(threads: usize) -> Self {
        let threads = match NonZeroUsize::new(threads) {
            Some(threads) => threads,
            None => NonZeroUsize::MIN,
        };
        Self {
            threads,
            others: OnceLock::new(),
        }
    }

    /// The threads beside this one. They do parts of its work, and are named like it.
    fn others(&self) -> Option<&ThreadPool> {
        let start = || {
            let others = self.threads.get() - 1;
            let name = thread::current().name().unwrap_or_default().to_owned();
            // For a builder, none means as many as there are cores.
            let pool = ThreadPoolBuilder::new().num_threads(others.max(1));
            let pool = pool.thread_name(move |_| name.clone());
            (others > 0).then(|| pool.build().ok()).flatten()
        };
        self.others.get_or_init(start).as_ref()
    }
}

impl Executor for Cores {
    fn threads(&self) -> usize {
        self.threads.get()
    }

    fn run(&self, pieces: Vec<Piece<'_>>) {
        let helpers = pieces.len().min(self.threads.get()).saturating_sub(1);
        let pieces = Mutex::new(pieces.into_iter());
        let next = || pieces.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            while let Some(piece) = next() {
                piece();
            }
        };
        match self.others() {
            Some(others) if helpers > 0 => others.in_place_scope(|scope| {
                (0..helpers).for_each(|_| scope.spawn(|_| work()));
                work();
            }),
            _ => work(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{self, AssertUnwindSafe};
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::{Name, is_job};
    use super::*;

    #[test]
    fn every_piece_is_done_once_on_one_thread_and_on_several() {
        for threads in [1, 2, 8] {
            let cores = Cores::of(threads);
            let counts = [const { AtomicUsize::new(0) }; 5];
            let piece = |count| -> Piece<'_> {
                Box::new(move || {
                    AtomicUsize::fetch_add(count, 1, Ordering::Relaxed);
                })
            };
            cores.run(counts.iter().map(piece).collect());
            assert!(counts.into_iter().all(|count| count.into_inner() == 1));
        }
    }

    /// Does two pieces at the same time on a job's threads; the one that is not on the job's own ends like this.
    fn beside(job: Name, end: impl Fn() + Sync) -> thread::Result<()> {
        let (cores, together) = (Cores::of(2), Barrier::new(2));
        let work = || {
            let own = thread::current().id();
            let piece = |_| -> Piece<'_> {
                Box::new(|| {
                    together.wait();
                    if thread::current().id() != own {
                        end();
                    }
                })
            };
            cores.run((0..2).map(piece).collect());
        };
        thread::scope(|scope| {
            let thread = thread::Builder::new().name(job.as_str().to_owned());
            let job = thread.spawn_scoped(scope, || panic::catch_unwind(AssertUnwindSafe(work)));
            job.expect("a thread").join().expect("panics are caught")
        })
    }

    #[test]
    fn the_other_threads_are_the_job_too_and_their_panics_come_to_it() {
        let is_one = || assert!(is_job());
        beside(Name::Trainer, is_one).expect("a job's threads are jobs");
        let panic = beside(Name::Trainer, || panic!("on the other thread")).unwrap_err();
        assert_eq!(panic.downcast_ref(), Some(&"on the other thread"));
    }
}
