//! Floor 1: threads that work for somebody: joined when their handle is dropped, and their panics told instead
//! of printed. Knows nothing of their work.

use std::any::Any;
use std::io;
use std::thread::{self, JoinHandle};

/// The handle of a thread that works for somebody. Dropping it waits until the thread has ended; whatever tells
/// it to end has to be dropped before.
#[derive(Debug)]
pub struct Worker(Option<JoinHandle<()>>);

/// What a worker's thread is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Trains the run that is shown.
    Trainer,
    /// Runs one configuration from many seeds.
    Sweep,
}

impl Name {
    /// As the system shows it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trainer => "trainer",
            Self::Sweep => "sweep",
        }
    }
}

impl Worker {
    /// Starts a thread.
    ///
    /// # Errors
    ///
    /// If the system gives none.
    pub fn spawn(name: Name, work: impl FnOnce() + Send + 'static) -> io::Result<Self> {
        let thread = thread::Builder::new()
            .name(name.as_str().to_owned())
            .spawn(work)?;
        Ok(Self(Some(thread)))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            // Its panic was caught and told as an event.
            let _ = thread.join();
        }
    }
}

/// Whether this very thread is one whose panic is caught and told.
#[must_use]
pub fn is_worker() -> bool {
    let names = [Name::Trainer, Name::Sweep].map(Name::as_str);
    thread::current()
        .name()
        .is_some_and(|name| names.contains(&name))
}

/// What a caught panic said.
#[must_use]
pub fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}
