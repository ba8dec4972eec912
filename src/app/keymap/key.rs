//! A key, as the table names it.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key, with or without Ctrl.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character, however the keyboard produces it.
    Char(char),
    /// A character with Ctrl.
    Ctrl(char),
    /// Any other key on its own.
    Code(KeyCode),
}

impl Key {
    /// Whether a key event of the terminal is this key.
    pub(super) fn matches(self, event: KeyEvent) -> bool {
        // Shift is part of the character already. Alt Gr may be reported as Ctrl with Alt.
        let is_plain = (event.modifiers - KeyModifiers::SHIFT).is_empty();
        match self {
            Self::Char(c) => event.code == KeyCode::Char(c) && is_plain,
            Self::Ctrl(c) => {
                event.code == KeyCode::Char(c) && event.modifiers == KeyModifiers::CONTROL
            }
            Self::Code(code) => event.code == code && is_plain,
        }
    }
}

impl From<Key> for KeyEvent {
    /// What a terminal sends for the key.
    fn from(key: Key) -> Self {
        match key {
            Key::Char(c) => Self::new(KeyCode::Char(c), KeyModifiers::NONE),
            Key::Ctrl(c) => Self::new(KeyCode::Char(c), KeyModifiers::CONTROL),
            Key::Code(code) => Self::new(code, KeyModifiers::NONE),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(' ') => f.write_str("space"),
            Self::Char(c) => write!(f, "{c}"),
            Self::Ctrl(c) => write!(f, "Ctrl-{}", c.to_ascii_uppercase()),
            Self::Code(KeyCode::BackTab) => f.write_str("Shift-Tab"),
            // In ASCII, and the same on every system: Up, Esc, F1.
            Self::Code(KeyCode::F(number)) => write!(f, "F{number}"),
            Self::Code(code) => write!(f, "{code:?}"),
        }
    }
}
