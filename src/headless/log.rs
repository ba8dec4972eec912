//! The log of a training run: the post's lines, CSV, or JSON lines.

use std::io::Write;

use anyhow::Result;

use super::output::Output;
use crate::cli::{Format, Setup};
use crate::data::{Dataset, Target, plain, shortest, with_unit};
use crate::session::stream::{End, Line, Prediction, Scores, Start, State, Status};
use crate::session::{Baseline, Evaluation, Quality, Run, Score, Session};

/// Writes a log in one of its formats.
pub(super) struct Log<W> {
    format: Format,
    /// Every N epochs; 0 for never.
    every: u64,
    out: Output<W>,
}

impl<W: Write> Log<W> {
    pub(super) fn new(format: Format, every: Option<u64>, out: Output<W>) -> Self {
        let default = match format {
            Format::Text => 10,
            Format::Csv | Format::Jsonl => 1,
        };
        Self {
            format,
            every: every.unwrap_or(default),
            out,
        }
    }

    /// Whether anybody reads it.
    pub(super) fn is_read(&self) -> bool {
        self.out.is_read()
    }

    /// The first epoch after this one that should be logged.
    pub(super) fn next_after(&self, epoch: u64) -> u64 {
        if self.every == 0 || !self.is_read() {
            return u64::MAX;
        }
        let to_next = match self.format {
            // The post logs the passes 0, 10, 20, …, and pass 0 leads to epoch 1.
            Format::Text => (self.every - epoch % self.every) % self.every + 1,
            Format::Csv | Format::Jsonl => self.every - epoch % self.every,
        };
        epoch.saturating_add(to_next)
    }

    pub(super) fn start(&mut self, setup: &Setup) -> Result<()> {
        let Setup { run, session } = setup;
        match self.format {
            Format::Text => Ok(()),
            Format::Csv => {
                let scores = Scores::of(0, session.evaluation());
                let names: Vec<&str> = scores.named().map(|(name, _)| name).collect();
                self.out.line(format_args!("epoch,{}", names.join(",")))
            }
            Format::Jsonl => self
                .out
                .json(&Line::Start(Box::new(Start::of(run, session)))),
        }?;
        // The first epoch may take long.
        self.out.flush()
    }

    /// The state at the end of an epoch.
    pub(super) fn epoch(&mut self, session: &Session) -> Result<()> {
        let (epoch, loss) = (session.position().epoch, session.loss());
        match self.format {
            Format::Text => {
                let pass = epoch - 1;
                let loss = fixed(loss, 3);
                self.out.line(format_args!("Epoch {pass} loss: {loss}"))
            }
            Format::Csv => {
                let scores = csv(Scores::of(epoch, session.evaluation()));
                self.out.line(format_args!("{epoch},{scores}"))
            }
            Format::Jsonl => self.out.json(&Line::Epoch(State::of(session))),
        }?;
        self.out.flush_now_and_then()
    }

    /// How it ended; `last_logged` is the last epoch that [`Self::epoch`] was called for.
    pub(super) fn end(
        &mut self,
        status: Status,
        last_logged: u64,
        run: &Run,
        session: &Session,
    ) -> Result<()> {
        match self.format {
            Format::Text => self.last_words(run, session)?,
            Format::Csv if session.position().epoch != last_logged => self.epoch(session)?,
            Format::Csv => {}
            Format::Jsonl => self.out.json(&Line::End(End {
                status,
                finished_by: session.finish(),
                state: State::of(session),
                predictions: predictions(&run.dataset, session),
            }))?,
        }
        self.out.flush()
    }

    /// The post's run ends with its two predictions; others with how good they are.
    fn last_words(&mut self, run: &Run, session: &Session) -> Result<()> {
        let dataset = &run.dataset;
        for prediction in predictions(dataset, session) {
            let Prediction {
                name,
                output,
                label,
            } = prediction;
            self.out
                .line(format_args!("{name}: {output:.3} - {label}"))?;
        }
        if !dataset.unseen.is_empty() {
            return Ok(());
        }
        let Evaluation { training, test } = session.evaluation();
        for (name, score) in [("Training", Some(training)), ("Test", test)] {
            let Some(Score { loss, quality }) = score else {
                continue;
            };
            let parts = quality_words(&quality, &dataset.target);
            let parts = std::iter::once(format!("{name} loss: {}", fixed(loss, 6))).chain(parts);
            let parts: Vec<String> = parts.collect();
            self.out.line(parts.join(", "))?;
        }
        let Baseline {
            answer,
            training,
            test,
            ..
        } = &run.baseline;
        let mut parts = quality_words(training, &dataset.target);
        if let Some(test) = test {
            let test = quality_words(test, &dataset.target);
            parts.push(format!("test {}", test.join(", ")));
        }
        let parts = parts.join(", ");
        self.out
            .line(format_args!("Always answering {answer}: {parts}"))
    }
}

/// What the network makes of the samples that it has not seen.
fn predictions(dataset: &Dataset, session: &Session) -> Vec<Prediction> {
    let predictions = dataset.unseen.iter().map(|sample| {
        let outputs = session
            .network()
            .predict(&dataset.network_inputs(&sample.raw));
        Prediction {
            name: sample.name.clone(),
            output: dataset.in_units(&outputs)[0],
            label: dataset.label_of(&outputs),
        }
    });
    predictions.collect()
}

/// "87.5 % right", or "R² 0.843" and "RMSE 3.21 k$".
pub(super) fn quality_words(quality: &Quality, target: &Target) -> Vec<String> {
    let Quality { accuracy, r2, rmse } = quality;
    let unit = target.unit();
    let right = accuracy.map(|accuracy| format!("{:.1} % right", 100.0 * accuracy));
    let r2 = r2.map(|r2| format!("R² {}", fixed(r2, 3)));
    let rmse = rmse.map(|rmse| format!("RMSE {}", with_unit(&plain(rmse), unit)));
    [right, r2, rmse].into_iter().flatten().collect()
}

/// A number with this many decimals, or with an exponent if it is huge.
fn fixed(number: f64, decimals: usize) -> String {
    match number.abs() {
        0.0..1e7 => format!("{number:.decimals$}"),
        _ => format!("{number:.decimals$e}"),
    }
}

/// Scores as CSV has them, behind the epoch.
pub(super) fn csv(scores: Scores) -> String {
    let values: Vec<String> = scores.named().map(|(_, value)| shortest(value)).collect();
    values.join(",")
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    fn logged_epochs(format: Format, every: u64) -> Vec<u64> {
        let out = Output::new("the log", io::sink());
        let log = Log::new(format, Some(every), out);
        let mut epochs = vec![log.next_after(0)];
        while epochs.len() < 3 {
            epochs.push(log.next_after(*epochs.last().unwrap()));
        }
        epochs
    }

    #[test]
    fn a_huge_loss_has_an_exponent() {
        assert_eq!(fixed(0.3519, 3), "0.352");
        assert_eq!(fixed(1e300, 3), "1.000e300");
    }

    #[test]
    fn text_logs_the_passes_of_the_post_and_the_others_whole_epochs() {
        // Passes 0, 10, 20.
        assert_eq!(logged_epochs(Format::Text, 10), [1, 11, 21]);
        assert_eq!(logged_epochs(Format::Text, 1), [1, 2, 3]);
        assert_eq!(logged_epochs(Format::Csv, 10), [10, 20, 30]);
        assert_eq!(logged_epochs(Format::Jsonl, 1), [1, 2, 3]);
        assert_eq!(logged_epochs(Format::Jsonl, 0), [u64::MAX; 3]);
    }
}
