//! A typed value that is completed: one of the names of its setting, or a path.

use super::Settings;
use crate::app::text_field::TextField;
use crate::session::setting::Choices;
use crate::session::{Found, PathFacts, common_start, typed_path};

impl Settings {
    /// Whether what is typed can be the beginning of a name or a path: nothing is left to complete of a whole name, and
    /// nothing of a number.
    pub(in crate::app) fn has_names(&self) -> bool {
        let setting = self.selected().setting();
        let typing = self.typing.as_ref();
        let is_part = typing.is_some_and(|typing| {
            let text = typing.text.text().trim();
            !text.is_empty() && setting.names().iter().all(|name| *name != text)
        });
        is_part && matches!(setting.choices, Choices::Dataset | Choices::Names(_))
    }

    /// Completes what is typed by the names of its setting. Where nothing is left to complete, the next section is
    /// selected. Returns the path that is to be completed by the names of files instead, if there is one.
    pub(in crate::app) fn complete(&mut self) -> Option<String> {
        let typing = self.typing.as_ref()?;
        let text = typing.text.text().trim().to_owned();
        let setting = self.selected().setting();
        let all = setting.names();
        let names = all.iter().filter(|name| name.starts_with(&text));
        let names: Vec<String> = names.map(|name| (*name).to_owned()).collect();
        let is_whole = names.contains(&text);
        match setting.choices {
            Choices::Dataset if names.is_empty() => return Some(text),
            Choices::Dataset | Choices::Names(_) if !is_whole && !text.is_empty() => {
                let start = common_start(&names).map(str::to_owned);
                self.take_completion(start, names);
            }
            // What is typed wrong is not left unseen.
            _ if self.is_typed_wrong() => {}
            _ => self.next_section(),
        }
        None
    }

    /// Completes a typed path by what is known of it, unless something else is typed by now.
    pub(in crate::app) fn hear_looked_up(&mut self, text: &str, facts: &PathFacts) {
        let typed = self.typing.as_ref().map(|typing| typing.text.text().trim());
        if typed != Some(text) {
            return;
        }
        let completed = match facts.completed(text) {
            // A run file has the whole path.
            home if home.starts_with("~/") => typed_path(&home).display().to_string(),
            completed => completed,
        };
        if facts.names.is_empty() {
            let problem = format!("no file begins with {text:?}");
            if let Some(typing) = &mut self.typing {
                typing.problem = Some(problem);
            }
        } else if completed == text && facts.found == Found::File {
            self.next_section();
        } else {
            self.take_completion(Some(completed), facts.names.clone());
        }
    }

    fn take_completion(&mut self, text: Option<String>, names: Vec<String>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.type_with("", |field| *field = TextField::new(text));
        }
        if let Some(typing) = &mut self.typing
            && names.len() > 1
        {
            typing.names = names;
        }
    }
}
