//! A text field of one line.

use std::mem;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};

/// The longest text, in characters: that of the longest path.
const LONGEST: usize = 4096;

/// Formats a number with all the digits that it takes to read the very same number again, and no more.
pub(super) fn exact(number: f64) -> String {
    // `Debug` writes very small and very large numbers with an exponent.
    let text = format!("{number:?}");
    match text.strip_suffix(".0") {
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// Something that takes unbound keys and pasted text.
pub(super) trait TextInput {
    /// Handles a typed key.
    fn type_key(&mut self, key: KeyEvent);

    /// Moves the cursor before a character, or behind the last one. What is typed next is inserted there.
    fn place_cursor(&mut self, index: usize);

    /// Inserts a text as if it were typed.
    fn paste(&mut self, text: &str);
}

/// A text and its cursor.
#[derive(Debug, Clone)]
pub struct TextField {
    /// The text and the position of the cursor.
    pub input: Input,
    /// Whether it was just focused: the first character typed then replaces the text.
    is_fresh: bool,
}

/// Equal if the user cannot see or feel a difference: [`Input`] itself cannot be compared.
impl PartialEq for TextField {
    fn eq(&self, other: &Self) -> bool {
        let state = |field: &Self| (field.input.cursor(), field.is_fresh);
        self.text() == other.text() && state(self) == state(other)
    }
}

impl TextField {
    /// Creates a field that holds this text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self {
            input: Input::new(text),
            is_fresh: false,
        }
    }

    /// The text in it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value()
    }

    pub(super) fn focus(&mut self) {
        self.is_fresh = true;
    }
}

impl TextInput for TextField {
    fn type_key(&mut self, key: KeyEvent) {
        let is_fresh = mem::take(&mut self.is_fresh);
        let types = matches!(key.code, KeyCode::Char(_))
            && (key.modifiers - KeyModifiers::SHIFT).is_empty();
        if is_fresh && types {
            self.input.reset();
        }
        let before = self.input.clone();
        self.input.handle_event(&Event::Key(key));
        let length = |input: &Input| input.value().chars().count();
        if length(&self.input) > LONGEST.max(length(&before)) {
            self.input = before;
        }
    }

    fn place_cursor(&mut self, index: usize) {
        self.is_fresh = false;
        self.input.handle(InputRequest::SetCursor(index));
    }

    fn paste(&mut self, text: &str) {
        if mem::take(&mut self.is_fresh) {
            self.input.reset();
        }
        let room = LONGEST.saturating_sub(self.text().chars().count());
        let trimmed = text.trim_end_matches(['\t', '\n', '\r']);
        // What is apart in the pasted text stays apart.
        let spaced = trimmed.chars().map(|c| match c {
            '\t' | '\n' | '\r' => ' ',
            c => c,
        });
        let pasted: String = spaced.filter(|c| !c.is_control()).take(room).collect();
        let cursor = self.input.cursor();
        let before: String = self.text().chars().take(cursor).collect();
        let after: String = self.text().chars().skip(cursor).collect();
        let end = cursor + pasted.chars().count();
        self.input = Input::new(before + &pasted + &after).with_cursor(end);
    }
}

#[cfg(test)]
mod tests {
    use super::exact;

    #[test]
    fn a_number_in_a_field_is_exact_and_short() {
        for (number, text) in [
            (128.0, "128"),
            (-4.575_682_667_708_116, "-4.575682667708116"),
            (0.1, "0.1"),
            (1e300, "1e300"),
            (5e-324, "5e-324"),
            (1_700_000_000.25, "1700000000.25"),
        ] {
            assert_eq!(exact(number), text);
            assert_eq!(text.parse(), Ok(number));
        }
    }
}
