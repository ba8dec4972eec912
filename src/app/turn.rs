//! Turning something by a key: a value, a choice, a line.

/// Which way it is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// To the one before.
    Back,
    /// To the next one.
    Forward,
}

impl Turn {
    /// The index before or after this one, not past 0 and `last`.
    pub(super) fn index(self, index: usize, last: usize) -> usize {
        match self {
            Self::Back => index.saturating_sub(1),
            Self::Forward => (index + 1).min(last),
        }
    }
}

/// To the neighbour in the list, around its ends.
pub(super) fn turn_choice<T: PartialEq + Copy>(value: &mut T, choices: &[T], turn: Turn) {
    let index = choices
        .iter()
        .position(|choice| choice == value)
        .unwrap_or(0);
    let next = match turn {
        Turn::Back => index + choices.len() - 1,
        Turn::Forward => index + 1,
    };
    *value = choices[next % choices.len()];
}
