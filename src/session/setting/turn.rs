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

    /// The neighbour of a text, around the ends; the first one of a text that is not among them.
    fn text(self, text: &str, texts: &[&str]) -> String {
        let index = texts.iter().position(|other| *other == text);
        let next = index.map_or(0, |index| self.around(index, texts.len()));
        texts[next].to_owned()
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
        let next = match self.choices {
            Choices::Names(_) => turn.text(&self.text(draft), &self.names()),
            Choices::Text(texts) => turn.text(&self.text(draft), texts),
            Choices::Flag { .. } if self.text(draft) == ON => OFF.to_owned(),
            Choices::Flag { .. } => ON.to_owned(),
            Choices::Numbers { steps, unlimited } => {
                let Some(next) = next_number(&self.text(draft), steps, unlimited, turn) else {
                    return;
                };
                next
            }
            Choices::List(_) | Choices::Dataset | Choices::Layers => return,
        };
        self.set(draft, &next)
            .expect("a step is in the range of its setting");
    }
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
