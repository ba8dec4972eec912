//! Files that are never half written.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// What to do with a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave it alone and fail.
    Keep,
    /// Put the new one in its place.
    Replace,
}

impl Existing {
    /// # Errors
    ///
    /// If a file is in the way and is to be kept, or there is no such folder.
    pub fn check(self, path: &Path) -> Result<()> {
        let folder = folder_of(path);
        ensure!(folder.is_dir(), "there is no folder {}", folder.display());
        if self == Self::Keep && path.symlink_metadata().is_ok() {
            bail!("{} is there already", path.display());
        }
        Ok(())
    }
}

/// Writes a file whole or not at all: into a temporary file beside it (`NAME.tmp`), synced, then
/// renamed, then the folder synced.
///
/// # Errors
///
/// If a file is there that is to be kept, or the disk refuses; the old file is then as it was.
pub fn write_whole(path: &Path, contents: &[u8], existing: Existing) -> Result<()> {
    existing.check(path)?;
    let temporary = temporary_beside(path)?;
    let written = File::create(&temporary).and_then(|mut file| {
        file.write_all(contents)?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&temporary, path));
    if renamed.is_err() {
        // The error to tell is the first one.
        let _ = fs::remove_file(&temporary);
    }
    renamed.with_context(|| format!("writing {}", path.display()))?;
    // Some file systems cannot sync a folder; the file itself is safe by now.
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn temporary_beside(path: &Path) -> Result<PathBuf> {
    let mut name = path
        .file_name()
        .with_context(|| format!("{} names no file", path.display()))?
        .to_owned();
    name.push(".tmp");
    Ok(path.with_file_name(name))
}
