//! The prediction box: one text field per feature, and the value that is read from it.

mod known;

use crossterm::event::{KeyCode, KeyEvent};

use super::TextField;
use super::text_field::{TextInput, exact};
use super::turn::{Turn, turn_choice};
use crate::data::Feature;
use crate::session::Run;

/// What ends a cell in text that is copied from a table.
const CELL_ENDS: [char; 3] = ['\t', '\n', '\r'];

/// Text fields for the values of one sample.
#[derive(Debug, Clone)]
pub struct PredictionForm {
    /// One field per feature.
    pub fields: Vec<Field>,
    /// The index of the field that receives the keys.
    pub focused: usize,
    /// The sample that was filled in last, among all that can be.
    filled_in: Option<usize>,
    /// The fields as they were before they were edited, while they are.
    before: Vec<Field>,
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
    /// The value of the text, in the feature's unit, or why it is not valid.
    pub value: Result<f64, String>,
}

impl PredictionForm {
    /// Whether the field that receives the keys is one for a number.
    pub(super) fn takes_number(&self) -> bool {
        let focused = self.fields.get(self.focused);
        focused.is_some_and(|field| field.feature.is_number())
    }

    /// Creates fields that hold the first unseen sample of a run's data (Emily), or else its first sample.
    #[must_use]
    pub fn new(run: &Run) -> Self {
        let dataset = &run.dataset;
        let values = match dataset.unseen.first() {
            Some(unseen) => &unseen.raw,
            None => dataset.raw_of(0),
        };
        let features = dataset.features().iter().zip(&run.summary.features);
        let fields = features.zip(values).map(|((feature, summary), &value)| {
            let text = feature
                .word(value)
                .map_or_else(|| exact(value), str::to_owned);
            Field {
                value: Ok(value),
                text: TextField::new(text),
                feature: feature.clone(),
                range: summary.training,
            }
        });
        Self {
            fields: fields.collect(),
            focused: 0,
            filled_in: None,
            before: Vec::new(),
        }
    }

    /// Replaces all texts by these raw values.
    pub(super) fn set(&mut self, raw: &[f64]) {
        for (field, &value) in self.fields.iter_mut().zip(raw) {
            let word = field.feature.word(value).map(str::to_owned);
            field.text = TextField::new(word.unwrap_or_else(|| exact(value)));
            field.parse();
        }
    }

    /// Takes over what is typed in another form, of the same features.
    pub(super) fn take_texts(&mut self, other: &Self) {
        self.filled_in = other.filled_in;
        for (field, other) in self.fields.iter_mut().zip(&other.fields) {
            field.text = other.text.clone();
            field.parse();
        }
    }

    /// The raw values, one per feature; `None` while any text is not valid.
    #[must_use]
    pub fn values(&self) -> Option<Vec<f64>> {
        let values = self.fields.iter();
        values
            .map(|field| field.value.as_ref().ok().copied())
            .collect()
    }

    /// The index of the first field whose text is not valid, and why it is not.
    #[must_use]
    pub fn problem(&self) -> Option<(usize, &str)> {
        let mut fields = self.fields.iter().enumerate();
        fields.find_map(|(index, field)| Some((index, field.value.as_ref().err()?.as_str())))
    }

    /// Begins to edit the values, with that of this feature.
    pub(super) fn begin_with(&mut self, feature: usize) {
        self.before.clone_from(&self.fields);
        self.focused = feature;
        self.focus();
    }

    /// Restores the values as they were before they were edited.
    pub(super) fn cancel(&mut self) {
        if !self.before.is_empty() {
            self.fields.clone_from(&self.before);
        }
    }

    fn focus(&mut self) {
        self.fields[self.focused].text.focus();
    }

    /// Moves the cursor before a character of a field, which receives the keys from now on.
    pub(super) fn focus_at(&mut self, index: usize, cursor: usize) {
        if index < self.fields.len() {
            self.focused = index;
            self.place_cursor(cursor);
        }
    }

    /// Whether the field that receives the keys is not the last one.
    pub(super) fn has_next_field(&self) -> bool {
        self.focused + 1 < self.fields.len()
    }

    /// Moves to the next or previous field, around the ends.
    pub(super) fn turn_field(&mut self, turn: Turn) {
        let fields: Vec<usize> = (0..self.fields.len()).collect();
        turn_choice(&mut self.focused, &fields, turn);
        self.focus();
    }
}

impl Field {
    fn parse(&mut self) {
        self.value = self.feature.parse(self.text.text());
    }

    /// Takes the next or previous word of a category, around the ends; returns whether it is one. From a text that
    /// is none of its words, to the first or the last one.
    fn turn_word(&mut self, turn: Turn) -> bool {
        let words = self.feature.words();
        let index = words.iter().position(|word| word == self.text.text());
        let next = match (index, turn) {
            (Some(index), _) => turn.around(index, words.len()),
            (None, Turn::Forward) => 0,
            (None, Turn::Back) => words.len().saturating_sub(1),
        };
        let Some(word) = words.get(next) else {
            return false;
        };
        self.text = TextField::new(word.clone());
        // The first character that is typed replaces the word.
        self.text.focus();
        true
    }
}

impl TextInput for PredictionForm {
    fn type_key(&mut self, key: KeyEvent) {
        let field = &mut self.fields[self.focused];
        match key.code {
            KeyCode::Left if field.turn_word(Turn::Back) => {}
            KeyCode::Right if field.turn_word(Turn::Forward) => {}
            _ => field.text.type_key(key),
        }
        field.parse();
    }

    fn place_cursor(&mut self, index: usize) {
        self.fields[self.focused].text.place_cursor(index);
    }

    /// A tab or a line end leads to the next field, as in a row that is copied from a table. The last field takes
    /// all that is left.
    fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n");
        let fields = self.fields.len() - self.focused;
        let cells = text.trim_end_matches(CELL_ENDS).splitn(fields, CELL_ENDS);
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                self.turn_field(Turn::Forward);
            }
            let field = &mut self.fields[self.focused];
            field.text.paste(cell);
            field.parse();
        }
    }
}
