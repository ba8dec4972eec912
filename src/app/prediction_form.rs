//! The prediction box: one text field per feature, and the value that is read from it.

use crossterm::event::KeyEvent;

use super::TextField;
use super::text_field::TextInput;
use super::turn::{Turn, turn_choice};
use crate::data::{Dataset, Feature};

/// Text fields for the values of one sample.
#[derive(Debug, Clone)]
pub struct PredictionForm {
    /// One field per feature.
    pub fields: Vec<Field>,
    /// The index of the field that receives the keys.
    pub focused: usize,
}

/// The field of one feature.
#[derive(Debug, Clone)]
pub struct Field {
    /// The typed text.
    pub text: TextField,
    /// The feature.
    feature: Feature,
    /// The smallest and the largest value in the training data.
    pub range: (f64, f64),
    /// The value of the last valid text, in the feature's unit.
    pub value: f64,
    /// Why the text is not valid, if it is not.
    pub problem: Option<String>,
}

impl PredictionForm {
    /// Creates fields that hold the first unseen sample of a dataset (Emily), or else its first sample.
    #[must_use]
    pub fn new(dataset: &Dataset) -> Self {
        let values = match dataset.unseen.first() {
            Some(unseen) => &unseen.raw,
            None => dataset.raw_of(0),
        };
        let fields = dataset.features().iter().zip(values).enumerate();
        let fields = fields.map(|(index, (feature, &value))| {
            let text = feature
                .word(value)
                .map_or_else(|| short(value), str::to_owned);
            Field {
                value: feature.parse(&text).unwrap_or(value),
                text: TextField::new(text),
                feature: feature.clone(),
                range: dataset.range(index),
                problem: None,
            }
        });
        Self {
            fields: fields.collect(),
            focused: 0,
        }
    }

    /// The last valid raw values, one per feature.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        self.fields.iter().map(|field| field.value).collect()
    }

    /// The index of the first field whose text is not valid, and why it is not.
    #[must_use]
    pub fn problem(&self) -> Option<(usize, &str)> {
        let mut fields = self.fields.iter().enumerate();
        fields.find_map(|(index, field)| Some((index, field.problem.as_deref()?)))
    }

    pub(super) fn focus(&mut self) {
        self.fields[self.focused].text.focus();
    }

    /// Moves to the next or previous field, around the ends.
    pub(super) fn turn_field(&mut self, turn: Turn) {
        let fields: Vec<usize> = (0..self.fields.len()).collect();
        turn_choice(&mut self.focused, &fields, turn);
        self.focus();
    }
}

/// Formats a value as it might be typed: with up to two decimals, or with all its digits if it is small.
fn short(value: f64) -> String {
    if value != 0.0 && value.abs() < 0.1 {
        return format!("{value:e}");
    }
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Field {
    fn parse(&mut self) {
        match self.feature.parse(self.text.text()) {
            Ok(value) => {
                self.value = value;
                self.problem = None;
            }
            Err(problem) => self.problem = Some(problem),
        }
    }
}

impl TextInput for PredictionForm {
    fn type_key(&mut self, key: KeyEvent) {
        let field = &mut self.fields[self.focused];
        field.text.type_key(key);
        field.parse();
    }

    fn paste(&mut self, text: &str) {
        let field = &mut self.fields[self.focused];
        field.text.paste(text);
        field.parse();
    }
}
