//! The commands, in the order in which they were given. While all samples are evaluated at a stretch they are heard too:
//! most wait until that is done, but a run that is left is evaluated no further.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::Duration;

use crate::trainer::{Command, DepartedRun};

/// What the worker is asked to do.
pub(super) struct Inbox<'a> {
    commands: &'a Receiver<Command>,
    /// What was heard meanwhile, and waits.
    heard: VecDeque<Command>,
}

impl<'a> Inbox<'a> {
    pub(super) fn new(commands: &'a Receiver<Command>) -> Self {
        Self {
            commands,
            heard: VecDeque::new(),
        }
    }

    /// Waits for the next command: at most this long, if there is a limit.
    ///
    /// # Errors
    ///
    /// [`RecvTimeoutError::Timeout`] if there is none yet, [`RecvTimeoutError::Disconnected`] if there will be none.
    pub(super) fn next(&mut self, wait: Option<Duration>) -> Result<Command, RecvTimeoutError> {
        match (self.heard.pop_front(), wait) {
            (Some(command), _) => Ok(command),
            (None, Some(wait)) => self.commands.recv_timeout(wait),
            (None, None) => self.commands.recv().map_err(RecvTimeoutError::from),
        }
    }

    /// Hears what has come, between two parts of some work, and waits for as long as the run rests. Breaks off the work
    /// if nobody needs it any more.
    pub(super) fn hear(&mut self) -> ControlFlow<()> {
        loop {
            let rests = matches!(self.heard.back(), Some(Command::Rest(true)));
            let next = if rests {
                self.commands.recv().map_err(TryRecvError::from)
            } else {
                self.commands.try_recv()
            };
            match next {
                Ok(command) => {
                    let is_left = matches!(command, Command::Leave(_));
                    self.heard.push_back(command);
                    if is_left {
                        return ControlFlow::Break(());
                    }
                }
                Err(TryRecvError::Empty) => return ControlFlow::Continue(()),
                Err(TryRecvError::Disconnected) => return ControlFlow::Break(()),
            }
        }
    }

    /// Who waits for a run that was left before it had begun.
    pub(super) fn leaving(mut self) -> Option<Sender<DepartedRun>> {
        match self.heard.pop_back() {
            Some(Command::Leave(reply)) => Some(reply),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::Arc;
    use std::sync::mpsc::{self, TryRecvError as Missing};
    use std::thread;

    use super::*;
    use crate::session::{DataSource, Draft, Past, Position, Run, Timeline, TrainingConfig};
    use crate::threads::{Job, Name};
    use crate::trainer::{
        Event, Origin, Pace, Progress, RunState, Start, StartState, Trainer, worker,
    };

    /// A run whose evaluation has several parts.
    fn run() -> Arc<Run> {
        let source = DataSource {
            data: "xor".to_owned(),
            samples: Some(5000),
            ..DataSource::default()
        };
        let dataset = source.load(&mut |_| ControlFlow::Continue(())).unwrap();
        let draft = Draft::of(&TrainingConfig::post(1), &source, None);
        Arc::new(Run::prepare(draft, Arc::new(dataset)).unwrap())
    }

    /// A trainer that has been given this command before it begins, and its first event.
    fn first_event(origin: Origin, command: Command) -> Event {
        let start = Start {
            state: StartState::Running,
            pace: Pace::Max,
            looks_ahead: false,
            retraces: false,
        };
        let (open, gate) = mpsc::channel();
        let (woken, wakes) = mpsc::channel();
        let job = Job::spawn(
            Name::Trainer,
            4,
            move || {
                let _ = woken.send(());
            },
            |text| panic!("{text}"),
            move |commands, events| {
                gate.recv().unwrap();
                worker::run(origin, start, commands, events);
            },
        );
        let (job, sent) = (job.unwrap(), Cell::new(0));
        let trainer: Trainer = Trainer { job, sent };
        trainer.send(command);
        open.send(()).unwrap();
        wakes.recv().unwrap();
        trainer.try_event().unwrap()
    }

    fn is_cancelled(event: &Event) -> bool {
        matches!(event, Event::NotBegun(reason) if reason == "the preparation was cancelled")
    }

    #[test]
    fn a_run_that_is_left_before_it_has_begun_is_evaluated_no_further() {
        let (reply, answer) = mpsc::channel();
        let event = first_event(Origin::Start(run()), Command::Leave(reply));
        assert!(is_cancelled(&event), "{event:?}");
        assert_eq!(answer.try_recv(), Err(Missing::Disconnected));
    }

    #[test]
    fn an_earlier_run_that_is_left_before_it_is_there_again_is_handed_over_as_it_was() {
        let run = run();
        let mut timeline = Timeline::new(run.begin().unwrap());
        timeline.step();
        let past: Past = timeline.past();
        let (reply, answer) = mpsc::channel();
        let origin = Origin::Past(Arc::clone(&run), Box::new(past.clone()));
        let event = first_event(origin, Command::Leave(reply));
        assert!(is_cancelled(&event), "{event:?}");
        let departed = answer.try_recv().unwrap();
        assert_eq!((departed.past, &departed.run), (past, &run));
    }

    #[test]
    fn what_is_asked_while_a_run_is_evaluated_at_its_start_is_done_before_its_first_step() {
        let event = first_event(Origin::Start(run()), Command::Pause);
        let Event::Progress(progress) = event else {
            panic!("{event:?}")
        };
        let Progress {
            state,
            position,
            is_latest,
            ..
        } = *progress;
        assert_eq!(
            (state, position, is_latest),
            (RunState::Paused, Position::default(), true)
        );
    }

    #[test]
    fn a_run_that_rests_is_evaluated_no_further_until_it_goes_on() {
        let (sender, commands) = mpsc::channel();
        sender.send(Command::Rest(true)).unwrap();
        let hears = thread::spawn(move || Inbox::new(&commands).hear());
        thread::sleep(Duration::from_millis(50));
        assert!(!hears.is_finished());
        sender.send(Command::Rest(false)).unwrap();
        assert_eq!(hears.join().unwrap(), ControlFlow::Continue(()));
    }
}
