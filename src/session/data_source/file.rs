//! Opens what is named as data: a file, a pipe, or standard input.

use std::collections::HashSet;
use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::os::fd::AsFd;
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Error, Result, anyhow, bail, ensure};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;

use super::built_in_names;
use crate::data::{CsvOptions, Dataset, RowsRead, read_csv, scrub};
use crate::session::did_you_mean;
use crate::session::file_problem::{file_error, folder_of, shown_path};

/// What standard input is called as data.
const STDIN: &str = "-";

/// How long a pipe is waited for before it is asked whether to go on.
const PATIENCE: Duration = Duration::from_millis(100);

/// Reads a table from a file, a pipe, or standard input (`-`).
///
/// # Errors
///
/// One sentence: there is no such file, it cannot be read (again), or what is wrong with the table.
pub(super) fn read(data: &str, options: &CsvOptions, rows_read: &mut RowsRead) -> Result<Dataset> {
    if data == STDIN {
        // Not through the buffer of the standard library, in which bytes could wait unseen.
        let stdin = io::stdin().as_fd().try_clone_to_owned()?;
        return read_pipe("stdin", data, File::from(stdin), options, rows_read);
    }
    let path = Path::new(data);
    let kind = kind_of(path)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = scrub(&name);
    ensure!(
        !kind.is_dir() && !kind.is_block_device() && !kind.is_socket(),
        "it is {}, expected a file or a pipe",
        if kind.is_dir() {
            "a folder"
        } else {
            "a device"
        }
    );
    // So that opening a pipe does not wait for somebody to write.
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).context("a flag of the system")?;
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path);
    let file = file.map_err(|problem| file_error(&problem))?;
    if kind.is_file() {
        read_csv(&name, file, options, rows_read)
    } else {
        read_pipe(&name, data, file, options, rows_read)
    }
}

/// Reads a table from a pipe, which can be done only once.
fn read_pipe(
    name: &str,
    data: &str,
    pipe: File,
    options: &CsvOptions,
    rows_read: &mut RowsRead,
) -> Result<Dataset> {
    ensure!(
        !pipe.is_terminal(),
        "it is a terminal, expected a file or a pipe"
    );
    check_first_time(data)?;
    read_csv(name, Pipe(pipe), options, rows_read)
}

fn kind_of(path: &Path) -> Result<FileType> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.file_type()),
        Err(problem) if problem.kind() == ErrorKind::NotFound => Err(no_such_file(path)),
        Err(problem) => Err(file_error(&problem)),
    }
}

/// That a file is not there, and what could be meant.
fn no_such_file(path: &Path) -> Error {
    let built_in = built_in_names();
    let beside = fs::read_dir(folder_of(path))
        .into_iter()
        .flatten()
        .flatten();
    let beside = beside.map(|entry| path.with_file_name(entry.file_name()));
    let files = beside.map(|file| shown_path(&file));
    let names = built_in.iter().map(|&name| name.to_owned());
    let meant = did_you_mean(&path.to_string_lossy(), names.chain(files));
    let built_in = built_in.join(", ");
    anyhow!("there is no such file; the built-in data is called {built_in}{meant}")
}

/// What is read from a pipe is gone.
fn check_first_time(data: &str) -> Result<()> {
    static READ: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if !read.insert(data.to_owned()) {
        bail!("a pipe can be read only once: save it as a file to read it with other settings");
    }
    Ok(())
}

/// A pipe that is waited for, but not forever: after a while without anything to read it would block.
struct Pipe(File);

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut polled = [PollFd::new(&self.0, PollFlags::IN)];
        let patience = Timespec::try_from(PATIENCE).ok();
        if poll(&mut polled, patience.as_ref())? == 0 {
            return Err(ErrorKind::WouldBlock.into());
        }
        self.0.read(buffer)
    }
}
