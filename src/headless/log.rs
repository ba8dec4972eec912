//! The log of a training run: the post's lines, CSV, or JSON lines.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::cli::{Format, Setup};
use crate::data::{Dataset, Scaling};
use crate::session::{
    DataSource, Evaluation, Finish, LayerParameters, Score, Session, TrainingConfig, layers_of,
};

/// Writes a log in one of its formats.
pub(super) struct Log<W> {
    format: Format,
    /// Every so many epochs; 0 for never.
    every: u64,
    out: W,
    last_flush: Option<Instant>,
}

/// Whoever follows a log waits no longer for a line, nor is every line of a fast one written by itself.
const BETWEEN_FLUSHES: Duration = Duration::from_millis(50);

/// One line of the JSON log.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Start {
        configuration: &'a TrainingConfig,
        source: &'a DataSource,
        scaling: &'a Scaling,
        samples: usize,
        #[serde(flatten)]
        state: State,
    },
    Epoch(State),
    End {
        status: &'static str,
        /// What finished it, if it is finished.
        #[serde(skip_serializing_if = "Option::is_none")]
        finished_by: Option<Finish>,
        #[serde(flatten)]
        state: State,
        predictions: Vec<Prediction<'a>>,
    },
}

#[derive(Serialize)]
struct State {
    #[serde(flatten)]
    scores: Scores,
    layers: Vec<LayerParameters>,
}

/// How far a run is, and how good.
#[derive(Serialize)]
pub(super) struct Scores {
    epoch: u64,
    loss: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    accuracy: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test_loss: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test_accuracy: Option<f64>,
}

impl State {
    fn of(session: &Session) -> Self {
        Self {
            scores: Scores::of(session.position().epoch, session.evaluation()),
            layers: layers_of(session.network()),
        }
    }
}

impl Scores {
    pub(super) fn of(epoch: u64, Evaluation { training, test }: Evaluation) -> Self {
        Self {
            epoch,
            loss: training.loss,
            accuracy: training.accuracy,
            test_loss: test.map(|test| test.loss),
            test_accuracy: test.and_then(|test| test.accuracy),
        }
    }
}

/// What the trained network makes of a sample that it has not seen.
#[derive(Serialize)]
struct Prediction<'a> {
    name: &'a str,
    output: f64,
    label: String,
}

impl<W: Write> Log<W> {
    pub(super) fn new(format: Format, every: Option<u64>, out: W) -> Self {
        let default = match format {
            Format::Text => 10,
            Format::Csv | Format::Jsonl => 1,
        };
        Self {
            format,
            every: every.unwrap_or(default),
            out,
            last_flush: None,
        }
    }

    /// The first epoch after this one that is to be logged.
    pub(super) fn next_after(&self, epoch: u64) -> u64 {
        if self.every == 0 {
            return u64::MAX;
        }
        let to_next = match self.format {
            // The post logs the passes 0, 10, 20, …, and pass 0 leads to epoch 1.
            Format::Text => (self.every - epoch % self.every) % self.every + 1,
            Format::Csv | Format::Jsonl => self.every - epoch % self.every,
        };
        epoch.saturating_add(to_next)
    }

    pub(super) fn start(&mut self, setup: &Setup) -> io::Result<()> {
        match self.format {
            Format::Text => Ok(()),
            Format::Csv => {
                let columns = csv_columns(setup.session.evaluation());
                let names: Vec<&str> = columns.map(|(name, _)| name).collect();
                writeln!(self.out, "epoch,{}", names.join(","))
            }
            Format::Jsonl => self.json(&Line::Start {
                configuration: &setup.session.config(),
                source: &setup.run.source,
                scaling: setup.run.dataset.preprocessing.scaling(),
                samples: setup.run.dataset.len(),
                state: State::of(&setup.session),
            }),
        }
    }

    /// The state at the end of an epoch.
    pub(super) fn epoch(&mut self, session: &Session) -> io::Result<()> {
        let (epoch, loss) = (session.position().epoch, session.loss());
        match self.format {
            Format::Text => writeln!(self.out, "Epoch {} loss: {loss:.3}", epoch - 1),
            Format::Csv => {
                let values: Vec<String> = csv_columns(session.evaluation())
                    .map(|(_, value)| value.to_string())
                    .collect();
                writeln!(self.out, "{epoch},{}", values.join(","))
            }
            Format::Jsonl => self.json(&Line::Epoch(State::of(session))),
        }?;
        let now = Instant::now();
        if self
            .last_flush
            .is_none_or(|last| now >= last + BETWEEN_FLUSHES)
        {
            self.last_flush = Some(now);
            self.out.flush()?;
        }
        Ok(())
    }

    /// How it ended; `last_logged` is the last epoch that [`Self::epoch`] was called for.
    pub(super) fn end(
        &mut self,
        status: &'static str,
        last_logged: u64,
        dataset: &Dataset,
        session: &Session,
    ) -> io::Result<()> {
        let predictions = dataset.unseen.iter().map(|sample| {
            let inputs = dataset.network_inputs(&sample.raw);
            let outputs = session.network().predict(&inputs);
            Prediction {
                name: &sample.name,
                output: outputs[0],
                label: dataset.target.label(&outputs),
            }
        });
        match self.format {
            Format::Text => {
                for Prediction {
                    name,
                    output,
                    label,
                } in predictions
                {
                    writeln!(self.out, "{name}: {output:.3} - {label}")?;
                }
                // The post's run ends with its two predictions; others with how good they are.
                if dataset.unseen.is_empty() {
                    self.scores(session.evaluation())?;
                }
            }
            Format::Csv if session.position().epoch != last_logged => self.epoch(session)?,
            Format::Csv => {}
            Format::Jsonl => self.json(&Line::End {
                status,
                finished_by: session.finish(),
                state: State::of(session),
                predictions: predictions.collect(),
            })?,
        }
        self.out.flush()
    }

    fn scores(&mut self, evaluation: Evaluation) -> io::Result<()> {
        let Evaluation { training, test } = evaluation;
        for (name, score) in [("Training", Some(training)), ("Test", test)] {
            let Some(Score { loss, accuracy }) = score else {
                continue;
            };
            match accuracy {
                Some(accuracy) => {
                    let percent = 100.0 * accuracy;
                    writeln!(self.out, "{name} loss: {loss:.6}, {percent:.1} % right")?;
                }
                None => writeln!(self.out, "{name} loss: {loss:.6}")?,
            }
        }
        Ok(())
    }

    fn json(&mut self, line: &Line) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, line)?;
        writeln!(self.out)
    }
}

/// The columns behind the epoch: those that there is anything to tell in.
pub(super) fn csv_columns(evaluation: Evaluation) -> impl Iterator<Item = (&'static str, f64)> {
    let Evaluation { training, test } = evaluation;
    [
        ("loss", Some(training.loss)),
        ("accuracy", training.accuracy),
        ("test_loss", test.map(|test| test.loss)),
        ("test_accuracy", test.and_then(|test| test.accuracy)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged_epochs(format: Format, every: u64) -> Vec<u64> {
        let log = Log::new(format, Some(every), io::sink());
        let mut epochs = vec![log.next_after(0)];
        while epochs.len() < 3 {
            epochs.push(log.next_after(*epochs.last().unwrap()));
        }
        epochs
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
