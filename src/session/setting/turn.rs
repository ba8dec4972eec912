//! Turns a setting to its next value.

use super::{Choices, OFF, ON, Setting};
use crate::session::Draft;

/// Which way something is turned: a value, a choice, a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// To the one before.
    Back,
    /// To the next one.
    Forward,
}

impl Turn {
    /// The neighbour of an index, around the ends.
    #[must_use]
    pub fn around(self, index: usize, length: usize) -> usize {
        match self {
            Self::Back => (index + length - 1) % length,
            Self::Forward => (index + 1) % length,
        }
    }

    /// The neighbour of a text, around the ends; an end of a text that is not among them.
    fn text<'a>(self, text: &str, texts: &[&'a str]) -> &'a str {
        let index = texts.iter().position(|other| *other == text);
        let first = match self {
            Self::Back => texts.len() - 1,
            Self::Forward => 0,
        };
        texts[index.map_or(first, |index| self.around(index, texts.len()))]
    }
}

impl Setting {
    /// Turns the value to its neighbour: names, texts and flags around their ends, numbers not. Lists, the
    /// dataset and the layers stay as they are.
    ///
    /// # Panics
    ///
    /// If a step of the table is out of the setting's range.
    pub fn turn(&self, draft: &mut Draft, turn: Turn) {
        let text = self.text(draft);
        let next = match self.choices {
            Choices::Names(_) => Some(turn.text(&text, &self.names()).to_owned()),
            Choices::Text(texts) => Some(self.turn_text(&text, texts, turn)),
            Choices::Flag { .. } => Some(if text == ON { OFF } else { ON }.to_owned()),
            Choices::Numbers { steps, unlimited } => {
                // What suits data that is not read yet is at least near.
                let near = (!draft.is_decided(self.option)).then(|| self.field.show(draft));
                next_number(&near.flatten().unwrap_or(text), steps, unlimited, turn)
            }
            // Left open, it has a value all the same.
            Choices::Whole => next_whole(&self.value(draft), turn),
            Choices::List(_) | Choices::Dataset | Choices::Layers => None,
        };
        if let Some(next) = next {
            self.set(draft, &next)
                .expect("a step is in the range of its setting");
        }
    }

    /// Turns the value to the next of these texts, or to the default.
    ///
    /// # Panics
    ///
    /// If one of the texts is no value of the setting.
    pub fn turn_among(&self, draft: &mut Draft, texts: &[&str], turn: Turn) {
        let next = self.turn_text(&self.text(draft), texts, turn);
        self.set(draft, &next)
            .expect("the caller has values of this setting");
    }

    /// The neighbour of a text among these and the default, which has no text.
    fn turn_text(&self, text: &str, texts: &[&str], turn: Turn) -> String {
        let default = self.default.filter(|default| !texts.contains(default));
        let all: Vec<&str> = default.into_iter().chain(texts.iter().copied()).collect();
        match turn.text(text, &all) {
            next if Some(next) == default => String::new(),
            next => next.to_owned(),
        }
    }
}

/// The whole number before or after this one; `None` at an end.
fn next_whole(text: &str, turn: Turn) -> Option<String> {
    let number: u64 = text.parse().ok()?;
    let next = match turn {
        Turn::Back => number.checked_sub(1),
        Turn::Forward => number.checked_add(1),
    };
    next.map(|next| next.to_string())
}

/// The smaller or larger neighbour of a number, as text; `None` at an end.
fn next_number(
    text: &str,
    steps: &[f64],
    unlimited: Option<(&str, f64)>,
    turn: Turn,
) -> Option<String> {
    let (open_text, open_number) = unlimited.unzip();
    let number = match text.parse() {
        _ if Some(text) == open_text => open_number?,
        parsed => parsed.ok()?,
    };
    let numbers = steps.iter().copied().chain(open_number);
    let next = match turn {
        Turn::Back => numbers.filter(|step| *step < number).reduce(f64::max)?,
        Turn::Forward => numbers.filter(|step| *step > number).reduce(f64::min)?,
    };
    Some(match open_text {
        Some(open) if Some(next) == open_number => open.to_owned(),
        _ => next.to_string(),
    })
}
