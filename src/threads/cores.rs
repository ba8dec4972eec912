//! Several threads for one piece of work.

use std::num::NonZeroUsize;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use crate::nn::{Executor, Piece};

/// The threads that the work of one run may use: see [`Cores::limit`].
static ALL: OnceLock<Cores> = OnceLock::new();

/// Threads that share the layers of a large network. They are started for each layer, which takes some ten
/// microseconds, and end with it; so between two layers nothing runs and nothing waits.
#[derive(Debug, Clone, Copy)]
pub struct Cores(NonZeroUsize);

impl Cores {
    /// Sets what [`Self::all`] is, once and for the whole program.
    pub fn limit(threads: NonZeroUsize) {
        // The command line is read once.
        let _ = ALL.set(Self(threads));
    }

    /// As many threads as the processor can run at once, or as the limit allows.
    #[must_use]
    pub fn all() -> &'static Self {
        ALL.get_or_init(|| Self(super::all_cores()))
    }

    /// This many threads, at least one.
    #[must_use]
    pub const fn of(threads: usize) -> Self {
        match NonZeroUsize::new(threads) {
            Some(threads) => Self(threads),
            None => Self(NonZeroUsize::MIN),
        }
    }
}

impl Executor for Cores {
    fn threads(&self) -> usize {
        self.0.get()
    }

    fn run(&self, pieces: Vec<Piece<'_>>) {
        let others = pieces.len().min(self.0.get()).saturating_sub(1);
        let pieces = Mutex::new(pieces.into_iter());
        let next = || pieces.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            while let Some(piece) = next() {
                piece();
            }
        };
        // They are parts of this thread's work, and are named like it.
        let name = thread::current().name().unwrap_or_default().to_owned();
        thread::scope(|scope| {
            for _ in 0..others {
                let thread = thread::Builder::new().name(name.clone());
                // The work of one that cannot be started is left to the others.
                let _ = thread.spawn_scoped(scope, work);
            }
            work();
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

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
}
