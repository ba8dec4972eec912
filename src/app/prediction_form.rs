//! The prediction box: one text field a feature, and what is understood of each.

use crossterm::event::KeyEvent;

use super::TextField;
use super::text_field::TextInput;
use super::turn::{Turn, turn_choice};
use crate::data::{Dataset, Feature};

/// Text fields for the values of one sample.
#[derive(Debug, Clone)]
pub struct PredictionForm {
    /// One field for each feature.
    pub fields: Vec<Field>,
    /// Which of them hears the keys.
    pub focused: usize,
}

/// The field of one feature.
#[derive(Debug, Clone)]
pub struct Field {
    /// What is typed.
    pub text: TextField,
    /// What is asked for.
    feature: Feature,
    /// The smallest and the largest value that the network has learned from.
    pub range: (f64, f64),
    /// The value of the last text that was understood, in that unit.
    pub value: f64,
    /// Why the text is not understood, in words.
    pub problem: Option<String>,
}

impl PredictionForm {
    /// Fields filled with the first unseen sample of a dataset (Emily), or else its first sample.
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

    /// The raw values that were understood last, one for each feature.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        self.fields.iter().map(|field| field.value).collect()
    }

    /// The first field whose text is not understood, and why.
    #[must_use]
    pub fn problem(&self) -> Option<(usize, &str)> {
        let mut fields = self.fields.iter().enumerate();
        fields.find_map(|(index, field)| Some((index, field.problem.as_deref()?)))
    }

    pub(super) fn focus(&mut self) {
        self.fields[self.focused].text.focus();
    }

    /// Goes to the next field, around the ends.
    pub(super) fn turn_field(&mut self, turn: Turn) {
        let fields: Vec<usize> = (0..self.fields.len()).collect();
        turn_choice(&mut self.focused, &fields, turn);
        self.focus();
    }
}

/// A value as it can be typed: with up to two decimals, or if it is small, with all of its digits.
fn short(value: f64) -> String {
    if value != 0.0 && value.abs() < 0.1 {
        return format!("{value:e}");
    }
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Field {
    fn understand(&mut self) {
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
        field.understand();
    }

    fn paste(&mut self, text: &str) {
        let field = &mut self.fields[self.focused];
        field.text.paste(text);
        field.understand();
    }
}
