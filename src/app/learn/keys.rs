//! The keys of a solution, written in one line: `↓↓⏎-4⏎`.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Keys to press one after the other: `⏎` is Enter, `␣` is space, arrows are arrows, and all else is itself. `…` waits until one
/// more goal is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keys(pub(super) &'static str);

impl Keys {
    /// The keys as a terminal sends them, in parts: each is pressed when one more goal is reached.
    pub fn parts(self) -> impl Iterator<Item = Vec<KeyEvent>> {
        let event = |key| KeyEvent::new(code(key), KeyModifiers::NONE);
        self.0
            .split('…')
            .map(move |part| part.chars().map(event).collect())
    }

    /// The keys as a person reads them: "Down 4 times, Enter, -4, Enter".
    #[must_use]
    pub fn text(self) -> String {
        let parts: Vec<String> = self.0.split('…').map(text_of).collect();
        parts.join(", wait for the goal, ")
    }
}

/// The text of one part.
fn text_of(part: &str) -> String {
    let keys: Vec<char> = part.chars().collect();
    // What is typed into a field is one word; a key that is pressed several times is counted.
    let words = keys.chunk_by(|a, b| match (name(*a), name(*b)) {
        (None, None) => true,
        _ => a == b,
    });
    let words = words.map(|run| match (name(run[0]), run.len()) {
        (None, _) => run.iter().collect(),
        (Some(name), 1) => name.to_owned(),
        (Some(name), times) => format!("{name} {times} times"),
    });
    words.collect::<Vec<_>>().join(", ")
}
/// The name of a key that types nothing.
fn name(key: char) -> Option<&'static str> {
    Some(match key {
        '⏎' => "Enter",
        '␣' => "space",
        '↑' => "Up",
        '↓' => "Down",
        '←' => "Left",
        '→' => "Right",
        _ => return None,
    })
}

fn code(key: char) -> KeyCode {
    match key {
        '⏎' => KeyCode::Enter,
        '␣' => KeyCode::Char(' '),
        '↑' => KeyCode::Up,
        '↓' => KeyCode::Down,
        '←' => KeyCode::Left,
        '→' => KeyCode::Right,
        typed => KeyCode::Char(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_by_people_and_terminals() {
        let keys = Keys("↓↓⏎-4⏎…␣");
        let text = "Down 2 times, Enter, -4, Enter, wait for the goal, space";
        assert_eq!(keys.text(), text);
        let parts: Vec<usize> = keys.parts().map(|part| part.len()).collect();
        assert_eq!(parts, [6, 1]);
    }
}
