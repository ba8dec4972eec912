//! A value of the settings panel that is typed: the draft has it as soon as the text is one.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Row, Settings};
use crate::app::text_field::{TextField, TextInput};
use crate::session::setting::Choices;
use crate::session::{Draft, built_in_names};

/// A value that is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Typing {
    /// What is typed.
    pub text: TextField,
    /// Why that is no value.
    pub problem: Option<String>,
    /// The names that it can be completed to, if there are several.
    pub names: Vec<String>,
    /// The draft without it.
    before: Box<Draft>,
    /// Whether it is the name of data.
    is_of_data: bool,
}

/// The first character replaces the value that is there.
impl TextInput for Settings {
    fn type_key(&mut self, key: KeyEvent) {
        let is_printable = matches!(key.code, KeyCode::Char(_))
            && (key.modifiers - KeyModifiers::SHIFT).is_empty();
        if self.typing.is_some() || is_printable {
            self.type_with("", |text| text.type_key(key));
        }
    }

    fn place_cursor(&mut self, index: usize) {
        if let Some(typing) = &mut self.typing {
            typing.text.place_cursor(index);
        }
    }

    fn paste(&mut self, pasted: &str) {
        self.type_with("", |text| text.paste(pasted));
    }
}

impl Settings {
    /// Edits the text of the value that is there.
    pub(in crate::app) fn edit(&mut self) {
        let text = self.selected().typed(&self.draft);
        self.type_with(&text, |_| {});
    }

    /// The draft as it was before the name of data that is being typed, unless that is the whole name of built-in data.
    pub(super) fn draft_before_data(&self) -> Option<&Draft> {
        let typing = self.typing.as_ref()?;
        let is_known = built_in_names().contains(&typing.text.text().trim());
        (typing.is_of_data && !is_known).then_some(&*typing.before)
    }

    /// The names of built-in data that begin with the name that is being typed, unless it is one of them.
    #[must_use]
    pub fn begun_names(&self) -> Vec<&'static str> {
        let typing = self.typing.as_ref().filter(|typing| typing.is_of_data);
        let text = typing.map_or("", |typing| typing.text.text().trim());
        let names = built_in_names().into_iter();
        let begun = names.filter(|name| name.starts_with(text));
        let begun: Vec<&str> = begun.collect();
        if text.is_empty() || begun.contains(&text) {
            return Vec::new();
        }
        begun
    }

    /// Whether any character may belong to the selected value, as in the name of a file.
    pub(in crate::app) fn takes_any_text(&self) -> bool {
        let Row::Of(setting) = self.selected() else {
            return false;
        };
        matches!(
            setting.choices,
            Choices::Text(_) | Choices::List(_) | Choices::Dataset
        )
    }

    /// Whether what is typed is no value.
    pub(in crate::app) fn is_typed_wrong(&self) -> bool {
        let typing = self.typing.as_ref();
        typing.is_some_and(|typing| typing.problem.is_some())
    }

    /// Leaves the value as it was before it was typed.
    pub(in crate::app) fn cancel_typing(&mut self) {
        if let Some(typing) = self.typing.take() {
            self.draft = *typing.before;
        }
        self.problem = None;
    }

    /// Keeps what was typed as far as it is a value.
    pub(super) fn stop_typing(&mut self) {
        self.typing = None;
        self.problem = None;
    }

    pub(super) fn type_with(&mut self, begin_with: &str, change: impl FnOnce(&mut TextField)) {
        let row = self.selected();
        let mut typing = self.typing.take().unwrap_or_else(|| Typing {
            text: TextField::new(begin_with.to_owned()),
            problem: None,
            names: Vec::new(),
            before: Box::new(self.draft.clone()),
            is_of_data: matches!(row.setting().choices, Choices::Dataset),
        });
        change(&mut typing.text);
        typing.names.clear();
        self.draft = (*typing.before).clone();
        self.problem = None;
        typing.problem = self.take(row, typing.text.text().trim()).err();
        self.typing = Some(typing);
    }

    /// Sets the value of a line from a text.
    fn take(&mut self, row: Row, text: &str) -> Result<(), String> {
        match row {
            Row::Of(setting) if matches!(setting.choices, Choices::Dataset) => {
                self.take_data(text.to_owned());
                Ok(())
            }
            _ => row
                .set(&mut self.draft, text)
                .map_err(|problem| problem.to_string()),
        }
    }
}
