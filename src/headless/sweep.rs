//! `nnscope sweep`: one configuration from many seeds.

use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::output::{Output, ProgressLine, note, note_remarks};
use super::sweep_log::SweepLog;
use crate::cli::{SweepOptions, UsageError};
use crate::signals::{self, Ending};
use crate::sweep::{self, Findings, News, Plan};

/// Runs the sweep, writes its results on stdout, and reports on stderr how long it took. Returns the exit code:
/// 0, or 128 + n after signal n, with a summary of what was finished. Runs that diverge are counted.
///
/// # Errors
///
/// If the run cannot be set up or has no end, or its results cannot be written.
pub fn sweep(options: &SweepOptions) -> Result<i32> {
    check(options)?;
    let ending = signals::watch()?;
    let setup = options.run.setup()?;
    note_remarks(&setup.run);
    let (config, data) = (setup.session.config(), setup.session.data().clone());
    let plan = Plan::new(config, data, options.seeds)
        .map_err(|problem| UsageError(problem.to_string()))?;
    let threads = options.run.threads.unwrap_or_else(sweep::all_cores);
    let mut log = SweepLog::new(options.format, &plan, Output::stdout("the results"));
    log.start(&setup)?;
    let begun = Instant::now();
    let mut findings = Findings::new(&plan);
    let signal = run(&plan, threads, &mut findings, &mut log, &ending)?;
    let summary = findings.summary();
    let finished = summary.counts.total();
    log.end(summary, &setup.run, signal.is_some())?;
    report(finished, &plan, threads.get(), begun.elapsed());
    Ok(signal.map_or(0, signals::exit_code))
}

/// Runs the seeds until all are finished, a signal comes, which is returned, or nobody reads the log.
fn run<W: Write>(
    plan: &Plan,
    threads: NonZeroUsize,
    findings: &mut Findings,
    log: &mut SweepLog<W>,
    ending: &Ending,
) -> Result<Option<i32>> {
    let begun = Instant::now();
    let mut line = ProgressLine::new();
    let mut signal = None;
    let mut written = Ok(());
    sweep::run(plan, threads, |News { finished, done }| {
        if let Some(seed_run) = &finished {
            findings.add(seed_run);
            if written.is_ok() {
                written = log.seed(&seed_run.outcome);
            }
        }
        line.report(|| progress(done, begun));
        signal = signal.or(ending.notice());
        if signal.is_some() || written.is_err() || !log.is_read() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })
    .context("starting the threads of the sweep")?;
    line.clear();
    written.map(|()| signal)
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

fn report(finished: u64, plan: &Plan, threads: usize, time: Duration) {
    let plural = |count: u64| if count == 1 { "" } else { "s" };
    let (seconds, seeds) = (time.as_secs_f64(), plan.seeds());
    note(format_args!(
        "{finished} of {seeds} seed{}, {seconds:.3} s, {threads} thread{}, {:.0} seeds/s",
        plural(seeds),
        plural(threads as u64),
        finished as f64 / seconds
    ));
}

/// "42 %, about 3 min left"
fn progress(done: f64, begun: Instant) -> String {
    let left = sweep::time_left(done, begun.elapsed());
    let left = left.map_or_else(String::new, |left| format!(", about {left} left"));
    format!("{:3.0} %{left}", 100.0 * done)
}
