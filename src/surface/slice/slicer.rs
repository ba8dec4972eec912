//! Slices in the background: one at a time, and the newest request instead of any other.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use super::{Slice, SliceRequest};
use crate::threads::{Job, Name, Outbox};

/// The least time between the beginnings of two live slices: that of a frame.
const BETWEEN_LIVE: Duration = Duration::from_millis(33);

/// How many times as long as a live slice takes it is to the next one, so that the processor is left to the training.
const REST: u32 = 4;

/// What takes less than this is seen at once as a whole, and not from coarse to fine.
const AT_ONCE: Duration = Duration::from_millis(150);

/// The least time between two reports of how far a slice is.
const BETWEEN_REPORTS: Duration = Duration::from_millis(100);

/// News of a slice, with the request that it answers.
#[derive(Debug, Clone)]
pub enum SliceEvent {
    /// How much of the work is done, from 0 to 1.
    Progress(Arc<SliceRequest>, f64),
    /// The slice as far as it is computed, and how much of the work is done.
    Slice(Arc<Slice>, f64),
    /// There is no such slice, for this reason.
    Failed(Arc<SliceRequest>, String),
    /// The job has ended by an internal error with this text.
    Panicked(String),
}

/// The handle of the job that computes slices. Dropping it ends the job.
#[derive(Debug)]
pub struct Slicer(Job<Arc<SliceRequest>, SliceEvent>);

impl Slicer {
    /// Starts the job. It calls `wake` after each event that it has put into the channel.
    ///
    /// # Errors
    ///
    /// If the system cannot start a thread.
    pub fn spawn(wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        Job::spawn(Name::Slicer, 1, wake, SliceEvent::Panicked, work).map(Self)
    }

    /// Asks for a slice, instead of the one that is being computed.
    pub fn ask(&self, request: Arc<SliceRequest>) {
        self.0.send(request);
    }

    /// Returns the next waiting event.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] if there is none yet, [`TryRecvError::Disconnected`] if there will be none.
    pub fn try_event(&self) -> Result<SliceEvent, TryRecvError> {
        self.0.try_event()
    }
}

fn work(requests: &Receiver<Arc<SliceRequest>>, events: &Outbox<SliceEvent>) {
    let mut newer = None;
    let mut next_live = Instant::now();
    while let Some(request) = newer.take().or_else(|| requests.recv().ok()) {
        let Some(request) = newest(request, requests, next_live) else {
            return;
        };
        let begun = Instant::now();
        let mut last_report = begun;
        let _ = Slice::compute(&request, &mut |event| {
            tell(event, begun, &mut last_report, events);
            match requests.try_recv() {
                Ok(request) => newer = Some(request),
                Err(TryRecvError::Empty) => return ControlFlow::Continue(()),
                Err(TryRecvError::Disconnected) => {}
            }
            ControlFlow::Break(())
        });
        next_live = begun + BETWEEN_LIVE.max(begun.elapsed() * REST);
    }
}

/// The last request, once it is time for it; `None` if the handle is gone.
fn newest(
    mut request: Arc<SliceRequest>,
    requests: &Receiver<Arc<SliceRequest>>,
    next_live: Instant,
) -> Option<Arc<SliceRequest>> {
    loop {
        let wait = if request.is_live {
            next_live.saturating_duration_since(Instant::now())
        } else {
            Duration::ZERO
        };
        match requests.recv_timeout(wait) {
            Ok(newer) => request = newer,
            Err(RecvTimeoutError::Timeout) => return Some(request),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// Reports what is worth it: the finished slice always, others and how far it is if there is room and it takes long.
fn tell(event: SliceEvent, begun: Instant, last_report: &mut Instant, events: &Outbox<SliceEvent>) {
    let is_worth_it = match &event {
        SliceEvent::Slice(slice, _) if slice.is_complete() => return events.send(event),
        SliceEvent::Failed(..) | SliceEvent::Panicked(_) => return events.send(event),
        SliceEvent::Slice(..) => begun.elapsed() >= AT_ONCE,
        SliceEvent::Progress(..) => last_report.elapsed() >= BETWEEN_REPORTS,
    };
    if is_worth_it && events.try_send(event).is_ok() {
        *last_report = Instant::now();
    }
}
