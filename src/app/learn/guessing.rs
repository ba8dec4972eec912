//! A guess: typed, made or skipped.

use crossterm::event::{KeyCode, KeyEvent};

use super::{Guessed, Hints, Learn};
use crate::app::text_field::TextInput;
use crate::app::{App, Focus, TextField};

/// The most characters of a guess.
const LONGEST: usize = 9;

impl Learn {
    /// The field of the guess, if one is being typed.
    pub(in crate::app) fn typed_into(&mut self) -> Option<&mut dyn TextInput> {
        let scene = self.scene.as_mut()?;
        Some(&mut scene.guess)
    }
}

impl App {
    /// What a guess is about, by the prepared run, if it is known by now. It stays the same when the run goes on.
    #[must_use]
    pub fn guess_answer(&self) -> Option<f64> {
        self.scene()?.answer
    }

    /// What a guess is about, as the run stands.
    pub(super) fn answer_now(&self) -> Option<f64> {
        let guess = self.page()?.guess.as_ref()?;
        (guess.answer)(self)
    }

    /// Takes the typed number as the guess. Without one, it asks for it first: only the next Enter skips it.
    pub(in crate::app) fn make_guess(&mut self) {
        let Some(scene) = &mut self.learn.scene else {
            return;
        };
        let Guessed::Typing(field) = &scene.guess else {
            return;
        };
        if field.text().is_empty() {
            if scene.has_asked {
                return self.skip_guess();
            }
            scene.has_asked = true;
            self.notice = Some("type your guess first – Enter again shows the answer".to_owned());
            return;
        }
        let typed = field.text().replace('−', "-").parse::<f64>();
        match typed.ok().filter(|guess| guess.is_finite()) {
            Some(guess) => {
                scene.guess = Guessed::Made(guess);
                self.focus = Focus::Run;
            }
            None => self.notice = Some(format!("{} is not a number", field.text())),
        }
    }

    /// Goes on without a guess, if none is made.
    pub(in crate::app) fn skip_guess(&mut self) {
        self.focus = Focus::Run;
        if let Some(scene) = &mut self.learn.scene
            && let Guessed::Typing(_) = scene.guess
        {
            scene.guess = Guessed::Nothing;
        }
    }

    /// Closes the hint that is open.
    pub(in crate::app) fn close_hint(&mut self) {
        if let Some(scene) = &mut self.learn.scene {
            scene.hints = Hints::None;
        }
    }

    /// Whether a key belongs to the guess that is being typed.
    pub(in crate::app) fn is_of_guess(&self, key: KeyEvent) -> bool {
        let guess = self.scene().map(|scene| &scene.guess);
        matches!(guess, Some(Guessed::Typing(field)) if is_of_number(field, key))
    }

    /// Where keys go when no input is typed.
    pub(in crate::app) fn focus_of_page(&self) -> Focus {
        match self.scene().map(|scene| &scene.guess) {
            Some(Guessed::Typing(_)) => Focus::Guess,
            _ => Focus::Run,
        }
    }
}

/// Whether a key edits a number: one of its characters, or a key that moves the cursor or erases.
fn is_of_number(field: &TextField, key: KeyEvent) -> bool {
    match key.code {
        KeyCode::Char('e' | 'E') => field.text().ends_with(|c: char| c.is_ascii_digit()),
        KeyCode::Char(c) => c.is_ascii_digit() || ".-−+".contains(c),
        KeyCode::Backspace | KeyCode::Delete | KeyCode::Home | KeyCode::End => true,
        _ => false,
    }
}

impl TextInput for Guessed {
    /// Takes the keys of a number only.
    fn type_key(&mut self, key: KeyEvent) {
        let Self::Typing(field) = self else { return };
        let is_full = field.text().chars().count() >= LONGEST;
        let types = matches!(key.code, KeyCode::Char(_));
        if is_of_number(field, key) && !(types && is_full) {
            field.type_key(key);
        }
    }

    fn place_cursor(&mut self, index: usize) {
        if let Self::Typing(field) = self {
            field.place_cursor(index);
        }
    }

    fn paste(&mut self, text: &str) {
        if let Self::Typing(field) = self
            && text.trim().parse::<f64>().is_ok()
        {
            field.paste(text.trim());
        }
    }
}
