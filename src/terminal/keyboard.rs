//! What the user types and what the mouse does, read on a thread of its own.
//!
//! Not crossterm's reader: it leaves input unread after a burst or a resize, keeps a paste without an end for
//! ever, and takes the late answer of a terminal for keys. This one polls the terminal, level-triggered.

mod clicks;
mod framing;
mod mouse;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, read};

use super::Input;
use clicks::Clicks;
use framing::{Framing, Typed};
pub(super) use mouse::Report;

/// Ctrl-C, which quits from anywhere.
pub(super) const CTRL_C: KeyEvent = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);

/// Whether Ctrl-C was pressed. It overtakes what was typed before it and has not been handled yet.
#[derive(Clone, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Whether Ctrl-C was pressed since the last call.
    pub(super) fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

/// Reads the terminal on a separate thread, until the program ends.
pub(super) fn read_terminal(inputs: Sender<Input>) -> Result<Interrupt> {
    let interrupt = Interrupt::default();
    let keyboard = Keyboard {
        inputs,
        interrupt: interrupt.clone(),
        framing: Framing::default(),
        clicks: Clicks::default(),
    };
    let thread = thread::Builder::new()
        .name("keyboard".to_owned())
        .spawn(move || keyboard.read());
    thread.context("starting the keyboard thread")?;
    Ok(interrupt)
}

struct Keyboard {
    inputs: Sender<Input>,
    interrupt: Interrupt,
    framing: Framing,
    clicks: Clicks,
}

impl Keyboard {
    fn read(mut self) {
        let mut bytes = [0; 4096];
        loop {
            let typed = match self.wait(&mut bytes) {
                Ok(0) => self.framing.give_up(),
                Ok(length) => {
                    let now = Instant::now();
                    let typed = bytes[..length].iter();
                    typed
                        .flat_map(|&byte| self.framing.push(byte, now))
                        .collect()
                }
                Err(error) => {
                    let error = anyhow!(error).context("reading the terminal");
                    return drop(self.inputs.send(Input::Unreadable(error)));
                }
            };
            if !typed.into_iter().all(|typed| self.tell(typed)) {
                return;
            }
        }
    }

    /// Waits for bytes. Returns how many there are; 0 if what has begun has waited too long for its end.
    fn wait(&self, bytes: &mut [u8]) -> io::Result<usize> {
        let stdin = io::stdin();
        loop {
            let patience = self.framing.patience(Instant::now());
            let patience = patience.map(|patience| Timespec {
                tv_sec: 0,
                tv_nsec: patience.subsec_nanos().into(),
            });
            match poll(&mut [PollFd::new(&stdin, PollFlags::IN)], patience.as_ref()) {
                Ok(0) => return Ok(0),
                Ok(_) => {}
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            match read(&stdin, &mut *bytes) {
                // A terminal without an end has hung up.
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(length) => return Ok(length),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Tells the event loop. Returns whether there still is one.
    fn tell(&mut self, typed: Typed) -> bool {
        let input = match typed {
            Typed::Sequence(bytes) => self.input(&bytes),
            Typed::Paste(text) => Some(Input::Paste(text)),
        };
        input.is_none_or(|input| self.inputs.send(input).is_ok())
    }

    /// What these bytes are; `None` if nothing that the program asked for, such as an answer of the terminal.
    fn input(&mut self, bytes: &[u8]) -> Option<Input> {
        if mouse::is_report(bytes) {
            let report = mouse::report(bytes)?;
            return Some(Input::Mouse(self.clicks.hear(report, Instant::now())));
        }
        let key = key(bytes)?;
        if key == CTRL_C {
            self.interrupt.0.store(true, Ordering::Relaxed);
            return Some(Input::Interrupt);
        }
        Some(Input::Key(key))
    }
}

/// The key that sends these bytes; `None` if they are something else.
fn key(bytes: &[u8]) -> Option<KeyEvent> {
    match terminput::Event::parse_from(bytes) {
        Ok(Some(terminput::Event::Key(key))) => Some(terminput_crossterm::to_crossterm_key(key)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_by_their_bytes_and_answers_are_not_keys() {
        let plain = |code| Some(KeyEvent::new(code, KeyModifiers::NONE));
        assert_eq!(key(b"q"), plain(KeyCode::Char('q')));
        assert_eq!(key("ß".as_bytes()), plain(KeyCode::Char('ß')));
        assert_eq!(key(b"\r"), plain(KeyCode::Enter));
        assert_eq!(key(b"\x7f"), plain(KeyCode::Backspace));
        assert_eq!(key(b"\x1b"), plain(KeyCode::Esc));
        assert_eq!(key(b"\x1b[A"), plain(KeyCode::Up));
        assert_eq!(key(b"\x1bOA"), plain(KeyCode::Up));
        assert_eq!(key(b"\x1b[5~"), plain(KeyCode::PageUp));
        assert_eq!(key(b"\x1bOP"), plain(KeyCode::F(1)));
        assert_eq!(key(b"\x1b[[A"), plain(KeyCode::F(1)));
        assert_eq!(key(b"\x1b[H"), plain(KeyCode::Home));
        assert_eq!(key(b"\x1b[Z").map(|key| key.code), Some(KeyCode::BackTab));
        assert_eq!(key(b"\x03"), Some(CTRL_C));
        for answer in ["\x1b[?62;22c", "\x1b[?2026;2$y", "\x1b[I"] {
            assert_eq!(key(answer.as_bytes()), None, "{answer:?}");
        }
    }
}
