//! Floor 1: background jobs, whatever their work is.
//!
//! A [`Job`] is a thread that takes commands from one channel and puts events into another, which is bounded. A
//! panic on the thread is caught and becomes an event. Dropping the handle closes both channels, which asks the
//! job to end, and waits for nothing: a job that is in the middle of something ends on its own, unheard.
//!
//! [`Cores`] are the threads that the layers of a large network are shared among.

mod cores;

use std::any::Any;
use std::io;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender, TryRecvError, TrySendError};
use std::thread::{self, JoinHandle};

pub use cores::Cores;
use strum::{IntoStaticStr, VariantArray};

/// The name of a job's thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Name {
    /// Trains the run that is shown.
    Trainer,
    /// Trains one configuration from many seeds.
    Sweep,
    /// Computes maps of what a network has learned.
    Map,
    /// Answers what the screen asks about a large network.
    Answers,
    /// Computes the loss slice.
    Slicer,
    /// Reads data and prepares another run.
    Prepare,
    /// Finds out what is at a typed path.
    LookUp,
    /// Takes the final state of a run that has been replaced.
    Leave,
    /// Writes a file.
    Save,
    /// Frees what is large and not needed any more.
    Free,
}

impl Name {
    /// The name as the system shows it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The handle of a background job that takes commands `C` and reports events `E`.
#[derive(Debug)]
pub struct Job<C, E> {
    commands: Sender<C>,
    events: Receiver<E>,
    thread: JoinHandle<()>,
}

/// The job's end of the channel of events.
pub struct Outbox<E> {
    events: SyncSender<E>,
    wake: Box<dyn Fn() + Send>,
}

impl<C: Send + 'static, E: Send + 'static> Job<C, E> {
    /// Starts a job. It calls `wake` after each event and once more when it ends; at most `capacity` events wait to
    /// be taken. If the work panics, `panicked` makes an event from the text of the panic.
    ///
    /// # Errors
    ///
    /// If the system cannot start a thread.
    pub fn spawn(
        name: Name,
        capacity: usize,
        wake: impl Fn() + Send + 'static,
        panicked: impl FnOnce(String) -> E + Send + 'static,
        work: impl FnOnce(&Receiver<C>, &Outbox<E>) + Send + 'static,
    ) -> io::Result<Self> {
        let (commands, inbox) = mpsc::channel();
        let (event_sender, events) = mpsc::sync_channel(capacity);
        let outbox = Outbox {
            events: event_sender,
            wake: Box::new(wake),
        };
        let thread = thread::Builder::new()
            .name(name.as_str().to_owned())
            .spawn(move || {
                let work = || work(&inbox, &outbox);
                if let Err(panic) = panic::catch_unwind(AssertUnwindSafe(work)) {
                    // It may be `wake` that panicked; the event is in the channel even so.
                    let report = || outbox.send(panicked(panic_text(&*panic)));
                    let _ = panic::catch_unwind(AssertUnwindSafe(report));
                }
                // The end of the job is also news.
                let Outbox { events, wake } = outbox;
                drop(events);
                let _ = panic::catch_unwind(AssertUnwindSafe(wake));
            })?;
        Ok(Self {
            commands,
            events,
            thread,
        })
    }

    /// Closes both channels, and waits for the job's end.
    pub fn finish(self) {
        let Self {
            commands,
            events,
            thread,
        } = self;
        drop((commands, events));
        // A panic on it was caught and reported as an event.
        let _ = thread.join();
    }

    /// Sends a command. A job that has ended ignores it.
    pub fn send(&self, command: C) {
        let _ = self.commands.send(command);
    }

    /// Returns the next waiting event.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] if there is none yet, [`TryRecvError::Disconnected`] if there will be none.
    pub fn try_event(&self) -> Result<E, TryRecvError> {
        self.events.try_recv()
    }
}

impl<E> Outbox<E> {
    /// Reports an event, waiting until there is room. If the handle is gone, the event is dropped.
    pub fn send(&self, event: E) {
        if self.events.send(event).is_ok() {
            (self.wake)();
        }
    }

    /// Reports an event if there is room.
    ///
    /// # Errors
    ///
    /// The event itself, if the channel is full.
    pub fn try_send(&self, event: E) -> Result<(), E> {
        match self.events.try_send(event) {
            Ok(()) => (self.wake)(),
            Err(TrySendError::Full(event)) => return Err(event),
            // The handle is gone; the job will see that the commands are closed.
            Err(TrySendError::Disconnected(_)) => {}
        }
        Ok(())
    }
}

/// The number of threads that the processor can run at once.
#[must_use]
pub fn all_cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Whether the current thread is a job, whose panics are caught and reported.
#[must_use]
pub fn is_job() -> bool {
    let thread = thread::current();
    let is_named = |name: &Name| thread.name() == Some(name.as_str());
    Name::VARIANTS.iter().any(is_named)
}

/// The text of a caught panic.
fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events_of(
        work: impl FnOnce(&Receiver<u32>, &Outbox<String>) + Send + 'static,
    ) -> Vec<String> {
        let (woken, wakes) = mpsc::channel();
        let wake = move || woken.send(()).expect("the test listens");
        let job = Job::spawn(
            Name::Save,
            1,
            wake,
            |text| format!("panicked: {text}"),
            work,
        );
        let job = job.expect("a thread");
        job.send(7);
        let mut events = Vec::new();
        loop {
            wakes.recv().expect("a job also wakes when it ends");
            loop {
                match job.try_event() {
                    Ok(event) => events.push(event),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return events,
                }
            }
        }
    }

    #[test]
    fn commands_go_in_events_come_out_and_a_full_channel_gives_the_event_back() {
        let events = events_of(|commands, outbox| {
            let number = commands.recv().expect("a command");
            outbox.send(format!("heard {number}"));
            while let Err(event) = outbox.try_send("again".to_owned()) {
                assert_eq!(event, "again");
                thread::yield_now();
            }
        });
        assert_eq!(events, ["heard 7", "again"]);
    }

    #[test]
    fn a_panic_becomes_an_event_and_a_job_knows_that_it_is_one() {
        let events = events_of(|_, _| {
            assert!(!is_job(), "seven is not even");
        });
        assert_eq!(events, ["panicked: seven is not even"]);
        assert!(!is_job());
    }
}
