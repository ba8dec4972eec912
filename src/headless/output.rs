//! What a command writes: lines on standard output for as long as they are read, notes on standard error.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Serialize;

use super::stdout::StdoutUntil;
use crate::session::{Existing, Run, WholeFile, is_in_the_way, shown_path};
use crate::signals::Ending;

/// Longest wait before a flush: a follower is never further behind, and a fast log is still buffered.
const BETWEEN_FLUSHES: Duration = Duration::from_millis(50);

/// How often progress is shown.
const BETWEEN_REPORTS: Duration = Duration::from_millis(100);

/// How wide a report of progress is, at most.
const REPORT_WIDTH: usize = 30;

/// Lines that somebody reads. A reader that closes its end (`| head`) is normal: all later lines go nowhere.
pub(super) struct Output<W> {
    /// What is written, for messages: "the log".
    what: &'static str,
    /// `None` once nobody reads any more.
    out: Option<W>,
    last_flush: Option<Instant>,
}

/// Standard output (or standard error), locked and buffered.
pub(super) type Standard = BufWriter<Box<dyn Write>>;

impl Output<Standard> {
    pub(super) fn stdout(what: &'static str) -> Self {
        Self::new(what, BufWriter::new(Box::new(io::stdout().lock())))
    }

    /// Standard output, given up when a signal comes while nobody reads.
    pub(super) fn stdout_until(what: &'static str, ending: Ending) -> Self {
        Self::new(what, BufWriter::new(Box::new(StdoutUntil::new(ending))))
    }

    pub(super) fn stderr(what: &'static str) -> Self {
        Self::new(what, BufWriter::new(Box::new(io::stderr())))
    }
}

impl<W: Write> Output<W> {
    pub(super) fn new(what: &'static str, out: W) -> Self {
        Self {
            what,
            out: Some(out),
            last_flush: None,
        }
    }

    /// Whether anybody reads what is written, as far as is known since the last flush.
    pub(super) fn is_read(&self) -> bool {
        self.out.is_some()
    }

    /// Writes a line of text.
    ///
    /// # Errors
    ///
    /// If it cannot be written, a closed pipe apart. So do all that follow.
    pub(super) fn line(&mut self, text: impl Display) -> Result<()> {
        self.write(|out| writeln!(out, "{text}"))
    }

    /// Writes a line of JSON.
    pub(super) fn json(&mut self, line: &impl Serialize) -> Result<()> {
        self.write(|out| {
            serde_json::to_writer(&mut *out, line)?;
            writeln!(out)
        })
    }

    /// Lets a follower see what is written, unless it has just been shown some.
    pub(super) fn flush_now_and_then(&mut self) -> Result<()> {
        let now = Instant::now();
        let is_due = |last| now >= last + BETWEEN_FLUSHES;
        if self.last_flush.is_none_or(is_due) {
            self.last_flush = Some(now);
            self.flush()?;
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        self.write(W::flush)
    }

    fn write(&mut self, write: impl FnOnce(&mut W) -> io::Result<()>) -> Result<()> {
        match self.out.as_mut().map(write) {
            Some(Err(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.out = None;
                Ok(())
            }
            Some(written) => written.with_context(|| format!("writing {}", self.what)),
            None => Ok(()),
        }
    }
}

/// The place of a file that an option names.
///
/// # Errors
///
/// One sentence, if it exists and `is_forced` does not ask to replace it, or it cannot be written.
pub(super) fn file_to_write(path: &Path, is_forced: bool) -> Result<WholeFile> {
    ensure!(
        is_forced || !is_in_the_way(path),
        "{} exists already; --force replaces it",
        shown_path(path)
    );
    let existing = if is_forced {
        Existing::Replace
    } else {
        Existing::Keep
    };
    WholeFile::at(path, existing)
}

/// Says something on standard error.
pub(super) fn note(text: impl Display) {
    // Not eprintln!, which panics if nobody hears.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Reports what was left out of the data or is odd about it.
pub(super) fn note_remarks(run: &Run) {
    for remark in run.remarks() {
        note(format_args!("nnscope: {}: {remark}", run.dataset.name));
    }
}

/// A line on standard error that says how far something is, and is replaced by the next. Only on a terminal.
pub(super) struct ProgressLine {
    is_seen: bool,
    /// When it began, or was last replaced.
    last: Instant,
    is_open: bool,
}

impl ProgressLine {
    pub(super) fn new() -> Self {
        Self {
            is_seen: io::stderr().is_terminal(),
            last: Instant::now(),
            is_open: false,
        }
    }

    /// Replaces the line, at most ten times a second.
    pub(super) fn report(&mut self, text: impl FnOnce() -> String) {
        if self.is_seen && self.last.elapsed() >= BETWEEN_REPORTS {
            self.last = Instant::now();
            self.is_open = true;
            let _ = write!(io::stderr(), "\r{:REPORT_WIDTH$}", text());
        }
    }

    /// Removes the line.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.is_open) {
            let _ = write!(io::stderr(), "\r{:REPORT_WIDTH$}\r", "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe whose reader closes it after some bytes.
    struct Pipe {
        left: usize,
        error: io::ErrorKind,
    }

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.left == 0 {
                return Err(self.error.into());
            }
            let written = bytes.len().min(self.left);
            self.left -= written;
            Ok(written)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn output(left: usize, error: io::ErrorKind) -> Output<Pipe> {
        Output::new("the log", Pipe { left, error })
    }

    #[test]
    fn a_reader_that_is_gone_ends_the_output_without_an_error() {
        let mut output = output(5, io::ErrorKind::BrokenPipe);
        output.line("1234").unwrap();
        assert!(output.is_read());
        output.line("5").unwrap();
        assert!(!output.is_read());
        output.json(&1).unwrap();
        output.flush().unwrap();
    }

    #[test]
    fn any_other_problem_is_an_error_that_says_what_was_written() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::Other] {
            let problem = output(0, kind).json(&"long").unwrap_err();
            let words = format!("writing the log: {}", io::Error::from(kind));
            assert_eq!(format!("{problem:#}"), words);
        }
    }

    #[test]
    fn lines_are_whole() {
        let mut output = Output::new("the log", Vec::new());
        output.line(format_args!("{:.1}", 0.25)).unwrap();
        output.json(&[1, 2]).unwrap();
        output.flush_now_and_then().unwrap();
        assert_eq!(output.out.unwrap(), b"0.2\n[1,2]\n");
    }
}
