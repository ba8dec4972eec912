//! `nnscope train`: a run without a screen.

use std::io::{self, BufWriter, StdoutLock, Write};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::check::check_gradients;
use super::log::Log;
use crate::cli::{Setup, TrainOptions};
use crate::data::Dataset;
use crate::session::{Existing, Finish, SavedRun, Session, StepOutcome, Timeline};
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
    let existing = existing_file(options)?;
    let ending = signals::watch()?;
    let mut setup = options.run.setup()?;
    if let Some(epoch) = options.at_epoch {
        setup.check_has(epoch)?;
    }
    super::say_remarks(&setup.run.dataset);
    let mut is_checked = !options.check_gradients || check_gradients(&mut setup.session);
    let log = begin_log(options, &setup)?;
    let Setup { run, session } = setup;
    let (source, dataset) = (&run.source, &run.dataset);
    let first_epoch = session.position().epoch;
    let mut training = Training {
        log,
        is_saved: options.save.is_some(),
        pace: options.run.speed.unwrap_or(Pace::Max),
        ending,
        time: Duration::ZERO,
        timeline: match options.at_epoch {
            Some(_) => Timeline::new(session),
            None => Timeline::without_return(session),
        },
    };
    let mut trained = training.train(dataset);
    if !training.timeline.keep_finite() {
        trained = Ok(Stop::Diverged);
    }
    let last_epoch = training.epoch();
    if options.check_gradients && matches!(trained, Ok(Stop::Reached)) {
        is_checked &= check_gradients(&mut training.timeline.session().clone());
    }
    if let Some(epoch) = options.at_epoch.filter(|&epoch| epoch > last_epoch) {
        let stop = trained?;
        exit_code(stop, last_epoch, is_checked)?;
        bail!("--at-epoch {epoch} was not come to: the run ended at epoch {last_epoch}");
    }
    if let Some(epoch) = options.at_epoch
        && let Some(signal) = training.go_to(epoch)?
    {
        trained = Ok(Stop::Interrupted(signal));
    }
    // Whatever became of the log, the run is not lost.
    if let Some(path) = &options.save {
        SavedRun::new(source, dataset, training.timeline.session())
            .write(path, existing)
            .context("saving the run")?;
    }
    let stop = trained?;
    report(&training, last_epoch - first_epoch, dataset);
    exit_code(stop, last_epoch, is_checked)
}

/// What to do with the file to save to, which is looked at before hours of training, not after.
fn existing_file(options: &TrainOptions) -> Result<Existing> {
    let existing = if options.force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    if let Some(path) = &options.save {
        existing
            .check(path)
            .context("saving the run (--force replaces the file)")?;
    }
    Ok(existing)
}

/// The log with its start; nothing if nobody reads it.
fn begin_log(
    options: &TrainOptions,
    setup: &Setup,
) -> Result<Option<Log<BufWriter<StdoutLock<'static>>>>> {
    let out = BufWriter::new(io::stdout().lock());
    let mut log = Log::new(options.format, options.log_every, out);
    let is_read = unless_nobody_reads(log.start(setup))?;
    Ok(is_read.then_some(log))
}

fn exit_code(stop: Stop, last_epoch: u64, is_checked: bool) -> Result<i32> {
    match stop {
        Stop::Reached => {
            ensure!(
                is_checked,
                "backpropagation is not the derivative of the loss"
            );
            Ok(0)
        }
        Stop::Diverged => {
            let epoch = last_epoch + 1;
            bail!("diverged at epoch {epoch}: the loss or a weight is not a number any more")
        }
        Stop::Interrupted(signal) => Ok(signals::exit_code(signal)),
    }
}

fn report<W>(training: &Training<W>, epochs: u64, dataset: &Dataset) {
    let samples = epochs * dataset.training_samples as u64;
    let seconds = training.time.as_secs_f64();
    let per_second = if seconds > 0.0 {
        samples as f64 / seconds
    } else {
        0.0
    };
    let session = training.timeline.session();
    let config = session.config();
    let why = match (session.finish(), config.until_loss) {
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

/// Whether anybody reads what was written: a reader that has had enough (`| head`) is a normal end of the log.
fn unless_nobody_reads(written: io::Result<()>) -> Result<bool> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        written => written.context("writing the log").map(|()| true),
    }
}

struct Training<W> {
    /// Nothing once its reader is gone.
    log: Option<Log<W>>,
    is_saved: bool,
    pace: Pace,
    ending: Ending,
    time: Duration,
    timeline: Timeline,
}

impl<W> Training<W> {
    fn epoch(&self) -> u64 {
        self.timeline.session().position().epoch
    }
}

impl<W: Write> Training<W> {
    fn train(&mut self, dataset: &Dataset) -> Result<Stop> {
        let last_epoch = self.timeline.session().config().last_epoch();
        let first_epoch = self.epoch();
        let begun = Instant::now();
        let mut last_logged = first_epoch;
        let mut next_logged = self.next_logged(first_epoch);
        let mut stop = Stop::Reached;
        while self.timeline.session().finish().is_none() && self.is_wanted() {
            let epoch = self.epoch();
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
            stop = self.train_to(goal);
            if stop != Stop::Reached {
                break;
            }
            let epoch = self.epoch();
            if epoch == next_logged {
                self.write(Log::epoch)?;
                last_logged = epoch;
                next_logged = self.next_logged(epoch);
            }
        }
        let status = match stop {
            Stop::Reached => "finished",
            Stop::Diverged => "diverged",
            Stop::Interrupted(_) => "interrupted",
        };
        self.write(|log, session| log.end(status, last_logged, dataset, session))?;
        Ok(stop)
    }

    /// The hot loop: to this epoch, or to the end of the run if that comes first.
    fn train_to(&mut self, goal: u64) -> Stop {
        let begun = Instant::now();
        let mut stop = Stop::Reached;
        while self.epoch() < goal {
            match self.timeline.step() {
                StepOutcome::EpochFinished { .. } if self.timeline.session().finish().is_some() => {
                    break;
                }
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
        self.time += begun.elapsed();
        stop
    }

    /// Goes to an epoch, or as far as the run has come, for it to be saved; the signal that came meanwhile, if
    /// any.
    fn go_to(&mut self, epoch: u64) -> Result<Option<i32>> {
        self.timeline.seek(epoch)?;
        while !self.timeline.seek_on() {
            if let Some(signal) = self.ending.notice() {
                self.timeline.cancel_seek();
                return Ok(Some(signal));
            }
        }
        Ok(None)
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

    fn write(&mut self, write: impl FnOnce(&mut Log<W>, &Session) -> io::Result<()>) -> Result<()> {
        if let Some(log) = &mut self.log
            && !unless_nobody_reads(write(log, self.timeline.session()))?
        {
            self.log = None;
        }
        Ok(())
    }
}
