//! Where one key, paste or answer ends in what a terminal sends, and the next begins.
//!
//! Knows what the escape sequences look like, not what they mean. An answer of the terminal to a question that
//! another program asked (OSC, DCS, APC, PM, SOS) is dropped. Nothing waits for its end for ever, and Ctrl-C is
//! always heard.

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(framing: &mut Framing, bytes: impl AsRef<[u8]>) -> Vec<Typed> {
        let now = Instant::now();
        let bytes = bytes.as_ref().iter();
        bytes.flat_map(|&byte| framing.push(byte, now)).collect()
    }

    fn typed_at_once(bytes: impl AsRef<[u8]>) -> Vec<Typed> {
        let mut framing = Framing::default();
        let typed = typed(&mut framing, bytes);
        assert_eq!(framing.patience(Instant::now()), None, "it waits for more");
        typed
    }

    fn keys<const N: usize>(keys: [&str; N]) -> Vec<Typed> {
        keys.map(|key| Typed::Sequence(key.into())).into()
    }

    fn paste(text: &str) -> Typed {
        Typed::Paste(text.to_owned())
    }

    #[test]
    fn a_burst_is_as_many_keys() {
        assert_eq!(typed_at_once("j".repeat(60_000)).len(), 60_000);
        let mixed = "q\x1b[A\x1bOP\x1b[1;5Cßx€\x1bx\x1bß🧠\x1b[[Az";
        let expected = [
            "q",
            "\x1b[A",
            "\x1bOP",
            "\x1b[1;5C",
            "ß",
            "x",
            "€",
            "\x1bx",
            "\x1bß",
            "🧠",
            "\x1b[[A",
            "z",
        ];
        assert_eq!(typed_at_once(mixed), keys(expected));
    }

    #[test]
    fn an_answer_of_the_terminal_is_not_typed() {
        let kinds = [
            "]11;rgb:0000/0000/0000",
            "P>|r R q(1)",
            "_Gi=31;OK",
            "^r",
            "Xr",
        ];
        for kind in kinds {
            for end in ["\x07", "\x1b\\", "\x18", "\x1a"] {
                let answer = format!("a\x1b{kind}{end}b");
                assert_eq!(typed_at_once(&answer), keys(["a", "b"]), "{answer:?}");
            }
            // One that never ends is followed by a pause.
            let mut framing = Framing::default();
            assert_eq!(typed(&mut framing, format!("\x1b{kind}")), []);
            assert_eq!(framing.patience(Instant::now()), Some(PATIENCE_WITHIN_TEXT));
            assert_eq!(framing.give_up(), []);
            assert_eq!(typed(&mut framing, "r"), keys(["r"]));
            // Or by a key.
            let answer = format!("\x1b{kind}\x1b[A\x1b\x1b");
            assert_eq!(typed(&mut framing, answer), keys(["\x1b[A", "\x1b"]));
        }
        let long = format!("\x1b]52;{}", "r".repeat(LONGEST_ANSWER));
        assert_eq!(typed_at_once(long), keys(["r"; 2]));
    }

    #[test]
    fn a_report_of_the_mouse_is_whole_however_slowly_it_comes() {
        let report = "\x1b[<0;35;120M";
        assert_eq!(
            typed_at_once(format!("{report}{report}q")),
            keys([report, report, "q"])
        );
        for end in MOUSE_BEGINS.len()..report.len() {
            let mut framing = Framing::default();
            assert_eq!(typed(&mut framing, &report[..end]), []);
            assert_eq!(framing.patience(Instant::now()), Some(PATIENCE_WITHIN_TEXT));
            assert_eq!(typed(&mut framing, &report[end..]), keys([report]));
        }
    }

    #[test]
    fn a_report_of_an_old_terminal_types_nothing() {
        assert_eq!(
            typed_at_once(b"a\x1b[Mqqqb\x1b[M \xff\xfec"),
            keys(["a", "b", "c"])
        );
        let mut framing = Framing::default();
        assert_eq!(typed(&mut framing, "\x1b[Mq"), []);
        assert_eq!(framing.give_up(), []);
        assert_eq!(typed(&mut framing, "r\x1b[M \x1b[A"), keys(["r", "\x1b[A"]));
    }

    #[test]
    fn ctrl_c_is_heard_within_anything_but_a_paste() {
        for begun in [
            "",
            "\x1b[1;",
            "\x1bO",
            "\x1b[<0;1",
            "\x1b[M!",
            "\x1b]11;rgb",
            "\x1bP",
            "\u{20ac}",
            "\x1b_G",
        ] {
            let bytes = format!("{begun}\x03");
            assert_eq!(
                typed_at_once(&bytes).last(),
                keys(["\x03"]).last(),
                "{bytes:?}"
            );
        }
        assert_eq!(typed_at_once(b"\xe2\x82\x03"), keys(["\x03"]));
        assert_eq!(typed_at_once("\x1b\x03"), keys(["\x1b", "\x03"]));
    }

    #[test]
    fn esc_is_a_key_if_nothing_follows() {
        let mut framing = Framing::default();
        assert_eq!(typed(&mut framing, "\x1b"), []);
        assert_eq!(framing.patience(Instant::now()), Some(PATIENCE_AFTER_ESC));
        assert_eq!(framing.give_up(), keys(["\x1b"]));
        assert_eq!(framing.patience(Instant::now()), None);
    }

    #[test]
    fn a_paste_is_one_text_whatever_is_in_it() {
        let text = "70 kg\n\x03\x1b[A\x1b[20x\x1b\x1b[ß";
        let pasted = format!("\x1b[200~{text}\x1b[201~q");
        let [q] = keys(["q"]).try_into().unwrap();
        assert_eq!(typed_at_once(pasted), [paste(text), q]);
    }

    #[test]
    fn a_paste_without_an_end_ends_with_a_pause_and_its_length_is_limited() {
        let mut framing = Framing::default();
        let text = "j".repeat(10 * LONGEST_PASTE);
        assert_eq!(typed(&mut framing, format!("\x1b[200~{text}\x03")), []);
        assert!(framing.bytes.capacity() <= 2 * LONGEST_PASTE);
        let now = Instant::now();
        assert_eq!(framing.patience(now), Some(PATIENCE_WITHIN_TEXT));
        let later = now + LONGEST_PASTING + Duration::from_millis(1);
        assert_eq!(framing.patience(later), Some(PATIENCE_WITHIN_KEY));
        let [ctrl_c, q] = keys(["\x03", "q"]).try_into().unwrap();
        assert_eq!(framing.give_up(), [paste(&text[..LONGEST_PASTE]), ctrl_c]);
        assert_eq!(typed(&mut framing, "q"), [q]);
    }

    proptest! {
        #[test]
        fn whatever_was_sent_a_key_is_heard_after_a_pause(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut framing = Framing::default();
            typed(&mut framing, &bytes);
            framing.give_up();
            prop_assert_eq!(typed(&mut framing, "q"), keys(["q"]));
        }
    }
}
