//! `nnscope train`: a run without a screen.

use std::io::{self, BufWriter, Write};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::check::check_gradients;
use super::log::Log;
use crate::cli::{Setup, TrainOptions};
use crate::session::{Existing, Finish, SavedRun, Session, StepOutcome};
use crate::signals::{self, Ending};
use crate::trainer::Pace;

/// How often a paced run looks up from its waiting.
const NAP: Duration = Duration::from_millis(20);

/// Why training stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// At the epoch that it was to come to.
    Reached,
    Diverged,
    /// By this signal.
    Interrupted(i32),
}

/// Trains, logs on stdout, saves if asked to, and says on stderr how long training took. Returns the exit
/// code: 0, or 128 + n after signal n.
///
/// # Errors
///
/// If the run cannot be set up, log or file cannot be written, or the run diverges (what is left of it is
/// saved first).
pub fn train(options: &TrainOptions) -> Result<i32> {
    let existing = if options.force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    if let Some(path) = &options.save {
        // Before hours of training, not after.
        existing
            .check(path)
            .context("saving the run (--force replaces the file)")?;
    }
    let ending = signals::watch()?;
    let mut setup = options.run.setup()?;
    super::say_remarks(&setup.dataset);
    let mut is_checked = !options.check_gradients || check_gradients(&mut setup.session);
    let first_epoch = setup.session.position().epoch;
    let log = Log::new(
        options.format,
        options.log_every,
        BufWriter::new(io::stdout().lock()),
    );
    let mut run = Run {
        log: Some(log),
        is_saved: options.save.is_some(),
        pace: options.run.speed.unwrap_or(Pace::Max),
        ending,
        training_time: Duration::ZERO,
    };
    let trained = run.train(&mut setup);
    let is_sound = setup.session.keep_finite();
    // Whatever became of the log, the run is not lost.
    if let Some(path) = &options.save {
        SavedRun::new(&setup.source, &setup.dataset, &setup.session)
            .write(path, existing)
            .context("saving the run")?;
    }
    let stop = if is_sound { trained? } else { Stop::Diverged };
    let epochs = setup.session.position().epoch - first_epoch;
    report(&setup, epochs, run.training_time);
    if options.check_gradients && stop == Stop::Reached {
        is_checked &= check_gradients(&mut setup.session);
    }
    match stop {
        Stop::Reached => {
            ensure!(
                is_checked,
                "backpropagation is not the derivative of the loss"
            );
            Ok(0)
        }
        Stop::Diverged => {
            let epoch = setup.session.position().epoch + 1;
            bail!("diverged at epoch {epoch}: the loss or a weight is not a number any more")
        }
        Stop::Interrupted(signal) => Ok(signals::exit_code(signal)),
    }
}

fn report(setup: &Setup, epochs: u64, time: Duration) {
    let samples = epochs * setup.dataset.training_samples as u64;
    let seconds = time.as_secs_f64();
    let per_second = if seconds > 0.0 {
        samples as f64 / seconds
    } else {
        0.0
    };
    let config = setup.session.config();
    let why = match (setup.session.finish(), config.until_loss) {
        (Some(Finish::Loss), Some(goal)) => format!(", finished: loss {goal:?} or less"),
        _ => String::new(),
    };
    // Not eprintln!, which panics if nobody hears.
    let _ = writeln!(
        io::stderr(),
        "{epochs} epoch{}, {samples} samples, {seconds:.6} s of training, {per_second:.0} samples/s, seed {}{why}",
        if epochs == 1 { "" } else { "s" },
        config.seed
    );
}

struct Run<W> {
    /// Nothing once its reader is gone.
    log: Option<Log<W>>,
    is_saved: bool,
    pace: Pace,
    ending: Ending,
    training_time: Duration,
}

impl<W: Write> Run<W> {
    fn train(&mut self, setup: &mut Setup) -> Result<Stop> {
        self.write(|log| log.start(setup))?;
        let last_epoch = setup.session.config().last_epoch();
        let session = &mut setup.session;
        let first_epoch = session.position().epoch;
        let begun = Instant::now();
        let mut last_logged = first_epoch;
        let mut next_logged = self.next_logged(first_epoch);
        let mut stop = Stop::Reached;
        while session.finish().is_none() && self.is_wanted() {
            let epoch = session.position().epoch;
            let goal = match self.pace {
                Pace::Max => last_epoch.min(next_logged),
                Pace::EpochsPerSecond(rate) => {
                    let due =
                        Duration::from_secs_f64((epoch - first_epoch) as f64 / f64::from(rate));
                    if let Some(signal) = self.wait_until(begun + due) {
                        stop = Stop::Interrupted(signal);
                        break;
                    }
                    epoch + 1
                }
            };
            stop = self.train_to(session, goal);
            if stop != Stop::Reached {
                break;
            }
            let epoch = session.position().epoch;
            if epoch == next_logged {
                self.write(|log| log.epoch(session))?;
                last_logged = epoch;
                next_logged = self.next_logged(epoch);
            }
        }
        let status = match stop {
            Stop::Reached => "finished",
            Stop::Diverged => "diverged",
            Stop::Interrupted(_) => "interrupted",
        };
        self.write(|log| log.end(status, last_logged, &setup.dataset, &setup.session))?;
        Ok(stop)
    }

    /// The hot loop: to this epoch, or to the end of the run if that comes first.
    fn train_to(&mut self, session: &mut Session, goal: u64) -> Stop {
        let begun = Instant::now();
        let mut stop = Stop::Reached;
        while session.position().epoch < goal {
            match session.step() {
                StepOutcome::EpochFinished { .. } if session.finish().is_some() => break,
                StepOutcome::WithinEpoch
                | StepOutcome::Evaluating
                | StepOutcome::EpochFinished { .. } => {}
                StepOutcome::Diverged => {
                    stop = Stop::Diverged;
                    break;
                }
            }
            if let Some(signal) = self.ending.notice() {
                stop = Stop::Interrupted(signal);
                break;
            }
        }
        self.training_time += begun.elapsed();
        stop
    }

    /// Waits; the signal that came meanwhile, if any.
    fn wait_until(&self, due: Instant) -> Option<i32> {
        loop {
            if let Some(signal) = self.ending.notice() {
                return Some(signal);
            }
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            thread::sleep(left.min(NAP));
        }
    }

    /// Whether anybody wants to know how it goes on.
    fn is_wanted(&self) -> bool {
        self.log.is_some() || self.is_saved
    }

    fn next_logged(&self, epoch: u64) -> u64 {
        self.log
            .as_ref()
            .map_or(u64::MAX, |log| log.next_after(epoch))
    }

    /// A reader that has had enough (`| head`) is a normal end of the log.
    fn write(&mut self, write: impl FnOnce(&mut Log<W>) -> io::Result<()>) -> Result<()> {
        let Some(log) = &mut self.log else {
            return Ok(());
        };
        match write(log) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.log = None,
            written => written.context("writing the log")?,
        }
        Ok(())
    }
}
