//! Changing something by a key that goes back or forward: a value, a choice, a line.

pub use crate::session::setting::Turn;

impl Turn {
    /// The index before or after this one, not past 0 and `last`.
    pub(super) fn index(self, index: usize, last: usize) -> usize {
        self.index_by(1, index, last)
    }

    /// The index this many places before or after this one, not past 0 and `last`.
    pub(super) fn index_by(self, places: usize, index: usize, last: usize) -> usize {
        match self {
            Self::Back => index.saturating_sub(places),
            Self::Forward => index.saturating_add(places).min(last),
        }
    }
}

/// Replaces a value by its neighbour in a list, around the ends.
pub(super) fn turn_choice<T: PartialEq + Copy>(value: &mut T, choices: &[T], turn: Turn) {
    let index = choices.iter().position(|choice| choice == value);
    *value = choices[turn.around(index.unwrap_or(0), choices.len())];
}
