//! What `predict` writes: text, CSV or JSON lines.

use anyhow::Result;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::cli::PredictFormat;
use crate::data::{Feature, Target, Task, join_row, shortest};
use crate::headless::output::{Output, Standard};

/// Writes answers in one of the formats.
pub(super) struct Answers<'a> {
    format: PredictFormat,
    out: Output<Standard>,
    features: &'a [Feature],
    target: &'a Target,
}

/// An answer as JSON.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    inputs: Map<String, Value>,
    outputs: &'a [f64],
    prediction: String,
}

impl<'a> Answers<'a> {
    pub(super) fn new(
        format: PredictFormat,
        out: Output<Standard>,
        features: &'a [Feature],
        target: &'a Target,
    ) -> Self {
        Self {
            format,
            out,
            features,
            target,
        }
    }

    /// Writes the names of the columns, if the format has them.
    pub(super) fn header(&mut self) -> Result<()> {
        if self.format != PredictFormat::Csv {
            return Ok(());
        }
        let features = self
            .features
            .iter()
            .map(|feature| feature.name().to_owned());
        let outputs = match self.target {
            Target::Binary { classes, .. } => vec![format!("P({})", classes[1])],
            Target::Classes { classes, .. } => {
                classes.iter().map(|class| format!("P({class})")).collect()
            }
            Target::Numbers(numbers) => numbers.iter().map(|number| number.name.clone()).collect(),
        };
        let label = (self.target.task() != Task::Numbers).then(|| "prediction".to_owned());
        let names: Vec<String> = features.chain(outputs).chain(label).collect();
        self.row(&names)
    }

    /// Writes the answer to one sample; as text, without the values that were asked about.
    pub(super) fn of_sample(&mut self, raw: &[f64], outputs: &[f64]) -> Result<()> {
        if self.format != PredictFormat::Text {
            return self.at_point(raw, outputs);
        }
        let (numbers, label) = (numbers(outputs).join(" "), self.target.label(outputs));
        self.out.line(format_args!("{numbers} {label}"))
    }

    /// Writes the answer at a point, with its raw values first.
    pub(super) fn at_point(&mut self, raw: &[f64], outputs: &[f64]) -> Result<()> {
        let values = self.features.iter().zip(raw);
        let texts = values.map(|(feature, raw)| text(feature, *raw));
        match self.format {
            PredictFormat::Text => {
                let texts: Vec<String> = texts.chain(numbers(outputs)).collect();
                let label = self.target.label(outputs);
                self.out.line(format_args!("{} {label}", texts.join(" ")))
            }
            PredictFormat::Csv => {
                let label = self.target.task().class(outputs);
                let label = label.map(|class| self.target.classes()[class].clone());
                let cells: Vec<String> = texts.chain(numbers(outputs)).chain(label).collect();
                self.row(&cells)
            }
            PredictFormat::Jsonl => {
                let values = self.features.iter().zip(raw);
                let named = |(feature, &raw): (&Feature, &f64)| {
                    let value = feature.word(raw).map_or_else(|| raw.into(), Value::from);
                    (feature.name().to_owned(), value)
                };
                self.out.json(&Answer {
                    inputs: values.map(named).collect(),
                    outputs,
                    prediction: self.target.label(outputs),
                })
            }
        }
    }

    fn row(&mut self, cells: &[String]) -> Result<()> {
        self.out.line(join_row(cells.iter().map(String::as_str)))
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}

fn numbers(outputs: &[f64]) -> Vec<String> {
    outputs.iter().map(|&output| shortest(output)).collect()
}

/// A raw value as text: a number, or the word of a category.
fn text(feature: &Feature, raw: f64) -> String {
    let word = feature.word(raw).map(str::to_owned);
    word.unwrap_or_else(|| shortest(raw))
}
