//! Where one key, paste or answer ends in what a terminal sends, and the next begins.
//!
//! Knows what the escape sequences look like, not what they mean. An answer of the terminal to a question that
//! another program asked (OSC, DCS, APC, PM, SOS) is dropped. Nothing waits for its end for ever, and Ctrl-C is
//! always heard.

#[cfg(test)]
mod tests;

use std::mem;
use std::time::{Duration, Instant};

const ESC: u8 = 0x1b;
const CTRL_C: u8 = 0x03;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";
const MOUSE_BEGINS: &[u8] = b"\x1b[<";
/// The mouse as old terminals report it: three more bytes, of which any may look like a key.
const OLD_MOUSE_BEGINS: &[u8] = b"\x1b[M";

/// The longest sequence of a key; of longer ones only the end matters.
const LONGEST_KEY: usize = 64;
/// The longest text that is taken from a paste, in bytes: what is beyond is dropped.
const LONGEST_PASTE: usize = 1 << 16;
/// The longest answer of a terminal; what is beyond is typed.
const LONGEST_ANSWER: usize = 1 << 14;

/// The Esc key, if no sequence follows it this soon.
const PATIENCE_AFTER_ESC: Duration = Duration::from_millis(25);
/// A sequence whose rest does not follow this soon has no rest.
const PATIENCE_WITHIN_KEY: Duration = Duration::from_millis(100);
/// The same for answers and pastes, which may come through a slow network.
const PATIENCE_WITHIN_TEXT: Duration = Duration::from_millis(500);
/// A paste that takes longer than this has no end: it is over at the first short pause.
const LONGEST_PASTING: Duration = Duration::from_secs(3);

/// What the user has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    /// The bytes that the terminal sends for a key, or for the mouse.
    Sequence(Vec<u8>),
    /// A pasted text.
    Paste(String),
}

/// What has been sent of the present sequence.
#[derive(Debug, Default)]
pub(super) struct Framing {
    state: State,
    /// The bytes of the key or the paste so far.
    bytes: Vec<u8>,
}

#[derive(Debug, Default)]
enum State {
    /// Between two sequences.
    #[default]
    Start,
    /// After ESC.
    Escape,
    /// Within a control sequence: ESC [ …
    Control,
    /// Before the last byte of ESC O …
    Function,
    /// Within a character of several bytes, of which this many are to come.
    Character(usize),
    /// Within a report of the mouse by an old terminal, of which this many bytes are to come.
    OldMouse(usize),
    Answer(Answer),
    Paste(Paste),
}

#[derive(Debug, Clone, Copy, Default)]
struct Answer {
    length: usize,
    /// Whether the last byte was ESC, with which the end begins.
    is_escaped: bool,
}

#[derive(Debug)]
struct Paste {
    began: Instant,
    /// How many of the last bytes may be the beginning of its end.
    ending: usize,
    has_ctrl_c: bool,
}

impl Framing {
    /// Takes in the next byte. Returns what ends with it; two things if it ends one that is incomplete.
    pub(super) fn push(&mut self, byte: u8, now: Instant) -> Vec<Typed> {
        match mem::take(&mut self.state) {
            State::Paste(paste) => self.paste(paste, byte).into_iter().collect(),
            State::Escape if matches!(byte, ESC | CTRL_C) => {
                let escape = Some(self.key());
                [escape, self.begin(byte)].into_iter().flatten().collect()
            }
            _ if byte == CTRL_C => self.begin(byte).into_iter().collect(),
            State::Answer(answer) => self.answer(answer, byte, now),
            state => self.key_byte(state, byte, now).into_iter().collect(),
        }
    }

    /// How long to wait for the next byte; `None` between two sequences.
    pub(super) fn patience(&self, now: Instant) -> Option<Duration> {
        match &self.state {
            State::Start => None,
            State::Escape => Some(PATIENCE_AFTER_ESC),
            // No key begins so: what is left of a report must not be typed, however slow the network is.
            State::Control if self.bytes.starts_with(MOUSE_BEGINS) => Some(PATIENCE_WITHIN_TEXT),
            State::Control | State::Function | State::Character(_) => Some(PATIENCE_WITHIN_KEY),
            State::Paste(paste) if now.duration_since(paste.began) > LONGEST_PASTING => {
                Some(PATIENCE_WITHIN_KEY)
            }
            State::OldMouse(_) | State::Answer(_) | State::Paste(_) => Some(PATIENCE_WITHIN_TEXT),
        }
    }

