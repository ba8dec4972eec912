//! The results of a sweep: a summary, or a line for each seed in the order of the seeds.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;

use super::log::csv;
use super::output::Output;
use crate::cli::{Setup, SweepFormat};
use crate::session::stream::{Description, Scores, Status};
use crate::session::{Run, command_line};
use crate::sweep::stream::{End, Line, Seed, Start};
use crate::sweep::{Losses, Outcome, Plan, Summary};
use crate::ui;

/// How long the longest bar of the histogram is.
const BAR: u64 = 40;

/// Writes the results of a sweep in one of its formats.
pub(super) struct SweepLog<W> {
    format: SweepFormat,
    plan: Plan,
    out: Output<W>,
    /// The index of the next seed to write.
    next: u64,
    /// Those that are finished before one in front of them, by their index.
    waiting: BTreeMap<u64, Outcome>,
}

impl<W: Write> SweepLog<W> {
    pub(super) fn new(format: SweepFormat, plan: &Plan, out: Output<W>) -> Self {
        Self {
            format,
            plan: plan.clone(),
            out,
            next: 0,
            waiting: BTreeMap::new(),
        }
    }

    /// Whether anybody reads it.
    pub(super) fn is_read(&self) -> bool {
        self.out.is_read()
    }

    pub(super) fn start(&mut self, setup: &Setup) -> Result<()> {
        let Setup { run, session } = setup;
        match self.format {
            SweepFormat::Text => Ok(()),
            SweepFormat::Csv => {
                let scores = Scores::of(0, session.evaluation());
                let names: Vec<&str> = scores.named().map(|(name, _)| name).collect();
                self.out
                    .line(format_args!("seed,verdict,epoch,{}", names.join(",")))
            }
            SweepFormat::Jsonl => self.out.json(&Line::Start(Box::new(Start {
                run: Description::of(run, self.plan.config_of(self.plan.first_seed())),
                seeds: self.plan.seeds(),
            }))),
        }
    }

    /// A seed that is finished. It is written as soon as all before it are.
    pub(super) fn seed(&mut self, outcome: &Outcome) -> Result<()> {
        if self.format == SweepFormat::Text {
            return Ok(());
        }
        let index = outcome.seed.wrapping_sub(self.plan.first_seed());
        self.waiting.insert(index, *outcome);
        while let Some(outcome) = self.waiting.remove(&self.next) {
            self.next += 1;
            self.line(&outcome)?;
        }
        Ok(())
    }

    fn line(&mut self, outcome: &Outcome) -> Result<()> {
        let line = Seed::of(outcome);
        if self.format == SweepFormat::Jsonl {
            return self.out.json(&Line::Seed(line));
        }
        let (seed, verdict, scores) = (line.seed, line.verdict.name(), line.scores);
        let (epoch, scores) = (scores.epoch, csv(scores));
        self.out
            .line(format_args!("{seed},{verdict},{epoch},{scores}"))
    }

    /// The summary of all that is finished.
    pub(super) fn end(&mut self, summary: Summary, run: &Run, is_interrupted: bool) -> Result<()> {
        // After an interruption, some in front of them are missing.
        for outcome in std::mem::take(&mut self.waiting).values() {
            self.line(outcome)?;
        }
        let status = if is_interrupted {
            Status::Interrupted
        } else {
            Status::Finished
        };
        match self.format {
            SweepFormat::Text => self.text(&summary, run)?,
            SweepFormat::Csv => {}
            SweepFormat::Jsonl => self.out.json(&Line::End(End { status, summary }))?,
        }
        self.out.flush()
    }

    fn text(&mut self, summary: &Summary, run: &Run) -> Result<()> {
        let (finished, first) = (summary.counts.total(), summary.first_seed);
        let (seeds, out) = (summary.seeds, &mut self.out);
        if finished == seeds {
            out.line(format_args!("{seeds} seeds from {first}"))?;
        } else {
            out.line(format_args!("{finished} of {seeds} seeds from {first}"))?;
        }
        out.line("")?;
        for (verdict, count) in summary.counts.reported() {
            let percent = summary.counts.percent(verdict);
            let (name, meaning) = (verdict.name(), verdict.explanation());
            out.line(format_args!(
                "{name:9}{count:9} {percent:6.2} %   {meaning}"
            ))?;
        }
        let Some(losses) = summary.losses else {
            return Ok(());
        };
        self.losses(losses)?;
        self.histogram(summary)?;
        for (name, of) in [
            ("best", losses.best),
            ("median", losses.median),
            ("worst", losses.worst),
        ] {
            let line = command_line(run.with_seed(of.seed).draft());
            self.out.line(format_args!("{name:8}{line}"))?;
        }
        Ok(())
    }

    fn losses(&mut self, losses: Losses) -> Result<()> {
        self.out.line("\nfinal loss")?;
        for (name, loss) in [
            ("best", Some(losses.best.loss)),
            ("5 %", Some(losses.low)),
            ("median", Some(losses.median.loss)),
            ("95 %", Some(losses.high)),
            ("worst", Some(losses.worst.loss)),
            ("median of the test losses", losses.test_median),
        ] {
            if let Some(loss) = loss {
                let loss = number(loss, 4);
                self.out.line(format_args!("{name:8}{loss:>10}"))?;
            }
        }
        self.out.line("")
    }

    fn histogram(&mut self, summary: &Summary) -> Result<()> {
        let most = summary.histogram.iter().map(|bin| bin.count).max();
        let mut end = None;
        for bin in &summary.histogram {
            if end.replace(bin.high).is_some_and(|end| end != bin.low) {
                self.out.line(format_args!("{:>10}", "..."))?;
            }
            let [low, high] = [bin.low, bin.high].map(|edge| number(edge, 3));
            // What is not nothing does not look like it.
            let length = (bin.count * BAR).div_ceil(most.unwrap_or(1).max(1));
            let bar = "#".repeat(usize::try_from(length).unwrap_or(0));
            let count = bin.count;
            self.out
                .line(format_args!("{low:>10} to {high:>10} {count:8} {bar}"))?;
        }
        self.out.line("")
    }
}

/// A number in plain text, which is read anywhere.
fn number(value: f64, digits: usize) -> String {
    ui::plain(&ui::number::significant(value, digits))
}
