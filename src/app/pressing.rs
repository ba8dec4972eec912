//! What a key does: the binding that it has where the screen is, or a character of the text that is being typed.

use crossterm::event::{KeyCode, KeyEvent};

use super::keymap::{Binding, Context};
use super::text_field::TextInput;
use super::{App, Effect, Focus, Overlay, OverlayKind};

impl App {
    /// The context in which the next key is looked up.
    #[must_use]
    pub fn context(&self) -> Context {
        match (OverlayKind::from(&self.overlay), self.focus) {
            _ if self.is_typing_value() => Context::Value,
            (OverlayKind::None, Focus::Prediction) => Context::Prediction,
            (OverlayKind::None, Focus::Guess) => Context::Guess,
            (OverlayKind::None, Focus::Drawing) => Context::Drawing,
            (OverlayKind::None, Focus::Run) => self.view_context(),
            (kind, _) => Context::Over(kind),
        }
    }

    pub(super) fn press(&mut self, key: KeyEvent) -> Vec<Effect> {
        self.notice = None;
        self.pointer.hear_key();
        self.forget_choice();
        self.note_key();
        if let Some(row) = self.row_of(key) {
            return self.obey(row);
        }
        if self.is_of_own_run(key) {
            self.notice = Some(format!("not in lessons – {}", self.way_to_own_run()));
            return Vec::new();
        }
        if self.asks_for_help(key) {
            return self.open(OverlayKind::Help);
        }
        if let Some(field) = self.typed_into() {
            field.type_key(key);
            return self.hear_typed();
        }
        if matches!(key.code, KeyCode::Char(_)) {
            let help = match self.context() {
                Context::Over(_) => "",
                _ => " – ? lists the keys",
            };
            self.notice = Some(format!("this key does nothing here{help}"));
        }
        Vec::new()
    }

    /// Does what a key is bound to, or shows why that is not possible now.
    pub(super) fn obey(&mut self, binding: &Binding) -> Vec<Effect> {
        if let Some(reason) = self.lacks(binding.needs) {
            self.notice = Some(reason);
            return Vec::new();
        }
        if let Some(end) = self.end_of(binding.action) {
            self.follow(binding.action);
            self.notice = Some(end);
            return Vec::new();
        }
        let effects = self.act(binding.action);
        self.follow(binding.action);
        effects
    }

    /// Whether a key asks for the help beside a field: "?" belongs to no number and to no name of a choice.
    fn asks_for_help(&self, key: KeyEvent) -> bool {
        let takes_no_text = match (&self.overlay, self.focus) {
            (Overlay::None, Focus::Prediction) => self.run.prediction.takes_number(),
            (Overlay::GoTo(_) | Overlay::Edit(_) | Overlay::Sweep, _) => true,
            (Overlay::Settings(settings), _) => {
                settings.preparing.is_none()
                    && (key.code == KeyCode::F(1) || !settings.takes_any_text())
            }
            _ => false,
        };
        takes_no_text && matches!(key.code, KeyCode::Char('?') | KeyCode::F(1))
    }

    /// Says what is wrong with the typed text, or asks what is at the typed path.
    pub(super) fn hear_typed(&mut self) -> Vec<Effect> {
        self.overlay.check_typed();
        self.check_input_of_page();
        self.look_up()
    }

    /// The field that takes unbound keys as text, if there is one.
    pub(super) fn typed_into(&mut self) -> Option<&mut dyn TextInput> {
        match (&mut self.overlay, self.focus) {
            (Overlay::None, Focus::Prediction) => Some(&mut self.run.prediction),
            (Overlay::None, Focus::Guess) => self.learn.typed_into(),
            (Overlay::Sweep, _) => Some(&mut self.sweep),
            (overlay, _) => overlay.typed_into(),
        }
    }
}
