//! Changing a setting as a person would: by key, name and text.

use crossterm::event::KeyCode::{self, Down, Enter, Home, Right};
use nnscope::app::{Effect, Overlay};

use super::TestScreen;

impl TestScreen {
    pub(crate) fn type_text(&mut self, text: &str) {
        text.chars().for_each(|c| drop(self.press(c)));
    }

    /// Opens the settings at this one.
    pub(crate) fn open_setting(&mut self, name: &str) {
        self.press_code(KeyCode::Char('e'));
        self.select_setting(name);
    }

    /// Types a value in place of the one that a setting has.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Vec<Effect> {
        self.open_setting(name);
        self.type_text(value);
        self.press_code(Enter)
    }

    /// Turns a setting to its next value.
    pub(crate) fn turn_setting(&mut self, name: &str) -> Vec<Effect> {
        self.open_setting(name);
        self.press_code(Right);
        self.press_code(Enter)
    }

    /// Moves down in the settings until this one is selected.
    pub(crate) fn select_setting(&mut self, name: &str) {
        // What is being typed is left first: Home is for its cursor.
        self.press_code(Down);
        self.press_code(Home);
        for _ in 0..60 {
            let Overlay::Settings(settings) = &self.app.overlay() else {
                panic!("no settings")
            };
            if settings.selected().name() == name {
                return;
            }
            self.press_code(Down);
        }
        panic!("no setting is called {name}");
    }

    /// The text of the panel, 60 columns in the middle of 80, without line breaks.
    pub(crate) fn panel_text(&mut self) -> String {
        let text = self.text();
        let inside = text
            .lines()
            .flat_map(|line| line.chars().skip(10).take(60).chain([' ']));
        let inside: String = inside.collect();
        inside.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
