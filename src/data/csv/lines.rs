//! The lines of a file, with their numbers. Ends of lines are those of Unix, Windows and old Macs.

use std::io::{ErrorKind, Read};

use anyhow::{Result, ensure};
use memchr::memchr2;

use super::RowsRead;

/// More bytes than this between two ends of lines, or within one row, are no table.
pub(super) const LONGEST_LINE: usize = 4 << 20;

const CHUNK: usize = 64 << 10;

/// Reads a source line by line; no more of it than the longest line is in memory.
#[derive(Debug)]
pub(super) struct Lines<R> {
    source: R,
    buffer: Vec<u8>,
    /// Where the unread bytes begin in the buffer.
    start: usize,
    is_at_end: bool,
    /// The number of the next line, from 1.
    number: u32,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            start: 0,
            is_at_end: false,
            number: 1,
        }
    }

    /// The number of the line that comes next, counted from 1.
    pub(super) fn next_number(&self) -> u32 {
        self.number
    }

    /// The beginning of the file, whole lines of it, without taking them.
    ///
    /// # Errors
    ///
    /// If reading fails or is cancelled, or the first line is too long.
    pub(super) fn beginning(&mut self, rows: usize, rows_read: &mut RowsRead) -> Result<&[u8]> {
        while !self.is_at_end && self.buffer.len() - self.start < CHUNK {
            self.fill(rows, rows_read)?;
        }
        let beginning = &self.buffer[self.start..];
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let end = match beginning.iter().rposition(is_end) {
            Some(last) if !self.is_at_end => last + 1,
            _ => beginning.len(),
        };
        Ok(&beginning[..end])
    }

    /// The next line, without its end; `None` after the last one. `rows` is what `rows_read` hears while a
    /// pipe has nothing to read.
    ///
    /// # Errors
    ///
    /// If reading fails or is cancelled, or the line is too long.
    pub(super) fn next(&mut self, rows: usize, rows_read: &mut RowsRead) -> Result<Option<&[u8]>> {
        let mut searched = 0;
        loop {
            let unread = &self.buffer[self.start..];
            if let Some(found) = memchr2(b'\n', b'\r', &unread[searched..]) {
                let length = searched + found;
                let follower = unread.get(length + 1);
                // Whether \n follows \r is known only when the next byte is there.
                if unread[length] == b'\n' || follower.is_some() || self.is_at_end {
                    let is_pair = unread[length] == b'\r' && follower == Some(&b'\n');
                    return Ok(Some(self.take(length, 1 + usize::from(is_pair))));
                }
                searched = length;
            } else {
                searched = unread.len();
            }
            ensure!(
                searched <= LONGEST_LINE,
                "line {} is longer than {} MiB, at most that is possible",
                self.number,
                LONGEST_LINE >> 20
            );
            if self.is_at_end {
                return Ok((searched > 0).then(|| self.take(searched, 0)));
            }
            self.fill(rows, rows_read)?;
        }
    }

    /// Takes this many bytes, and those of the end of the line behind them.
    fn take(&mut self, length: usize, end: usize) -> &[u8] {
        let line = self.start..self.start + length;
        self.start = line.end + end;
        self.number = self.number.saturating_add(1);
        &self.buffer[line]
    }

    fn fill(&mut self, rows: usize, rows_read: &mut RowsRead) -> Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let kept = self.buffer.len();
        self.buffer.resize(kept + CHUNK, 0);
        let read = self.source.read(&mut self.buffer[kept..]);
        self.buffer.truncate(kept + *read.as_ref().unwrap_or(&0));
        match read {
            Ok(0) => self.is_at_end = true,
            Ok(_) => {}
            Err(problem) if problem.kind() == ErrorKind::Interrupted => {}
            // A pipe with nothing to read yet.
            Err(problem) if problem.kind() == ErrorKind::WouldBlock => {
                check_goes_on(rows, rows_read)?;
            }
            Err(problem) => return Err(problem.into()),
        }
        Ok(())
    }
}

/// # Errors
///
/// If the caller does not want to go on.
pub(super) fn check_goes_on(rows: usize, rows_read: &mut RowsRead) -> Result<()> {
    ensure!(
        rows_read(rows).is_continue(),
        "reading was cancelled after {rows} rows"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::ops::ControlFlow;

    use super::*;

    /// Gives a byte at a time, and has nothing to give every other time.
    struct Dripping<'a>(&'a [u8], bool);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(ErrorKind::WouldBlock.into());
            }
            let byte = self.0.len().min(1);
            self.0.read(&mut buffer[..byte])
        }
    }

    fn lines(source: impl Read) -> Vec<String> {
        let mut lines = Lines::new(source);
        let mut all = Vec::new();
        let go_on = &mut |_| ControlFlow::Continue(());
        while let Some(line) = lines.next(0, go_on).unwrap() {
            all.push(String::from_utf8(line.to_vec()).unwrap());
        }
        all
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        for (text, expected) in [
            ("a\nb\n", &["a", "b"][..]),
            ("a\r\nb\r\n", &["a", "b"]),
            ("a\rb\r", &["a", "b"]),
            ("a\n\r\n\rb", &["a", "", "", "b"]),
            ("", &[]),
            ("\n", &[""]),
        ] {
            assert_eq!(lines(text.as_bytes()), expected, "{text:?}");
            assert_eq!(lines(Dripping(text.as_bytes(), false)), expected);
        }
    }

    #[test]
    fn a_line_without_end_is_refused_before_it_is_all_in_memory() {
        let mut lines = Lines::new(io::repeat(b'x'));
        let problem = lines.next(0, &mut |_| ControlFlow::Continue(()));
        let words = "line 1 is longer than 4 MiB, at most that is possible";
        assert_eq!(problem.unwrap_err().to_string(), words);
        assert!(lines.buffer.len() <= LONGEST_LINE + CHUNK);
    }

    #[test]
    fn who_waits_for_a_pipe_can_stop_waiting() {
        let mut lines = Lines::new(Dripping(b"", false));
        let problem = lines.next(7, &mut |_| ControlFlow::Break(()));
        let words = "reading was cancelled after 7 rows";
        assert_eq!(problem.unwrap_err().to_string(), words);
    }
}
