//! What is large and the app is given: data, and networks. To free a million names or a hundred million bytes takes longer
//! than a frame. So the event loop has all this too, and what it alone still has is freed on a job.

use std::any::Any;
use std::sync::Arc;

use anyhow::{Context, Result};

use crate::app::Message;
use crate::nn::Network;
use crate::session::{Run, is_large};
use crate::threads::{Job, Name};
use crate::trainer::Event;

/// What the app may have.
pub(super) struct Lent {
    loans: Vec<Box<dyn Loan>>,
    freeing: Job<Box<dyn Loan>, String>,
}

/// Something that is shared.
trait Loan: Any + Send {
    /// Where it is: the same for all who share it.
    fn address(&self) -> *const ();
    /// Whether nobody else has it any more.
    fn is_returned(&self) -> bool;
}

impl<T: Send + Sync + 'static> Loan for Arc<T> {
    fn address(&self) -> *const () {
        Arc::as_ptr(self).cast()
    }

    fn is_returned(&self) -> bool {
        Arc::strong_count(self) == 1
    }
}

impl Lent {
    /// Nothing is lent yet. Starts the job that frees what comes back.
    pub(super) fn new() -> Result<Self> {
        let freeing = Job::spawn(
            Name::Free,
            1,
            || {},
            |text| text,
            |returned, _| returned.iter().for_each(drop),
        );
        Ok(Self {
            loans: Vec::new(),
            freeing: freeing.context("starting the thread that frees memory")?,
        })
    }

    /// Notes what a message gives to the app.
    pub(super) fn note(&mut self, message: &Message) {
        match message {
            Message::Prepared(_, Ok((run, session))) | Message::Opened(_, Ok((run, session))) => {
                self.lend_run(run);
                self.lend_network(session.shared_network());
            }
            Message::Trainer(Event::Progress(progress)) if is_large(&progress.network) => {
                self.lend(&progress.network);
                progress.next_step.iter().for_each(|step| self.lend(step));
            }
            _ => {}
        }
    }

    /// Lends what a run learns from.
    pub(super) fn lend_run(&mut self, run: &Run) {
        self.lend(&run.dataset);
        self.lend(&run.data.training);
        run.data.test.iter().for_each(|test| self.lend(test));
    }

    /// Lends a large network.
    pub(super) fn lend_network(&mut self, network: Option<&Arc<Network>>) {
        network.into_iter().for_each(|network| self.lend(network));
    }

    fn lend<T: Send + Sync + 'static>(&mut self, shared: &Arc<T>) {
        let address = shared.address();
        if self.loans.iter().all(|loan| loan.address() != address) {
            self.loans.push(Box::new(Arc::clone(shared)));
        }
    }

    /// Frees what nobody else has any more.
    pub(super) fn free_returned(&mut self) {
        let returned = self.loans.extract_if(.., |loan| loan.is_returned());
        returned.for_each(|loan| self.freeing.send(loan));
    }
}

impl Drop for Lent {
    /// The end of the program does not wait for it either.
    fn drop(&mut self) {
        self.loans
            .drain(..)
            .for_each(|loan| self.freeing.send(loan));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Weak, mpsc};
    use std::thread;

    use clap::Parser;

    use super::*;
    use crate::app::{App, Appearance, Colors, Glyphs, PreparationId, RunView};
    use crate::cli::{Cli, Setup};
    use crate::data::Dataset;
    use crate::session::Session;
    use crate::trainer::{Curves, Pace, Progress, RunState, Start, StartState};

    struct Large(mpsc::Sender<Option<String>>);

    impl Drop for Large {
        fn drop(&mut self) {
            let thread = thread::current().name().map(str::to_owned);
            self.0.send(thread).unwrap();
        }
    }

    #[test]
    fn what_nobody_else_has_any_more_is_freed_on_the_job_and_nothing_before() {
        let (freed, on) = mpsc::channel();
        let mut lent = Lent::new().unwrap();
        let larges = [(); 2].map(|()| Arc::new(Large(freed.clone())));
        for _ in 0..2 {
            larges.iter().for_each(|large| lent.lend(large));
        }
        let [first, second] = larges;
        lent.free_returned();
        drop(first);
        assert!(on.try_recv().is_err());
        lent.free_returned();
        assert_eq!(on.recv().unwrap().as_deref(), Some("free"));
        assert!(on.try_recv().is_err());
        drop(second);
        drop(lent);
        assert_eq!(on.recv().unwrap().as_deref(), Some("free"));
    }

    fn setup(options: &str) -> (Arc<Run>, Session) {
        let options = ["nnscope"].into_iter().chain(options.split(' '));
        let Setup { run, session } = Cli::parse_from(options).run.setup().unwrap();
        (run, session)
    }

    /// Options of a large network whose weights this seed draws.
    fn large(seed: u64) -> String {
        let hidden = ["1024"; 6].join(",");
        format!("--seed {seed} --hidden {hidden}")
    }

    /// The app has let it go, and the loop still has it, which now frees it.
    fn free<T>(lent: &mut Lent, shared: &Weak<T>) {
        assert_eq!(shared.strong_count(), 1);
        lent.free_returned();
        while shared.strong_count() > 0 {
            thread::yield_now();
        }
    }

    #[test]
    fn the_app_is_never_the_last_to_have_data_or_a_large_network() {
        let appearance = Appearance {
            colors: Colors::None,
            glyphs: Glyphs::Ascii,
        };
        let start = Start {
            state: StartState::Paused,
            pace: Pace::Max,
            looks_ahead: false,
            retraces: false,
        };
        let mut lent = Lent::new().unwrap();
        let (run, session) = setup("--data xor --seed 1");
        lent.lend_run(&run);
        let dataset: Weak<Dataset> = Arc::downgrade(&run.dataset);
        let examples = Arc::downgrade(&run.data.training);
        let mut app = App::new(
            RunView::new(run, session.network_to_keep(), start),
            appearance,
        );
        drop(session);

        let (run, session) = setup(&large(1));
        let network = Arc::downgrade(session.shared_network().unwrap());
        let prepared = Ok((run, Box::new(session)));
        let mut tell = |lent: &mut Lent, message| {
            lent.note(&message);
            drop(app.update(message));
        };
        tell(
            &mut lent,
            Message::Prepared(PreparationId::default(), prepared),
        );
        assert_eq!(examples.strong_count(), 1);
        free(&mut lent, &dataset);
        let (run, session) = setup(&large(2));
        let progress = Progress::of(run, &session, RunState::Paused, Curves::default());
        tell(
            &mut lent,
            Message::Trainer(Event::Progress(Box::new(progress))),
        );
        free(&mut lent, &network);
    }
}
