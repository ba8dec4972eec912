//! What comes of a sweep: a summary, or a line for each seed in the order of the seeds.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::log::{Scores, csv_columns};
use crate::app::{Appearance, Colors, Glyphs};
use crate::cli::{Setup, SweepFormat};
use crate::data::Scaling;
use crate::session::{DataSource, TrainingConfig, command_line};
use crate::sweep::{Losses, Outcome, Plan, Summary, Verdict};
use crate::ui::Theme;

/// How long the longest bar of the histogram is.
const BAR: u64 = 40;

/// Plain text is read anywhere.
const THEME: Theme = Theme(Appearance {
    colors: Colors::None,
    glyphs: Glyphs::Ascii,
});

/// Writes what comes of a sweep in one of its formats.
pub(super) struct SweepLog<W> {
    format: SweepFormat,
    plan: Plan,
    out: W,
    /// The place of the next seed to be written.
    next: u64,
    /// Those that are finished before one in front of them.
    waiting: BTreeMap<u64, Outcome>,
}

/// One line of the JSON log.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Start {
        configuration: &'a TrainingConfig,
        source: &'a DataSource,
        scaling: &'a Scaling,
        samples: usize,
        seeds: u64,
    },
    Seed {
        seed: u64,
        verdict: Verdict,
        #[serde(flatten)]
        scores: Scores,
    },
    End {
        status: &'static str,
        #[serde(flatten)]
        summary: &'a Summary,
    },
}

impl<W: Write> SweepLog<W> {
    pub(super) fn new(format: SweepFormat, plan: &Plan, out: W) -> Self {
        Self {
            format,
            plan: plan.clone(),
            out,
            next: 0,
            waiting: BTreeMap::new(),
        }
    }

    pub(super) fn start(&mut self, setup: &Setup, plan: &Plan) -> io::Result<()> {
        match self.format {
            SweepFormat::Text => Ok(()),
            SweepFormat::Csv => {
                let columns = csv_columns(setup.session.evaluation());
                let names: Vec<&str> = columns.map(|(name, _)| name).collect();
                writeln!(self.out, "seed,verdict,epoch,{}", names.join(","))
            }
            SweepFormat::Jsonl => self.json(&Line::Start {
                configuration: &plan.config_of(plan.first_seed()),
                source: &setup.run.source,
                scaling: setup.run.dataset.preprocessing.scaling(),
                samples: setup.run.dataset.len(),
                seeds: plan.seeds(),
            }),
        }
    }

    /// A seed that is finished. It is written as soon as all before it are.
    pub(super) fn seed(&mut self, outcome: &Outcome) -> io::Result<()> {
        if self.format == SweepFormat::Text {
            return Ok(());
        }
        let place = outcome.seed.wrapping_sub(self.plan.first_seed());
        self.waiting.insert(place, *outcome);
        while let Some(outcome) = self.waiting.remove(&self.next) {
            self.next += 1;
            self.line(&outcome)?;
        }
        Ok(())
    }

    fn line(&mut self, outcome: &Outcome) -> io::Result<()> {
        let &Outcome {
            seed,
            verdict,
            epoch,
            evaluation,
        } = outcome;
        if self.format == SweepFormat::Jsonl {
            let scores = Scores::of(epoch, evaluation);
            return self.json(&Line::Seed {
                seed,
                verdict,
                scores,
            });
        }
        let scores: Vec<String> = csv_columns(evaluation)
            .map(|(_, score)| score.to_string())
            .collect();
        let scores = scores.join(",");
        writeln!(self.out, "{seed},{},{epoch},{scores}", verdict.name())
    }

    /// All that is finished, in a few words or numbers.
    pub(super) fn end(
        &mut self,
        summary: &Summary,
        source: &DataSource,
        is_interrupted: bool,
    ) -> io::Result<()> {
        // After an interruption, some in front of them are missing.
        for outcome in std::mem::take(&mut self.waiting).values() {
            self.line(outcome)?;
        }
        let status = if is_interrupted {
            "interrupted"
        } else {
            "finished"
        };
        match self.format {
            SweepFormat::Text => self.text(summary, source)?,
            SweepFormat::Csv => {}
            SweepFormat::Jsonl => self.json(&Line::End { status, summary })?,
        }
        self.out.flush()
    }

    fn text(&mut self, summary: &Summary, source: &DataSource) -> io::Result<()> {
        let (finished, first) = (summary.counts.total(), summary.first_seed);
        let (seeds, out) = (summary.seeds, &mut self.out);
        if finished == seeds {
            writeln!(out, "{seeds} seeds from {first} on")?;
        } else {
            writeln!(out, "{finished} of {seeds} seeds from {first} on")?;
        }
        writeln!(out)?;
        for (verdict, count) in summary.counts.told() {
            let percent = summary.counts.percent(verdict);
            let (name, meaning) = (verdict.name(), verdict.explanation());
            writeln!(out, "{name:9}{count:9} {percent:6.2} %   {meaning}")?;
        }
        let Some(losses) = summary.losses else {
            return Ok(());
        };
        self.losses(summary, losses)?;
        for (name, of) in [
            ("best", losses.best),
            ("median", losses.median),
            ("worst", losses.worst),
        ] {
            let line = command_line(source, &self.plan.config_of(of.seed));
            writeln!(self.out, "{name:8}{line}")?;
        }
        Ok(())
    }

    fn losses(&mut self, summary: &Summary, losses: Losses) -> io::Result<()> {
        let out = &mut self.out;
        writeln!(out, "\nfinal loss")?;
        for (name, loss) in [
            ("best", Some(losses.best.loss)),
            ("5 %", Some(losses.low)),
            ("median", Some(losses.median.loss)),
            ("95 %", Some(losses.high)),
            ("worst", Some(losses.worst.loss)),
            ("median of the test losses", losses.test_median),
        ] {
            if let Some(loss) = loss {
                writeln!(out, "{name:8}{:>10}", THEME.significant(loss, 4))?;
            }
        }
        writeln!(out)?;
        let most = summary.histogram.iter().map(|bin| bin.count).max();
        let mut end = None;
        for bin in &summary.histogram {
            if end.replace(bin.high).is_some_and(|end| end != bin.low) {
                writeln!(out, "{:>10}", "...")?;
            }
            let [low, high] = [bin.low, bin.high].map(|edge| THEME.significant(edge, 3));
            // What is not nothing does not look like it.
            let length = (bin.count * BAR).div_ceil(most.unwrap_or(1).max(1));
            let bar = "#".repeat(usize::try_from(length).unwrap_or(0));
            writeln!(out, "{low:>10} to {high:>10} {:8} {bar}", bin.count)?;
        }
        writeln!(out)
    }

    fn json(&mut self, line: &Line) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, line)?;
        writeln!(self.out)
    }
}
