//! What the worker reports, and when.

use std::mem;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Activity, BETWEEN_MESSAGES, Worker};
use crate::nn::Network;
use crate::session::Seeking;
use crate::threads::Outbox;
use crate::trainer::{Event, Progress, Report, RunState};

/// How long a seek may take before its progress is reported.
const SILENT_SEEK: Duration = Duration::from_millis(200);

/// The least time between two messages of a large network, for each of its parameters: the screen needs time for it too.
const PER_PARAMETER: Duration = Duration::from_nanos(40);

impl Worker {
    /// Reports the current state if there is news, enough time has passed, and the channel has room. Otherwise the
    /// next message has the news.
    pub(super) fn tell(&mut self, events: &Outbox<Report>) {
        let now = Instant::now();
        if !self.has_news || self.is_too_soon(now) {
            return;
        }
        self.last_message = Some(now);
        self.refusal = self
            .refusal
            .take()
            .and_then(|refusal| events.try_send(self.report(refusal)).err())
            .map(|unsent| unsent.event);
        self.keep_finite();
        // On the way to where it has been, it makes its changes again.
        self.note_config();
        let progress = Event::Progress(Box::new(self.progress(now)));
        match events
            .try_send(self.report(progress))
            .map_err(|unsent| unsent.event)
        {
            Ok(()) => self.has_news = false,
            Err(Event::Progress(unsent)) => {
                self.curves = unsent.curves;
                self.departed = unsent.departed;
                self.trained_on = unsent.trained_on;
            }
            Err(_) => unreachable!("it is the event that was sent"),
        }
    }

    /// The least time between two messages.
    pub(super) fn between_messages(&self) -> Duration {
        let parameters = self.timeline.session().network().parameters().len();
        BETWEEN_MESSAGES.max(PER_PARAMETER * u32::try_from(parameters).unwrap_or(u32::MAX))
    }

    fn report(&self, event: Event) -> Report {
        let obeyed = self.obeyed;
        Report { event, obeyed }
    }

    pub(super) fn is_too_soon(&self, now: Instant) -> bool {
        let is_soon = self
            .last_message
            .is_some_and(|last| now < last + self.between_messages());
        match self.activity {
            Activity::Idle(_) => false,
            Activity::Seek(begun) => is_soon || now < begun + SILENT_SEEK,
            _ => is_soon,
        }
    }

    pub(super) fn progress(&mut self, now: Instant) -> Progress {
        let (state, epochs_per_second) = match (self.activity, self.timeline.seeking()) {
            (Activity::Idle(state), _) => (state, 0.0),
            (_, Some(seeking)) => (RunState::Seeking(seeking), 0.0),
            (Activity::TrainTo { from, goal }, _) => {
                let at = self.epoch();
                let state = RunState::TrainingTo(Seeking { from, at, goal });
                (state, self.speed.measure(at, now))
            }
            _ => (RunState::Running, self.speed.measure(self.epoch(), now)),
        };
        let next_step = self
            .reports_next_step()
            .then(|| self.timeline.next_step())
            .flatten();
        let curves = self.curves.tell(self.first_told);
        if let Some(loaded) = &mut self.loaded {
            loaded.note(&curves);
        }
        Progress {
            epochs_per_second,
            next_step: next_step.map(Arc::new),
            long_step: self.step_clock.long_step(),
            assessment: self.assessment(),
            farthest: self.timeline.farthest(),
            changes: Arc::clone(self.timeline.changes()),
            departed: mem::take(&mut self.departed),
            trained_on: mem::take(&mut self.trained_on),
            ..Progress::with_network(
                (Arc::clone(&self.run), self.network()),
                self.timeline.session(),
                state,
                curves,
            )
        }
    }

    /// The network as it is now; a small one is copied if it has changed since the last message.
    fn network(&mut self) -> Arc<Network> {
        if let Some(shared) = self.timeline.session().shared_network() {
            return Arc::clone(shared);
        }
        let present = self.timeline.session().network();
        if self.reported[0].parameters() != present.parameters() {
            self.reported.swap(0, 1);
            match Arc::get_mut(&mut self.reported[0]) {
                Some(free) => free.parameters_mut().copy_from_slice(present.parameters()),
                None => self.reported[0] = Arc::new(present.clone()),
            }
        }
        Arc::clone(&self.reported[0])
    }
}
