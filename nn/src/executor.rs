//! Where large pieces of work are done: on one thread, or on several at once.

/// A piece of work.
pub type Piece<'a> = Box<dyn FnOnce() + Send + 'a>;

/// Threads that work together. This crate knows none of its own: they are given from above.
pub trait Executor {
    /// How many threads there are; at least 1.
    fn threads(&self) -> usize;

    /// Does all pieces, on any thread and in any order, and returns when they are done.
    fn run(&self, pieces: Vec<Piece<'_>>);
}

/// The calling thread alone.
#[derive(Debug, Clone, Copy)]
pub struct Alone;

impl Executor for Alone {
    fn threads(&self) -> usize {
        1
    }

    fn run(&self, pieces: Vec<Piece<'_>>) {
        pieces.into_iter().for_each(|piece| piece());
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// As many threads, one after the other: the bits may not depend on which is first, so the last one is.
    pub(crate) struct Several(pub(crate) usize);

    impl Executor for Several {
        fn threads(&self) -> usize {
            self.0
        }

        fn run(&self, pieces: Vec<Piece<'_>>) {
            pieces.into_iter().rev().for_each(|piece| piece());
        }
    }
}
