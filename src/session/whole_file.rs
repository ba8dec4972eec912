//! Files that are written whole or not at all, whatever their name leads to.
//!
//! The contents go to a temporary file beside the target, under a name of its own, which then takes the target's
//! name in one step. Links are followed, so that they stay links. What is no regular file (a device, a pipe) cannot
//! be written at once; it is written to and never replaced.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rustix::fs::{OFlags, fcntl_setfl};
use rustix::io::Errno;
use tempfile::NamedTempFile;

use super::file_problem::{file_error, folder_of, shown_path};

/// What to do with a file that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave it alone and fail.
    Keep,
    /// Replace it.
    Replace,
}

/// A place for the contents of a whole file.
#[derive(Debug)]
pub struct WholeFile {
    /// As it was given.
    path: PathBuf,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// Standard output.
    Stdout,
    /// A device or a pipe, open.
    Stream(File),
    /// A regular file, behind all links, or none yet.
    File(PathBuf, Existing),
}

/// How long to wait for a reader of a named pipe.
const PATIENCE: Duration = Duration::from_secs(5);

/// The time between two looks for one.
const NAP: Duration = Duration::from_millis(20);

/// How many links may lead from one to the next, as on Linux.
const MOST_LINKS: usize = 40;

impl WholeFile {
    /// Looks whether a file can be written, before there is anything to write. `-` is standard output. A pipe is
    /// opened, as a shell does it.
    ///
    /// # Errors
    ///
    /// One sentence: the file exists and must be kept, there is no such folder, it cannot be written to, or nobody
    /// reads the pipe.
    pub fn at(path: &Path, existing: Existing) -> Result<Self> {
        let place = place(path, existing);
        Ok(Self {
            place: place.with_context(|| format!("cannot write {}", shown_path(path)))?,
            path: path.to_owned(),
        })
    }

    /// Writes it.
    ///
    /// # Errors
    ///
    /// One sentence, if the disk refuses, or another process has just written a file that must be kept. An
    /// existing file is then as it was, and nothing else is left.
    pub fn write(self, contents: &[u8]) -> Result<()> {
        let written = match self.place {
            Place::Stdout => to_stdout(contents),
            Place::Stream(mut stream) => stream.write_all(contents),
            Place::File(target, existing) => replace(&target, contents, existing),
        };
        written
            .map_err(|problem| file_error(&problem))
            .with_context(|| format!("cannot write {}", shown_path(&self.path)))
    }

    /// Whether it is standard output.
    #[must_use]
    pub fn is_stdout(&self) -> bool {
        matches!(self.place, Place::Stdout)
    }
}

/// Whether a path leads to something that must not be replaced unasked.
#[must_use]
pub fn is_in_the_way(path: &Path) -> bool {
    let kind = fs::metadata(path).map(|metadata| metadata.file_type());
    kind.is_ok_and(|kind| kind.is_file() || kind.is_block_device())
}

fn place(path: &Path, existing: Existing) -> Result<Place> {
    if path == "-" || path == "/dev/stdout" {
        return Ok(Place::Stdout);
    }
    ensure!(
        existing == Existing::Replace || !is_in_the_way(path),
        "it exists already"
    );
    match fs::metadata(path).map(|metadata| metadata.file_type()) {
        Ok(kind) if kind.is_dir() => bail!("it is a folder"),
        Ok(kind) if !kind.is_file() => Ok(Place::Stream(open_stream(path)?)),
        Err(problem) if problem.kind() != ErrorKind::NotFound => Err(file_error(&problem)),
        _ => {
            let target = behind_links(path)?;
            check_folder(folder_of(&target))?;
            ensure!(names_a_file(&target), "it names no file");
            Ok(Place::File(target, existing))
        }
    }
}

fn names_a_file(path: &Path) -> bool {
    path.file_name().is_some() && !path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// The file that a path leads to, which need not exist.
fn behind_links(path: &Path) -> Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(link) => path = folder_of(&path).join(link),
            Err(_) => return Ok(path),
        }
    }
    bail!("its links lead in a circle");
}

/// Checks that files can be created in a folder, by one that has no name.
fn check_folder(folder: &Path) -> Result<()> {
    ensure!(folder.is_dir(), "there is no folder {}", shown_path(folder));
    let created = tempfile::tempfile_in(folder).map_err(|problem| file_error(&problem));
    created
        .map(drop)
        .with_context(|| format!("the folder {} takes no new file", shown_path(folder)))
}

/// Opens a device or a pipe. A named pipe can be opened once somebody reads it.
fn open_stream(path: &Path) -> Result<File> {
    #[expect(clippy::cast_possible_wrap, reason = "small flags")]
    let without_waiting = (OFlags::NONBLOCK | OFlags::NOCTTY).bits() as i32;
    let begun = Instant::now();
    loop {
        let mut options = OpenOptions::new();
        let opened = options.write(true).custom_flags(without_waiting).open(path);
        match opened {
            Ok(stream) => {
                fcntl_setfl(&stream, OFlags::empty()).map_err(|error| file_error(&error.into()))?;
                return Ok(stream);
            }
            Err(problem) if problem.raw_os_error() != Some(Errno::NXIO.raw_os_error()) => {
                return Err(file_error(&problem));
            }
            Err(_) if begun.elapsed() < PATIENCE => thread::sleep(NAP),
            Err(_) => bail!("nobody reads this pipe"),
        }
    }
}

/// A reader that closes its end is normal.
fn to_stdout(contents: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(contents).and_then(|()| stdout.flush());
    match written {
        Err(problem) if problem.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes a temporary file, which is removed if anything fails, and gives it the name of the target.
fn replace(target: &Path, contents: &[u8], existing: Existing) -> io::Result<()> {
    let folder = folder_of(target);
    let mut temporary = tempfile::Builder::new()
        .prefix(".nnscope-")
        .suffix(".tmp")
        // For a new file, less what the umask takes away.
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)?;
    temporary.write_all(contents)?;
    if let Ok(old) = fs::metadata(target) {
        let file = temporary.as_file();
        // Only root may give a file away.
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
        file.set_permissions(Permissions::from_mode(old.mode() & 0o7777))?;
    }
    temporary.as_file().sync_all()?;
    persist(temporary, target, existing)?;
    // Some file systems cannot sync a folder; the file itself is safe by now.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

fn persist(temporary: NamedTempFile, target: &Path, existing: Existing) -> io::Result<()> {
    let persisted = match existing {
        Existing::Keep => temporary.persist_noclobber(target),
        Existing::Replace => temporary.persist(target),
    };
    persisted.map(drop).map_err(|failed| failed.error)
}