    /// Ends what has waited in vain for its end.
    pub(super) fn give_up(&mut self) -> Vec<Typed> {
        match mem::take(&mut self.state) {
            State::Escape => vec![self.key()],
            State::Paste(paste) => {
                let pasted = self.pasted();
                let ctrl_c = paste.has_ctrl_c.then(|| Typed::Sequence(vec![CTRL_C]));
                [Some(pasted), ctrl_c].into_iter().flatten().collect()
            }
            _ => {
                self.bytes.clear();
                Vec::new()
            }
        }
    }

    /// The first byte of a sequence, whatever was before it.
    fn begin(&mut self, byte: u8) -> Option<Typed> {
        self.bytes.clear();
        self.bytes.push(byte);
        self.state = match byte {
            ESC => State::Escape,
            0xC2..=0xDF => State::Character(1),
            0xE0..=0xEF => State::Character(2),
            0xF0..=0xF4 => State::Character(3),
            // No beginning of a character: the other half of one that was interrupted.
            0x80.. => return None,
            _ => return Some(self.key()),
        };
        None
    }

    /// The next byte of a key.
    fn key_byte(&mut self, state: State, byte: u8, now: Instant) -> Option<Typed> {
        match (state, byte) {
            (State::Escape, b'[') | (State::Control, 0x20..=0x3F) => {
                self.go_on(byte, State::Control)
            }
            // The function keys of the Linux console: ESC [ [ A.
            (State::Control, b'[') if self.bytes.len() == 2 => self.go_on(byte, State::Control),
            (State::Escape, b'O') => self.go_on(byte, State::Function),
            (State::Escape, b']' | b'P' | b'_' | b'^' | b'X') => {
                self.state = State::Answer(Answer::default());
                None
            }
            (State::Escape, 0x80..) => {
                // A character with Alt.
                let typed = self.begin(byte);
                self.bytes.insert(0, ESC);
                typed
            }
            (State::Character(left @ 2..), 0x80..=0xBF) => {
                self.go_on(byte, State::Character(left - 1))
            }
            (State::OldMouse(left), 0x20..) => {
                if left > 1 {
                    self.state = State::OldMouse(left - 1);
                }
                None
            }
            (State::Escape, _)
            | (State::Function, 0x20..)
            | (State::Character(_), 0x80..=0xBF)
            | (State::Control, 0x40..=0x7E) => {
                self.bytes.push(byte);
                if self.bytes == PASTE_BEGINS {
                    self.bytes.clear();
                    self.state = State::Paste(Paste::new(now));
                    return None;
                }
                if self.bytes == OLD_MOUSE_BEGINS {
                    self.bytes.clear();
                    self.state = State::OldMouse(3);
                    return None;
                }
                Some(self.key())
            }
            // Anything else is the beginning of something else.
            _ => self.begin(byte),
        }
    }

    fn go_on(&mut self, byte: u8, state: State) -> Option<Typed> {
        if self.bytes.len() < LONGEST_KEY {
            self.bytes.push(byte);
        }
        self.state = state;
        None
    }

    fn key(&mut self) -> Typed {
        Typed::Sequence(mem::take(&mut self.bytes))
    }

    /// The next byte of an answer, which ends with BEL, ESC \, CAN or SUB.
    fn answer(&mut self, answer: Answer, byte: u8, now: Instant) -> Vec<Typed> {
        let is_end = matches!(byte, 0x07 | 0x18 | 0x1a) || answer.is_escaped && byte == b'\\';
        if is_end || answer.length == LONGEST_ANSWER {
            return Vec::new();
        }
        if answer.is_escaped {
            // The ESC was the beginning of something else.
            self.begin(ESC);
            return self.push(byte, now);
        }
        self.state = State::Answer(Answer {
            length: answer.length + 1,
            is_escaped: byte == ESC,
        });
        Vec::new()
    }

    /// The next byte of a paste.
    fn paste(&mut self, mut paste: Paste, byte: u8) -> Option<Typed> {
        if byte == PASTE_ENDS[paste.ending] {
            paste.ending += 1;
            if paste.ending == PASTE_ENDS.len() {
                return Some(self.pasted());
            }
        } else {
            self.keep(&PASTE_ENDS[..paste.ending]);
            paste.ending = usize::from(byte == ESC);
            if paste.ending == 0 {
                self.keep(&[byte]);
            }
        }
        paste.has_ctrl_c |= byte == CTRL_C;
        self.state = State::Paste(paste);
        None
    }

    fn keep(&mut self, pasted: &[u8]) {
        if self.bytes.len() + pasted.len() <= LONGEST_PASTE {
            self.bytes.extend(pasted);
        }
    }

    fn pasted(&mut self) -> Typed {
        let bytes = mem::take(&mut self.bytes);
        Typed::Paste(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Paste {
    fn new(began: Instant) -> Self {
        Self {
            began,
            ending: 0,
            has_ctrl_c: false,
        }
    }
}
