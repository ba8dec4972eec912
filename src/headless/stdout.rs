//! Standard output that can be given up: a signal ends the wait for a reader that has stopped reading.

use std::io::{self, Stdout, Write};
use std::os::fd::AsFd;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::signals::Ending;

/// What a pipe takes without blocking whenever it takes anything (`PIPE_BUF` on Linux; POSIX asks for 512).
const PIECE: usize = if cfg!(target_os = "linux") { 4096 } else { 512 };

/// The longest time without a look at the signals: 20 ms.
const NAP: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 20_000_000,
};

/// Standard output until a signal comes; a signal while nobody reads is as if the reader had closed its end.
pub(super) struct StdoutUntil<F = Stdout> {
    stdout: F,
    ending: Ending,
}

impl StdoutUntil {
    pub(super) fn new(ending: Ending) -> Self {
        Self {
            stdout: io::stdout(),
            ending,
        }
    }
}

impl<F: AsFd> StdoutUntil<F> {
    fn wait(&self) -> io::Result<()> {
        let mut output = [PollFd::new(&self.stdout, PollFlags::OUT)];
        loop {
            match poll(&mut output, Some(&NAP)) {
                Ok(0) | Err(Errno::INTR) if self.ending.has_come() => {
                    return Err(io::ErrorKind::BrokenPipe.into());
                }
                Ok(0) | Err(Errno::INTR) => {}
                Ok(_) => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl<F: AsFd> Write for StdoutUntil<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.wait()?;
        let piece = &bytes[..bytes.len().min(PIECE)];
        // Not through the buffer of standard output, which would write its own pieces.
        Ok(rustix::io::write(&self.stdout, piece)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_signal_gives_up_an_unread_pipe_before_and_after_it_is_noticed() {
        let (_reader, pipe) = io::pipe().unwrap();
        let ending = Ending::default();
        ending.give_time(true);
        let mut out = StdoutUntil {
            stdout: pipe,
            ending: ending.clone(),
        };
        // More than a pipe holds by default: the signal comes while it is full.
        let asked = thread::spawn({
            let ending = ending.clone();
            move || ending.ask(2)
        });
        let error = out.write_all(&vec![0; 1 << 20]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        assert_eq!(ending.notice(), Some(2));
        let error = out.write_all(b"{}").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        asked.join().unwrap();
    }
}
