//! Taking the terminal over, and giving it back whatever happens.

use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Stdout, Write};
use std::mem::{self, ManuallyDrop};
use std::os::unix::fs::OpenOptionsExt;
use std::panic;

use anyhow::{Context, Result};
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, execute, queue};
use ratatui::backend::CrosstermBackend;
use rustix::fs::OFlags;
use rustix::termios::{Action, QueueSelector, tcflow, tcflush};

use crate::app::App;
use crate::threads;
use crate::ui::{self, Display, Regions};

/// The terminal, while the program uses it. Dropping it gives the terminal back.
pub(super) struct Screen {
    // Never dropped, because that would write once more, to a terminal that may be gone.
    display: ManuallyDrop<Display<CrosstermBackend<BufWriter<Stdout>>>>,
    is_taken: bool,
    /// Whether the terminal reports what the mouse does.
    has_mouse: bool,
}

/// Makes the terminal report presses, drags and the wheel, each with its cell. Not crossterm's `EnableMouseCapture`,
/// which asks for every move too.
struct EnableMouse;

/// Leaves the mouse to the terminal again.
struct DisableMouse;

impl Command for EnableMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }
}

impl Command for DisableMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1006l\x1b[?1002l\x1b[?1000l")
    }
}

impl Screen {
    /// Takes the terminal over, with its mouse if that is wanted. From now on, a panic gives it back before printing its
    /// message.
    pub(super) fn enter(has_mouse: bool) -> Result<Self> {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // The panic of a job is caught and shown on the screen.
            if !threads::is_job() {
                give_back(&mut io::stdout());
                print(panic);
            }
        }));
        let backend = CrosstermBackend::new(BufWriter::new(io::stdout()));
        let display = Display::new(backend).context("asking the terminal for its size")?;
        let mut screen = Self {
            display: ManuallyDrop::new(display),
            is_taken: false,
            has_mouse,
        };
        screen.take_over()?;
        Ok(screen)
    }

    fn take_over(&mut self) -> Result<()> {
        // Set before it is done, so that the terminal is given back if this fails half-way.
        self.is_taken = true;
        let backend = self.display.backend_mut();
        enable_raw_mode()
            .and_then(|()| queue!(backend, EnterAlternateScreen, EnableBracketedPaste))
            .and_then(|()| {
                if self.has_mouse {
                    queue!(backend, EnableMouse)?;
                }
                backend.flush()
            })
            .context("taking the terminal over")
    }

    /// Gives the terminal back to the shell, unless that has already been done.
    pub(super) fn leave(&mut self) {
        if mem::take(&mut self.is_taken) {
            give_back(self.display.backend_mut());
        }
    }

    /// Whether the terminal is the program's to draw on.
    pub(super) fn is_taken(&self) -> bool {
        self.is_taken
    }

    /// Gives the terminal back to the shell although it may be full and nobody reads it.
    pub(super) fn leave_at_once(&mut self) {
        if self.is_taken {
            discard_output();
            // CAN ends an escape sequence of which only a half may have been read.
            let _ = self.display.backend_mut().write_all(b"\x18");
        }
        self.leave();
    }

    /// Takes the terminal over again, whatever has happened to it meanwhile.
    pub(super) fn come_back(&mut self) -> Result<()> {
        // Otherwise crossterm believes that raw mode is still on, and does not turn it on.
        let _ = disable_raw_mode();
        self.take_over()?;
        self.repaint()
    }

    /// Draws everything anew with the next frame, whatever is on the terminal.
    pub(super) fn repaint(&mut self) -> Result<()> {
        self.display.repaint().context("clearing the terminal")
    }

    /// Copies a text to the clipboard (OSC 52). Terminals that do not allow it ignore it.
    pub(super) fn copy(&mut self, text: &str) -> Result<()> {
        let copy = CopyToClipboard::to_clipboard_from(text);
        execute!(self.display.backend_mut(), copy).context("writing to the terminal")
    }

    /// Returns how many columns the terminal has.
    pub(super) fn columns(&self) -> Result<u16> {
        let columns = self.display.columns();
        columns.context("asking the terminal for its size")
    }

    /// Draws a frame that appears all at once, and notes in `regions` what the mouse finds where.
    pub(super) fn draw(&mut self, app: &App, regions: &mut Regions) -> Result<()> {
        self.draw_at_once(app, regions)
            .context("drawing on the terminal")
    }

    fn draw_at_once(&mut self, app: &App, regions: &mut Regions) -> io::Result<()> {
        queue!(self.display.backend_mut(), BeginSynchronizedUpdate)?;
        ui::draw(&mut self.display, app, regions)?;
        execute!(self.display.backend_mut(), EndSynchronizedUpdate)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Gives the terminal back. If a part of it fails, the rest is still done.
fn give_back(terminal: &mut impl Write) {
    let _ = write_leave(terminal);
    let _ = disable_raw_mode();
}

fn write_leave(terminal: &mut impl Write) -> io::Result<()> {
    execute!(
        terminal,
        EndSynchronizedUpdate,
        DisableMouse,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    )
}

/// Drops what has been written to the terminal and not been read yet, so that a write to it no longer hangs.
pub(super) fn discard_output() {
    let terminal = io::stdout();
    let _ = tcflush(&terminal, QueueSelector::OFlush);
    // A write that hangs sees the room only once the output has been stopped and started.
    let _ = tcflow(&terminal, Action::OOff);
    let _ = tcflow(&terminal, Action::OOn);
}

/// Gives the terminal back from another thread while the event loop hangs. The loop may hang in a write to this
/// terminal and hold the lock of stdout, so this neither takes that lock nor waits.
pub(super) fn leave_in_a_hurry() {
    let _ = disable_raw_mode();
    let mut sequences = b"\x18".to_vec();
    let _ = write_leave(&mut sequences);
    #[expect(clippy::cast_possible_wrap, reason = "a small flag")]
    let without_waiting = OFlags::NONBLOCK.bits() as i32;
    let terminal = OpenOptions::new()
        .write(true)
        .custom_flags(without_waiting)
        .open("/dev/tty");
    let _ = terminal.and_then(|mut terminal| terminal.write_all(&sequences));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_that_is_switched_on_is_switched_off_on_the_way_out() {
        let (mut on, mut off) = (Vec::new(), Vec::new());
        execute!(on, EnterAlternateScreen, EnableBracketedPaste, EnableMouse).unwrap();
        write_leave(&mut off).unwrap();
        let [on, off] = [on, off].map(|bytes| String::from_utf8(bytes).unwrap());
        let modes: Vec<&str> = on.split_inclusive('h').collect();
        assert_eq!(modes.len(), 5, "{modes:?}");
        for mode in modes {
            assert!(off.contains(&mode.replace('h', "l")), "{mode:?} in {off:?}");
        }
    }
}
