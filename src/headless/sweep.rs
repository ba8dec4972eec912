//! `nnscope sweep`: one configuration from many seeds.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::sweep_log::SweepLog;
use crate::cli::{SweepOptions, UsageError};
use crate::signals;
use crate::sweep::{self, Findings, News, Plan};

/// How often it says on a terminal how far it is.
const BETWEEN_WORDS: Duration = Duration::from_millis(100);

/// Runs the sweep, writes what comes of it on stdout, and says on stderr how long it took. Returns the exit code:
/// 0, or 128 + n after signal n, with a summary of what was finished. Runs that diverge are counted.
///
/// # Errors
///
/// If the run cannot be set up or has no end, or its results cannot be written.
pub fn sweep(options: &SweepOptions) -> Result<i32> {
    check(options)?;
    let ending = signals::watch()?;
    let setup = options.run.setup()?;
    super::say_remarks(&setup.run.dataset);
    let (config, data) = (setup.session.config(), setup.session.data().clone());
    let plan = Plan::new(config, data, options.seeds)
        .map_err(|problem| UsageError(problem.to_string()))?;
    let threads = options.threads.unwrap_or_else(sweep::all_cores);
    let out = BufWriter::new(io::stdout().lock());
    let mut log = Some(SweepLog::new(options.format, &plan, out));
    write(&mut log, |log| log.start(&setup, &plan))?;
    let mut findings = Findings::new(&plan);
    let mut words = Words::new();
    let mut signal = None;
    let mut written = Ok(());
    sweep::run(&plan, threads, |News { finished, done }| {
        if let Some(seed_run) = &finished {
            findings.add(seed_run);
            if written.is_ok() {
                written = write(&mut log, |log| log.seed(&seed_run.outcome));
            }
        }
        words.say(done);
        signal = signal.or(ending.notice());
        if signal.is_some() || written.is_err() || log.is_none() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })
    .context("starting the threads of the sweep")?;
    words.clear();
    written?;
    let summary = findings.summary();
    write(&mut log, |log| {
        log.end(&summary, &setup.run.source, signal.is_some())
    })?;
    report(
        summary.counts.total(),
        &plan,
        threads.get(),
        words.begun.elapsed(),
    );
    Ok(signal.map_or(0, signals::exit_code))
}

/// What only single runs can do.
fn check(options: &SweepOptions) -> Result<()> {
    for (option, is_given) in [
        ("--load", options.run.load.is_some()),
        ("--speed", options.run.speed.is_some()),
        // Each seed draws its own.
        ("--weights", options.run.settings.text("weights").is_some()),
    ] {
        let words = format!("{option} is for single runs, not for a sweep");
        ensure!(!is_given, UsageError(words));
    }
    Ok(())
}

/// A reader that has had enough (`| head`) is a normal end of the log.
fn write<W: Write>(
    log: &mut Option<SweepLog<W>>,
    write: impl FnOnce(&mut SweepLog<W>) -> io::Result<()>,
) -> Result<()> {
    match log.as_mut().map(write) {
        Some(Err(error)) if error.kind() == io::ErrorKind::BrokenPipe => *log = None,
        written => written.unwrap_or(Ok(())).context("writing the results")?,
    }
    Ok(())
}

fn report(finished: u64, plan: &Plan, threads: usize, time: Duration) {
    let (seconds, seeds) = (time.as_secs_f64(), plan.seeds());
    // Not eprintln!, which panics if nobody hears.
    let _ = writeln!(
        io::stderr(),
        "{finished} of {seeds} seed{}, {seconds:.3} s, {threads} thread{}, {:.0} seeds/s",
        if seeds == 1 { "" } else { "s" },
        if threads == 1 { "" } else { "s" },
        finished as f64 / seconds
    );
}

/// How far it is, on a line of its own, where somebody sees it.
struct Words {
    begun: Instant,
    is_seen: bool,
    last: Option<Instant>,
}

impl Words {
    fn new() -> Self {
        Self {
            begun: Instant::now(),
            is_seen: io::stderr().is_terminal(),
            last: None,
        }
    }

    fn say(&mut self, done: f64) {
        let is_due = self.last.unwrap_or(self.begun).elapsed() >= BETWEEN_WORDS;
        if self.is_seen && is_due {
            self.last = Some(Instant::now());
            let left = sweep::time_left(done, self.begun.elapsed());
            let left = left.map_or(String::new(), |left| format!(", about {left} left"));
            let _ = write!(io::stderr(), "\r{:3.0} %{left:24}", 100.0 * done);
        }
    }

    fn clear(&self) {
        if self.last.is_some() {
            let _ = write!(io::stderr(), "\r{:30}\r", "");
        }
    }
}
